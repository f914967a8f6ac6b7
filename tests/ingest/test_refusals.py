"""Files that cannot be read: a clear error for each, nothing half there, and the rest of the folder goes on."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from ingest.errors import (
    ArchiveBombError,
    CorruptDocumentError,
    EmptyDocumentError,
    EncryptedDocumentError,
    IngestError,
    OversizedDocumentError,
    SourceNotFoundError,
    UnreadableFileError,
    UnsupportedFormatError,
    WrongExtensionError,
)
from ingest.events import Outcome
from ingest.limits import IngestLimits
from ingest.pipeline import Ingest
from tests.ingest.files import PROSE, make_docx, make_epub, make_pdf, make_pptx, make_zip, wrapped

PDF = make_pdf([wrapped(PROSE)])
DOCX = make_docx(("Normal", PROSE))
PPTX = make_pptx(("One", [PROSE]))
EPUB = make_epub(f"<p>{PROSE}</p>")
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("word/document.xml", b"\x00" * 30_000_000)
    return stream.getvalue()


def overlapping() -> bytes:
    """A zip whose entries all point to the same bytes."""
    data = bytearray(make_zip({"word/a.xml": os.urandom(4000), "[Content_Types].xml": ""}))
    stream = io.BytesIO(bytes(data))
    with zipfile.ZipFile(stream, "a") as archive:
        first = archive.getinfo("word/a.xml")
        for number in range(50):
            copy = zipfile.ZipInfo(f"word/{number}.xml")
            copy.header_offset, copy.compress_size = first.header_offset, first.compress_size
            copy.file_size, copy.CRC, copy.compress_type = first.file_size, first.CRC, first.compress_type
            archive.filelist.append(copy)
            archive.NameToInfo[copy.filename] = copy
        archive._didModify = True
    return stream.getvalue()


def with_password() -> bytes:
    data = bytearray(make_zip({"[Content_Types].xml": "x", "word/document.xml": "y"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(signature)
        while start >= 0:
            data[start + offset] |= 1
            start = data.find(signature, start + 4)
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "error", "remedy"),
    [
        ("empty.txt", b"", EmptyDocumentError, "save it again"),
        ("blank.md", b" \n\n\t", EmptyDocumentError, "save it again"),
        ("nothing.html", b"<html><body></body></html>", EmptyDocumentError, "save it again"),
        ("blank.pdf", make_pdf([[]]), EmptyDocumentError, "save it again"),
        ("blank.docx", make_docx(), EmptyDocumentError, "save it again"),
        ("marks.txt", b"1920 --- 12.", EmptyDocumentError, "save it again"),
        ("large.txt", b"word " * 2_000_000, OversizedDocumentError, "SALESCOACH_INGEST__MAX_MEGABYTES"),
        ("locked.pdf", make_pdf([wrapped(PROSE)], encrypted=True), EncryptedDocumentError, "without one"),
        ("locked.docx", OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedDocumentError, "without one"),
        ("locked2.docx", with_password(), EncryptedDocumentError, "without one"),
        (
            "drm.epub",
            make_zip({"META-INF/container.xml": "", "META-INF/encryption.xml": "", "META-INF/rights.xml": ""}),
            EncryptedDocumentError,
            "without one",
        ),
        ("half.pdf", PDF[: len(PDF) // 3], CorruptDocumentError, "again"),
        ("half.docx", DOCX[: len(DOCX) // 2], CorruptDocumentError, "again"),
        ("half.pptx", PPTX[: len(PPTX) // 2], CorruptDocumentError, "again"),
        ("half.epub", EPUB[: len(EPUB) // 2], CorruptDocumentError, "again"),
        ("rubbish.pdf", b"\x00\x01\x02" * 300, CorruptDocumentError, "again"),
        ("parts.docx", make_zip({"a.txt": "x"}), CorruptDocumentError, "again"),
        ("parts.epub", make_zip({"META-INF/container.xml": "<x/>"}), CorruptDocumentError, "again"),
        ("lost.epub", make_zip({"META-INF/container.xml": '<x full-path="a.opf"/>'}), CorruptDocumentError, "again"),
        ("picture.pdf", PNG, WrongExtensionError, "extension"),
        ("picture.docx", b"\xff\xd8\xff\xe0" + b"\x00" * 50, WrongExtensionError, "extension"),
        ("document.txt", PDF, WrongExtensionError, "extension"),
        ("word.pdf", DOCX, WrongExtensionError, "extension"),
        ("page.pdf", b"<!doctype html><html><body>Sign in</body></html>", WrongExtensionError, "extension"),
        ("notes.docx", b"Just some words in a row.", WrongExtensionError, "extension"),
        ("old.docx", OLE, WrongExtensionError, "Save it as DOCX"),
        ("packed.md", make_zip({"a.txt": "x"}), WrongExtensionError, "Unpack it"),
        ("photo.png", PNG, UnsupportedFormatError, "Salescoach reads PDF"),
        ("sheet.xlsx", make_zip({"[Content_Types].xml": "", "xl/workbook.xml": ""}), UnsupportedFormatError, "PDF"),
        ("text.odt", make_zip({"mimetype": "application/vnd.oasis.opendocument.text"}), UnsupportedFormatError, "DOCX"),
        ("letter.doc", OLE, UnsupportedFormatError, "Save it as DOCX"),
        ("letter.rtf", rb"{\rtf1 hello}", UnsupportedFormatError, "Save it as DOCX"),
        ("files.zip", make_zip({"a.txt": "x"}), UnsupportedFormatError, "Unpack it"),
        ("data.bin", bytes(range(256)), UnsupportedFormatError, "Salescoach reads PDF"),
        ("bomb.docx", bomb(), ArchiveBombError, "Do not open"),
        ("overlap.docx", overlapping(), ArchiveBombError, "Do not open"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_file_that_cannot_be_read(ingest, shelf, name: str, data: bytes, error: type[IngestError], remedy: str) -> None:
    report = ingest.add_upload(name, data)

    (result,) = report.results
    assert result.outcome is Outcome.FAILED
    assert type(result.error) is error
    assert name in str(result.error)
    assert remedy in result.error.hint
    assert result.error.details["name"] == name
    assert not shelf.kept


def test_too_many_files_in_an_archive(shelf) -> None:
    ingest = Ingest(shelf, IngestLimits(max_archive_entries=3))

    (result,) = ingest.add_upload("many.docx", DOCX).failed

    assert isinstance(result.error, ArchiveBombError)


def test_text_above_the_limit_of_characters(shelf) -> None:
    (result,) = Ingest(shelf, IngestLimits(max_characters=100)).add_upload("long.md", PROSE.encode()).failed

    assert isinstance(result.error, OversizedDocumentError)
    assert "MAX_CHARACTERS" in result.error.hint


@pytest.mark.parametrize("data", [PDF, DOCX, PPTX, EPUB], ids=["pdf", "docx", "pptx", "epub"])
def test_damaged_bytes_are_an_error_or_a_document_never_a_crash(shelf, data: bytes) -> None:
    ingest = Ingest(shelf, IngestLimits(max_megabytes=5))
    for seed in range(60):
        damaged = bytearray(data)
        for step in range(1 + seed % 7):
            damaged[(seed * 7919 + step * 104_729) % len(damaged)] ^= 1 + seed
        (result,) = ingest.add_upload(f"damaged-{seed}", bytes(damaged)).results
        assert result.error is None or result.error.hint


# Folders ------------------------------------------------------------------------------------------------------------


def test_one_bad_file_does_not_stop_the_folder(ingest, shelf, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF[:200])
    (tmp_path / "b.md").write_text(PROSE, encoding="utf-8")
    (tmp_path / "c.docx").write_bytes(b"not a document at all")
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "d.txt").write_text(f"{PROSE} Again.", encoding="utf-8")

    report = ingest.add(str(tmp_path))

    assert [(result.name, result.outcome.value) for result in report.results] == [
        ("a.pdf", "failed"),
        ("b.md", "added"),
        ("c.docx", "failed"),
        ("deep/er/d.txt", "added"),
    ]
    assert len(shelf.kept) == 2


def test_hidden_and_foreign_files_of_a_folder_are_passed_over(ingest, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PROSE, encoding="utf-8")
    for name in (".hidden.md", "~$a.docx", "photo.png", "data.bin", "noending"):
        (tmp_path / name).write_bytes(PNG)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "b.md").write_text(PROSE, encoding="utf-8")

    assert [result.name for result in ingest.add(str(tmp_path)).results] == ["a.md"]


def test_foreign_file_named_by_a_person_is_reported(ingest, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(PNG)

    (result,) = ingest.add(str(tmp_path / "photo.png")).failed

    assert isinstance(result.error, UnsupportedFormatError)
    assert "a PNG image" in str(result.error)


def test_links_in_a_circle_are_followed_once(ingest, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text(PROSE, encoding="utf-8")
    (tmp_path / "in" / "back").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.md").symlink_to(tmp_path / "self.md")

    report = ingest.add(str(tmp_path))

    assert [(result.name, result.outcome.value) for result in report.results] == [
        ("in/a.md", "added"),
        ("self.md", "failed"),
    ]
    assert isinstance(report.failed[0].error, UnreadableFileError)


def test_nothing_there_is_said(ingest, tmp_path: Path) -> None:
    (missing,) = ingest.add(str(tmp_path / "no such file.pdf")).failed
    (empty,) = ingest.add(str(tmp_path)).failed

    assert isinstance(missing.error, SourceNotFoundError)
    assert "no such file.pdf" in str(missing.error)
    assert isinstance(empty.error, SourceNotFoundError)
    assert "PDF, EPUB" in empty.error.hint


def test_pipe_is_not_a_file(ingest, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")

    (result,) = ingest.add(str(tmp_path / "pipe.md")).failed

    assert isinstance(result.error, UnreadableFileError)


def test_large_file_is_refused_before_it_is_read(ingest, tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(200 * 1_048_576)

    (result,) = ingest.add(str(tmp_path)).failed

    assert isinstance(result.error, OversizedDocumentError)
    assert "limit is 5 MB" in str(result.error)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission_is_reported(ingest, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PROSE, encoding="utf-8")
    (tmp_path / "a.md").chmod(0)

    (result,) = ingest.add(str(tmp_path)).failed

    assert isinstance(result.error, UnreadableFileError)


def test_name_that_is_not_valid_unicode_is_kept_readable(ingest, shelf, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.md"
    with open(path, "wb") as file:  # noqa: PTH123 - pathlib takes no bytes
        file.write(PROSE.encode())

    report = ingest.add(str(tmp_path))

    assert not report.failed
    assert shelf.only.origin.encode("utf-8").endswith(b"caf\\xe9.md")


@pytest.mark.parametrize("name", ["hostile.md", "hostile.html", "hostile.txt"])
@pytest.mark.parametrize(
    "piece",
    ["![", "a\n", "<a ", "<span id='page_1'", "<title>", "<head", "<meta ", "..... ", "[Sidenote: ", "**a", "\\["],
)
def test_text_made_to_keep_a_parser_busy_comes_to_an_end(ingest, name: str, piece: str) -> None:
    # A parser that looks to the end of the text for every piece would need hours; the time limit of a test is minutes.
    report = ingest.add_upload(name, (piece * (50_000 // len(piece)) + f" {PROSE}").encode())

    assert len(report.results) == 1
