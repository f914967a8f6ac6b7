"""Project Gutenberg texts: the legal header and footer go, what the header says about the book is kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.contents import without
from ingest.types import Block, BlockKind

_START = re.compile(r"(?:\*{3}\s*|^)START OF (?:THE|THIS) PROJECT GUTENBERG E-?BOOK.*?(?:\*{3}|$)", re.IGNORECASE)
_END = re.compile(
    r"(?:\*{3}\s*|^)END OF (?:THE|THIS) PROJECT GUTENBERG|^End of (?:the )?Project Gutenberg|START: FULL LICENSE",
    re.IGNORECASE,
)
_GUTENBERG = re.compile(r"Project Gutenberg", re.IGNORECASE)
_LABELS = (
    "Title|Subtitle|Author|Editor|Translator|Illustrator|Contributor|Commentator|Release Date|Posting Date|"
    "Last Updated|Most recently updated|Language|Character set|Original publication|Credits|Produced by"
)
_FIELD = re.compile(
    rf"(?:^|\s)(Title|Authors?|Language):\s*(.+?)(?=\s+(?:{_LABELS})\b[^:]{{0,30}}:|\s*\*{{3}}|\s*$)", re.I
)
_CREDIT = re.compile(
    r"(?:Produced by|E-?text prepared by|Prepared by|This e-?text was (?:produced|prepared)"
    r"|\[?Illustration\b|\[Frontispiece"
    r"|Note:;? Images of the original|Images of the original pages|\(This (?:file|book) was produced)",
    re.IGNORECASE,
)
_TRANSCRIBER = re.compile(r"\[?Transcriber[’']?s?[’']?\s+notes?\b", re.IGNORECASE)
_BRACKETED = re.compile(r"\[(?:Illustration|Transcriber)[^\]]{0,600}\]", re.IGNORECASE)

_EDGE_BLOCKS = 40
"""Credits and transcriber's notes stand this close to the beginning or the end."""
_NOTE_BLOCKS = 12
_REMAINDER_WORDS = 40

_LANGUAGES = {"english": "en", "dutch": "nl", "german": "de", "french": "fr", "spanish": "es"}


@dataclass(frozen=True, slots=True)
class LegalFacts:
    """What the header of a Project Gutenberg text says; empty for other texts."""

    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""


def strip_legal(blocks: Sequence[Block]) -> tuple[list[Block], LegalFacts]:
    """Return the blocks of the book itself, and what its header said."""
    start = _header_end(blocks)
    if start == 0:
        return list(blocks), LegalFacts()
    end = next((i for i in range(start, len(blocks)) if _END.search(blocks[i].plain)), len(blocks))
    book = [*_remainder(blocks[start - 1]), *blocks[start:end]]
    dropped = {*range(start), *(start + index for index in _credits(book))}
    kept = without([*blocks[:start], *book], dropped)
    return [block for block in map(_without_brackets, kept) if block.text.strip()], _facts(blocks[:start])


def _header_end(blocks: Sequence[Block]) -> int:
    """Return the index after the header; 0 when this is not a Project Gutenberg text."""
    for index, block in enumerate(blocks[:_EDGE_BLOCKS]):
        if _START.search(block.plain):
            return index + 1
    first_half = blocks[: min(_EDGE_BLOCKS, len(blocks) // 2)]
    mentions = [index for index, block in enumerate(first_half) if _GUTENBERG.search(block.plain)]
    has_footer = any(_END.search(block.plain) for block in blocks[len(blocks) // 2 :])
    return mentions[-1] + 1 if mentions and has_footer else 0


def _remainder(block: Block) -> list[Block]:
    """What follows the start mark in the same block, when it is more than credits."""
    match = _START.search(block.text)
    rest = block.text[match.end() :].strip() if match else ""
    return [Block(rest)] if len(rest.split()) >= _REMAINDER_WORDS and not _CREDIT.match(rest) else []


def _facts(header: Sequence[Block]) -> LegalFacts:
    fields: dict[str, str] = {}
    for block in header:
        for label, value in _FIELD.findall(block.plain.replace("\n", " ")):
            fields.setdefault(label.lower().removesuffix("s"), value.strip(" ."))
    author = fields.get("author", "")
    authors = tuple(name for name in re.split(r"\s*(?:;|\band\b|&)\s*", author) if name)
    return LegalFacts(fields.get("title", ""), authors, _LANGUAGES.get(fields.get("language", "").lower(), ""))


def _credits(blocks: Sequence[Block]) -> set[int]:
    """Return the positions of credits and transcriber's notes."""
    found: set[int] = set()
    for index, block in enumerate(blocks):
        if index in found or _EDGE_BLOCKS <= index < len(blocks) - _EDGE_BLOCKS:
            continue
        if _TRANSCRIBER.match(block.plain):
            found.update(range(index, _note_end(blocks, index)))
        elif _CREDIT.match(block.plain):
            found.add(index)
    return found


def _note_end(blocks: Sequence[Block], index: int) -> int:
    """Return the index after a transcriber's note: up to a heading or the end, or one block when neither is near."""
    if len(blocks[index].plain.split()) > 8:
        return index + 1
    if index >= len(blocks) - _EDGE_BLOCKS and index > len(blocks) // 2:
        return len(blocks)
    for ahead in range(index + 1, min(index + 1 + _NOTE_BLOCKS, len(blocks))):
        if blocks[ahead].kind is BlockKind.HEADING:
            return ahead
    return index + 2


def _without_brackets(block: Block) -> Block:
    if "[" not in block.text:
        return block
    text = _BRACKETED.sub("", block.text)
    return Block(text, block.kind, block.level, block.marker, is_emphasised=block.is_emphasised)
