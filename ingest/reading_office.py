"""Reading DOCX, PPTX, EPUB and HTML through kreuzberg, the only module that knows it."""

import html
import logging
import re
import zipfile

import kreuzberg

from ingest.archives import open_archive, read_entry
from ingest.authors import author_names
from ingest.decoding import decode_text, tidy
from ingest.errors import CorruptDocumentError, EncryptedDocumentError
from ingest.limits import IngestLimits
from ingest.mending import mark_pages, mend_docx, mend_epub, unveil, without_head
from ingest.reading_markdown import read_markdown
from ingest.sniffing import Format
from ingest.types import Description, ParsedDocument
from knowledge.types import SourceKind

logger = logging.getLogger(__name__)

_MEDIA_TYPES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Format.EPUB: "application/epub+zip",
    Format.HTML: "text/html",
}
_TAGS = re.compile(r"<[^>]+>")
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{0,2000})</title\s*>", re.IGNORECASE)
_META = re.compile(r"<meta\b[^<>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_HTML_LANGUAGE = re.compile(r"<html\b[^>]*?\s(?:xml:)?lang\s*=\s*[\"']([A-Za-z-]{2,12})", re.IGNORECASE)
_OPF_PATH = re.compile(r"full-path\s*=\s*[\"']([^\"']+)[\"']")


def read_office(name: str, data: bytes, found: Format, limits: IngestLimits) -> ParsedDocument:
    """Return a DOCX, PPTX or EPUB file as blocks.

    Raises:
        CorruptDocumentError, EncryptedDocumentError: the converter cannot open it.
    """
    archive = open_archive(name, data, limits)
    description = Description()
    if found is Format.EPUB:
        description = _describe_epub(name, archive)
        data = mend_epub(name, archive)
    elif found is Format.DOCX:
        data = mend_docx(name, archive)
    result = _convert(name, data, found)
    if found is not Format.EPUB:
        description = _describe_office(result)
    blocks = read_markdown(unveil(tidy(result.content)), holds_html=False)
    return ParsedDocument(blocks, description, has_printed_pages=found is Format.PPTX)


def read_html(name: str, data: bytes, *, charset: str = "") -> ParsedDocument:
    """Return an HTML file as blocks.

    Raises:
        CorruptDocumentError: the converter cannot read it.
    """
    markup = decode_text(data, charset)
    description = _describe_html(markup)
    body = mark_pages(without_head(markup)).encode("utf-8", errors="replace")
    result = _convert(name, body, Format.HTML)
    return ParsedDocument(read_markdown(tidy(result.content), holds_html=False), description)


def _convert(name: str, data: bytes, found: Format) -> kreuzberg.ExtractionResult:
    config = kreuzberg.ExtractionConfig(
        output_format="markdown",
        use_cache=False,
        # A backslash tells a line break that an author wanted from one that only ends a line of the file.
        html_options={"newline_style": "backslash"},
        pages=_slide_marks() if found is Format.PPTX else None,
    )
    try:
        result = kreuzberg.extract_bytes_sync(data, _MEDIA_TYPES[found], config=config)
    except (kreuzberg.KreuzbergError, OSError, ValueError) as error:
        # Of the converter's parts, the one that unpacks raises plain errors of the operating system.
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise EncryptedDocumentError(f"{name!r} is protected with a password.", name=name) from error
        raise CorruptDocumentError(f"{name!r} is damaged: it cannot be read as a {found} file.", name=name) from error
    for warning in result.processing_warnings:
        logger.info("converter on %r: %s", name, warning)
    return result


def _slide_marks() -> kreuzberg.PageConfig:
    return kreuzberg.PageConfig(extract_pages=True, insert_page_markers=True, marker_format="\n\n[Pg {page_num}]\n\n")


def _describe_office(result: kreuzberg.ExtractionResult) -> Description:
    metadata = result.metadata
    return Description(
        title=tidy(metadata.get("title") or "").strip(),
        authors=author_names(metadata.get("authors") or ()),
        language=(metadata.get("language") or "")[:2].lower(),
    )


def _describe_epub(name: str, archive: zipfile.ZipFile) -> Description:
    # Read here because the converter keeps only the last of several authors.
    container = read_entry(name, archive, "META-INF/container.xml").decode("utf-8", errors="replace")
    path = _OPF_PATH.search(container)
    if path is None:
        raise CorruptDocumentError(f"{name!r} is damaged: it does not say where its book begins.", name=name)
    package = read_entry(name, archive, html.unescape(path.group(1))).decode("utf-8", errors="replace")
    languages = _elements(package, "language")
    return Description(
        title=next(iter(_elements(package, "title")), ""),
        authors=author_names(_elements(package, "creator")),
        language=languages[0][:2].lower() if languages else "",
        kind=SourceKind.BOOK,
        licence=next(iter(_elements(package, "rights")), ""),
        summary=next(iter(_elements(package, "description")), "")[:500],
    )


def _elements(package: str, element: str) -> tuple[str, ...]:
    pattern = re.compile(
        rf"<(?:dc:)?{element}\b[^<>]{{0,500}}>(.{{0,5000}}?)</(?:dc:)?{element}\s*>", re.IGNORECASE | re.DOTALL
    )
    found = (" ".join(tidy(html.unescape(_TAGS.sub(" ", text))).split()) for text in pattern.findall(package))
    return tuple(text for text in found if text)


def _describe_html(markup: str) -> Description:
    title = _TITLE.search(markup)
    named: dict[str, str] = {}
    for tag in _META.findall(markup):
        attributes = {key.lower(): html.unescape(one or two) for key, one, two in _ATTRIBUTE.findall(tag)}
        key = attributes.get("name") or attributes.get("property") or ""
        named.setdefault(key.lower(), attributes.get("content", "").strip())
    author = named.get("author") or named.get("dc.creator") or ""
    language = _HTML_LANGUAGE.search(markup[:4096])
    return Description(
        title=" ".join(html.unescape(title.group(1)).split()) if title else named.get("og:title", ""),
        authors=author_names([author]),
        language=language.group(1)[:2].lower() if language else "",
        summary=named.get("description", "")[:500],
    )
