"""From what a person names (a file, a folder, a web address) to the documents to be read."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import OversizedDocumentError, SourceNotFoundError, UnreadableFileError, UnsupportedFormatError
from ingest.limits import IngestLimits
from ingest.sniffing import claimed_format
from ingest.types import Source
from ingest.web import Finding, find_on_web

_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")
_IGNORED_PREFIXES = (".", "~$", "__MACOSX")
"""Hidden files, the lock files of Office, and what macOS adds to archives."""


def gather(target: str, limits: IngestLimits) -> list[Finding]:
    """Return what is to be read, in order; a folder is searched with all folders in it.

    Raises:
        SourceNotFoundError: nothing is there, or a folder holds nothing that can be read.
        IngestError: a web address cannot be fetched.
    """
    if _ADDRESS.match(target.strip()):
        return find_on_web(target, limits)
    path = Path(target).expanduser()
    if path.is_dir():
        found = [_finding(file, _shown(file.relative_to(path)), limits) for file in _files(path, set())]
        if not found:
            raise SourceNotFoundError(
                f"The folder {target!r} holds no files that Salescoach reads.",
                hint=UnsupportedFormatError.default_hint,
                name=target,
            )
        return found
    if not path.exists():
        raise SourceNotFoundError(f"There is no file or folder {target!r}.", name=target)
    return [_finding(path, _shown(path.name), limits)]


def _files(folder: Path, visited: set[Path]) -> Iterator[Path]:
    """Yield the files of a folder that may be read; a folder reached twice, by a link, is entered once."""
    real = folder.resolve()
    if real in visited:
        return
    visited.add(real)
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        # Named by its own path, so that the report says which folder could not be looked into.
        yield folder
        return
    for entry in entries:
        if entry.name.startswith(_IGNORED_PREFIXES):
            continue
        if entry.is_dir():
            yield from _files(entry, visited)
        elif claimed_format(entry.name) is not None and (entry.is_file() or entry.is_symlink()):
            yield entry


def _finding(path: Path, name: str, limits: IngestLimits) -> Finding:
    return Finding(name, lambda: _load(path, name, limits))


def _load(path: Path, name: str, limits: IngestLimits) -> Source:
    try:
        size = path.stat().st_size
        if not path.is_file():
            kind = "a folder that cannot be opened" if path.is_dir() else "not a file"
            raise UnreadableFileError(f"{name!r} is {kind}.", name=name)
        if size > limits.max_bytes:
            raise OversizedDocumentError(
                f"{name!r} is {size / 1_048_576:.1f} MB; the limit is {limits.max_megabytes} MB.",
                name=name,
                limit=str(limits.max_megabytes),
            )
        return Source(name, _shown(path.resolve()), path.read_bytes())
    except OSError as error:
        raise UnreadableFileError(f"{name!r} cannot be read: {error.strerror}.", name=name) from error


def _shown(path: Path | str) -> str:
    """Return a path as text that every store accepts, also when its bytes are not valid UTF-8."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")
