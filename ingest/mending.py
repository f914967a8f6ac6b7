"""Small repairs to packed and marked-up files before the converter sees them.

The converter loses what is mended here: `&`, `<`, `>` and quotes that DOCX writes as entities, its tabs and line
breaks, and the page breaks of the printed book that EPUB and HTML carry as empty elements.
"""

import html
import io
import re
import zipfile
from collections.abc import Callable

from ingest.archives import read_entry

# In attributes, a quote as itself would end the value: only text between tags is mended.
_TEXT = re.compile(r">[^<>]*<")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
# Characters that may not stand in XML as themselves travel in disguise.
_DISGUISES = {"&": "\ue002", "<": "\ue003", ">": "\ue004"}
_UNVEIL = str.maketrans({disguise: character for character, disguise in _DISGUISES.items()})

# Elements inside a run that stand for a character.
_RUN_CHARACTERS = (
    (re.compile(r"<w:(?:tab|ptab|br|cr)\s*/>"), " "),
    (re.compile(r"<w:noBreakHyphen\s*/>"), "-"),
)

# What is searched for inside a tag is bounded: a file that never closes one must not keep the search busy for ever.
_HEAD_START = re.compile(r"<head\b", re.IGNORECASE)
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
_EMPTY_ANCHOR = re.compile(
    r"<(a|span)\b(?=[^<>]{0,200}?\s(?:id|name)=[\"'](?:page|pg|p)[_-]?(?P<page>\d{1,4})[\"'])"
    r"[^<>]{0,400}?(?:/>|>\s{0,20}</\1\s*>)",
    re.IGNORECASE,
)
_PAGE_BREAK = re.compile(
    r"<(\w{1,20})\b(?=[^<>]{0,400}?pagebreak)"
    r"(?=[^<>]{0,400}?\s(?:title|aria-label)=[\"']\s?(?:page|p\.|pagina)?\s?(?P<page>\d{1,4})[\"'])"
    r"[^<>]{0,400}?(?:/>|>[^<]{0,20}</\1\s*>)",
    re.IGNORECASE,
)


def mend_docx(name: str, archive: zipfile.ZipFile) -> bytes:
    """Return the DOCX file with its entities as characters; `unveil` must be called on the converted text."""
    return _rewritten(name, archive, lambda entry: entry.startswith("word/") and entry.endswith(".xml"), _disguise)


def mend_epub(name: str, archive: zipfile.ZipFile) -> bytes:
    """Return the EPUB file with its page breaks as `[Pg 12]` in the text."""
    return _rewritten(name, archive, lambda entry: entry.lower().endswith((".xhtml", ".html", ".htm")), mark_pages)


def mark_pages(markup: str) -> str:
    """Return HTML in which empty anchors such as `<a id="Page_12"></a>` and page breaks are `[Pg 12]`."""
    markup = _PAGE_BREAK.sub(r"[Pg \g<page>]", markup)
    return _EMPTY_ANCHOR.sub(r"[Pg \g<page>]", markup)


def without_head(markup: str) -> str:
    """Return HTML without its head, which the converter would turn into text."""
    start = _HEAD_START.search(markup)
    end = _HEAD_END.search(markup, start.end()) if start else None
    return markup[: start.start()] + markup[end.end() :] if start and end else markup


def unveil(text: str) -> str:
    """Return converted DOCX text with its disguised characters as they were written."""
    return text.translate(_UNVEIL)


def _disguise(xml: str) -> str:
    for element, character in _RUN_CHARACTERS:
        xml = element.sub(f'<w:t xml:space="preserve">{character}</w:t>', xml)
    return _TEXT.sub(lambda text: _ENTITY.sub(_disguised, text.group()), xml)


def _disguised(match: re.Match[str]) -> str:
    character = html.unescape(match.group())
    return _DISGUISES.get(character, character)


def _rewritten(
    name: str, archive: zipfile.ZipFile, concerns: Callable[[str], bool], mend: Callable[[str], str]
) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
        for info in archive.infolist():
            content = read_entry(name, archive, info.filename)
            if concerns(info.filename):
                content = mend(content.decode("utf-8", errors="replace")).encode("utf-8")
            copy.writestr(info.filename, content)
    return target.getvalue()
