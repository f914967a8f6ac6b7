"""The numbers in brackets that a model writes: brought into one form, invented ones out, nothing else in brackets.

Only square and lenticular brackets count: `[1]`, `[1, 3]`, `[1-3]`, `[source 2]`, `【1†p. 4】`; not `(1)`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.coach.sanitising import harmless, harmless_inline, until_stable
from knowledge.types import Hit

MARKER = re.compile(r"\[(\d{1,6})\]")

_WORD = r"(?:sources?|bron(?:nen)?|passages?|refs?\.?|no\.?|nr\.?)\s*[:#]?\s*"
_NUMBER = rf"(?:{_WORD})?\d{{1,6}}"
_PROPOSED = re.compile(
    rf"(?P<space>[ \t]*)[\[【［]\s*\^?"
    rf"(?P<numbers>{_NUMBER}(?:\s*(?:[,;&+/]|-|–|—|\ben\b|\band\b|t/m|\bto\b)\s*{_NUMBER})*)"
    r"(?:\s*†[^\]】］\n]*|\s*,\s*(?:pp?|blz|pag|page|pagina|ch|hfst)\.?\s*[\w.–-]+)?\s*[\]】］](?P<next>\w?)",
    re.IGNORECASE,
)
# What is left of a number where the text broke off.
_BROKEN_OFF = re.compile(r"[ \t]*[\[【［][^\[\]【】［］\n]{0,20}\Z")
_RANGE = re.compile(r"(\d{1,6})\s*(?:-|–|—|t/m|to)\s*(\d{1,6})", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,6}")
_EITHER = re.compile(r"(\[\d{1,6}\])")
_AS_LINK = re.compile(r"(\[\d{1,6}\])(?=\()")
_AS_DEFINITION = re.compile(r"^([ \t]*(?:\[\d{1,6}\])+):[ \t]*", re.MULTILINE)
_ROUND = str.maketrans("[]", "()")
_SOURCE_LIST = re.compile(
    r"^[\W_]*(?:sources?|references?|bibliography|citations?|bron(?:nen)?(?:vermelding|lijst)?|referenties?|verwijzingen|"
    r"literatuur)[ *_]*(?::[^\n]*)?$",
    re.MULTILINE | re.IGNORECASE,
)

_LISTED = "-*+•0123456789"

_LONGEST_HELD = 300
_UNFINISHED = re.compile(r"(?:!?[\[【［][^\[\]【】［］]*(?:\](?:\([^()]*)?)?|<[A-Za-z/!?][^<>]*)\Z")
_HASHES = re.compile(r"^[ \t]*#{1,6}[ \t]+", re.MULTILINE)
_LAST_SPACE = re.compile(r"\s(?=\S*\Z)")


def canonical(text: str, hits: Sequence[Hit]) -> tuple[str, int]:
    """Return the harmless text with every valid number as `[n]`, and how many invented numbers were taken out.

    No other square bracket stays, so that nothing can pass for a citation, a link or an image afterwards.
    """
    return _canonical(text, [hit.passage.text for hit in hits], len(hits))


def without_numbers(text: str, hits: Sequence[Hit]) -> str:
    """Return the harmless text without citations: what is kept of an answer that failed."""
    return _canonical(text, [hit.passage.text for hit in hits], 0)[0]


def provisional(pieces: Iterable[str], hits: Sequence[Hit]) -> Iterator[str]:
    """Yield a model's text while it comes in, as far as it can be shown: harmless, without invented numbers.

    Words come whole; an unfinished bracket, link or tag is held back. The numbers are those of `hits`.
    """
    sources = [hit.passage.text for hit in hits]
    held = ""
    for piece in pieces:
        held += piece
        ready = _ready(held)
        if shown := _shown(held[:ready], sources, len(hits)):
            yield shown
        held = held[ready:]
    if shown := _shown(held, sources, len(hits)):
        yield shown


def _canonical(text: str, sources: Sequence[str], most: int) -> tuple[str, int]:
    removed = 0

    def change(current: str) -> str:
        nonlocal removed
        complete = _BROKEN_OFF.sub("", _without_source_list(harmless(current, sources)))
        changed, invented = _valid(complete, most)
        removed += invented
        return changed

    settled = _without_other_brackets(until_stable(text, change))
    settled = _AS_DEFINITION.sub(r"\1 ", _AS_LINK.sub(r"\1 ", settled))
    return harmless(settled, sources), removed


def _valid(text: str, most: int) -> tuple[str, int]:
    """Return the text with its markers in one form, and how many of their numbers are not from 1 to `most`."""
    removed = 0

    def replacement(match: re.Match[str]) -> str:
        nonlocal removed
        numbers, invented = _numbers(match["numbers"], most)
        removed += invented
        markers = "".join(f"[{number}]" for number in numbers)
        space = " " if match["space"] else ""
        if not markers:
            return f" {match['next']}" if match["next"] else ""
        return f"{space}{markers}{match['next']}"

    return _PROPOSED.sub(replacement, text), removed


def _numbers(proposed: str, most: int) -> tuple[list[int], int]:
    numbers: list[int] = []
    invented = 0
    for first, last in _RANGE.findall(proposed):
        low, high = sorted((int(first), int(last)))
        numbers.extend(range(max(low, 1), min(high, most) + 1))
        invented += (low < 1) + (high > most)
    single = [int(digits) for digits in _DIGITS.findall(_RANGE.sub(" ", proposed))]
    numbers.extend(number for number in single if 1 <= number <= most)
    invented += sum(not 1 <= number <= most for number in single)
    return list(dict.fromkeys(numbers)), invented


def _without_source_list(text: str) -> str:
    """Return the text without a list of sources at its end: numbers there support no claim."""
    for match in _SOURCE_LIST.finditer(text):
        tail = [line for line in text[match.end() :].splitlines() if line.strip()]
        answer = text[: match.start()].rstrip()
        if answer and all(_PROPOSED.match(line.lstrip(" \t*_")) or line.lstrip()[0] in _LISTED for line in tail):
            return answer
    return text


def _without_other_brackets(text: str) -> str:
    pieces = _EITHER.split(text)
    return "".join(piece if index % 2 else piece.translate(_ROUND) for index, piece in enumerate(pieces))


def _ready(held: str) -> int:
    """Return how much of the text no later piece can change."""
    # What stays open for longer than this was never meant as a link or a tag.
    unfinished = _UNFINISHED.search(held) if len(held) <= _LONGEST_HELD else None
    space = _LAST_SPACE.search(held, 0, unfinished.start() if unfinished else len(held))
    return space.end() if space else 0


def _shown(piece: str, sources: Sequence[str], most: int) -> str:
    body = piece.strip()
    if not body:
        return piece
    start = piece.index(body)
    clean = until_stable(_HASHES.sub("", body), lambda current: _valid(harmless_inline(current, sources), most)[0])
    clean = _AS_LINK.sub(r"\1 ", _without_other_brackets(clean))
    return f"{piece[:start]}{clean}{piece[start + len(body) :]}"
