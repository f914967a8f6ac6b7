"""From the text of a document to passages that can be searched and cited. Pure and deterministic."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.rendering import DocumentText, Span
from ingest.types import BlockKind
from knowledge.ids import passage_id
from knowledge.text import sentences
from knowledge.types import Locator, Passage

SPLITTER_VERSION = "1"
"""Part of every fingerprint: raise it when the same text would be split differently."""

MIN_WORDS = 120
MAX_WORDS = 220
_TARGET_WORDS = 170

_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*(?:\s|$)")
_MIN_FRAGMENT_WORDS = 8
_SHORT_SENTENCE = 4
_INSIDE_PARAGRAPH = 1_600
"""The cost of ending a passage inside a paragraph, against that of 40 words too many or too few (40 squared)."""
_TOO_SHORT = 10_000


@dataclass(frozen=True, slots=True)
class _Atom:
    """A sentence, or a part of a very long one: what is never cut."""

    start: int
    end: int
    words: int
    ends_block: bool


def split(document_id: str, document: DocumentText, title: str) -> list[Passage]:
    """Return the passages of a document in order.

    A passage is a run of whole sentences under one heading, of `MIN_WORDS` to `MAX_WORDS` words where the section is
    long enough, ending with a paragraph where that fits. Fragments without a sentence are left out.
    """
    passages: list[Passage] = []
    for path, spans in _sections(document, title):
        atoms = [atom for span in spans for atom in _atoms(document.text, span)]
        if not _says_something(document.text, spans, atoms):
            continue
        for first, last in _cut(atoms):
            start, end = atoms[first].start, atoms[last].end
            locator = Locator(start, end, path, document.page_at(start), document.page_at(end - 1))
            text = document.text[start:end]
            position = len(passages)
            passages.append(Passage(passage_id(document_id, position, text), document_id, position, text, locator))
    return passages


def _sections(document: DocumentText, title: str) -> Iterator[tuple[tuple[str, ...], list[Span]]]:
    """Yield the blocks under each heading with the path of headings above them, the title of the document left out."""
    path: list[tuple[int, str]] = []
    spans: list[Span] = []
    for span in document.spans:
        if span.kind is not BlockKind.HEADING:
            spans.append(span)
            continue
        if spans:
            yield _path(path, title), spans
        spans = []
        path = [entry for entry in path if entry[0] < span.level]
        path.append((span.level, document.text[span.start : span.end]))
    if spans:
        yield _path(path, title), spans


def _path(path: Sequence[tuple[int, str]], title: str) -> tuple[str, ...]:
    return tuple(heading for _, heading in path if _letters(heading) != _letters(title))


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


def _says_something(text: str, spans: Sequence[Span], atoms: Sequence[_Atom]) -> bool:
    is_list = len(spans) > 1 and spans[0].kind is BlockKind.ITEM
    if is_list or sum(atom.words for atom in atoms) >= _MIN_FRAGMENT_WORDS:
        return True
    return any(_SENTENCE_END.search(text[span.start : span.end]) for span in spans)


def _atoms(text: str, span: Span) -> list[_Atom]:
    block = text[span.start : span.end]
    found = [(span.start + start, span.start + end) for start, end in sentences(block)]
    if not found:
        return []
    # List marks lie outside the sentences; the first passage of a block begins with its mark.
    found[0] = (span.start, found[0][1])
    pieces = _with_short_ones([piece for start, end in found for piece in _pieces(text, start, end)])
    return [
        _Atom(start, end, words, ends_block=index == len(pieces) - 1)
        for index, (start, end, words) in enumerate(pieces)
    ]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield a sentence whole, or cut at a word into equal parts when it is longer than a passage may be."""
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    parts = -(-len(words) // MAX_WORDS)
    size = -(-len(words) // parts)
    for index in range(0, len(words), size):
        part = words[index : index + size]
        yield part[0][0], part[-1][1], len(part)


def _with_short_ones(pieces: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return the pieces with 'Yes.' and 'Why?' joined to the sentence before them."""
    merged: list[tuple[int, int, int]] = []
    for start, end, words in pieces:
        if merged and words < _SHORT_SENTENCE and merged[-1][2] <= MAX_WORDS // 4:
            first, _, before = merged[-1]
            merged[-1] = (first, end, before + words)
        else:
            merged.append((start, end, words))
    return merged


def _cut(atoms: Sequence[_Atom]) -> list[tuple[int, int]]:
    """Return first and last atom of each passage, such that the passages together are as good as they can be.

    Dynamic programming over the ends of atoms: `best[n]` is the lowest cost of cutting the first n atoms.
    """
    best = [0.0]
    origins = [0]
    for end in range(1, len(atoms) + 1):
        cost, origin = min(_candidates(atoms, end, best))
        best.append(cost)
        origins.append(origin)
    cuts: list[tuple[int, int]] = []
    end = len(atoms)
    while end > 0:
        cuts.append((origins[end], end - 1))
        end = origins[end]
    return cuts[::-1]


def _candidates(atoms: Sequence[_Atom], end: int, best: Sequence[float]) -> Iterator[tuple[float, int]]:
    words = 0
    border = 0 if atoms[end - 1].ends_block else _INSIDE_PARAGRAPH
    for start in range(end - 1, -1, -1):
        words += atoms[start].words
        if words > MAX_WORDS and start < end - 1:
            return
        yield best[start] + _misfit(words) + border, start


def _misfit(words: int) -> float:
    short = max(MIN_WORDS - words, 0)
    return (words - _TARGET_WORDS) ** 2 + (_TOO_SHORT * short / MIN_WORDS)
