"""Turns rows of the catalog into values and back."""

from dataclasses import replace
from datetime import UTC
from typing import Any

from pydantic import TypeAdapter

from knowledge.catalog_tables import DocumentRow, PassageRow, RevisionRow
from knowledge.dialogue import Dialogue
from knowledge.types import (
    Collection,
    Document,
    Locator,
    Method,
    Passage,
    PracticeCase,
    Skill,
    SourceKind,
)


def details(document: Document) -> dict[str, Any]:
    """Return what a revision keeps of a document beside its columns."""
    return {
        "authors": list(document.authors),
        "skills": [skill.value for skill in document.skills],
        "methods": [method.value for method in document.methods],
        "topics": list(document.topics),
        "summary": document.summary,
        "licence": document.licence,
        "published": document.published,
        "collection": document.collection.value,
        "pair_id": document.pair_id,
    }


def document(revision: RevisionRow, row: DocumentRow) -> Document:
    """Return the document as of one revision."""
    details = revision.details
    added_at = row.added_at if row.added_at.tzinfo else row.added_at.replace(tzinfo=UTC)
    return Document(
        id=row.id,
        kind=SourceKind(revision.kind),
        title=revision.title,
        language=revision.language,
        origin=row.origin,
        content_hash=revision.content_hash,
        fingerprint=revision.fingerprint,
        authors=tuple(details["authors"]),
        skills=tuple(Skill(skill) for skill in details["skills"]),
        methods=tuple(Method(method) for method in details["methods"]),
        topics=tuple(details["topics"]),
        summary=details["summary"],
        licence=details["licence"],
        published=details["published"],
        collection=Collection(details["collection"]),
        pair_id=details["pair_id"],
        added_at=added_at,
    )


def passage_row(revision_id: int, passage: Passage) -> PassageRow:
    """Return the row that keeps a passage."""
    place = passage.locator
    return PassageRow(
        revision_id=revision_id,
        position=passage.position,
        passage_id=passage.id,
        text=passage.text,
        char_start=place.char_start,
        char_end=place.char_end,
        page_first=place.page_first,
        page_last=place.page_last,
        heading_path=list(place.heading_path),
    )


def passage(row: PassageRow, document_id: str) -> Passage:
    """Return the passage kept in a row."""
    place = Locator(row.char_start, row.char_end, tuple(row.heading_path), row.page_first, row.page_last)
    return Passage(row.passage_id, document_id, row.position, row.text, place)


_DIALOGUE = TypeAdapter(Dialogue)
_TUPLES = ("hints", "checks", "debrief")


def case(payload: dict[str, Any], document_id: str) -> PracticeCase:
    """Return the practice case kept as JSON."""
    values = payload | {name: tuple(payload[name]) for name in _TUPLES}
    values["skills"] = tuple(Skill(skill) for skill in payload["skills"])
    values["methods"] = tuple(Method(method) for method in payload["methods"])
    if payload.get("dialogue"):
        values["dialogue"] = _DIALOGUE.validate_python(payload["dialogue"])
    return replace(PracticeCase(**values), document_id=document_id)
