"""The identity of files that arrive through the browser: by name, since they have no place."""

import unicodedata
from pathlib import PurePosixPath

from knowledge.ids import content_hash

ORIGIN_PREFIX = "upload:"


def upload_name(name: str) -> str:
    """Return the bare file name: without folders, control characters and odd Unicode forms."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(character for character in unicodedata.normalize("NFC", bare) if character.isprintable())
    return kept.strip() or "upload"


def upload_origin(name: str, data: bytes, *, keeps_both: bool = False) -> str:
    """Return the origin of an upload: the same name replaces the earlier version, unless both are to be kept."""
    origin = ORIGIN_PREFIX + upload_name(name)
    return f"{origin}#{content_hash(data)[:8]}" if keeps_both else origin
