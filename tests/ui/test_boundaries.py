"""Who may do what on the pages: one module for the session, one for HTML, and no network in the look."""

import re
from pathlib import Path

import assistant
from assistant.ui import browser

PAGES = Path(assistant.__file__).parent / "ui"
ROOT = PAGES.parents[1]


def modules_with(pattern: str) -> set[str]:
    return {path.name for path in PAGES.glob("*.py") if re.search(pattern, path.read_text(encoding="utf-8"))}


def test_session_and_address_have_one_owner():
    assert modules_with(r"st\.(session_state|query_params)\b") == {"state.py"}


def test_html_has_one_door_beside_the_style_sheet():
    assert modules_with(r"st\.html\(") == {"elements.py", "look.py"}
    assert modules_with(r"unsafe_allow") == set()


def test_nothing_of_the_look_comes_from_elsewhere():
    look = [*PAGES.glob("*.css"), ROOT / ".streamlit" / "config.toml"]

    assert [path.name for path in look if re.search(r"https?:|@import|url\(", path.read_text("utf-8"))] == []


def test_scripts_never_make_html_of_data():
    scripts = Path(browser.__file__).read_text(encoding="utf-8")

    assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|eval\(", scripts)
