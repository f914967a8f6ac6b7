"""Text as safe HTML or as a safe label: the one place where text from the library, a person or a model meets markup.

Only a closed list of tags comes out. HTML in the text is shown as text; links lose their address and images become
their description, so that a page never fetches or follows what a document says.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARK_START, _MARK_END = "\u2e09", "\u2e0a"
"""Stand in for <mark> while Markdown is parsed. Rare brackets: punctuation does not disturb emphasis beside it."""

_BLOCK_MARKERS = re.compile(r"\s*(?:>\s?)*(?:#{1,6}\s+|[-*+]\s+|\d{1,9}[.)]\s+)?")
_TAG = re.compile(r"(<[^>]*>)")
_NUMBER = re.compile(r"\[(\d{1,3})\]")
_WORD_AND_NUMBER = re.compile(r"([^\s\[\]]{0,40} ?)\[(\d{1,3})\]")
_BLANK_LINES = re.compile(r"\n[ \t]*\n+")
_LIST_MARKER = re.compile(r"^(\d{0,9})([-+.)])(?= )")
_LABEL_SPECIAL = re.compile(r"([\\`*_\[\]<>$~|#!])|:(?=\S)")


def prose_html(text: str, *, language: str = "", mark: tuple[int, int] | None = None, top_heading: int = 2) -> str:
    """Return Markdown text as HTML of a closed list of tags.

    The stretch `text[start:end]` of `mark` stands inside <mark>. `#` becomes heading level `top_heading`, because
    the page itself owns the levels above it.
    """
    source = text.replace(_MARK_START, " ").replace(_MARK_END, " ")
    if mark is not None:
        source = _with_sentinels(source, *mark)
    html = _render(source, top_heading)
    if mark is not None:
        html = _with_mark_tags(html)
    return f'<div class="sc-prose"{_lang(language)}>{html}</div>'


def plain_html(text: str, *, css_class: str, language: str = "") -> str:
    """Return text, escaped, in one block of the given class."""
    return f'<div class="{css_class}"{_lang(language)}>{escape(text)}</div>'


def table_html(heads: Sequence[str], rows: Iterable[Sequence[tuple[str, str]]]) -> str:
    """Return a table of cells, each a text with its language; on a phone the style sheet stacks them."""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(
        "<tr>" + "".join(f"<td{_lang(language)}>{escape(text)}</td>" for text, language in row) + "</tr>"
        for row in rows
    )
    return f'<table class="sc-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def with_citation_buttons(html: str, turn_id: str, names: Mapping[int, str]) -> str:
    """Return HTML in which each known `[n]` is a button; `names` maps its number to what a screen reader says."""

    def button(match: re.Match[str]) -> str:
        number = int(match[2])
        if number not in names:
            return match[0]
        target, name = escape(f"{turn_id}:{number}"), escape(names[number])
        # The number stays on the line of the word before it; Chromium breaks a line even after a hard space.
        return (
            f'<span class="sc-together">{match[1]}<button type="button" class="sc-cite" data-cite="{target}" '
            f'title="{name}" aria-label="{name}">{number}</button></span>'
        )

    return _outside_tags(html, lambda piece: _WORD_AND_NUMBER.sub(button, piece))


def numbers_in(text: str) -> tuple[int, ...]:
    """Return the citation numbers in a text, each once, in order of appearance."""
    return tuple(dict.fromkeys(int(number) for number in _NUMBER.findall(text)))


def blocks(text: str) -> list[str]:
    """Return the paragraphs (and lists, headings, quotes) of a Markdown text, without blank lines."""
    return [block for block in (piece.strip("\n") for piece in _BLANK_LINES.split(text)) if block.strip()]


def label(text: str) -> str:
    """Return text that a Streamlit label shows as it is: Markdown, icons, colours, links and formulas are escaped."""
    escaped = _LABEL_SPECIAL.sub(lambda match: f"\\{match[0]}", " ".join(text.split()))
    return _LIST_MARKER.sub(r"\1\\\2", escaped)


def excerpt(text: str, length: int = 280) -> str:
    """Return the beginning of a text on one line, cut between words, without Markdown marks."""
    line = " ".join(re.sub(r"[*_#>`|]+", " ", text).split())
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0].rstrip(",;:.") + " …"


def _with_sentinels(source: str, start: int, end: int) -> str:
    start, end = max(0, start), min(len(source), end)
    start = _after_block_markers(source, start)
    end -= len(source[start:end]) - len(source[start:end].rstrip())
    if start >= end:
        return source
    return f"{source[:start]}{_MARK_START}{source[start:end]}{_MARK_END}{source[end:]}"


def _after_block_markers(source: str, start: int) -> int:
    """Move past `## ` or `- ` at the beginning of a line: a sentinel before it would make it plain text."""
    if source[:start].rpartition("\n")[2].strip():
        return start
    found = _BLOCK_MARKERS.match(source, start)
    return found.end() if found else start


def _with_mark_tags(html: str) -> str:
    """Turn the sentinels into <mark> around each stretch of text, since a mark may not span blocks."""
    marking, first = False, True
    pieces: list[str] = []
    for piece in _TAG.split(html):
        if piece.startswith("<"):
            pieces.append(piece)
            continue
        for part in re.split(f"([{_MARK_START}{_MARK_END}])", piece):
            if part in (_MARK_START, _MARK_END):
                marking = part == _MARK_START
            elif marking and part.strip():
                opening = '<mark id="cited">' if first else "<mark>"
                pieces.append(f"{opening}{part}</mark>")
                first = False
            else:
                pieces.append(part)
    return "".join(pieces)


def _outside_tags(html: str, change: Callable[[str], str]) -> str:
    return "".join(piece if piece.startswith("<") else change(piece) for piece in _TAG.split(html))


def _lang(language: str) -> str:
    return f' lang="{escape(language)}"' if language else ""


def _render(source: str, top_heading: int) -> str:
    parser = _parser()
    tokens = parser.parse(source)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + top_heading - 1)}"
        if token.children is not None:
            token.children = [_harmless(child) for child in token.children if not child.type.startswith("link_")]
    return str(parser.renderer.render(tokens, parser.options, {}))


def _harmless(token: Token) -> Token:
    return Token("text", "", 0, content=token.content) if token.type == "image" else token


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    parser.enable("table")
    # Indented paragraphs of a book are not code, a ruled line is not a heading, and [1]: is not a link target.
    parser.disable(["code", "lheading", "reference", "html_block", "html_inline"])
    return parser
