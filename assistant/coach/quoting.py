"""Quotes: the sentence of a passage that stands behind a claim, and whether a text is really in a passage."""

import re
from collections import Counter
from collections.abc import Sequence

from knowledge.analysis import terms, words
from knowledge.glossary import Glossary
from knowledge.text import sentences
from knowledge.types import Hit, Passage

_FEWEST_WORDS = 4
_ENOUGH_WORDS = 9
_LONGEST_QUOTE = 600
_FEWEST_TERMS_GAINED = 2

_WHITE_SPACE = re.compile(r"\s+")
_ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.{3,})\s*")
_ALIKE = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "‚": "'",
        "`": "'",
        "–": "-",
        "—": "-",
        "\xad": "",
    }
)

_QUOTED = re.compile(
    r"“([^“”\n]+)”|„([^„”“\n]+)[”“]|«([^«»\n]+)»|\"([^\"\n]+)\"|‘([^‘\n]+?)’(?!\w)"
    r"|(?<!\w)'((?:[^'\n]|(?<=\w)'(?=\w))+)'(?!\w)"
)
_MARKER = re.compile(r"\[(\d{1,6})\]")
_SENTENCE_BORDER = re.compile(r"[.!?…][\"'”’»)]*\s+\S")
_FEWEST_QUOTED_WORDS = 4

_Span = tuple[int, int]


def is_verbatim(quote: str, passage: Passage) -> bool:
    """Return whether the words of `quote` stand in the passage in this order.

    White space, the shape of quotation marks and dashes, a capital at the start and punctuation at the ends may
    differ; an ellipsis stands for anything in between.
    """
    text = _plain(passage.text)
    parts = [part.strip(" .,;:!?\"'-") for part in _ELLIPSIS.split(_plain(quote))]
    position = 0
    for part in parts:
        found = _find(text, part, position)
        if found is None:
            return False
        position = found
    return any(parts)


def closest_quote(claims: Sequence[str], language: str, hit: Hit) -> str:
    """Return the sentence of the passage, verbatim, that says most of what one of the claims says.

    A neighbouring sentence joins it when it adds to the match, or when the sentence is short. When no word of any
    claim is found, that is the first whole sentence; claims in another language go through the glossary.
    """
    text = hit.passage.text
    spans = [span for span in sentences(text) if len(words(text[span[0] : span[1]])) >= _FEWEST_WORDS]
    spans = spans or sentences(text)
    if not spans:
        return text.strip()[:_LONGEST_QUOTE]
    own = hit.document.language
    said = [set(terms(text[start:end], own)) for start, end in spans]
    wanted = max(
        (_terms_in(claim, language, own) for claim in claims), key=lambda claim: _best(claim, said)[0], default=set()
    )
    best = _best(wanted, said)[1]
    start, end = _with_neighbour(text, spans, said, best, wanted)
    return _shortened(text[start:end])


def without_false_quotations(text: str, hits: Sequence[Hit]) -> str:
    """Return the text without the marks around quotations that are not in the passage they are attributed to.

    A quotation is attributed by the number in its sentence, else by a title or author in its line; one that is
    attributed to nothing, such as words for the seller to say, stays as it is.
    """
    return "\n".join(_checked_line(line, hits) for line in text.split("\n"))


def _checked_line(line: str, hits: Sequence[Hit]) -> str:
    def checked(match: re.Match[str]) -> str:
        inner = next(group for group in match.groups() if group is not None)
        quote = _MARKER.sub("", inner)
        if len(words(quote)) < _FEWEST_QUOTED_WORDS:
            return match[0]
        sources = _attributed(line, match) or _named(line, hits)
        if not sources or any(is_verbatim(quote, hits[number - 1].passage) for number in sources):
            return match[0]
        return inner

    return _QUOTED.sub(checked, line)


def _attributed(line: str, quotation: re.Match[str]) -> list[int]:
    """Return the numbers inside the quotation, or else those next to it in its sentence, after it or before it."""
    inside = [int(match[1]) for match in _MARKER.finditer(quotation[0])]
    if inside:
        return inside
    after = list(_MARKER.finditer(line, quotation.end()))
    if after and not _SENTENCE_BORDER.search(line[quotation.end() - 2 : after[0].start()]):
        return [int(match[1]) for match in _adjacent(after)]
    before = list(_MARKER.finditer(line, 0, quotation.start()))[::-1]
    if before and not _SENTENCE_BORDER.search(line[before[0].end() : quotation.start() + 1]):
        return [int(match[1]) for match in _adjacent(before)]
    return []


def _adjacent(markers: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """Return the first marker and those that touch it."""
    group = [markers[0]]
    for marker in markers[1:]:
        if marker.start() != group[-1].end() and marker.end() != group[-1].start():
            break
        group.append(marker)
    return group


def _named(line: str, hits: Sequence[Hit]) -> list[int]:
    lower = line.casefold()
    return [
        number
        for number, hit in enumerate(hits, start=1)
        # A title of one word may be an ordinary word of the sentence.
        if any(
            len(name.split()) > 1 and name.casefold() in lower for name in (hit.document.title, *hit.document.authors)
        )
    ]


def _plain(text: str) -> str:
    return _WHITE_SPACE.sub(" ", text.translate(_ALIKE)).strip()


def _find(text: str, part: str, position: int) -> int | None:
    """Return where the part ends when it stands in the text as whole words, at or after the position."""
    for variant in dict.fromkeys((part, part[:1].swapcase() + part[1:])):
        match = re.compile(rf"(?<!\w){re.escape(variant)}(?!\w)").search(text, position)
        if match:
            return match.end()
    return None


def _terms_in(claim: str, language: str, target: str) -> set[str]:
    """Return the search terms of a claim in the language of a passage."""
    found = set(terms(claim, target))
    if {language, target} == {"nl", "en"}:
        for translation in Glossary.load().translate(claim, language):
            for word in translation.targets:
                found.update(terms(word, target))
    return found


def _best(wanted: set[str], said: Sequence[set[str]]) -> tuple[float, int]:
    """Return the best score of a sentence and its index; words that few sentences share weigh most."""
    spread = Counter(term for sentence in said for term in sentence)
    scores = [sum(1 / spread[term] for term in wanted & sentence) / max(1.0, len(sentence)) ** 0.5 for sentence in said]
    best = max(range(len(scores)), key=lambda index: (scores[index], -index))
    return scores[best], best


def _with_neighbour(text: str, spans: Sequence[_Span], said: Sequence[set[str]], best: int, wanted: set[str]) -> _Span:
    start, end = spans[best]
    short = len(words(text[start:end])) < _ENOUGH_WORDS
    gains = {
        index: len(wanted & said[index] - said[best])
        for index in (best + 1, best - 1)
        if 0 <= index < len(spans) and _adjoins(text, spans, best, index)
    }
    for index, gain in sorted(gains.items(), key=lambda entry: -entry[1]):
        if gain >= _FEWEST_TERMS_GAINED or (short and (gain or index > best)):
            return min(start, spans[index][0]), max(end, spans[index][1])
    return start, end


def _adjoins(text: str, spans: Sequence[_Span], one: int, other: int) -> bool:
    """Return whether two sentences follow each other within one paragraph."""
    first, second = sorted((one, other))
    between = text[spans[first][1] : spans[second][0]]
    whole = spans[second][1] - spans[first][0]
    return not between.strip() and "\n" not in between and whole <= _LONGEST_QUOTE


def _shortened(quote: str) -> str:
    if len(quote) <= _LONGEST_QUOTE:
        return quote
    return quote[:_LONGEST_QUOTE].rsplit(None, 1)[0]
