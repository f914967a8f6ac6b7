"""From what a file, its header and its adder say to the `Document` of the library."""

import hashlib
import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ingest.splitting import SPLITTER_VERSION
from ingest.types import BlockKind, Description, ParsedDocument, Source, Wishes
from knowledge.ids import content_hash, document_id
from knowledge.text import UNDETERMINED, detect_language
from knowledge.types import Collection, Document, SourceKind

READER_VERSION = "1"
"""Part of every fingerprint: raise it when the same bytes would give another text."""

_CHAPTER = re.compile(r"(?:chapter|hoofdstuk|part|deel|slide|dia)\s+[\divxlc]+\b", re.IGNORECASE)
_LONGEST_TITLE = 300
_BOOK_WORDS = 25_000
_ENOUGH_TO_DETECT = 200

_GUTENBERG_TITLE = re.compile(
    r"(?:The )?Project Gutenberg(?:['’]s)? (?:e-?book|etext)(?: of|,)?\s+(?P<title>.+?)"
    r"(?:,?\s+by\s+(?P<author>[^,]+?))?\.?",
    re.IGNORECASE,
)
_PROGRAM_TITLE = re.compile(r"^Microsoft (?:Word|PowerPoint) - ", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(?:untitled|naamloos|document|presentation|presentatie|powerpoint[- ]presentati(?:on|e)|slide|dia|title|titel)"
    r"\s*\d*"
    r"|.*\.(?:docx?|pptx?|pdf|indd|qxd|rtf|odt|tex|dvi|html?|md|txt)",
    re.IGNORECASE,
)


def fingerprint(content: str, wishes: Wishes) -> str:
    """Return what tells whether a document must be read again: its bytes, our versions and the adder's wishes."""
    parts = (content, READER_VERSION, SPLITTER_VERSION, wishes.kind or "", wishes.language or "")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def outline(source: Source, wishes: Wishes) -> Document:
    """Return what is known of a document before it is read: enough to ask the library whether it has it."""
    content = content_hash(source.data)
    return Document(
        id=document_id(source.origin),
        kind=wishes.kind or SourceKind.ARTICLE,
        title=source.name,
        language=wishes.language or UNDETERMINED,
        origin=source.origin,
        content_hash=content,
        fingerprint=fingerprint(content, wishes),
        collection=source.collection,
    )


def describe(source: Source, parsed: ParsedDocument, text: str, wishes: Wishes) -> Document:
    """Return the document with its title, authors, language and kind.

    What the adder said comes first, then the file's front matter or header, then what its text looks like.
    """
    told = parsed.description
    title, title_author = _title(source, parsed)
    known = outline(source, wishes)
    return Document(
        id=known.id,
        kind=wishes.kind or told.kind or _guess_kind(text),
        title=title,
        language=wishes.language or _language(told, text),
        origin=known.origin,
        content_hash=known.content_hash,
        fingerprint=known.fingerprint,
        authors=told.authors or title_author,
        skills=told.skills,
        methods=told.methods,
        topics=told.topics,
        summary=told.summary,
        licence=told.licence,
        published=told.published,
        collection=source.collection,
        pair_id=told.text_id if source.collection is Collection.STARTER else "",
    )


def _title(source: Source, parsed: ParsedDocument) -> tuple[str, tuple[str, ...]]:
    told = " ".join(_PROGRAM_TITLE.sub("", parsed.description.title).split())[:_LONGEST_TITLE]
    match = _GUTENBERG_TITLE.fullmatch(told)
    if match:
        return match["title"], (match["author"],) if match["author"] else ()
    if told and not _NO_TITLE.fullmatch(told):
        return told, ()
    return _title_heading(parsed)[:_LONGEST_TITLE] or _title_from_name(source), ()


def _title_heading(parsed: ParsedDocument) -> str:
    """Return the heading that names the whole document: the first, unless it is only the first of its chapters."""
    top = [block.plain for block in parsed.blocks if block.kind is BlockKind.HEADING and block.level == 1]
    if not top or _CHAPTER.match(top[0]):
        return ""
    opens_with_two = all(block.kind is BlockKind.HEADING for block in parsed.blocks[:2])
    return top[0] if parsed.has_reliable_headings or len(top) == 1 or opens_with_two else ""


def _title_from_name(source: Source) -> str:
    path = unquote(urlsplit(source.origin).path) if source.origin.startswith(("http://", "https://")) else source.name
    stem = PurePosixPath(path.replace("\\", "/")).stem
    words = re.sub(r"[_\-.+]+", " ", stem).strip()
    return words[:1].upper() + words[1:] if words else source.name


def _language(told: Description, text: str) -> str:
    # What a program writes into a file is the language of its own menus more often than that of the text.
    detected = detect_language(text) if len(text) >= _ENOUGH_TO_DETECT or not told.language else UNDETERMINED
    if detected != UNDETERMINED:
        return detected
    return told.language if len(told.language) == 2 else "en"


def _guess_kind(text: str) -> SourceKind:
    return SourceKind.BOOK if len(text.split()) >= _BOOK_WORDS else SourceKind.ARTICLE
