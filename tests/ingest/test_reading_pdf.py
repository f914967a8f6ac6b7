"""PDF: paragraphs, headings, running heads, page numbers, hyphenation, pictures of pages."""

import shutil
import stat
from pathlib import Path

import pytest

from ingest.errors import OcrError, OversizedDocumentError, ScannedPdfError
from ingest.limits import IngestLimits
from ingest.pipeline import Ingest
from tests.ingest.files import PROSE, At, make_pdf, make_scan, prose, wrapped


def add(ingest, data: bytes, name: str = "book.pdf") -> None:
    report = ingest.add_upload(name, data)
    assert not report.failed, report.failed[0].error


def test_pages_headings_and_metadata(ingest, shelf) -> None:
    pages = [
        [At(72, 780, "The Opening", 20), *wrapped(prose(100), top=740), *wrapped(prose(40), top=500)],
        [At(72, 780, "The Close", 20), *wrapped(prose(90), top=740)],
    ]

    add(ingest, make_pdf(pages, title="A Small Book", author="Neil Rackham"))

    assert (shelf.only.title, shelf.only.authors) == ("A Small Book", ("Neil Rackham",))
    places = [(p.locator.heading_path, p.locator.page_first, p.locator.page_last) for p in shelf.only_passages]
    assert places == [(("The Opening",), 1, 1), (("The Close",), 2, 2)]
    assert shelf.only_text.count("\n\n") == 4


def test_running_heads_and_page_numbers_go(ingest, shelf) -> None:
    pages = [
        [At(72, 810, "A SMALL BOOK"), *wrapped(prose(120), top=740), At(290, 30, f"- {number} -")]
        for number in range(1, 6)
    ]

    add(ingest, make_pdf(pages))

    assert "SMALL BOOK" not in shelf.only_text
    assert "- 3 -" not in shelf.only_text
    assert shelf.only_text.count("wants to know") == 10


def test_line_that_stands_in_the_margin_once_stays(ingest, shelf) -> None:
    add(ingest, make_pdf([[*wrapped(prose(80), top=740), At(72, 40, "Read this first, it matters to you.")]]))

    assert "Read this first, it matters to you." in shelf.only_text


def test_paragraph_and_broken_word_go_on_over_the_page(ingest, shelf) -> None:
    pages = [
        [*wrapped(prose(60), top=400), At(72, 100, "and this sentence does not end on the page because the custo-")],
        [At(72, 760, "mer had more to say about it. The customer left."), *wrapped(prose(60), top=700)],
    ]

    add(ingest, make_pdf(pages))

    assert "because the customer had more to say about it." in shelf.only_text
    crossing = next(p for p in shelf.only_passages if "customer had more" in p.text)
    assert (crossing.locator.page_first, crossing.locator.page_last) == (1, 2)


def test_bookmarks_of_the_author_are_headings(ingest, shelf) -> None:
    pages = [[At(72, 760, "Vragen stellen"), *wrapped(prose(60), top=730)]]

    add(ingest, make_pdf(pages, title="Een boek", bookmarks=[("Vragen stellen", 1)]))

    assert shelf.only_passages[0].locator.heading_path == ("Vragen stellen",)


def test_bold_line_is_a_heading_and_indented_lines_are_paragraphs(ingest, shelf) -> None:
    first, second = wrapped(prose(40), top=700), wrapped(prose(40), top=700 - 14.3 * 5)
    indented = At(92, second[0].y, second[0].text[:70], second[0].size)
    pages = [[At(72, 740, "Ask before you tell", bold=True), *first[:5], indented, *second[1:]]]

    add(ingest, make_pdf(pages))

    assert shelf.only_passages[0].locator.heading_path == ("Ask before you tell",)


def test_bullets_and_numbers_are_list_items(ingest, shelf) -> None:
    lines = ["• Ask what it is compared with.", "• Wait for the answer.", "1. Write it down.", "2. Sum it up."]
    pages = [[*wrapped(prose(40), top=760), *(At(90, 600 - 14 * n, line) for n, line in enumerate(lines))]]

    add(ingest, make_pdf(pages))

    expected = "- Ask what it is compared with.\n- Wait for the answer.\n1. Write it down.\n2. Sum it up."
    assert expected in shelf.only_text


