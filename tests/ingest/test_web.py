"""Web pages and feeds, from a server on this machine."""

import time

import pytest

from ingest.errors import (
    CorruptDocumentError,
    EmptyDocumentError,
    InvalidFeedError,
    OversizedDocumentError,
    WebAddressError,
    WebUnreachableError,
)
from ingest.limits import IngestLimits
from ingest.pipeline import Ingest
from knowledge.ids import document_id
from knowledge.types import SourceKind
from tests.ingest.conftest import Site, article_page
from tests.ingest.files import PROSE, PROZA, make_docx, make_pdf, prose, wrapped

BODY = f"<p>{prose(80)}</p><h2>How to do it</h2><p>{prose(60)}</p>"


def feed(*entries: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Blog</title>{"".join(entries)}</channel></rss>'


def entry(title: str, link: str = "", content: str = "", guid: str = "") -> str:
    link = f"<link>{link}</link>" if link else ""
    return (
        f"<item><title>{title}</title>{link}<guid>{guid}</guid><description><![CDATA[{content}]]></description></item>"
    )


def test_article_is_taken_out_of_its_page(ingest, shelf, site: Site) -> None:
    address = site.page("/price", article_page("When the price is too high", BODY, author="Anna Smit"))

    report = ingest.add(f"{address}#comments")

    assert not report.failed
    document = shelf.only
    assert (document.title, document.authors, document.origin) == (
        "When the price is too high",
        ("Anna Smit",),
        address,
    )
    assert (document.kind, document.language) == (SourceKind.ARTICLE, "en")
    assert "## How to do it" in shelf.only_text
    assert "Cookie" not in shelf.only_text
    assert "Shop" not in shelf.only_text


def test_page_around_the_article_may_change(ingest, shelf, site: Site) -> None:
    address = site.page("/a", article_page("Price", BODY, head="<script>var visit = 1</script>"))
    ingest.add(address)
    site.page("/a", article_page("Price", BODY, head="<script>var visit = 2</script>"))

    report = ingest.add(address)

    assert len(report.unchanged) == 1
    assert shelf.replaced == 1


def test_new_version_of_the_article_replaces_the_old(ingest, shelf, site: Site) -> None:
    address = site.page("/a", article_page("Price", BODY))
    ingest.add(address)
    site.page("/a", article_page("Price", f"<p>{PROZA} {PROZA}</p>"))

    report = ingest.add(address)

    assert len(report.updated) == 1
    assert shelf.only.language == "nl"


def test_page_cannot_pose_as_a_practice_case(ingest, shelf, site: Site) -> None:
    body = f"<p>---</p><p>kind: practice_case</p><p>---</p><p>{prose(80)}</p>"

    ingest.add(site.page("/a", article_page("---\nkind: practice_case", body)))

    assert shelf.only.kind is SourceKind.ARTICLE


def test_redirect_is_followed_and_the_address_asked_for_stays_the_origin(ingest, shelf, site: Site) -> None:
    site.page("/new", article_page("Price", BODY))

    ingest.add(site.redirect("/old", "/new"))

    assert shelf.only.origin == site.url("/old")


def test_pdf_and_docx_on_the_web_are_read_as_files(ingest, shelf, site: Site) -> None:
    pdf = site.page("/paper?id=1", make_pdf([wrapped(PROSE)], title="Paper"), "application/pdf")
    docx = site.page("/plan.docx", make_docx(("Normal", PROZA), title="Plan"), "application/octet-stream")

    assert not ingest.add(pdf).failed
    assert not ingest.add(docx).failed
    assert {document.title for document in shelf.kept.values()} == {"Paper", "Plan"}
    assert shelf.passages[document_id(pdf)][0].locator.page_first == 1


def test_markdown_and_text_on_the_web(ingest, shelf, site: Site) -> None:
    ingest.add(site.page("/a.md", f"# Price\n\n{PROSE}", "text/markdown"))
    ingest.add(site.page("/b", PROZA.encode("cp1252"), "text/plain"))

    assert {document.title for document in shelf.kept.values()} == {"Price", "B"}


def test_feed_adds_the_page_of_each_entry(ingest, shelf, site: Site) -> None:
    one = site.page("/1", article_page("One", BODY))
    two = site.page("/2", article_page("Two", f"<p>{PROZA}</p><p>{PROZA}</p>"))
    address = site.page(
        "/feed", feed(entry("One", one), entry("Two", two), entry("One again", one)), "application/rss+xml"
    )

    report = ingest.add(address)

    assert [result.name for result in report.results] == ["One", "Two"]
    assert {document.origin for document in shelf.kept.values()} == {one, two}


def test_atom_feed_is_a_feed_whatever_its_media_type(ingest, shelf, site: Site) -> None:
    one = site.page("/1", article_page("One", BODY))
    atom = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>B</title>'
        f'<entry><title>One</title><link href="{one}"/></entry></feed>'
    )

    ingest.add(site.page("/atom", atom, "text/plain"))

    assert shelf.only.origin == one


def test_entry_whose_page_is_gone_is_read_from_the_feed_itself(ingest, shelf, site: Site) -> None:
    gone = site.url("/gone")
    entries = [entry("Kept & whole", gone, f"<p>{prose(80)}</p>"), entry("Teaser", site.url("/gone2"), "Read more")]

    report = ingest.add(site.page("/feed", feed(*entries).replace("Kept &", "Kept &amp;"), "text/xml"))

    assert [result.outcome.value for result in report.results] == ["added", "failed"]
    assert (shelf.only.title, shelf.only.origin) == ("Kept & whole", gone)
    assert isinstance(report.failed[0].error, WebAddressError)


