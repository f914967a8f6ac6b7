"""From Markdown to blocks: emphasis, links, pictures and HTML go, their text stays."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.types import PAGE_CLOSE, PAGE_OPEN, Block, BlockKind

_PAGE_NUMBER = re.compile(r"\[(?:Pg|Page|Blz|p)\.? ?(\d{1,5})\]", re.IGNORECASE)
_HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]:?")
_PICTURE_ADDRESS = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|tiff?|emf|wmf)$", re.IGNORECASE)
_LONGEST_PARAGRAPH = 100_000
_MOST_LINKS = 300
_WITHOUT_EMPHASIS = str.maketrans("", "", "*_`")
_MULTIPLE_SPACES = re.compile(r" {2,}")


def read_markdown(text: str, *, holds_html: bool) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text.

    `holds_html` is true for files that people write, in which a tag is a tag; in the output of a converter, what
    looks like a tag is text that an author wrote.
    """
    parser = MarkdownIt("commonmark", {"html": holds_html}).enable("table").disable("code")
    if holds_html:
        text = _HTML_COMMENT.sub("", text)
    paragraphs = (_tamed(paragraph) for paragraph in text.split("\n\n"))
    return tuple(block for block in _Walk(parser.parse("\n\n".join(paragraphs))).blocks() if block.text)


def _tamed(paragraph: str) -> str:
    """Return a paragraph that the parser gets through: its search for the end of a link is quadratic."""
    is_table = paragraph.lstrip().startswith("|")
    if len(paragraph) > _LONGEST_PARAGRAPH and not is_table:
        paragraph = paragraph.translate(_WITHOUT_EMPHASIS)
    if paragraph.count("[") > _MOST_LINKS and not is_table:
        paragraph = paragraph.replace("[", "\\[")
    return paragraph


def with_page_marks(text: str) -> str:
    """Return `text` in which `[Pg 12]`, as transcribed books have it, is a page mark."""
    return _PAGE_NUMBER.sub(rf"{PAGE_OPEN}\1{PAGE_CLOSE}", text)


@dataclass
class _Walk:
    """One pass over the tokens of a Markdown text, which nest lists in lists."""

    tokens: Sequence[Token]
    markers: list[str] = field(default_factory=list)
    """Of the lists around the present token: `-`, or the number of the next item."""
    pending_marker: str = ""

    def blocks(self) -> Iterator[Block]:
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.type == "table_open":
                end = next(i for i in range(index, len(self.tokens)) if self.tokens[i].type == "table_close")
                yield from _table_rows(self.tokens[index:end])
                index = end
            elif token.type in {"fence", "code_block"}:
                yield from _code_paragraphs(token.content)
            elif token.type == "heading_open":
                text, _ = _inline(self.tokens[index + 1])
                yield Block(text.replace("\n", " "), BlockKind.HEADING, level=int(token.tag[1:]))
                self.pending_marker = ""
            elif token.type == "paragraph_open":
                yield self._paragraph(self.tokens[index + 1])
            else:
                self._follow_list(token)
            index += 1

    def _paragraph(self, inline: Token) -> Block:
        text, is_emphasised = _inline(inline)
        if not self.pending_marker:
            return Block(text, is_emphasised=is_emphasised)
        marker, self.pending_marker = self.pending_marker, ""
        return Block(text, BlockKind.ITEM, level=len(self.markers) - 1, marker=marker)

    def _follow_list(self, token: Token) -> None:
        if token.type == "bullet_list_open":
            self.markers.append("-")
        elif token.type == "ordered_list_open":
            self.markers.append(f"{token.attrGet('start') or 1}.")
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self.markers.pop()
        elif token.type == "list_item_open":
            self.pending_marker = f"{token.info}." if token.info else self.markers[-1]
        elif token.type == "list_item_close":
            self.pending_marker = ""


def _inline(token: Token) -> tuple[str, bool]:
    """Return the text of an inline token, and whether all of it is bold or italic."""
    parts: list[str] = []
    depth = 0
    outside = False
    skip_link = False
    for child in token.children or []:
        if child.type in {"strong_open", "em_open"}:
            depth += 1
        elif child.type in {"strong_close", "em_close"}:
            depth -= 1
        elif child.type == "link_open":
            skip_link = bool(_PICTURE_ADDRESS.search(str(child.attrGet("href") or "")))
        elif child.type == "link_close":
            skip_link = False
        elif not skip_link:
            piece = _piece(child)
            outside = outside or (depth == 0 and bool(piece.strip()))
            parts.append(piece)
    text = _FOOTNOTE_MARK.sub("", "".join(parts))
    text = _MULTIPLE_SPACES.sub(" ", with_page_marks(text)).strip()
    return text, bool(text) and not outside


def _piece(child: Token) -> str:
    if child.type in {"text", "code_inline"}:
        return child.content
    if child.type == "hardbreak" or (child.type == "html_inline" and child.content.lower().startswith("<br")):
        return "\n"
    return " " if child.type == "softbreak" else ""


def _code_paragraphs(content: str) -> Iterator[Block]:
    for paragraph in re.split(r"\n[ \t]*\n", with_page_marks(content)):
        lines = [_MULTIPLE_SPACES.sub(" ", line.strip()) for line in paragraph.splitlines()]
        yield Block("\n".join(line for line in lines if line))


def _table_rows(tokens: Sequence[Token]) -> Iterator[Block]:
    """Yield each row as a list item, `column: cell; column: cell`, so that it can be read without its table."""
    rows: list[list[str]] = []
    for position, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in {"th_open", "td_open"}:
            rows[-1].append(_inline(tokens[position + 1])[0].replace("\n", " "))
    if not rows:
        return
    header, body = rows[0], rows[1:]
    if not body or not any(header):
        header, body = [""] * len(header), [row for row in rows if any(row)]
    for row in body:
        cells = [f"{name}: {cell}" if name else cell for name, cell in zip(header, row, strict=False) if cell]
        yield Block("; ".join(cells), BlockKind.ITEM, marker="-")
