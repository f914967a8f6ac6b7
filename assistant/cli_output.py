"""How the command line speaks: results to stdout, progress and errors to stderr, control characters never."""

import json
import re
from collections.abc import Iterable, Sequence

import typer

# Everything a terminal might obey, in text that came from a library, a person or a model; tab and line break stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Return the text without characters that steer a terminal."""
    return _CONTROL.sub("", text)


def say(text: str = "") -> None:
    """Print a line of the result."""
    typer.echo(plain(text))


def tell(text: str) -> None:
    """Print a line about the work, beside the result."""
    typer.echo(plain(text), err=True)


def print_json(value: object) -> None:
    """Print one JSON value, indented for reading."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_json_line(value: object) -> None:
    """Print one JSON value on one line."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def print_version(*, wanted: bool) -> None:
    """Print the version and stop, when asked."""
    if wanted:
        from assistant.version import VERSION

        say(f"salescoach {VERSION}")
        raise typer.Exit


def columns(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the rows as lines with aligned columns; the last column runs on."""
    cells = [[plain(cell).replace("\n", " ") for cell in row] for row in rows]
    widths = [max(len(row[index]) for row in cells) for index in range(len(cells[0]))] if cells else []
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
