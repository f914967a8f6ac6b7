"""From the lines of PDF pages to blocks: running heads go, paragraphs come together, headings show by their type."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.decoding import tidy
from ingest.joining import Vocabulary, join_lines, vocabulary_of
from ingest.pdf_lines import Line, OutlineEntry, Page
from ingest.types import Block, BlockKind, page_mark

_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:(?:page|pagina|blz\.?|p\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|van)\s*\d{1,4})?[-–—|\s]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_BULLET = re.compile(r"(?:[•◦○‣]\s*|[-–—*]\s+)(?=[^\s*])")
_NUMBER = re.compile(r"(\d{1,2})[.)]\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]_*]*$")
_LETTERS = re.compile(r"[^\W\d_]+")

_MARGIN = 0.14
"""Share of the page height at the top and the bottom where running heads and page numbers stand."""
_MARGIN_LINES = 2
_MIN_REPEATS = 3
_HEADING_GROWTH = 1.12
_MAX_HEADING_WORDS = 25
_MAX_HEADING_LEVELS = 4


@dataclass(frozen=True, slots=True)
class _Metrics:
    """What is usual in this document."""

    size: float
    leading: float
    left: float
    right: float
    heading_levels: dict[float, int]

    @property
    def width(self) -> float:
        return max(self.right - self.left, 1.0)


def layout(pages: Sequence[Page], outline: Sequence[OutlineEntry]) -> list[Block]:
    """Return the text of the pages as blocks with page marks."""
    lines = [line for page in _without_furniture(pages) for line in page]
    if not lines:
        return []
    metrics = _measure(lines)
    vocabulary = vocabulary_of(line.text for line in lines)
    bookmarks = _by_page(outline)
    blocks: list[Block] = []
    last_page = 0
    for group in _paragraphs(lines, metrics):
        marked, last_page = _with_page_marks(group, last_page)
        blocks.append(_block(group, marked, metrics, vocabulary, bookmarks))
    return blocks


def _without_furniture(pages: Sequence[Page]) -> list[list[Line]]:
    """Drop page numbers, and what returns at the top or bottom of page after page."""
    candidates = [_margin_lines(page) for page in pages]
    counts = Counter(_furniture_key(line.text) for lines in candidates for line in lines)
    kept: list[list[Line]] = []
    for page, marginal in zip(pages, candidates, strict=True):
        dropped = {
            id(line)
            for line in marginal
            if _PAGE_NUMBER.fullmatch(line.text) or counts[_furniture_key(line.text)] >= _MIN_REPEATS
        }
        kept.append([line for line in page.lines if id(line) not in dropped])
    return kept


def _margin_lines(page: Page) -> list[Line]:
    ordered = sorted(page.lines, key=lambda line: -line.bottom)
    top = [line for line in ordered[:_MARGIN_LINES] if line.bottom > page.height * (1 - _MARGIN)]
    bottom = [line for line in ordered[-_MARGIN_LINES:] if line.bottom < page.height * _MARGIN]
    return top + [line for line in bottom if line not in top]


def _furniture_key(text: str) -> str:
    return _DIGITS.sub("#", text).lower()


def _measure(lines: Sequence[Line]) -> _Metrics:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0]
    body = [line for line in lines if line.size == size]
    steps = [
        before.bottom - line.bottom
        for before, line in pairwise(body)
        if before.page == line.page and 0.5 * size < before.bottom - line.bottom < 3 * size
    ]
    larger = sorted({line.size for line in lines if line.size > size * _HEADING_GROWTH}, reverse=True)
    return _Metrics(
        size=size,
        leading=_leading(steps, size),
        left=Counter(round(line.left) for line in body).most_common(1)[0][0],
        right=sorted(line.right for line in body)[int(len(body) * 0.9)],
        heading_levels=_levels(larger),
    )


def _leading(steps: Sequence[float], size: float) -> float:
    """Return the usual step from line to line inside a paragraph, where paragraphs may well be single lines."""
    close = [round(step, 1) for step in steps if step < 1.6 * size]
    return Counter(close).most_common(1)[0][0] if close else size * 1.2


def _levels(sizes: Sequence[float]) -> dict[float, int]:
    """Number the type sizes above that of the body from large to small; near-equal sizes are one level."""
    levels: dict[float, int] = {}
    level = 0
    previous = 0.0
    for size in sizes:
        if not previous or size < previous * 0.94:
            level = min(level + 1, _MAX_HEADING_LEVELS)
            previous = size
        levels[size] = level
    return levels


def _paragraphs(lines: Sequence[Line], metrics: _Metrics) -> Iterator[list[Line]]:
    group = [lines[0]]
    for before, line in pairwise(lines):
        if _begins_paragraph(group, before, line, metrics):
            yield group
            group = []
        group.append(line)
    yield group


def _begins_paragraph(group: Sequence[Line], before: Line, line: Line, metrics: _Metrics) -> bool:
    if abs(before.size - line.size) > 0.08 * metrics.size or before.is_bold != line.is_bold:
        # Only a bold run inside a paragraph, when the line before goes on to the right margin.
        return before.size != line.size or not _is_full(before, metrics) or bool(_SENTENCE_END.search(before.text))
    if _BULLET.match(line.text) or (_NUMBER.match(line.text) and line.left > metrics.left - metrics.size):
        return True
    if _changes_column(before, line):
        goes_on = _is_full(before, metrics) or before.text.endswith("-") or line.text[:1].islower()
        return bool(_SENTENCE_END.search(before.text)) or not goes_on
    step = before.bottom - line.bottom
    usual = metrics.leading * line.size / metrics.size
    return step > 1.25 * usual or _is_indented(group, line, metrics) or _ends_short(before, metrics)


def _changes_column(before: Line, line: Line) -> bool:
    return before.page != line.page or line.bottom > before.bottom + before.size


def _is_full(line: Line, metrics: _Metrics) -> bool:
    return line.right > metrics.right - 0.12 * metrics.width


def _is_indented(group: Sequence[Line], line: Line, metrics: _Metrics) -> bool:
    indent = line.left - metrics.left
    if not 0.7 * metrics.size < indent < 5 * metrics.size or _BULLET.match(group[0].text):
        return False
    return group[-1].left < line.left - 0.7 * metrics.size and not _NUMBER.match(group[0].text)


def _ends_short(before: Line, metrics: _Metrics) -> bool:
    is_short = before.right < metrics.right - 0.3 * metrics.width
    return is_short and bool(_SENTENCE_END.search(before.text))


def _with_page_marks(group: Sequence[Line], last_page: int) -> tuple[list[str], int]:
    marked: list[str] = []
    for line in group:
        mark = page_mark(line.page) if line.page != last_page else ""
        # The marks are put in after tidying, which takes strange characters out.
        marked.append(mark + " ".join(tidy(line.text).split()))
        last_page = line.page
    return marked, last_page


def _block(
    group: Sequence[Line],
    marked: Sequence[str],
    metrics: _Metrics,
    vocabulary: Vocabulary,
    bookmarks: dict[int, dict[str, int]],
) -> Block:
    text = join_lines(marked, vocabulary)
    plain = " ".join(line.text for line in group)
    words = len(plain.split())
    bookmark = bookmarks.get(group[0].page, {}).get(_letters(plain))
    if bookmark is not None:
        return Block(text, BlockKind.HEADING, level=bookmark)
    size = median(line.size for line in group)
    if size in metrics.heading_levels and words <= _MAX_HEADING_WORDS and _LETTERS.search(plain):
        return Block(text, BlockKind.HEADING, level=metrics.heading_levels[size])
    bullet = _BULLET.match(group[0].text)
    if bullet:
        return Block(_without_start(text, _BULLET), BlockKind.ITEM, marker="-")
    number = _NUMBER.match(group[0].text)
    if number:
        return Block(_without_start(text, _NUMBER), BlockKind.ITEM, marker=f"{number.group(1)}.")
    return Block(text, is_emphasised=all(line.is_bold for line in group))


def _without_start(text: str, pattern: re.Pattern[str]) -> str:
    """Take the list mark off, which may come after a page mark."""
    start = text.rfind("\ue001", 0, 12) + 1
    return text[:start] + pattern.sub("", text[start:], count=1)


def _by_page(outline: Sequence[OutlineEntry]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for entry in outline:
        found[entry.page].setdefault(_letters(entry.title), entry.level)
    return found


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text)).lower()
