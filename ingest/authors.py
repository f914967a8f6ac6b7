"""Names of authors, out of the fields in which programs and people write them."""

import re
from collections.abc import Sequence

_NO_AUTHOR = re.compile(
    r"(?:unknown|onbekend|anonymous|admin(?:istrator)?|user|gebruiker|owner|eigenaar|author|auteur|default|root|pc|"
    r"microsoft.*|python-docx|calibre.*|steve canny|.*\.(?:com|nl|org))",
    re.IGNORECASE,
)
_AUTHOR_BORDER = re.compile(r"\s*(?:;|\||\s&\s|\sand\s|\sen\s|\bund\b)\s*", re.IGNORECASE)
_LAST_FIRST = re.compile(r"(?P<last>[^\W\d_][\w'’ -]+),\s*(?P<first>[^\W\d_][\w.'’ -]*)")


def author_names(entries: Sequence[str]) -> tuple[str, ...]:
    """Return the names in metadata fields, one author each, first name first; names of programs left out."""
    found: list[str] = []
    for entry in entries:
        for part in _AUTHOR_BORDER.split(entry):
            name = " ".join(part.split()).strip(" ,")
            match = _LAST_FIRST.fullmatch(name)
            name = f"{match['first']} {match['last']}" if match else name
            if name and not _NO_AUTHOR.fullmatch(name) and name not in found:
                found.append(name)
    return tuple(found)
