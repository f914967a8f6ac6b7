"""What does not belong to the text of a document goes, and its headings get their place: the list of the steps."""

from dataclasses import replace

from ingest.contents import drop_contents, drop_separators, drop_title_page
from ingest.headings import mark_chapters, promote_lines
from ingest.legal import strip_legal
from ingest.reading_text import without_underscores
from ingest.types import ParsedDocument


def clean(parsed: ParsedDocument) -> ParsedDocument:
    """Return the document without legal text, listings and ornaments, its headings marked as such."""
    blocks, facts = strip_legal([without_underscores(block) for block in parsed.blocks])
    blocks = drop_contents(drop_separators(blocks))
    author: tuple[str, ...] = ()
    if not parsed.has_reliable_headings:
        blocks = promote_lines(mark_chapters(blocks))
        blocks, author = drop_title_page(blocks)
    told = parsed.description
    description = replace(
        told,
        title=facts.title or told.title,
        authors=facts.authors or told.authors or author,
        language=facts.language or told.language,
    )
    return replace(parsed, blocks=tuple(blocks), description=description)
