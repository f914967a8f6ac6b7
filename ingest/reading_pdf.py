"""Reading PDF: text with its layout where there is text, recognition of pictures where there is none."""

from itertools import groupby

from ingest.authors import author_names
from ingest.decoding import tidy
from ingest.limits import IngestLimits
from ingest.ocr import read_pictures
from ingest.pdf_layout import layout
from ingest.pdf_lines import Page, PdfContent, read_content
from ingest.reading_text import read_plain_paragraphs
from ingest.types import Block, Description, ParsedDocument, page_mark

_MIN_TEXT_SHARE = 0.5
"""With fewer pages of text than this among those that show anything, the rest is worth reading as pictures."""


def read_pdf(name: str, data: bytes, limits: IngestLimits) -> ParsedDocument:
    """Return a PDF as blocks with page marks.

    Raises:
        EncryptedDocumentError, CorruptDocumentError: it cannot be opened.
        ScannedPdfError, OcrError: it holds pictures that cannot be read here.
    """
    content = read_content(name, data)
    pictures = _recognised(name, data, content, limits)
    blocks: list[Block] = []
    for is_recognised, pages in groupby(content.pages, key=lambda page: page.number in pictures):
        run = list(pages)
        blocks.extend(_picture_blocks(run, pictures) if is_recognised else layout(run, content.outline))
    description = Description(title=tidy(content.title).strip(), authors=author_names([tidy(content.author)]))
    return ParsedDocument(tuple(block for block in blocks if block.text), description, has_printed_pages=True)


def _recognised(name: str, data: bytes, content: PdfContent, limits: IngestLimits) -> dict[int, str]:
    pictures = [page.number for page in content.pages if page.is_picture]
    with_text = sum(1 for page in content.pages if page.lines and not page.is_picture)
    # A book with a cover and some plates is not a scanned book.
    if not pictures or with_text >= _MIN_TEXT_SHARE * (with_text + len(pictures)):
        return {}
    return read_pictures(name, data, pictures, limits)


def _picture_blocks(pages: list[Page], pictures: dict[int, str]) -> list[Block]:
    text = "\n\n".join(page_mark(page.number) + tidy(pictures[page.number]).strip() for page in pages)
    return read_plain_paragraphs(text)
