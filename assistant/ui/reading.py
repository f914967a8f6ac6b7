"""A document's text cut into pages that a person reads one at a time: chapters, or parts of long ones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_LONGEST = 24_000
"""Characters on one page: about twelve printed pages, which a phone still renders at once."""
_TINY = 400
"""Characters below which a piece (a title page, a bare heading) joins the next one."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document's text; the title is empty for what stands before the first heading."""

    title: str
    start: int
    end: int
    level: int = 0


def sections(text: str, *, longest: int = _LONGEST) -> list[Section]:
    """Return the sections of a text in order; together they are the whole text. A short text is one section."""
    whole = Section("", 0, len(text))
    if len(text) <= longest:
        return [whole]
    headings = [(found.start(), len(found[1]), _plain(found[2])) for found in _HEADING.finditer(text)]
    pieces = [piece for part in _split(whole, headings, longest) for piece in _parts(part, text, longest)]
    return _without_tiny(pieces)


def section_at(found: list[Section], position: int) -> int:
    """Return the index of the section that holds a character."""
    for index, section in enumerate(found):
        if position < section.end:
            return index
    return len(found) - 1


def _split(section: Section, headings: list[tuple[int, int, str]], longest: int) -> Iterator[Section]:
    """Yield a section, cut at its highest headings as long as it is too long."""
    if not section.title:
        section = replace(section, title=next((title for start, _, title in headings if start == section.start), ""))
    inside = [heading for heading in headings if section.start < heading[0] < section.end]
    if section.end - section.start <= longest or not inside:
        yield section
        return
    level = min(heading[1] for heading in inside)
    cuts = [heading for heading in inside if heading[1] == level]
    starts = [(section.start, section.level, section.title), *cuts]
    ends = [start for start, _, _ in starts[1:]] + [section.end]
    for (start, depth, title), end in zip(starts, ends, strict=True):
        if start < end:
            yield from _split(Section(title, start, end, depth), inside, longest)


def _parts(section: Section, text: str, longest: int) -> Iterator[Section]:
    """Yield a section without headings in parts that end between paragraphs."""
    start = section.start
    number = 1
    while section.end - start > longest:
        cut = text.rfind("\n\n", start + longest // 2, start + longest)
        end = cut + 2 if cut > 0 else start + longest
        yield _part(section, number, start, end)
        start, number = end, number + 1
    yield _part(section, number, start, section.end)


def _part(section: Section, number: int, start: int, end: int) -> Section:
    title = section.title if number == 1 else f"{section.title} ({number})".strip()
    return replace(section, title=title, start=start, end=end)


def _without_tiny(pieces: list[Section]) -> list[Section]:
    kept: list[Section] = []
    begin: int | None = None
    for piece in pieces:
        start = piece.start if begin is None else begin
        is_last = piece is pieces[-1]
        if piece.end - start < _TINY and not is_last:
            begin = start
            continue
        begin = None
        kept.append(replace(piece, start=start))
    return kept


def _plain(heading: str) -> str:
    return re.sub(r"[*_`]+", "", heading).strip()
