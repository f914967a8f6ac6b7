"""Library mode: an answer composed of the library's own sentences, each quoted with its number.

Nothing is invented: the only words that are ours are the labels and the frame, in the asker's language.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.coach.citations import citation
from assistant.coach.cues import Part, part_of, states_the_point
from assistant.coach.frames import Frame, frame
from assistant.coach.types import Citation
from knowledge.analysis import is_stop_word, words
from knowledge.types import Evidence, Extract, Language, SourceKind

_MOST: dict[Part, int] = {"short": 2, "how": 4, "watch": 2}
_ORDER: tuple[Part, ...] = ("short", "how", "watch")
_OTHER_LANGUAGE = 0.8
_LEAD_BONUS = 0.2
_POINT_BONUS = 0.1
_FLOOR = 0.5
_LEAD_FLOOR = 0.25
"""A sentence worth less than this share of the best one is not worth the reader's time; what the lead article says
on how to do it and what to avoid belongs to the answer even where it shares no word with the question."""
_SAME_POINT = 0.5


@dataclass(frozen=True, slots=True)
class Composed:
    """The text with its numbers, and what the numbers stand for."""

    text: str
    citations: tuple[Citation, ...]


def compose(extracts: Sequence[Extract], evidence: Evidence, language: Language) -> Composed:
    """Return the best sentences in an order a person can act on; needs at least one extract."""
    chosen = _choose(extracts, language)
    if evidence is Evidence.WEAK or not chosen:
        return _weak(chosen or [("short", extracts[0])], language)
    texts, citations = _numbered(chosen, language)
    words_of = frame(language)
    lines: list[str] = []
    for part in _ORDER:
        quotes = [text for (own, _), text in zip(chosen, texts, strict=True) if own == part]
        if quotes:
            lines.append(f"**{words_of.label(part)}**")
            lines.extend(_steps(quotes) if part == "how" and len(quotes) > 1 else quotes)
    return Composed("\n\n".join(lines), citations)


def _choose(extracts: Sequence[Extract], language: Language) -> list[tuple[Part, Extract]]:
    """Return the sentences to quote, by part, those of one document in their reading order."""
    lead = _lead(extracts)
    worth = {item: _worth(item, language, lead) for item in extracts}
    ranked = sorted(worth, key=lambda item: -worth[item])
    taken: list[tuple[Part, Extract]] = []
    for item in ranked:
        if taken and worth[item] < _floor(item, lead) * worth[ranked[0]]:
            continue
        part = part_of(item)
        if part is None or sum(own == part for own, _ in taken) >= _MOST[part]:
            continue
        if any(_same_point(item.text, other.text, language) for _, other in taken):
            continue
        taken.append((part, item))
    if taken and not any(part == "short" for part, _ in taken):
        taken[0] = ("short", taken[0][1])
    return _in_reading_order(taken)


def _in_reading_order(taken: Sequence[tuple[Part, Extract]]) -> list[tuple[Part, Extract]]:
    first_seen: dict[str, int] = {}
    for place, (_, item) in enumerate(taken):
        first_seen.setdefault(item.hit.document.id, place)

    def key(entry: tuple[Part, Extract]) -> tuple[int, int, int, int]:
        part, item = entry
        document = first_seen[item.hit.document.id]
        return _ORDER.index(part), document, item.hit.passage.position, item.start

    return sorted(taken, key=key)


def _weak(chosen: Sequence[tuple[Part, Extract]], language: Language) -> Composed:
    """Say aloud that the library only touches upon the question, and show the two nearest sentences."""
    nearest = sorted(chosen, key=lambda entry: -entry[1].score)[:2]
    texts, citations = _numbered(nearest, language)
    return Composed("\n\n".join((frame(language).weak, *texts)), citations)


def _numbered(chosen: Sequence[tuple[Part, Extract]], language: Language) -> tuple[list[str], tuple[Citation, ...]]:
    words_of = frame(language)
    citations = tuple(citation(n, item.hit, item.text) for n, (_, item) in enumerate(chosen, start=1))
    return [_quoted(entry, language, words_of) for entry in citations], citations


def _quoted(entry: Citation, language: Language, words_of: Frame) -> str:
    mark = "" if entry.language == language else f" {words_of.in_language(entry.language)}"
    return f"“{entry.quote}” [{entry.number}]{mark}"


def _steps(quotes: Sequence[str]) -> list[str]:
    return ["\n".join(f"{number}. {quote}" for number, quote in enumerate(quotes, start=1))]


def _worth(item: Extract, language: Language, lead: str) -> float:
    worth = item.score + _LEAD_BONUS * (item.hit.document.id == lead) + _POINT_BONUS * states_the_point(item)
    return worth if item.hit.document.language == language else worth * _OTHER_LANGUAGE


def _floor(item: Extract, lead: str) -> float:
    return _LEAD_FLOOR if item.hit.document.id == lead else _FLOOR


def _lead(extracts: Iterable[Extract]) -> str:
    """Return the id of the article that was found first; empty when a book was, since a book has no one subject."""
    first = max(extracts, key=lambda item: item.hit.score).hit.document
    return first.id if first.kind is SourceKind.ARTICLE else ""


def _same_point(left: str, right: str, language: str) -> bool:
    one = {word for word in words(left) if not is_stop_word(word, language)}
    two = {word for word in words(right) if not is_stop_word(word, language)}
    return len(one & two) >= _SAME_POINT * max(1, min(len(one), len(two)))
