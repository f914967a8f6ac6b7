"""The lines between `---` at the top of a Markdown file, and the fields in them (docs/content.md)."""

import datetime
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

import yaml

from ingest.errors import InvalidFrontMatterError
from ingest.types import Description
from knowledge.errors import InvalidCaseError, SalescoachError
from knowledge.types import Method, Skill, SourceKind

Fields = Mapping[str, object]
_Choice = TypeVar("_Choice", bound=StrEnum)
_Scalar = (str, int, float, bool, datetime.date)

_FENCED = re.compile(r"\A---[ \t]*\n(?P<fields>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_DEEPEST = 40
_KEY = re.compile(r"^[A-Za-z_][\w-]*[ \t]*:", re.MULTILINE)


class FieldReader:
    """Reads typed fields out of front matter; a wrong value is an error that names the file and the field."""

    def __init__(self, name: str, fields: Fields, error: type[SalescoachError]) -> None:
        self.name = name
        self.fields = fields
        self._error = error

    def text(self, field: str, *, required: bool = False) -> str:
        """Return a field as text; empty when it is left out."""
        value = self.fields.get(field)
        if value is not None and not isinstance(value, _Scalar):
            raise self.wrong(field, "must be a text")
        text = "" if value is None else str(value).strip()
        if required and not text:
            raise self.wrong(field, "is required")
        return text

    def texts(self, field: str) -> tuple[str, ...]:
        """Return a field as a list of texts; a single text is a list of one."""
        value = self.fields.get(field)
        values = value if isinstance(value, list) else [] if value is None else [value]
        if not all(isinstance(item, _Scalar) for item in values):
            raise self.wrong(field, "must be a list of texts")
        return tuple(str(item).strip() for item in values if str(item).strip())

    def choices(self, field: str, options: type[_Choice]) -> tuple[_Choice, ...]:
        """Return a field as values of a closed list."""
        return tuple(self._choice(field, item, options) for item in self.texts(field))

    def choice(self, field: str, options: type[_Choice]) -> _Choice | None:
        """Return a field as one value of a closed list; None when it is left out."""
        text = self.text(field)
        return self._choice(field, text, options) if text else None

    def one_of(self, field: str, options: tuple[str, ...], default: str) -> str:
        """Return a field that must be one of `options`."""
        text = self.text(field).lower() or default
        if text not in options:
            raise self.wrong(field, f"must be one of {', '.join(options)}, not {text!r}")
        return text

    def number(self, field: str, default: int) -> int:
        """Return a field as a whole number above zero."""
        text = self.text(field) or str(default)
        if not text.isdecimal() or not 0 < int(text) < 10_000:
            raise self.wrong(field, f"must be a whole number above zero, not {text!r}")
        return int(text)

    def mapping(self, field: str) -> dict[str, str]:
        """Return a field as a mapping of texts."""
        value = self.fields.get(field)
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(isinstance(item, _Scalar) for item in value.values()):
            raise self.wrong(field, "must be a mapping of names to texts")
        return {str(key): str(item).strip() for key, item in value.items()}

    def wrong(self, field: str, problem: str) -> SalescoachError:
        """Return the error that says what is wrong with a field."""
        return self._error(f"{self.name!r}: {field!r} {problem}.", name=self.name, field=field)

    def _choice(self, field: str, text: str, options: type[_Choice]) -> _Choice:
        try:
            return options(text.lower())
        except ValueError as error:
            known = ", ".join(option.value for option in options)
            raise self.wrong(field, f"must be one of {known}, not {text!r}") from error


def separate(name: str, text: str) -> tuple[Fields, str]:
    """Return the front matter of a Markdown text and its body; no fields when the text has no front matter.

    Raises:
        InvalidFrontMatterError: there is front matter, and it is not YAML.
    """
    match = _FENCED.match(text)
    if match is None or not _KEY.search(match["fields"]):
        return {}, text
    return load_fields(name, match["fields"], InvalidFrontMatterError), text[match.end() :]


def load_fields(name: str, text: str, error: type[SalescoachError]) -> Fields:
    """Return the fields of a YAML mapping.

    Raises:
        SalescoachError: of the type given, when the text is no YAML mapping.
    """
    try:
        _check_depth(text)
        # As safe as safe_load and several times as fast: a case with its dialogue is 40 KB of YAML.
        fields = yaml.load(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as cause:
        mark = getattr(cause, "problem_mark", None)
        place = f" in line {mark.line + 1}" if mark else ""
        raise error(f"{name!r} is not valid YAML{place}.", name=name) from cause
    if not isinstance(fields, dict):
        raise error(f"{name!r} does not hold fields such as 'title: ...'.", name=name)
    return {str(key): value for key, value in fields.items()}


def _check_depth(text: str) -> None:
    """Refuse nesting that no text needs: the C loader would follow it until the process has no stack left."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise ValueError(f"nested more than {_DEEPEST} levels deep")


def description_of(name: str, fields: Fields, *, is_case: bool = False) -> Description:
    """Return what front matter says about a text.

    Raises:
        InvalidFrontMatterError, InvalidCaseError: a field has a value outside its closed list.
    """
    reader = FieldReader(name, fields, InvalidCaseError if is_case else InvalidFrontMatterError)
    return Description(
        title=reader.text("title"),
        authors=reader.texts("authors") or reader.texts("author"),
        language=reader.text("language").lower()[:2],
        kind=SourceKind.PRACTICE_CASE if is_case else reader.choice("kind", SourceKind),
        skills=reader.choices("skills", Skill),
        methods=reader.choices("methods", Method),
        topics=reader.texts("topics"),
        summary=reader.text("summary"),
        licence=reader.text("licence") or reader.text("license"),
        published=reader.text("published") or reader.text("date"),
        text_id=reader.text("id"),
    )
