"""The lines of a PDF with their place and type size; the only module that knows pypdfium2.

Read here and not through the converter of the other formats: that one mixed up the order of paragraphs in a plain
one-column book, and says nothing about type size per line, which is what running heads and headings are known by.
"""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.errors import CorruptDocumentError, EncryptedDocumentError

# PDFium is not thread-safe, and two people may add a PDF at the same moment.
_PDFIUM = threading.Lock()

_BROKEN_WORD = "\ufffe"
"""What PDFium puts where a word was hyphenated at a line end; the line end itself is gone."""
_MAX_PIXELS = 6_000
_FONT_NAME_BYTES = 128


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page; the origin of its coordinates is the lower left corner."""

    text: str
    page: int
    left: float
    right: float
    bottom: float
    size: float
    is_bold: bool


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark of the PDF: a heading by the author's own word."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its number (from 1); `is_picture` when it shows an image and next to no text."""

    number: int
    height: float
    lines: tuple[Line, ...]
    is_picture: bool


@dataclass(frozen=True, slots=True)
class PdfContent:
    """All that is read from a PDF at once."""

    pages: tuple[Page, ...]
    outline: tuple[OutlineEntry, ...]
    title: str
    author: str


def read_content(name: str, data: bytes) -> PdfContent:
    """Return the pages of a PDF.

    Raises:
        EncryptedDocumentError: a password is needed.
        CorruptDocumentError: it cannot be opened or a page is damaged.
    """
    with _opened(name, data) as document:
        metadata = document.get_metadata_dict()
        pages = tuple(_page(document[index], index + 1) for index in range(len(document)))
        return PdfContent(pages, tuple(_outline(document)), metadata.get("Title", ""), metadata.get("Author", ""))


def render_page(name: str, data: bytes, number: int, *, dpi: int) -> bytes:
    """Return page `number` as a greyscale picture in PGM format.

    Raises:
        EncryptedDocumentError, CorruptDocumentError: as `read_content`.
    """
    with _opened(name, data) as document:
        page = document[number - 1]
        scale = min(dpi / 72, _MAX_PIXELS / max(*page.get_size(), 1))
        pixels = page.render(scale=scale, grayscale=True).to_numpy()
        height, width = pixels.shape[:2]
        return f"P5 {width} {height} 255\n".encode() + bytes(pixels[:, :, 0] if pixels.ndim == 3 else pixels)


@contextmanager
def _opened(name: str, data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
            try:
                yield document
            finally:
                document.close()
        except pypdfium2.PdfiumError as error:
            if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
                raise EncryptedDocumentError(f"{name!r} is protected with a password.", name=name) from error
            raise CorruptDocumentError(f"{name!r} is damaged: it cannot be read as a PDF.", name=name) from error


def _page(page: pypdfium2.PdfPage, number: int) -> Page:
    text_page = page.get_textpage()
    lines = tuple(_lines(text_page, number))
    has_text = sum(len(line.text) for line in lines) >= 20
    images = () if has_text else page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    return Page(number, page.get_height(), lines, is_picture=any(True for _ in images))


def _lines(text_page: pypdfium2.PdfPage, number: int) -> Iterator[Line]:
    offset = 0
    for raw_line in text_page.get_text_range().split("\n"):
        text = raw_line.strip()
        if text:
            first = offset + _units(raw_line[: len(raw_line) - len(raw_line.lstrip())])
            yield from _line(text_page, text, number, first, first + _units(text) - 1)
        offset += _units(raw_line) + 1


def _line(text_page: pypdfium2.PdfTextPage, text: str, number: int, first: int, last: int) -> Iterator[Line]:
    start = pdfium.FPDFText_GetCharIndexFromTextIndex(text_page.raw, first)
    end = pdfium.FPDFText_GetCharIndexFromTextIndex(text_page.raw, last)
    left, _, bottom, top = _box(text_page, start)
    right = _box(text_page, end)[1]
    is_bold = _is_bold(text_page, start) and _is_bold(text_page, end)
    # Two lines in one: the layout needs both, so that the second can be joined with care.
    for part in _broken_apart(text):
        yield Line(part, number, left, right, bottom, round(top - bottom, 1), is_bold)


def _broken_apart(text: str) -> list[str]:
    parts = text.split(_BROKEN_WORD)
    return [f"{part}-" for part in parts[:-1]] + parts[-1:]


def _units(text: str) -> int:
    """PDFium counts in UTF-16."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def _box(text_page: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    rectangle = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text_page.raw, index, rectangle)
    return rectangle.left, rectangle.right, rectangle.bottom, rectangle.top


def _is_bold(text_page: pypdfium2.PdfTextPage, index: int) -> bool:
    buffer = ctypes.create_string_buffer(_FONT_NAME_BYTES)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text_page.raw, index, buffer, _FONT_NAME_BYTES, flags)
    name = buffer.value.lower()
    return any(word in name for word in (b"bold", b"black", b"heavy"))


def _outline(document: pypdfium2.PdfDocument) -> Iterator[OutlineEntry]:
    for bookmark in document.get_toc(max_depth=4):
        destination = bookmark.get_dest()
        index = destination.get_index() if destination else None
        if index is not None:
            yield OutlineEntry(bookmark.get_title(), bookmark.level + 1, index + 1)