def test_table_of_contents_with_leaders_is_no_text(ingest, shelf) -> None:
    contents = [
        At(72, 780, "Contents", 16),
        *(At(72, 740 - 20 * n, f"Chapter {n} ........ {n * 9}") for n in range(1, 8)),
    ]
    pages = [contents, [At(72, 780, "Chapter 1", 16), *wrapped(prose(100), top=740)]]

    add(ingest, make_pdf(pages))

    assert "...." not in shelf.only_text
    assert "Contents" not in shelf.only_text
    assert shelf.only_passages[0].locator.heading_path == ("Chapter 1",)


# Pictures of pages --------------------------------------------------------------------------------------------------


def install_tesseract(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program of that name on the path, and nothing else but the shell's tools."""
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


READS = """if [ "$1" = "--list-langs" ]; then echo 'List of languages (2):'; echo eng; echo nld; exit 0; fi
cat > /dev/null
echo "The languages are $4. Ask what the price is compared with before you say anything."
"""


def test_scanned_pdf_is_read_page_by_page(ingest, shelf, tmp_path, monkeypatch) -> None:
    install_tesseract(tmp_path, READS, monkeypatch)

    add(ingest, make_scan(["Ask first."], pages=2))

    assert shelf.only_text.count("The languages are eng+nld.") == 2
    assert (shelf.only_passages[0].locator.page_first, shelf.only_passages[0].locator.page_last) == (1, 2)


def test_scanned_pdf_without_tesseract_says_what_to_install(ingest, shelf, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    (result,) = ingest.add_upload("scan.pdf", make_scan(["Ask first."])).failed

    assert isinstance(result.error, ScannedPdfError)
    assert "scan.pdf" in str(result.error)
    assert "apt install tesseract-ocr" in result.error.hint
    assert not shelf.kept


def test_tesseract_without_our_languages_is_as_good_as_none(ingest, tmp_path, monkeypatch) -> None:
    install_tesseract(tmp_path, "echo osd", monkeypatch)

    (result,) = ingest.add_upload("scan.pdf", make_scan(["Ask first."])).failed

    assert isinstance(result.error, ScannedPdfError)


@pytest.mark.parametrize(
    "script",
    ["exit 3", READS.replace("cat > /dev/null", "exit 1"), READS.replace("cat > /dev/null", "sleep 30")],
    ids=["does not start", "fails on the page", "hangs"],
)
def test_failing_tesseract_is_reported(shelf, tmp_path, monkeypatch, script: str) -> None:
    install_tesseract(tmp_path, script, monkeypatch)
    ingest = Ingest(shelf, IngestLimits(ocr_page_seconds=1))

    (result,) = ingest.add_upload("scan.pdf", make_scan(["Ask first."])).failed

    assert isinstance(result.error, OcrError)
    assert not shelf.kept


def test_too_many_pictures_are_refused(shelf, tmp_path, monkeypatch) -> None:
    install_tesseract(tmp_path, READS, monkeypatch)
    ingest = Ingest(shelf, IngestLimits(max_ocr_pages=1))

    (result,) = ingest.add_upload("scan.pdf", make_scan(["Ask first."], pages=2)).failed

    assert isinstance(result.error, OversizedDocumentError)


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_real_tesseract_reads_a_page(ingest, shelf) -> None:
    add(ingest, make_scan(["Ask what the price is", "compared with first."]))

    assert "Ask what the price is compared with first." in " ".join(shelf.only_text.split())


def test_book_with_a_picture_page_is_not_a_scan(ingest, shelf, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    pages = [[], wrapped(PROSE), wrapped(PROSE)]

    add(ingest, make_pdf(pages, picture=(2, 2, b"\x00\xff\xff\x00")))

    assert len(shelf.only_passages) == 1
