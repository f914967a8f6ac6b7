"""Takes a reasoning model's thoughts out of its reply: local models send them in front of it, between tags."""

from collections.abc import Iterator

_OPEN = "<think>"
_CLOSE = "</think>"


def without_thinking(pieces: Iterator[str]) -> Iterator[str]:
    """Yield the pieces of a reply without a `<think>` block at its start; the rest passes unchanged."""
    held = ""
    for piece in pieces:
        held += piece
        start = held.lstrip()
        if _OPEN.startswith(start):
            continue
        if not start.startswith(_OPEN):
            yield held
            yield from pieces
            return
        _, closed, rest = start.partition(_CLOSE)
        if closed:
            if rest:
                yield rest
            yield from pieces
            return
    if held and not held.lstrip().startswith(_OPEN):
        yield held
