"""Rules of the house that no linter checks: sizes, ownership, what files may name, and documents that stay true."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
import typer.main
import yaml

from assistant.cli import app
from assistant.cli_settings import settings_page
from assistant.coach import prompting
from ingest.reading_cases import read_case_yaml
from knowledge.types import LANGUAGES
from scripts.write_docs import is_owned, purpose
from tests.builders import make_hit

ROOT = Path(__file__).resolve().parent.parent
CODE = ("knowledge", "ingest", "assistant", "bench", "migrations")
LONGEST_FILE = 350
LONGEST_FUNCTION = 50

# Spelled in halves, so that this file does not break its own rule.
FORBIDDEN = tuple(
    "".join(halves)
    for halves in (
        ("py", "pi.org"),
        ("python", "hosted.org"),
        ("deb.", "debian.org"),
        ("registry.", "npmjs.org"),
        ("/wo", "rk/"),
        ("/ro", "ot/"),
        ("/opt/", "wheels"),
    )
)


@cache
def tracked_files() -> tuple[Path, ...]:
    """The files that a clone has, or will have once they are added."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def python_files() -> list[Path]:
    return [path for path in tracked_files() if path.suffix == ".py"]


def modules() -> list[Path]:
    """The modules that somebody owns: everything but tests, migrations' versions and package markers."""
    inside = [path for path in python_files() if path.relative_to(ROOT).parts[0] in (*CODE, "app.py")]
    return [path for path in inside if is_owned(path)]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_files_are_short() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    lengths = {
        f"{named(path)}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in python_files()
        if "versions" not in path.parts  # a migration is one long list
        for function in functions(path)
    }

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_architecture_names_every_module_with_its_present_purpose() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w/.]+)` \| (.+) \|$", text, re.MULTILINE)
    owned = {named(path): purpose(path) for path in modules()}

    assert dict(rows) == owned, "run: make docs"
    assert len(rows) == len(owned), "a module stands in two tables"
    assert all(owned.values()), "a module without a docstring"


def test_modules_that_the_architecture_mentions_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    mentioned = set(re.findall(r"`((?:app|knowledge/|ingest/|assistant/|bench/)[\w/]*\.py)`", text))

    assert {name for name in mentioned if not (ROOT / name).is_file()} == set()


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    found = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{named(path)}: {word}" for word in FORBIDDEN if word in text]

    assert found == []


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.lock")), ids=lambda path: path.name)
def test_lock_files_pin_hashes_and_name_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    entries = re.sub(r"\\\n\s*", " ", text).strip().splitlines()

    assert entries
    assert all(re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_test_lock_agrees_with_the_application_lock() -> None:
    application, tests = _versions("app.lock"), _versions("dev.lock")

    assert {name: version for name, version in application.items() if tests.get(name) != version} == {}


def _versions(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / "requirements" / lock).read_text(), re.MULTILINE))


def test_every_placeholder_of_every_prompt_is_filled() -> None:
    hits = [make_hit("Ask what the price is compared with."), make_hit("Stay silent for a moment.", origin="other")]
    built = [
        message.content
        for language in LANGUAGES
        for message in (
            *prompting.answer_messages("Too expensive?", hits, (), language),
            *prompting.rewrite_messages("And then?", (), language),
            *prompting.repair_messages((), "", hits, language),
        )
    ]

    assert len(built) >= 2 * len(LANGUAGES)
    assert [text for text in built if re.search(r"[{}]", text)] == []


def test_prompts_say_the_same_in_both_languages() -> None:
    folder = ROOT / "assistant" / "coach" / "prompts"
    names = {path.name.split(".")[0] for path in folder.glob("*.md")}

    assert names == set(get_args(prompting.PromptName))
    for name in names:
        placeholders = [
            sorted(re.findall(r"{(\w+)}", (folder / f"{name}.{language}.md").read_text(encoding="utf-8")))
            for language in LANGUAGES
        ]
        assert placeholders[0] == placeholders[1]


def test_print_is_left_to_the_command_line() -> None:
    offenders = [
        named(path)
        for path in modules()
        if path.relative_to(ROOT).parts[0] in {"knowledge", "ingest", "assistant"}
        and not path.name.startswith("cli")
        and re.search(r"^\s*print\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]

    assert offenders == []


def test_catch_alls_stand_only_at_the_two_edges() -> None:
    allowed = {"assistant/cli.py", "assistant/ui/errors.py"}
    offenders = {
        named(path)
        for path in modules()
        if re.search(r"except Exception( as \w+)?:(?!  # )", path.read_text(encoding="utf-8"))
    }

    assert offenders <= allowed


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_documents_name_commands_that_exist(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    group = typer.main.get_command(app)
    commands = set(group.commands)  # type: ignore[attr-defined]
    used_targets = set(re.findall(r"(?:^|`|&& )make ([a-z]+)", text, re.MULTILINE))
    used_commands = set(re.findall(r"(?:^|`|bin/)salescoach ([a-z]+)", text, re.MULTILINE))

    assert used_targets
    assert used_targets <= targets
    assert used_commands <= commands


def test_readme_opens_with_the_two_commands() -> None:
    opening = (ROOT / "README.md").read_text(encoding="utf-8")[:400]

    assert "make run" in opening
    assert "make test" in opening


def test_documents_link_to_files_that_exist() -> None:
    documents = [path for path in tracked_files() if path.suffix == ".md" and "starter" not in path.parts]
    broken = [
        f"{named(document)}: {link}"
        for document in documents
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
        if "://" not in link and not (document.parent / link).exists()
    ]

    assert broken == []


def test_settings_page_is_fresh() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == settings_page(), "run: make docs"


def test_examples_of_texts_are_valid_yaml_and_the_case_can_be_read():
    page = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")
    examples = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)]
    case, dialogue = (next(found for found in examples if key in found) for key in ("situation", "dialogue"))

    dialogue["dialogue"]["turns"][0]["choices"][0]["next"] = "sum-on-paper"  # the turn between is left out on the page
    read = read_case_yaml("example.yaml", yaml.safe_dump(case | dialogue))

    assert read.case.checks
    assert read.case.dialogue.turns[0].choices[0].feedback
