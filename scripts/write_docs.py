"""Writes the parts of docs/ that come from the code: the module tables of architecture.md, and settings.md.

`make docs` runs it; tests/test_house_rules.py says when it must be run again.
"""

import ast
import re
from pathlib import Path

from assistant.cli_settings import settings_page

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("knowledge", "ingest", "assistant", "bench", "migrations")

_TABLE = re.compile(r"(<!-- modules: ([\w/]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def architecture(text: str) -> str:
    """Return the page with its module tables written anew."""
    return _TABLE.sub(lambda found: found[1] + module_table(found[2]) + found[3], text)


def module_table(folder: str) -> str:
    """Return one row for each module that stands directly in a folder: its path and what its docstring says first."""
    paths = [ROOT / "app.py"] if folder == "app" else sorted((ROOT / folder).glob("*.py"))
    rows = [f"| `{path.relative_to(ROOT).as_posix()}` | {purpose(path)} |\n" for path in paths if is_owned(path)]
    return "| module | what it owns |\n| --- | --- |\n" + "".join(rows)


def purpose(path: Path) -> str:
    """Return the first paragraph of a module's docstring on one line."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.split("\n\n", maxsplit=1)[0].split()).replace("|", "\\|")


def is_owned(path: Path) -> bool:
    """Return whether a Python file is a module with a purpose of its own, not a package marker or a migration."""
    return path.name != "__init__.py" and "versions" not in path.parts


def main() -> None:
    """Write the pages."""
    page = ROOT / "docs" / "architecture.md"
    page.write_text(architecture(page.read_text(encoding="utf-8")), encoding="utf-8")
    (ROOT / "docs" / "settings.md").write_text(settings_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
