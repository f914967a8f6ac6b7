"""DOCX, PPTX, EPUB and HTML: headings, authors, pages and every character."""

import pytest

from knowledge.types import SourceKind
from tests.ingest.files import PROSE, PROZA, make_docx, make_epub, make_pptx, prose


def add(ingest, name: str, data: bytes) -> None:
    report = ingest.add_upload(name, data)
    assert not report.failed, report.failed[0].error


def test_docx_keeps_headings_lists_tables_and_all_characters(ingest, shelf) -> None:
    data = make_docx(
        ("Heading 1", "Prijs & waarde <kort>"),
        ("Normal", PROZA),
        ("Heading 2", "Stappen"),
        ("Normal", 'Vraag "waarom?", zeg niets & wacht 3 < 5 seconden — ook bij klant\tA.'),
        ("table", "Fase|Doel"),
        title="Sales & Service",
        author="Jan de Vries; Anna Smit",
        header="VERTROUWELIJK",
    )

    add(ingest, "prijs.docx", data)

    assert (shelf.only.title, shelf.only.authors) == ("Sales & Service", ("Jan de Vries", "Anna Smit"))
    assert shelf.only.language == "nl"
    assert "# Prijs & waarde <kort>\n\n" in shelf.only_text
    assert 'Vraag "waarom?", zeg niets & wacht 3 < 5 seconden — ook bij klant A.' in shelf.only_text
    assert "- Fase; Doel" in shelf.only_text
    assert "VERTROUWELIJK" not in shelf.only_text
    assert shelf.only_passages[1].locator.heading_path == ("Prijs & waarde <kort>", "Stappen")


def test_bold_line_above_prose_is_a_heading_in_docx(ingest, shelf) -> None:
    add(ingest, "kop.docx", make_docx(("bold", "Wat je kunt doen"), ("Normal", PROZA)))

    assert shelf.only_passages[0].locator.heading_path == ("Wat je kunt doen",)


def test_pptx_slides_are_pages_with_their_titles(ingest, shelf) -> None:
    data = make_pptx(
        ("Open & ask", ["Ask what the price is compared with & wait.", "Write the answer down."]),
        ("Close", ["Agree on a date for the next meeting."]),
        title="Objections",
        author="Kim",
    )

    add(ingest, "deck.pptx", data)

    places = [(passage.locator.heading_path, passage.locator.page_first) for passage in shelf.only_passages]
    assert places == [(("Open & ask",), 1), (("Close",), 2)]
    assert "compared with & wait." in shelf.only_text


def test_epub_has_all_authors_chapters_and_printed_pages(ingest, shelf) -> None:
    page = '<span epub:type="pagebreak" id="p12" title="12"/>'
    next_page = '<a id="page_13"></a>'
    data = make_epub(
        "<nav><h1>Contents</h1><ol><li><a href='c1.xhtml'>One</a></li></ol></nav>",
        f"<h1>One &amp; only</h1><p>{page}{prose(130)}</p>",
        f"<h1>Two</h1><p>{prose(60)} {next_page}{prose(60)}</p>",
        title="Selling & Listening",
        authors=["Anna Smit", "Bob Bakker"],
        extra="<dc:rights>CC BY</dc:rights>",
    )

    add(ingest, "book.epub", data)

    assert shelf.only.title == "Selling & Listening"
    assert shelf.only.authors == ("Anna Smit", "Bob Bakker")
    assert (shelf.only.kind, shelf.only.licence) == (SourceKind.BOOK, "CC BY")
    first, second = shelf.only_passages
    assert (first.locator.heading_path, first.locator.page_first) == (("One & only",), 12)
    assert (second.locator.page_first, second.locator.page_last) == (12, 13)
    assert "Contents" not in shelf.only_text


def test_html_file_gives_title_author_and_text_without_navigation(ingest, shelf) -> None:
    page = (
        '<!doctype html><html lang="nl"><head><title>De klant &amp; jij</title>'
        '<meta name="author" content="Jan Jansen"><style>p {color: red}</style></head>'
        '<body><nav><a href="/">Thuis</a></nav>'
        f"<h1>De klant &amp; jij</h1><p>{PROZA}</p><script>alert(1)</script><img src='http://x/y.png' alt='plaatje'>"
        "<h2>Daarna</h2><p>Regel een<br>regel twee van het gesprek.</p></body></html>"
    )

    add(ingest, "klant.html", page.encode())

    assert (shelf.only.title, shelf.only.authors, shelf.only.language) == ("De klant & jij", ("Jan Jansen",), "nl")
    assert "Regel een\nregel twee van het gesprek." in shelf.only_text
    for absent in ("alert", "plaatje", "Thuis", "color", "title:"):
        assert absent not in shelf.only_text


def test_html_in_an_older_encoding_is_read(ingest, shelf) -> None:
    page = f'<html><head><meta charset="iso-8859-1"></head><body><p>Café één. {PROSE}</p></body></html>'

    add(ingest, "oud.htm", page.encode("cp1252"))

    assert shelf.only_text.startswith("Café één.")


@pytest.mark.parametrize("name", ["Untitled", "Microsoft Word - plan.docx", "Document1"])
def test_title_that_a_program_made_up_gives_way_to_the_heading(ingest, shelf, name: str) -> None:
    add(ingest, "het_plan.docx", make_docx(("Heading 1", "Het echte plan"), ("Normal", PROZA), title=name))

    assert shelf.only.title == "Het echte plan"


def test_without_title_or_heading_the_file_name_is_the_title(ingest, shelf) -> None:
    add(ingest, "map/het_plan-2026.txt", PROZA.encode())

    assert (shelf.only.title, shelf.only.origin) == ("Het plan 2026", "upload:het_plan-2026.txt")


def test_program_is_no_author_and_last_name_first_is_turned(ingest, shelf) -> None:
    add(ingest, "a.docx", make_docx(("Normal", PROSE), author="Microsoft Office User; Rackham, Neil"))

    assert shelf.only.authors == ("Neil Rackham",)


def test_first_of_several_chapters_is_not_the_title(ingest, shelf) -> None:
    parts = [part for name in ("Inleiding", "Vervolg") for part in (("Heading 1", name), ("Normal", PROZA))]

    add(ingest, "verkoopboek.docx", make_docx(*parts))

    assert shelf.only.title == "Verkoopboek"
    assert [passage.locator.heading_path for passage in shelf.only_passages] == [("Inleiding",), ("Vervolg",)]