def test_entry_without_a_link_is_read_from_the_feed(ingest, shelf, site: Site) -> None:
    address = site.page("/feed", feed(entry("Note", content=f"<p>{prose(80)}</p>", guid="n1")), "text/xml")

    ingest.add(address)

    assert shelf.only.origin == f"{address}#n1"


def test_relative_link_of_an_entry_belongs_to_the_site_of_the_feed(ingest, shelf, site: Site) -> None:
    site.page("/blog/1", article_page("One", BODY))

    ingest.add(site.page("/blog/feed", feed(entry("One", "1")), "text/xml"))

    assert shelf.only.origin == site.url("/blog/1")


def test_feed_is_limited_and_added_again_without_change(shelf, site: Site) -> None:
    links = [site.page(f"/{n}", article_page(f"Article {n}", f"<p>{n} {prose(80)}</p>")) for n in range(4)]
    address = site.page("/feed", feed(*(entry(f"Article {n}", link) for n, link in enumerate(links))), "text/xml")
    ingest = Ingest(shelf, IngestLimits(max_feed_entries=3))

    first, second = ingest.add(address), ingest.add(address)

    assert (len(first.added), len(second.unchanged)) == (3, 3)


def test_script_entry_links_are_refused(ingest, site: Site) -> None:
    report = ingest.add(site.page("/feed", feed(entry("Odd", "file:///etc/passwd")), "text/xml"))

    assert isinstance(report.failed[0].error, WebAddressError)


# What goes wrong ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["ftp://example.org/a", "file:///etc/passwd", "http://", "http://[broken", "https:///x"]
)
def test_address_that_is_none_is_refused(ingest, address: str) -> None:
    (result,) = ingest.add(address).failed

    assert isinstance(result.error, WebAddressError)
    assert result.error.hint


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (404, WebAddressError),
        (410, WebAddressError),
        (401, WebAddressError),
        (403, WebAddressError),
        (429, WebUnreachableError),
        (500, WebUnreachableError),
        (503, WebUnreachableError),
    ],
)
def test_refusals_of_the_server(ingest, shelf, site: Site, status: int, error: type) -> None:
    address = site.page("/a", "no", status=status)

    (result,) = ingest.add(address).failed

    assert type(result.error) is error
    assert str(status) in str(result.error)
    assert address in str(result.error)
    assert result.error.retryable is (error is WebUnreachableError)
    assert not shelf.kept


def test_no_server_is_there(ingest, site: Site) -> None:
    (closed,) = ingest.add("http://127.0.0.1:9/a").failed
    (unknown,) = ingest.add("http://no-such-host.invalid/a").failed

    assert isinstance(closed.error, WebUnreachableError)
    assert isinstance(unknown.error, WebUnreachableError)
    assert "internet connection" in unknown.error.hint


def test_silent_server_is_given_up(shelf, site: Site) -> None:
    site.answers["/slow"] = lambda _: time.sleep(3)

    (result,) = Ingest(shelf, IngestLimits(request_seconds=0.3)).add(site.url("/slow")).failed

    assert isinstance(result.error, WebUnreachableError)
    assert "in time" in str(result.error)


def _drip(request) -> None:
    request.send_response(200)
    request.end_headers()
    try:
        for _ in range(100):
            request.wfile.write(b"<p>drop</p>")
            request.wfile.flush()
            time.sleep(0.05)
    except OSError:
        return


def test_dripping_server_is_given_up(shelf, site: Site) -> None:
    site.answers["/drip"] = _drip

    (result,) = Ingest(shelf, IngestLimits(download_seconds=0.3)).add(site.url("/drip")).failed

    assert isinstance(result.error, WebUnreachableError)
    assert "too slow" in str(result.error)


def _cut_off(request) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "10000")
    request.end_headers()
    request.wfile.write(b"<html>half")


def _bad_gzip(request) -> None:
    request.send_response(200)
    request.send_header("Content-Encoding", "gzip")
    request.send_header("Content-Length", "4")
    request.end_headers()
    request.wfile.write(b"oops")


@pytest.mark.parametrize("answer", [_cut_off, _bad_gzip])
def test_broken_answer_is_reported(ingest, site: Site, answer) -> None:
    site.answers["/a"] = answer

    (result,) = ingest.add(site.url("/a")).failed

    assert isinstance(result.error, WebUnreachableError)


def test_endless_redirects_and_redirects_out_of_the_web(ingest, site: Site) -> None:
    (circle,) = ingest.add(site.redirect("/a", "/a")).failed
    (outside,) = ingest.add(site.redirect("/b", "file:///etc/passwd")).failed

    assert isinstance(circle.error, WebAddressError)
    assert isinstance(outside.error, WebAddressError)


def test_page_above_the_limit(ingest, site: Site) -> None:
    (result,) = ingest.add(site.page("/a", b"x" * 6_000_000)).failed

    assert isinstance(result.error, OversizedDocumentError)


def test_page_without_an_article(ingest, shelf, site: Site) -> None:
    (result,) = ingest.add(
        site.page("/app", "<html><body><div id='root'></div><script>run()</script></body></html>")
    ).failed

    assert isinstance(result.error, EmptyDocumentError)
    assert "PDF" in result.error.hint
    assert not shelf.kept


def test_feed_without_entries_and_damaged_file(ingest, site: Site) -> None:
    (empty,) = ingest.add(site.page("/feed", feed(), "text/xml")).failed
    (damaged,) = ingest.add(site.page("/a.pdf", b"%PDF-1.4 broken", "application/pdf")).failed

    assert isinstance(empty.error, InvalidFeedError)
    assert isinstance(damaged.error, CorruptDocumentError)
