"""From a file of any kind to its blocks: the first step of adding a document."""

from ingest.decoding import decode_text, tidy
from ingest.errors import EmptyDocumentError, OversizedDocumentError
from ingest.limits import IngestLimits
from ingest.reading_cases import read_case_yaml, read_markdown_file
from ingest.reading_office import read_html, read_office
from ingest.reading_pdf import read_pdf
from ingest.reading_text import read_plain_paragraphs
from ingest.sniffing import Format, sniff
from ingest.types import ParsedDocument, Source


def read(source: Source, limits: IngestLimits) -> ParsedDocument:
    """Return the content of a source as blocks.

    Raises:
        IngestError: of the type that says what is wrong with the file.
        InvalidCaseError: a practice case lacks a field or has a wrong one.
    """
    found = source.format or sniff(source.name, source.data, limits)
    parsed = _read_as(found, source, limits)
    characters = sum(len(block.text) for block in parsed.blocks)
    if characters > limits.max_characters:
        raise OversizedDocumentError(
            f"{source.name!r} holds {characters:,} characters of text; the limit is {limits.max_characters:,}.",
            name=source.name,
            limit=f"{limits.max_characters:,}",
        )
    if not any(character.isalpha() for block in parsed.blocks for character in block.plain):
        raise EmptyDocumentError(f"{source.name!r} holds no text.", name=source.name)
    return parsed


def _read_as(found: Format, source: Source, limits: IngestLimits) -> ParsedDocument:
    name, data = source.name, source.data
    match found:
        case Format.PDF:
            return read_pdf(name, data, limits)
        case Format.DOCX | Format.PPTX | Format.EPUB:
            return read_office(name, data, found, limits)
        case Format.HTML:
            return read_html(name, data)
        case Format.MARKDOWN:
            return read_markdown_file(name, tidy(decode_text(data)))
        case Format.YAML:
            return read_case_yaml(name, tidy(decode_text(data)))
        case Format.TEXT:
            return ParsedDocument(tuple(read_plain_paragraphs(tidy(decode_text(data)))))
