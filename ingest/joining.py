"""Lines that a typesetter broke, put together again: wrapped paragraphs and hyphenated words."""

import re
from collections.abc import Iterable, Sequence

from ingest.types import PAGE_CLOSE, PAGE_OPEN

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDING = re.compile(rf"([^\W\d_]+)[-\u2010]((?:{PAGE_OPEN}\d+{PAGE_CLOSE})?)$")
_BEGINNING = re.compile(rf"((?:{PAGE_OPEN}\d+{PAGE_CLOSE})?)([^\W\d_]+)")
# A dash without a space before it goes on without a space after it, also before a word in underscores.
_OPEN_END = re.compile(r"\S[-–—]$")
_WORD_START = re.compile(rf"(?:{PAGE_OPEN}\d+{PAGE_CLOSE})?[_*]*\w")
# First halves that keep their hyphen when nothing else tells.
_PREFIXES = frozenset(
    ("self", "non", "well", "half", "all", "ex", "cross", "e", "co", "oud", "semi", "vice", "anti", "pro", "mid", "ill")
)

_LONGEST_WORD = 80

Vocabulary = frozenset[str]


def vocabulary_of(lines: Iterable[str]) -> Vocabulary:
    """Return the words of a document, hyphenated ones whole: what tells 'ver-koop' from 'zelf-vertrouwen'."""
    words: set[str] = set()
    for line in lines:
        words.update(word.lower() for word in _WORD.findall(line))
    return frozenset(words)


def join_lines(lines: Sequence[str], vocabulary: Vocabulary) -> str:
    """Return the lines of one paragraph as a single line, words that were broken at a line end whole again."""
    pieces: list[str] = []
    for line in lines:
        stripped = line.strip()
        if pieces and stripped:
            # Only the end of the last piece matters; looking at all that came before would take forever.
            pieces[-1], stripped = _at_border(pieces[-1], stripped, vocabulary)
        if stripped:
            pieces.append(stripped)
    return "".join(pieces)


def joined_word(first: str, second: str, vocabulary: Vocabulary) -> str:
    """Return the word whose halves stood around a line end: as the rest of the document writes it."""
    hyphenated = f"{first}-{second}"
    whole = first + second
    if hyphenated.lower() in vocabulary:
        return hyphenated
    if whole.lower() in vocabulary:
        return whole
    if not second[:1].islower() or first.lower() in _PREFIXES:
        return hyphenated
    return whole


def _at_border(before: str, line: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return two lines such that the second can be written right after the first."""
    tail = before[-_LONGEST_WORD:]
    ending = _ENDING.search(tail)
    beginning = _BEGINNING.match(line)
    if ending and beginning:
        marks = ending.group(2) + beginning.group(1)
        word = joined_word(ending.group(1), beginning.group(2), vocabulary)
        return before[: len(before) - len(tail) + ending.start()], marks + word + line[beginning.end() :]
    if _OPEN_END.search(tail) and _WORD_START.match(line):
        return before, line
    return before, f" {line}"
