"""A process that indexes until it is killed: `python -m tests.knowledge.interrupted_indexing HOME GENERATION`."""

import sys
from pathlib import Path

from knowledge.embedding import builtin_minilm
from knowledge.opening import LibraryConfig, open_library
from tests.builders import make_document


def documents(generation):
    """Return five documents; each generation changes some passages of each, so that every run replaces."""
    return [
        make_document(
            f"book {number}",
            [
                f"Passage {place} of book {number} on price, edition {generation if place % 3 == 0 else 0}."
                for place in range(40)
            ],
        )
        for number in range(5)
    ]


def main() -> None:
    """Open the library, say so, then index everything of one generation."""
    library = open_library(LibraryConfig(Path(sys.argv[1]), batch_size=8), builtin_minilm())
    print("opened", flush=True)
    library.finish_pending()
    for document, body, passages in documents(int(sys.argv[2])):
        library.replace(document, body, passages)
    print("finished", flush=True)
    library.close()


if __name__ == "__main__":
    main()
