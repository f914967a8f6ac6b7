"""Headings that were written without a heading style: chapter numbers, bold lines, side notes, title-case lines."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.types import PAGE_MARK, Block, BlockKind

_CHAPTER = re.compile(
    r"(?P<number>(?:chapter|hoofdstuk|part|deel|book|lesson|les)\s+(?:\d{1,3}|[ivxlc]+|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien))\b(?P<rest>.*)",
    re.IGNORECASE,
)
_CHAPTER_START = re.compile(r"\s*[.:—–-]?\s*")
_SIDE_NOTE = re.compile(r"\[(?:Sidenote|Side note|Kanttekening):?\s*(?P<note>[^\]]{2,200})\]\s*", re.IGNORECASE)
_CLOSING = re.compile(r"[.,;:!…)\]][\"'”’»]*$")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SMALL_WORDS = frozenset(
    "a an and as at but by for from if in into is it nor not of on or per so the to up via vs with your "
    "de een en het in is met naar of om onder op over te uit van voor".split(),
)

_SENTENCE_END = re.compile(r"[.,;:][\"'”’»]*$")

_MAX_WORDS = 12
_MAX_TITLE_WORDS = 20
_MAX_CHARACTERS = 90
_PROSE_WORDS = 15

_CHAPTER_LEVEL = 2
_STRONG, _WEAK = 2, 1
"""How much a line looks like a heading: bold, italic or capitals; a side note or words in title case."""


def mark_chapters(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with chapter numbers as headings, each together with the title on the line after it."""
    marked: list[Block] = []
    for block in blocks:
        previous = marked[-1] if marked else None
        if previous is not None and _awaits_title(previous) and _is_chapter_title(block, previous):
            marked[-1] = replace(previous, text=f"{previous.text.rstrip(' .:')}: {block.text}")
        else:
            marked.append(_chapter(block))
    return marked


def promote_lines(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with short lines that stand above prose, and look like headings, as headings.

    Their level is below that of the heading they stand under, a weak one below a strong one.
    """
    blocks = [part for block in blocks for part in _side_note_apart(block)]
    strengths = [_strength(block) for block in blocks]
    promoted = [False] * len(blocks)
    for index in range(len(blocks) - 2, -1, -1):
        heads_prose = _is_prose(blocks[index + 1])
        heads_weaker = promoted[index + 1] and strengths[index] > strengths[index + 1]
        promoted[index] = strengths[index] > 0 and (heads_prose or heads_weaker)
    return _with_levels(blocks, strengths, promoted)


def _with_levels(blocks: Sequence[Block], strengths: Sequence[int], promoted: Sequence[bool]) -> list[Block]:
    section = 1
    has_strong = False
    leveled: list[Block] = []
    for block, strength, is_promoted in zip(blocks, strengths, promoted, strict=True):
        if block.kind is BlockKind.HEADING:
            section, has_strong = block.level, False
        if not is_promoted:
            leveled.append(replace(block, text=_SIDE_NOTE.sub(r"\g<note>", block.text)) if strength else block)
            continue
        has_strong = has_strong or strength == _STRONG
        level = section + 1 + (1 if strength == _WEAK and has_strong else 0)
        text = _SIDE_NOTE.sub(r"\g<note>", block.text)
        leveled.append(Block(text, BlockKind.HEADING, level=min(level, 6)))
    return leveled


def _chapter(block: Block) -> Block:
    match = _CHAPTER.fullmatch(block.plain)
    if match is None or block.kind is BlockKind.ITEM:
        return block
    rest = match["rest"]
    title = rest[_CHAPTER_START.match(rest).end() :]  # type: ignore[union-attr] # it matches the empty text too
    if block.kind is BlockKind.PARAGRAPH and not _is_alone(match["number"], title):
        return block
    if title and not title[0].isupper() and block.kind is BlockKind.PARAGRAPH:
        return block
    marks = "".join(mark.group() for mark in PAGE_MARK.finditer(block.text))
    level = block.level if block.kind is BlockKind.HEADING else _CHAPTER_LEVEL
    text = f"{match['number']}: {title}" if title else match["number"]
    return Block(marks + text, BlockKind.HEADING, level=level)


def _is_alone(number: str, title: str) -> bool:
    return len(f"{number} {title}".split()) <= _MAX_WORDS and not _CLOSING.search(title)


def _awaits_title(block: Block) -> bool:
    match = _CHAPTER.fullmatch(block.plain)
    return block.kind is BlockKind.HEADING and match is not None and not match["rest"].strip(" .:")


def _is_chapter_title(block: Block, chapter: Block) -> bool:
    if _CHAPTER.match(block.plain) or block.words > _MAX_TITLE_WORDS or _SIDE_NOTE.search(block.text):
        return False
    if block.kind is BlockKind.HEADING:
        return block.level >= chapter.level
    if block.kind is BlockKind.ITEM or _SENTENCE_END.search(block.plain):
        return False
    words = _WORD.findall(block.plain)
    return block.is_emphasised or "".join(words).isupper() or (bool(words) and _is_title_case(words))


def _side_note_apart(block: Block) -> list[Block]:
    """A side note at the start of a paragraph becomes a block of its own; one inside a sentence goes."""
    if "[" not in block.text or block.kind is not BlockKind.PARAGRAPH:
        return [block]
    match = _SIDE_NOTE.search(block.text)
    if match is None:
        return [block]
    before, after = block.text[: match.start()], block.text[match.end() :]
    if PAGE_MARK.sub("", before).strip():
        return [replace(block, text=_SIDE_NOTE.sub("", block.text))]
    note = Block(before + match.group().rstrip())
    return [note, *_side_note_apart(replace(block, text=after))] if after.strip() else [note]


def _strength(block: Block) -> int:
    if block.kind is not BlockKind.PARAGRAPH:
        return 0
    text = block.plain
    if _SIDE_NOTE.fullmatch(text):
        return _WEAK
    words = _WORD.findall(text)
    if not words or block.words > _MAX_WORDS or len(text) > _MAX_CHARACTERS or "\n" in text or _CLOSING.search(text):
        return 0
    if not (text[0].isupper() or text[0].isdigit() or text[0] in "\"'“‘„¿"):
        return 0
    letters = "".join(words)
    is_capitals = letters.isupper() and len(letters) >= 4
    if is_capitals or (block.is_emphasised and not text.endswith("?")):
        return _STRONG
    return _WEAK if _is_title_case(words) else 0


def _is_title_case(words: Sequence[str]) -> bool:
    weighty = [word for word in words if word.lower() not in _SMALL_WORDS]
    capitalised = sum(1 for word in weighty if word[0].isupper())
    if len(words) == 1:
        return len(words[0]) >= 4 and words[0][0].isupper()
    return words[0][0].isupper() and capitalised >= 2 and capitalised >= 0.75 * len(weighty)


def _is_prose(block: Block) -> bool:
    return block.kind is BlockKind.ITEM or (block.kind is BlockKind.PARAGRAPH and block.words >= _PROSE_WORDS)
