"""The values that travel between the steps of reading a document: source, blocks, description, parsed document."""

import re
from dataclasses import dataclass
from enum import StrEnum

from ingest.sniffing import Format
from knowledge.types import Collection, Method, PracticeCase, Skill, SourceKind

PAGE_OPEN = "\ue000"
PAGE_CLOSE = "\ue001"
"""A page number stands inside block text between these two private-use characters, until rendering takes it out.

Kept in the text, it survives every cleaning step, also in the middle of a word that two pages share.
"""

PAGE_MARK = re.compile(f"{PAGE_OPEN}(\\d+){PAGE_CLOSE}")


def page_mark(page: int) -> str:
    """Return the mark that says: from here on, this is `page`."""
    return f"{PAGE_OPEN}{page}{PAGE_CLOSE}"


class BlockKind(StrEnum):
    """What a block is to the eye of a reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a list item; its text may hold page marks."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    """Of a heading 1 to 6; of a list item its depth from 0."""
    marker: str = ""
    """Of a list item: `-` or `3.`."""
    is_emphasised: bool = False
    """The whole text is bold or italic, as a heading without a heading style is."""

    @property
    def plain(self) -> str:
        """The text without page marks."""
        return PAGE_MARK.sub("", self.text).strip()

    @property
    def words(self) -> int:
        """The number of words."""
        return len(self.plain.split())


@dataclass(frozen=True, slots=True)
class Description:
    """What a file says about itself; empty fields are unknown."""

    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    kind: SourceKind | None = None
    skills: tuple[Skill, ...] = ()
    methods: tuple[Method, ...] = ()
    topics: tuple[str, ...] = ()
    summary: str = ""
    licence: str = ""
    published: str = ""
    text_id: str = ""
    """The `id` of the front matter, the same for two language versions of a starter text."""


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A file as blocks in reading order, with what it says about itself."""

    blocks: tuple[Block, ...]
    description: Description = Description()
    case: PracticeCase | None = None
    has_reliable_headings: bool = False
    """The format marks every heading as one (Markdown, web articles), so no other line has to be taken for one."""
    has_printed_pages: bool = False
    """Page marks come from the file's own pages (PDF, slides), not from marks such as `[Pg 12]` in its text."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file, page or upload about to be read."""

    name: str
    """What a person calls it: shown in progress, reports and errors."""
    origin: str
    """What its identity derives from: absolute path, web address, `upload:NAME` or `starter:PATH`."""
    data: bytes
    collection: Collection = Collection.TEAM
    format: Format | None = None
    """Known beforehand, as for a web page that became Markdown; else the bytes and the name decide."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person said about a document while adding it; it outranks what the file says."""

    kind: SourceKind | None = None
    language: str | None = None
