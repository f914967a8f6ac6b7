"""Whether passages carry an answer: one score, one threshold, three outcomes.

The score is a logistic function of what a person would look at too: how many of the question's words the passage holds,
how near its meaning is, and how much the question says. The weights were fitted (`bench/evidence`) on questions the
starter library and two books answer, against questions on other subjects.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.analysis import stem, terms, words
from knowledge.ranking import Question
from knowledge.types import Evidence, Hit

Rarity = Callable[[str, str], float]
"""The weight of a stem in a language; a word that no passage holds weighs most."""

_MANY_WORDS = 8
_NAMED = 0.8
"""The score of passages that explain the very acronym a question is about."""

_ACRONYM = re.compile(r"\b[A-Z]{3,}\b")


@dataclass(frozen=True, slots=True)
class EvidenceThreshold:
    """The one place that decides whether passages carry an answer."""

    strong: float = 0.7
    weak: float = 0.5

    def judge(self, score: float) -> Evidence:
        """Return how far passages with this evidence score can be relied upon."""
        if score >= self.strong:
            return Evidence.STRONG
        return Evidence.WEAK if score >= self.weak else Evidence.NONE


@dataclass(frozen=True, slots=True)
class _Weights:
    """Of a logistic function of EvidenceSigns."""

    constant: float
    coverage: float
    cosine: float
    length: float

    def score(self, seen: "EvidenceSigns") -> float:
        exponent = self.constant + self.coverage * seen.coverage + self.cosine * seen.cosine + self.length * seen.length
        return 1.0 / (1.0 + math.exp(-exponent))


_KNOWN = _Weights(-15.07, 4.74, 27.45, 4.55)
_GLOSSED = _Weights(-11.38, 7.86, 13.86, 3.0)
_WORDS_ALONE = _Weights(-3.85, 7.29, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class EvidenceSigns:
    """What the score is made of; each from 0 to 1."""

    coverage: float
    """The share of the question's content words that the best hit holds."""
    cosine: float
    """That of the nearest passage in a language the embedding model knows; 0 when there is none."""
    length: float
    """How much the question says: eight content words or more are 1."""


def signs(question: Question, hits: Sequence[Hit], cosine: float, rarity: Rarity) -> EvidenceSigns:
    """Return what the hits show for themselves."""
    covered = max((_covered(question, hit, rarity) for hit in hits), default=0.0)
    return EvidenceSigns(covered, cosine, min(len(question.needles), _MANY_WORDS) / _MANY_WORDS)


def evidence_score(question: Question, hits: Sequence[Hit], cosine: float, rarity: Rarity) -> float:
    """Return the probability that the hits answer the question, 0 to 1; without a cosine, words decide alone."""
    seen = signs(question, hits, cosine, rarity)
    if seen.coverage == 0.0 and seen.cosine == 0.0:
        return 0.0
    score = _weights(question, cosine).score(seen)
    return max(score, _NAMED) if _names_what_is_asked(question, hits) else score


def coverage(question: Question, text: str, language: str, rarity: Rarity) -> float:
    """Return the share of the question's content words, weighted by rarity, that a text holds in its language."""
    own = "nl" if language == "nl" else "en"
    present = set(terms(text, own))
    covered = total = 0.0
    for needle, translated in question.needles:
        weight = rarity(needle, question.language)
        total += weight
        if needle in present or (own != question.language and present & translated):
            covered += weight
    return covered / total if total else 0.0


def rarity_from(frequency: Callable[[str, str], int], passages: int) -> Rarity:
    """Return the BM25 idf (Robertson and Zaragoza 2009) as a function of stem and language."""

    def rarity(term: str, language: str) -> float:
        count = frequency(term, language)
        return math.log(1.0 + (passages - count + 0.5) / (count + 0.5))

    return rarity


def _covered(question: Question, hit: Hit, rarity: Rarity) -> float:
    text = " ".join((hit.passage.text, hit.document.title, *hit.passage.locator.heading_path))
    return coverage(question, text, hit.document.language, rarity)


def _weights(question: Question, cosine: float) -> _Weights:
    if cosine == 0.0:
        return _WORDS_ALONE
    return _KNOWN if question.understands(question.language) else _GLOSSED


def _names_what_is_asked(question: Question, hits: Sequence[Hit]) -> bool:
    """Return whether every acronym of the question (BATNA, MEDDIC) stands in one passage.

    An embedding model does not know such words, and a short question holds little else.
    """
    asked = {stem(word, question.language) for name in _ACRONYM.findall(question.text) for word in words(name)}
    return bool(asked) and any(asked <= set(terms(hit.passage.text, question.language)) for hit in hits)
