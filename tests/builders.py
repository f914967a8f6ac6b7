"""Documents and passages made for tests, the way ingest makes them: passage texts are slices of the body."""

from collections.abc import Sequence

from knowledge.ids import content_hash, document_id, passage_id
from knowledge.types import Document, Hit, Locator, Passage, Skill, SourceKind


def make_document(
    origin: str,
    texts: Sequence[str],
    *,
    language: str = "en",
    kind: SourceKind = SourceKind.ARTICLE,
    skills: tuple[Skill, ...] = (),
    pair_id: str = "",
    heading: str = "",
) -> tuple[Document, str, list[Passage]]:
    """Return a document with one passage per text, and its body."""
    body = "\n\n".join(texts)
    digest = content_hash(body.encode())
    document = Document(
        id=document_id(origin),
        kind=kind,
        title=origin.rsplit("/", 1)[-1],
        language=language,
        origin=origin,
        content_hash=digest,
        fingerprint=digest,
        skills=skills,
        pair_id=pair_id,
    )
    passages, start = [], 0
    for position, text in enumerate(texts):
        place = Locator(start, start + len(text), (heading,) if heading else ())
        passages.append(Passage(passage_id(document.id, position, text), document.id, position, text, place))
        start += len(text) + 2
    return document, body, passages


def make_hit(text: str, *, score: float = 1.0, origin: str = "note", **options: object) -> Hit:
    """Return a hit on a document of one passage."""
    document, _, passages = make_document(origin, [text], **options)  # type: ignore[arg-type]
    return Hit(passages[0], document, score)
