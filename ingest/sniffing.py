"""What a file is: decided by its bytes, and checked against its name."""

import re
from enum import StrEnum
from pathlib import PurePosixPath

from ingest.archives import open_archive, read_entry
from ingest.errors import (
    CorruptDocumentError,
    EmptyDocumentError,
    EncryptedDocumentError,
    OversizedDocumentError,
    UnsupportedFormatError,
    WrongExtensionError,
)
from ingest.limits import IngestLimits


class Format(StrEnum):
    """The formats that Salescoach reads."""

    PDF = "PDF"
    EPUB = "EPUB"
    DOCX = "DOCX"
    PPTX = "PPTX"
    HTML = "HTML"
    MARKDOWN = "Markdown"
    TEXT = "plain text"
    YAML = "YAML"


EXTENSIONS: dict[str, Format] = {
    ".pdf": Format.PDF,
    ".epub": Format.EPUB,
    ".docx": Format.DOCX,
    ".pptx": Format.PPTX,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".yaml": Format.YAML,
    ".yml": Format.YAML,
}
"""File name endings that a folder is searched for."""

_TEXT_FORMATS = frozenset({Format.HTML, Format.MARKDOWN, Format.TEXT, Format.YAML})

_FOREIGN = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"BM", "a BMP image"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
# Two letters are too few to tell a picture or a program from a text that begins with them.
_NEEDS_BINARY = frozenset({b"BM", b"MZ", b"ID3"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML_START = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HEAD_BYTES = 4096

_REMEDIES = {
    "an RTF document": "Save it as DOCX or PDF and add that file.",
    "an old Word, Excel or PowerPoint file": "Save it as DOCX, PPTX or PDF and add that file.",
    "a spreadsheet": "Save the sheet that matters as PDF or DOCX and add that file.",
    "an OpenDocument file": "Save it as DOCX, PPTX or PDF and add that file.",
    "a zip archive": "Unpack it and add the folder.",
}


def sniff(name: str, data: bytes, limits: IngestLimits) -> Format:
    """Return the format of a file, after making sure that it is safe to parse.

    Raises:
        EmptyDocumentError, OversizedDocumentError: nothing, or too much, to read.
        WrongExtensionError: the name promises another format.
        UnsupportedFormatError, EncryptedDocumentError, CorruptDocumentError, ArchiveBombError: cannot be read.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyDocumentError(f"{name!r} is empty.", name=name)
    if len(data) > limits.max_bytes:
        raise OversizedDocumentError(
            f"{name!r} is {len(data) / 1_048_576:.1f} MB; the limit is {limits.max_megabytes} MB.",
            name=name,
            limit=str(limits.max_megabytes),
        )
    claimed = claimed_format(name)
    found = _packed_or_binary(name, data, claimed, limits) or _text_format(data, claimed)
    if claimed is not None and claimed is not found and not {claimed, found} <= _TEXT_FORMATS:
        raise _mismatch(name, claimed, _article(found))
    return found


def claimed_format(name: str) -> Format | None:
    """Return the format that the ending of `name` promises; None for an ending we do not know."""
    return EXTENSIONS.get(PurePosixPath(name).suffix.lower())


def _packed_or_binary(name: str, data: bytes, claimed: Format | None, limits: IngestLimits) -> Format | None:
    # A few bytes of rubbish may precede the header of a PDF; a text may well talk about '%PDF-'.
    if data.lstrip().startswith(b"%PDF-") or (claimed is Format.PDF and b"%PDF-" in data[:1024]):
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        return _packed_format(name, data, claimed, limits)
    if data.startswith(_OLE):
        # Office keeps a document with a password in this older container.
        if _ENCRYPTED_PACKAGE in data:
            raise EncryptedDocumentError(f"{name!r} is protected with a password.", name=name)
        raise _foreign(name, claimed, "an old Word, Excel or PowerPoint file")
    _refuse_other_binary(name, data, claimed)
    return None


def _refuse_other_binary(name: str, data: bytes, claimed: Format | None) -> None:
    is_binary = b"\x00" in data[:_HEAD_BYTES] and not data.startswith(_TEXT_MARKS)
    for magic, description in _FOREIGN:
        if data.startswith(magic) and (is_binary or magic not in _NEEDS_BINARY):
            raise _foreign(name, claimed, description)
    if is_binary and claimed is not None and claimed not in _TEXT_FORMATS:
        raise CorruptDocumentError(f"{name!r} is damaged: it does not begin as a {claimed} file does.", name=name)
    if is_binary:
        raise _foreign(name, claimed, "not a text")


def _packed_format(name: str, data: bytes, claimed: Format | None, limits: IngestLimits) -> Format:
    archive = open_archive(name, data, limits)
    entries = set(archive.namelist())
    folders = {entry.partition("/")[0] for entry in entries}
    if "[Content_Types].xml" in entries and folders & {"word", "ppt"}:
        return Format.DOCX if "word" in folders else Format.PPTX
    media = read_entry(name, archive, "mimetype")[:80] if "mimetype" in entries else b""
    if media.startswith(b"application/epub+zip") or "META-INF/container.xml" in entries:
        if "META-INF/encryption.xml" in entries and "META-INF/rights.xml" in entries:
            raise EncryptedDocumentError(f"{name!r} is protected against copying.", name=name)
        return Format.EPUB
    if "xl" in folders and "[Content_Types].xml" in entries:
        raise _foreign(name, claimed, "a spreadsheet")
    if media.startswith(b"application/vnd.oasis.opendocument"):
        raise _foreign(name, claimed, "an OpenDocument file")
    if claimed in {Format.DOCX, Format.PPTX, Format.EPUB}:
        raise CorruptDocumentError(f"{name!r} is damaged: parts of the {claimed} file are missing.", name=name)
    raise _foreign(name, claimed, "a zip archive")


def _text_format(data: bytes, claimed: Format | None) -> Format:
    if claimed in _TEXT_FORMATS:
        return claimed
    return Format.HTML if _HTML_START.match(data[:_HEAD_BYTES]) else Format.TEXT


def _foreign(name: str, claimed: Format | None, description: str) -> UnsupportedFormatError | WrongExtensionError:
    if claimed is not None:
        return _mismatch(name, claimed, description)
    return UnsupportedFormatError(
        f"{name!r} is {description}, which Salescoach does not read.",
        hint=_REMEDIES.get(description, ""),
        name=name,
        found=description,
    )


def _mismatch(name: str, claimed: Format, description: str) -> WrongExtensionError:
    return WrongExtensionError(
        f"{name!r} is named as a {claimed} file, but it is {description}.",
        hint=_REMEDIES.get(description, ""),
        name=name,
        claimed=str(claimed),
        found=description,
    )


def _article(found: Format) -> str:
    if found is Format.TEXT:
        return "plain text"
    return f"an {found} file" if found in {Format.EPUB, Format.HTML} else f"a {found} file"
