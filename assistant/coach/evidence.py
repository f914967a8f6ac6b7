"""Which of the passages found an answer may stand on."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.library import Library
from knowledge.types import Hit, Language, SourceKind

_MOST = 8
_OTHER_LANGUAGE = 0.85
_MOST_WITH_LEAD = 12
_LEAD_SHARE = 0.6
"""The score of a lead article's other sections, as a share of the score of its section that was found."""


def quotable(hits: Sequence[Hit], language: Language, library: Library) -> tuple[Hit, ...]:
    """Return the hits to quote from: no practice cases, of a bilingual pair the asker's version, the lead completed.

    When an article comes first, its other sections come along: how to do a thing often shares no word with the
    question that the article answers.
    """
    texts = [_as_read(hit, language) for hit in hits if hit.document.kind is not SourceKind.PRACTICE_CASE]
    texts.sort(key=lambda hit: -hit.score)
    own = {hit.document.pair_id for hit in texts if hit.document.language == language and hit.document.pair_id}
    kept = [hit for hit in texts if hit.document.language == language or hit.document.pair_id not in own][:_MOST]
    if not kept or kept[0].document.kind is not SourceKind.ARTICLE:
        return tuple(kept)
    return tuple((kept + _other_sections(kept, library))[:_MOST_WITH_LEAD])


def _as_read(hit: Hit, language: Language) -> Hit:
    """Return the hit with the score it has for this reader, who would rather read their own language."""
    return hit if hit.document.language == language else replace(hit, score=hit.score * _OTHER_LANGUAGE)


def _other_sections(hits: Sequence[Hit], library: Library) -> list[Hit]:
    lead = hits[0]
    known = {hit.passage.id for hit in hits}
    rest = [passage for passage in library.passages_of(lead.document.id) if passage.id not in known]
    return [replace(lead, passage=passage, score=lead.score * _LEAD_SHARE, vector_score=0.0) for passage in rest]
