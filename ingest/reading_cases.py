"""Reading practice cases, and writing them out as the text that is searched: without the buyer's secrets."""

import re
from collections.abc import Iterator

from ingest.errors import InvalidFrontMatterError
from ingest.front_matter import FieldReader, Fields, description_of, load_fields, separate
from ingest.reading_dialogue import read_dialogue
from ingest.reading_markdown import read_markdown
from ingest.types import Block, BlockKind, ParsedDocument
from knowledge.errors import InvalidCaseError
from knowledge.text import detect_language
from knowledge.types import Method, PracticeCase, Skill, SourceKind

LEVELS = ("junior", "medior", "senior")
GROUPS = ("pairs", "trios", "plenary")

_LONG_FIELDS = (
    "situation",
    "seller_brief",
    "buyer_brief",
    "observer_sheet",
    "assignment",
    "theory",
    "model_approach",
)
_SECTION = re.compile(rf"^##[ \t]+({'|'.join(_LONG_FIELDS)})[ \t]*$", re.MULTILINE | re.IGNORECASE)

# The fields that are searched, in reading order, with their headings. The buyer's brief is confidential: the rep who
# plays the seller could find it. Variants and the dialogue may give it away and stay out too. Questions for the debrief
# and the observer answer nobody's question; the case shows them.
_LABELS = {
    "situation": ("Situatie", "Situation"),
    "assignment": ("Opdracht", "Assignment"),
    "seller_brief": ("Rol van de verkoper", "Seller's brief"),
    "theory": ("Theorie", "Theory"),
    "hints": ("Hints", "Hints"),
    "model_approach": ("Modelaanpak", "Model approach"),
    "checks": ("Waar je op let", "What to look for"),
}


def read_case_yaml(name: str, text: str) -> ParsedDocument:
    """Return a practice case written as one YAML mapping.

    Raises:
        InvalidCaseError: it is not such a mapping, or a field is missing or wrong.
    """
    return _parsed(name, load_fields(name, text, InvalidCaseError))


def read_markdown_file(name: str, text: str) -> ParsedDocument:
    """Return a Markdown file: a practice case when its front matter says so, else a text with a description.

    Raises:
        InvalidFrontMatterError, InvalidCaseError: a field is missing or wrong.
    """
    fields, body = separate(name, text)
    if FieldReader(name, fields, InvalidFrontMatterError).text("kind").lower() == SourceKind.PRACTICE_CASE:
        return _parsed(name, {**fields, **_sections(body)})
    blocks = read_markdown(body, holds_html=True)
    return ParsedDocument(blocks, description_of(name, fields), has_reliable_headings=True)


def _sections(body: str) -> dict[str, str]:
    pieces = _SECTION.split(body)
    return {field.lower(): content.strip() for field, content in zip(pieces[1::2], pieces[2::2], strict=True)}


def _parsed(name: str, fields: Fields) -> ParsedDocument:
    kind = str(fields.get("kind") or SourceKind.PRACTICE_CASE)
    if kind.lower() != SourceKind.PRACTICE_CASE:
        raise InvalidCaseError(f"{name!r}: 'kind' must be practice_case, not {kind!r}.", name=name, field="kind")
    case = _case(FieldReader(name, fields, InvalidCaseError))
    description = description_of(name, {**fields, "language": case.language}, is_case=True)
    return ParsedDocument(tuple(_blocks(case)), description, case, has_reliable_headings=True)


def _case(reader: FieldReader) -> PracticeCase:
    situation = reader.text("situation", required=True)
    if not reader.text("assignment") and not reader.text("goal"):
        raise reader.wrong("assignment", "or 'goal' is required")
    return PracticeCase(
        title=reader.text("title", required=True),
        language=reader.text("language").lower()[:2] or detect_language(situation),
        situation=situation,
        summary=reader.text("summary"),
        goal=reader.text("goal"),
        skills=reader.choices("skills", Skill),
        methods=reader.choices("methods", Method),
        level=reader.one_of("level", LEVELS, "medior"),
        minutes=reader.number("minutes", 20),
        group=reader.one_of("group", GROUPS, "pairs"),
        industry=reader.text("industry"),
        seller_brief=reader.text("seller_brief"),
        buyer_brief=reader.text("buyer_brief"),
        observer_sheet=reader.text("observer_sheet"),
        assignment=reader.text("assignment"),
        theory=reader.text("theory"),
        theory_article=reader.text("theory_article"),
        hints=reader.texts("hints"),
        model_approach=reader.text("model_approach"),
        checks=reader.texts("checks"),
        debrief=reader.texts("debrief"),
        commitment=reader.text("commitment"),
        variants=reader.mapping("variants"),
        dialogue=read_dialogue(reader, len(reader.texts("checks"))),
    )


def _blocks(case: PracticeCase) -> Iterator[Block]:
    yield Block(case.title, BlockKind.HEADING, level=1)
    yield from (Block(text) for text in (case.summary, case.goal) if text)
    for field, (dutch, english) in _LABELS.items():
        value: str | tuple[str, ...] = getattr(case, field)
        if not value:
            continue
        yield Block(dutch if case.language == "nl" else english, BlockKind.HEADING, level=2)
        if isinstance(value, str):
            yield from (_below(block) for block in read_markdown(value, holds_html=True))
        else:
            yield from (Block(item, BlockKind.ITEM, marker="-") for item in value)


def _below(block: Block) -> Block:
    """A heading inside a field stands under the heading of the field."""
    if block.kind is not BlockKind.HEADING:
        return block
    return Block(block.text, BlockKind.HEADING, level=min(block.level + 2, 6))
