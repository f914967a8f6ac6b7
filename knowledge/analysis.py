"""How text becomes search terms: lower case, accents folded, stop words out, Dutch compounds split, Snowball stems.

Passages and questions go through the same functions; `analysis_version` names the result, so that a change of these
functions or of the list of compound parts rebuilds the word index.
"""

import hashlib
import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import Protocol

import Stemmer

_FUNCTIONS_VERSION = "1"

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LINKS = ("", "s", "e", "en", "n")
_SHORTEST_COMPOUND = 7
_SHORTEST_PART = 3

_STOP_NL = frozenset(
    """aan al alle alleen als alsof andere ben bent bij daar daarom dan dat de deze die dit doe doen doet door dus een
    eens en er erg etc even ga gaan gaat ge geen gewoon graag had hadden heb hebben hebt heeft hem hen het hier hij
    hoe hun ie iemand iets ik in is ja je jij jou jouw jullie kan kon kun kunnen kunt maar maken me mee meer men met
    mij mijn mijne moest moet moeten mocht mogen mag na naar nee niet niets niks nog nou nu of om omdat ons onze ook
    op over pas per re s 's t 't te tegen ten ter toch toe toen tot tussen u uit uw van vanuit veel via voor wanneer
    want waar waarom was wat we weer wel werd wie wij wil wilde willen wordt worden word zal ze zei zelf zich zij zijn
    zo zonder zou zouden zoals""".split()
)
_STOP_EN = frozenset(
    """a about after all also am an and any are aren't as at be because been before being but by can can't cannot could
    couldn't did didn't do does doesn't doing don't for from get gets getting had has have haven't having he her here
    hers him his how i i'd i'll i'm i've if in into is isn't it it's its just let me more most much my no nor not of
    off on only or other our ours out over own re s same she should shouldn't so some such t than that that's the
    their theirs them then there these they they're this those through to too up upon us very was wasn't we we're
    were what when where which while who whom why will with without would wouldn't you
    you'd you're your yours""".split()
)


class _Stem(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802  (PyStemmer's name)


@cache
def _stemmer(language: str) -> _Stem:
    stemmer: _Stem = Stemmer.Stemmer("dutch" if language == "nl" else "english")
    return stemmer


@cache
def _parts() -> frozenset[str]:
    text = resources.files("knowledge").joinpath("starter/compound_parts.txt").read_text(encoding="utf-8")
    return frozenset(word for word in text.split() if len(word) >= _SHORTEST_PART)


@cache
def analysis_version() -> str:
    """Return a short name that changes whenever the same text would give other terms."""
    return f"{_FUNCTIONS_VERSION}-{hashlib.sha256(' '.join(sorted(_parts())).encode()).hexdigest()[:8]}"


def words(text: str) -> list[str]:
    """Return the words of a text in order: lower case, accents folded, apostrophes made plain."""
    folded = unicodedata.normalize("NFKD", text.replace("’", "'"))
    plain = "".join(char for char in folded if not unicodedata.combining(char)).lower()
    return _WORD.findall(plain)


def is_stop_word(word: str, language: str) -> bool:
    """Return whether the word carries no meaning of its own in that language."""
    return word in (_STOP_NL if language == "nl" else _STOP_EN)


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Return the Snowball stem of a lower-case word; Dutch for `nl`, English for everything else."""
    return _stemmer(language).stemWord(word.removesuffix("'s"))


@lru_cache(maxsize=100_000)
def compound_parts(word: str) -> tuple[str, ...]:
    """Return the known words that a Dutch compound consists of, fewest parts first choice; empty when it is none.

    >>> compound_parts("verkoopgesprek")
    ('verkoop', 'gesprek')
    """
    if len(word) < _SHORTEST_COMPOUND or word in _parts():
        return ()
    best = _split(word)
    return best if best and len(best) > 1 else ()


@lru_cache(maxsize=100_000)
def _split(rest: str) -> tuple[str, ...] | None:
    if rest in _parts():
        return (rest,)
    best: tuple[str, ...] | None = None
    for end in range(len(rest) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        head = rest[:end]
        if head not in _parts():
            continue
        for link in _LINKS:
            if not rest[end:].startswith(link):
                continue
            tail = _split(rest[end + len(link) :])
            if tail and (best is None or len(tail) + 1 < len(best)):
                best = (head, *tail)
    return best


def terms(text: str, language: str) -> list[str]:
    """Return the search terms of a text in order, compounds followed by their parts."""
    found: list[str] = []
    for word in words(text):
        if is_stop_word(word, language):
            continue
        found.append(stem(word, language))
        if language == "nl":
            found.extend(stem(part, "nl") for part in compound_parts(word))
    return found
