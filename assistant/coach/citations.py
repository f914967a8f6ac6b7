"""Citations: every number in an answer stands for a passage that was really found, with a verbatim quote.

The model proposes numbers; code decides which hold, renumbers them and finds the quote behind each claim.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.coach.markers import MARKER, canonical, provisional, without_numbers
from assistant.coach.quoting import closest_quote, is_verbatim, without_false_quotations
from assistant.coach.sanitising import until_stable
from assistant.coach.types import Citation
from knowledge.analysis import words
from knowledge.text import sentences
from knowledge.types import Hit, Language

_SPACED_MARKER = re.compile(r"[ \t]*\[(\d{1,6})\]")
_REPEATED = re.compile(r"(\[\d{1,6}\])(?:[ \t]*\1)+")
_FEWEST_ADVICE_WORDS = 8
_FEWEST_CLAIM_WORDS = 4


@dataclass(frozen=True, slots=True)
class ResolvedText:
    """A text whose every `[n]` is `citations[n - 1]`."""

    text: str
    citations: tuple[Citation, ...]
    removed: int
    """How many numbers the model invented."""
    uncited: int
    """How many paragraphs and list items of advice carry no number."""


def resolve(text: str, hits: Sequence[Hit], language: Language) -> ResolvedText:
    """Return a model's text with citations that hold: `hits[n - 1]` is what the model knew as `[n]`.

    Invented numbers go, the others are renumbered in order of appearance (one number a passage), quotations that are
    not in the passage they are attributed to lose their marks, and the text is made harmless.
    """
    proposed, removed = canonical(text, hits)
    proposed = until_stable(proposed, lambda current: canonical(without_false_quotations(current, hits), hits)[0])
    cited = _in_order(proposed, hits)
    numbered = _renumbered(proposed, hits, cited)
    claims = _claims(numbered)
    citations = tuple(
        citation(number, hit, closest_quote(claims[number], language, hit))
        for number, hit in enumerate(cited.values(), start=1)
    )
    return ResolvedText(numbered, citations, removed, _uncited(numbered))


def citation(number: int, hit: Hit, quote: str) -> Citation:
    """Return the citation of a passage; `quote` is a verbatim piece of it."""
    passage, document = hit.passage, hit.document
    return Citation(
        number=number,
        passage_id=passage.id,
        document_id=document.id,
        title=document.title,
        authors=document.authors,
        heading_path=passage.locator.heading_path,
        page_first=passage.locator.page_first,
        page_last=passage.locator.page_last,
        quote=quote,
        language=document.language,
    )


def _in_order(text: str, hits: Sequence[Hit]) -> dict[str, Hit]:
    """Return the cited hits by passage id, in order of first appearance."""
    cited: dict[str, Hit] = {}
    for match in MARKER.finditer(text):
        hit = hits[int(match[1]) - 1]
        cited.setdefault(hit.passage.id, hit)
    return cited


def _renumbered(text: str, hits: Sequence[Hit], cited: Mapping[str, Hit]) -> str:
    numbers = {passage_id: number for number, passage_id in enumerate(cited, start=1)}
    renumbered = MARKER.sub(lambda match: f"[{numbers[hits[int(match[1]) - 1].passage.id]}]", text)
    return _REPEATED.sub(r"\1", renumbered)


def _claims(text: str) -> Mapping[int, list[str]]:
    """Return the sentences that each number stands behind."""
    claims: defaultdict[int, list[str]] = defaultdict(list)
    for line in text.splitlines():
        bare, places = _without_markers(line)
        spans = sentences(bare)
        for place, number in places:
            index = max((index for index, (start, _) in enumerate(spans) if start < place), default=0)
            claims[number].append(_claim(bare, spans, index))
    return claims


def _without_markers(line: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the line without numbers, and where in it each number stood."""
    bare = ""
    places: list[tuple[int, int]] = []
    position = 0
    for match in _SPACED_MARKER.finditer(line):
        bare += line[position : match.start()]
        places.append((len(bare), int(match[1])))
        position = match.end()
    return bare + line[position:], places


def _claim(line: str, spans: Sequence[tuple[int, int]], index: int) -> str:
    """Return the sentence, with the one before it when it says too little by itself."""
    if not spans:
        return line
    start, end = spans[index]
    if index and len(words(line[start:end])) < _FEWEST_CLAIM_WORDS:
        start = spans[index - 1][0]
    return line[start:end]


def _uncited(text: str) -> int:
    """Count the lines that give advice without a number: not labels, questions or the line above a list."""
    lines = [line.strip() for line in text.splitlines()]
    return sum(
        not MARKER.search(line) and not line.endswith((":", "?", ":**")) and len(words(line)) >= _FEWEST_ADVICE_WORDS
        for line in lines
    )


__all__ = ["ResolvedText", "citation", "is_verbatim", "provisional", "resolve", "without_numbers"]
