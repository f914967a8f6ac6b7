"""Web pages and feeds as sources: the article out of its page, the entries out of their feed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import feedparser
import yaml

from ingest.decoding import decode_text
from ingest.errors import EmptyDocumentError, IngestError, InvalidFeedError
from ingest.fetching import Fetched, fetch
from ingest.limits import IngestLimits
from ingest.sniffing import Format, sniff
from ingest.types import Source
from knowledge.types import SourceKind

_XML_MEDIA = ("xml", "rss", "atom")
_TEXT_MEDIA = {"text/markdown": Format.MARKDOWN, "text/plain": Format.TEXT}
_MIN_ENTRY_WORDS = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """A document that will be read when its turn comes; `load` raises when it is not to be had."""

    name: str
    load: Callable[[], Source]


def find_on_web(address: str, limits: IngestLimits) -> list[Finding]:
    """Return the document at a web address, or the entries of the feed at it.

    Raises:
        IngestError: the address cannot be fetched, or the feed is damaged.
    """
    fetched = fetch(address, limits)
    if _looks_like_feed(fetched):
        feed = feedparser.parse(fetched.data, response_headers={"content-type": fetched.media_type})
        if feed.get("version"):
            return _entries(fetched.url, feed, limits)
    return [Finding(fetched.url, lambda: page_source(fetched, limits))]


def page_source(fetched: Fetched, limits: IngestLimits) -> Source:
    """Return a fetched page as a source: an article as Markdown, a file (PDF, DOCX) as it is.

    Raises:
        EmptyDocumentError: there is no article on the page.
        IngestError: the file cannot be read.
    """
    found = _TEXT_MEDIA.get(fetched.media_type)
    if found is None:
        found = sniff(fetched.url, fetched.data, limits)
    if found is not Format.HTML and not _is_markup(fetched, found):
        return Source(fetched.url, fetched.url, fetched.data, format=found)
    markup = decode_text(fetched.data, fetched.charset)
    article = _article(markup, fetched.url)
    if article is None:
        raise EmptyDocumentError(
            f"{fetched.url!r} holds no article that can be read.",
            hint="A page that is drawn by a program in the browser can be saved as PDF and added as a file.",
            name=fetched.url,
        )
    return Source(fetched.url, fetched.url, article, format=Format.MARKDOWN)


def _is_markup(fetched: Fetched, found: Format) -> bool:
    return found is Format.TEXT and "html" in fetched.media_type


def _article(markup: str, url: str, title: str = "") -> bytes | None:
    """Return the article on a page as Markdown with a front matter; None when there is none.

    The article, not the page, is what the document's identity is made of: the rest of a page changes at every visit.
    """
    # Imported here: it takes half a second, which only those who add a web page should wait for.
    import trafilatura

    body = trafilatura.extract(
        markup,
        url=url,
        output_format="markdown",
        include_comments=False,
        include_images=False,
        include_links=False,
        include_formatting=True,
    )
    if not body or not body.strip():
        return None
    metadata = trafilatura.extract_metadata(markup, default_url=url)
    fields = {
        "kind": SourceKind.ARTICLE.value,
        "title": metadata.title or title,
        "authors": [name.strip() for name in (metadata.author or "").split(";") if name.strip()],
        "published": metadata.date or "",
        "licence": metadata.license or "",
        "summary": (metadata.description or "")[:500],
    }
    return f"---\n{yaml.safe_dump(fields, allow_unicode=True)}---\n\n{body}\n".encode("utf-8", errors="replace")


def _looks_like_feed(fetched: Fetched) -> bool:
    start = fetched.data[:1024].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return False
    return start.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf")) or fetched.media_type.endswith(_XML_MEDIA)


def _entries(url: str, feed: Any, limits: IngestLimits) -> list[Finding]:  # noqa: ANN401 - feedparser has no types
    findings: dict[str, Finding] = {}
    for number, entry in enumerate(feed.entries[: limits.max_feed_entries], start=1):
        link = _link(url, entry)
        title = " ".join(str(entry.get("title") or "").split())
        origin = link or f"{url}#{entry.get('id') or title or number}"
        load = _entry_loader(link, origin, title, _content(entry), limits)
        findings.setdefault(origin, Finding(title or origin, load))
    if not findings:
        raise InvalidFeedError(f"The feed at {url!r} holds no entries.", address=url)
    return list(findings.values())


def _link(url: str, entry: Any) -> str:  # noqa: ANN401 - feedparser has no types
    link = str(entry.get("link") or "").strip()
    if "://" in link or not link:
        return link
    # A guid that is no address passes for a link; a real link may be written relative to the feed.
    return "" if entry.get("guidislink") else urljoin(url, link)


def _content(entry: Any) -> str:  # noqa: ANN401 - feedparser has no types
    contents = [str(content.get("value") or "") for content in entry.get("content") or []]
    return max([*contents, str(entry.get("summary") or "")], key=len)


def _entry_loader(link: str, origin: str, title: str, content: str, limits: IngestLimits) -> Callable[[], Source]:
    def load() -> Source:
        if not link:
            return _content_source(origin, title, content)
        try:
            return page_source(fetch(link, limits), limits)
        except IngestError:
            # The feed itself may carry the whole article.
            if len(content.split()) < _MIN_ENTRY_WORDS:
                raise
            return _content_source(origin, title, content)

    return load


def _content_source(origin: str, title: str, content: str) -> Source:
    heading = title.replace("&", "&amp;").replace("<", "&lt;")
    markup = f"<html><head><title>{heading}</title></head><body><article>{content}</article></body></html>"
    article = _article(markup, origin, title)
    if article is None:
        raise EmptyDocumentError(f"{title or origin!r} holds no text.", name=title or origin)
    return Source(title or origin, origin, article, format=Format.MARKDOWN)
