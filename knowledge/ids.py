"""Names for documents and passages, derived from what they are so that the same thing always has the same name."""

import hashlib

_DOCUMENT_DIGITS = 16
_PASSAGE_DIGITS = 24


def document_id(origin: str) -> str:
    """Return the id of the document that lives at `origin` (path, web address, `upload:NAME`, `starter:PATH`)."""
    return _sha256(origin)[:_DOCUMENT_DIGITS]


def passage_id(document_id: str, position: int, text: str) -> str:
    """Return the id of a passage; it depends on nothing that an embedding model or a store could change."""
    return _sha256(f"{document_id}\n{position}\n{text}")[:_PASSAGE_DIGITS]


def content_hash(data: bytes) -> str:
    """Return the SHA-256 of the bytes of a file, in full: two different files are never one."""
    return hashlib.sha256(data).hexdigest()


def _sha256(text: str) -> str:
    # File names that are not valid UTF-8 reach us with surrogates in them; they deserve an id too.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
