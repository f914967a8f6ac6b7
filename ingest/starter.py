"""The starter texts that come with the program, as sources."""

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from ingest.types import Source
from knowledge.types import Collection

ORIGIN_PREFIX = "starter:"
_FOLDERS = (("articles", ".md"), ("cases", ".yaml"))


def starter_sources(root: Traversable | None = None) -> Iterator[Source]:
    """Yield the texts under `root` (by default those of the package), articles first, in the order of their names."""
    base = root or resources.files("knowledge").joinpath("starter")
    for folder, ending in _FOLDERS:
        for language in _entries(base.joinpath(folder)):
            for file in _entries(language):
                if file.name.endswith(ending):
                    path = f"{folder}/{language.name}/{file.name}"
                    yield Source(path, ORIGIN_PREFIX + path, file.read_bytes(), Collection.STARTER)


def _entries(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda entry: entry.name) if folder.is_dir() else []
