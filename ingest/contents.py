"""Pages that only point to other pages: tables of contents, indexes and title pages."""

import re
from collections.abc import Iterable, Sequence

from ingest.types import PAGE_MARK, Block, BlockKind

_CONTENTS = re.compile(
    r"(?:table of )?contents|list of (?:figures|tables|illustrations)"
    r"|inhoud(?:sopgave)?|lijst van (?:figuren|tabellen)",
    re.IGNORECASE,
)
_INDEX = re.compile(r"(?:subject |name )?index|(?:zaken|namen|trefwoorden)?register|trefwoorden", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{5,}")
_ENDS_WITH_PAGE = re.compile(r"(?:^|[\s,;:.–-])(?:\d{1,4}|[ivxlc]{1,6})$", re.IGNORECASE)
_INDEX_PAGES = re.compile(r",\s*\d{1,4}(?:\s*[-–,]\s*\d{1,4})*\.?$")
_SEPARATOR = re.compile(r"[\s*·•\-_=~#—–.|]*")
_BY_LINE = re.compile(r"(?:by|door)\b[:\s]*(?P<name>.*)", re.IGNORECASE | re.DOTALL)
_NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*\s+){1,4}[^\W\d_][\w.'’-]*")

_SENTENCE_END = re.compile(r"[.!?][\"'”’»)]*$")

_PROSE_WORDS = 25
_SENTENCE_WORDS = 12
_MAX_CONTENTS_BLOCKS = 400
_MAX_TITLE_PAGE_WORDS = 150
_MAX_TITLE_PAGE_BLOCKS = 40
_MIN_BOOK_WORDS = 5_000


def without(blocks: Sequence[Block], dropped: Iterable[int]) -> list[Block]:
    """Return the blocks except those at the `dropped` positions; the page they were on is not forgotten."""
    gone = set(dropped)
    kept: list[Block] = []
    carried = ""
    for index, block in enumerate(blocks):
        if index in gone:
            marks = list(PAGE_MARK.finditer(block.text))
            carried = marks[-1].group() if marks else carried
        else:
            text = block.text if PAGE_MARK.match(block.text) else carried + block.text
            kept.append(Block(text, block.kind, block.level, block.marker, is_emphasised=block.is_emphasised))
            carried = ""
    return kept


def drop_separators(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that hold more than dashes, stars and a page mark."""
    return without(blocks, (index for index, block in enumerate(blocks) if _SEPARATOR.fullmatch(block.plain)))


def drop_contents(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without tables of contents and indexes."""
    dropped: set[int] = set()
    for index, block in enumerate(blocks):
        if index in dropped or block.kind is BlockKind.ITEM:
            continue
        if _has_leaders(block):
            dropped.add(index)
        elif _CONTENTS.fullmatch(block.plain.strip(" :.")):
            dropped.update(_listing(blocks, index, is_index=False))
        elif _INDEX.fullmatch(block.plain.strip(" :.")) and index > 0.6 * len(blocks):
            dropped.update(_listing(blocks, index, is_index=True))
    return without(blocks, dropped)


def drop_title_page(blocks: Sequence[Block]) -> tuple[list[Block], tuple[str, ...]]:
    """Return a book without what stands before its first prose, and the author that a 'by' there names."""
    if sum(block.words for block in blocks) < _MIN_BOOK_WORDS:
        return list(blocks), ()
    prose = next((index for index, block in enumerate(blocks) if _is_prose(block)), 0)
    start = prose
    while start > 0 and blocks[start - 1].kind is BlockKind.HEADING and blocks[start - 1].level < _level(blocks[start]):
        start -= 1
    front = blocks[:start]
    if len(front) > _MAX_TITLE_PAGE_BLOCKS or sum(block.words for block in front) > _MAX_TITLE_PAGE_WORDS:
        return list(blocks), ()
    return without(blocks, range(start)), _by_line(front)


def _is_prose(block: Block) -> bool:
    if block.kind is not BlockKind.PARAGRAPH:
        return False
    is_sentence = bool(_SENTENCE_END.search(block.plain)) and block.words >= _SENTENCE_WORDS
    return is_sentence or block.words >= _PROSE_WORDS


def _level(block: Block) -> int:
    return block.level if block.kind is BlockKind.HEADING else 7


def _by_line(front: Sequence[Block]) -> tuple[str, ...]:
    for index, block in enumerate(front):
        match = _BY_LINE.fullmatch(block.plain)
        if match is None:
            continue
        after = front[index + 1].plain if index + 1 < len(front) else ""
        name = " ".join((match["name"] or after).split())
        if _NAME.fullmatch(name):
            return (name.title() if name.isupper() else name,)
    return ()


def _has_leaders(block: Block) -> bool:
    leaders = _LEADERS.findall(block.plain)
    return len(leaders) >= 2 or (len(leaders) == 1 and bool(_ENDS_WITH_PAGE.search(block.plain)))


def _listing(blocks: Sequence[Block], start: int, *, is_index: bool) -> range:
    """Return the positions of a listing: its heading and what follows up to a heading or prose."""
    end = start + 1
    last_sure = 0
    limit = len(blocks) if is_index else min(len(blocks), start + _MAX_CONTENTS_BLOCKS)
    while end < limit and _is_listed(blocks[end], is_index=is_index):
        last_sure = end if _points_to_page(blocks[end]) else last_sure
        end += 1
    # Where entries end with page numbers, a line without one after them is the first heading of the text.
    # A heading over nothing but prose is a section that happens to be called 'Contents'.
    end = last_sure + 1 if last_sure and not is_index else end
    return range(start, end) if end > start + 1 else range(0)


def _is_listed(block: Block, *, is_index: bool) -> bool:
    if block.kind is BlockKind.HEADING:
        # The letters of the alphabet in an index.
        return is_index and len(block.plain) <= 3
    if _points_to_page(block):
        return True
    return block.words < _PROSE_WORDS and not block.plain.endswith((".", "!", "?", ":"))


def _points_to_page(block: Block) -> bool:
    plain = block.plain
    return bool(_has_leaders(block) or _ENDS_WITH_PAGE.search(plain) or _INDEX_PAGES.search(plain))
