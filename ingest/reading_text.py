"""Reading plain text: wrapped or not, with the marks that people use in it for headings and lists."""

import re
from statistics import median

from ingest.joining import join_lines, vocabulary_of
from ingest.reading_markdown import with_page_marks
from ingest.types import Block, BlockKind

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_UNDERLINE = re.compile(r"[=\-~_]{3,}")
_BULLET = re.compile(r"[-*•◦‣–]\s+(?=[^\s*])")
_NUMBER = re.compile(r"(\d{1,2})[.)]\s+(?=\S)")
_EMPHASIS = re.compile(r"(?<![\w_])_(?=\S)([^_]{1,2000}?)(?<=\S)_(?![\w_])")
_LONG_LINE = 120
"""A text with longer lines than this has one line to a paragraph; shorter lines were wrapped."""


def read_plain_paragraphs(text: str) -> list[Block]:
    """Return the blocks of a tidied plain text; page marks in it stay."""
    text = with_page_marks(text)
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        return []
    vocabulary = vocabulary_of(lines)
    has_line_paragraphs = median(len(line) for line in lines) > _LONG_LINE
    blocks: list[Block] = []
    for paragraph in _BLANK_LINES.split(text.strip()):
        for group in _groups(paragraph.split("\n"), has_line_paragraphs=has_line_paragraphs):
            block = _block(group, join_lines(group, vocabulary))
            if block.text:
                blocks.append(block)
    return blocks


def without_underscores(block: Block) -> Block:
    """Return the block without the `_underscores_` that stand for italics in plain text."""
    if "_" not in block.text:
        return block
    text = _EMPHASIS.sub(r"\1", block.text)
    whole = _EMPHASIS.fullmatch(block.plain)
    return Block(text, block.kind, block.level, block.marker, is_emphasised=block.is_emphasised or whole is not None)


def _groups(lines: list[str], *, has_line_paragraphs: bool) -> list[list[str]]:
    groups: list[list[str]] = []
    for line in lines:
        stripped = line.strip()
        if _UNDERLINE.fullmatch(stripped) and groups and len(groups[-1]) == 1:
            groups[-1].append(stripped)
            groups.append([])
        elif has_line_paragraphs or not groups or _BULLET.match(stripped) or _NUMBER.match(stripped):
            groups.append([stripped])
        else:
            groups[-1].append(stripped)
    return [group for group in groups if group]


def _block(lines: list[str], text: str) -> Block:
    if len(lines) == 2 and _UNDERLINE.fullmatch(lines[1]):
        return Block(lines[0], BlockKind.HEADING, level=1 if lines[1].startswith("=") else 2)
    if _UNDERLINE.fullmatch(text):
        return Block("")
    bullet = _BULLET.match(text)
    if bullet:
        return Block(text[bullet.end() :], BlockKind.ITEM, marker="-")
    number = _NUMBER.match(text)
    if number:
        return Block(text[number.end() :], BlockKind.ITEM, marker=f"{number.group(1)}.")
    return Block(text)
