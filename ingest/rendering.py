"""From blocks to the text of a document: Markdown reduced to headings, paragraphs and list items."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.types import PAGE_MARK, Block, BlockKind, ParsedDocument

_SPACES = re.compile(r"[ \t]+")
_HEADING_MARK = re.compile(r"^(?:#{1,6}\s+)+", re.MULTILINE)
_MIN_ASCENDING = 0.9


@dataclass(frozen=True, slots=True)
class Span:
    """Where a block stands in the text; a heading's span covers its words only, without the `#` marks."""

    start: int
    end: int
    kind: BlockKind
    level: int


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The cleaned text of a document, the places of its blocks and the page borders."""

    text: str
    spans: tuple[Span, ...]
    page_starts: tuple[int, ...] = ()
    page_numbers: tuple[int, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """Return the page on which the character at `offset` stands; None before the first known page."""
        index = bisect_right(self.page_starts, offset) - 1
        return self.page_numbers[index] if index >= 0 else None


def render(parsed: ParsedDocument) -> DocumentText:
    """Return the text of a document: blocks apart by a blank line, items of one list by a line end."""
    keeps_pages = parsed.has_printed_pages or _are_pages(parsed.blocks)
    parts: list[str] = []
    spans: list[Span] = []
    pages: list[tuple[int, int]] = []
    length = 0
    previous: BlockKind | None = None
    for block in parsed.blocks:
        text, marks = _without_marks(block)
        if not text:
            pages.extend((length, page) for _, page in marks)
            continue
        prefix = _separator(previous, block.kind) + _prefix(block)
        begin = length + len(prefix)
        pages.extend((begin + offset, page) for offset, page in marks)
        parts.append(prefix + text)
        length += len(prefix) + len(text)
        start = begin - (len(_prefix(block).lstrip()) if block.kind is BlockKind.ITEM else 0)
        spans.append(Span(start, length, block.kind, block.level))
        previous = block.kind
    starts, numbers = zip(*pages, strict=True) if keeps_pages and pages else ((), ())
    return DocumentText("".join(parts), tuple(spans), starts, numbers)


def _separator(previous: BlockKind | None, kind: BlockKind) -> str:
    if previous is None:
        return ""
    return "\n" if previous is kind is BlockKind.ITEM else "\n\n"


def _prefix(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return "#" * block.level + " "
    if block.kind is BlockKind.ITEM:
        return "  " * block.level + block.marker + " "
    return ""


def _without_marks(block: Block) -> tuple[str, list[tuple[int, int]]]:
    """Return the words of a block and where in them pages begin."""
    raw = block.text if block.kind is not BlockKind.HEADING else block.text.replace("\n", " ")
    raw = _HEADING_MARK.sub("", raw)
    text = ""
    marks: list[tuple[int, int]] = []
    position = 0
    for match in PAGE_MARK.finditer(raw):
        text = _appended(text, raw[position : match.start()])
        marks.append((len(text), int(match.group(1))))
        position = match.end()
    return _appended(text, raw[position:]).rstrip(), marks


def _appended(text: str, piece: str) -> str:
    piece = _SPACES.sub(" ", piece)
    if not text or text[-1].isspace():
        piece = piece.lstrip()
    return text + piece


def _are_pages(blocks: Sequence[Block]) -> bool:
    """Tell page numbers from other numbers in brackets: pages ascend."""
    numbers = [int(match.group(1)) for block in blocks for match in PAGE_MARK.finditer(block.text)]
    steps = list(pairwise(numbers))
    return bool(steps) and sum(1 for before, after in steps if before <= after) >= _MIN_ASCENDING * len(steps)
