"""From a question to ranked passages: word query, vector probes, fusion, diversity and the one evidence threshold.

Pure functions over scores; the stores are asked by knowledge.library.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.analysis import compound_parts, is_stop_word, stem, terms, words
from knowledge.glossary import Glossary, Translation
from knowledge.types import Evidence, Hit
from knowledge.word_index import WordQuery

POOL = 60
"""Candidates taken from each ranker before fusion."""

_PART_WEIGHT = 0.4
_TRANSLATION_WEIGHTS = (0.7, 0.5, 0.35)
_UNTRANSLATED_WEIGHT = 0.7
_SAME_DOCUMENT_DECAY = 0.94
_NEAR_DUPLICATE = 0.8


@dataclass(frozen=True, slots=True)
class EvidenceThreshold:
    """The one place that decides whether passages carry an answer; bench/quality prints how it separates."""

    strong: float = 0.5
    weak: float = 0.36

    def judge(self, score: float) -> Evidence:
        """Return how far passages with this evidence score can be relied upon."""
        if score >= self.strong:
            return Evidence.STRONG
        return Evidence.WEAK if score >= self.weak else Evidence.NONE


@dataclass(frozen=True, slots=True)
class Probe:
    """A text to embed, and the languages of the passages that its vector can be compared with (empty: all)."""

    text: str
    languages: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Question:
    """A question made ready for both rankers."""

    text: str
    language: str
    words: WordQuery
    probes: tuple[Probe, ...]
    needles: tuple[tuple[str, frozenset[str]], ...]
    """For each content word: its stem, and the stems of its translations."""


def prepare(text: str, language: str, glossary: Glossary, embedder_languages: frozenset[str]) -> Question:
    """Return the question as weighted terms in both languages and as texts to embed."""
    translations = glossary.translate(text, language)
    other = "en" if language == "nl" else "nl"
    query = WordQuery({language: _own_terms(text, language), other: _other_terms(text, language, translations)})
    return Question(
        text=text,
        language=language,
        words=query,
        probes=_probes(text, language, translations, embedder_languages),
        needles=_needles(text, language, translations),
    )


def fuse(
    word_scores: Mapping[str, float], vector_scores: Mapping[str, float], vector_weight: Mapping[str, float]
) -> dict[str, float]:
    """Return the weighted sum of both rankers' scores per passage, each normalised to 0..1 over its candidates.

    `vector_weight` holds the vectors' share per passage (0 to 1); the words get the rest.
    """
    by_words, by_vectors = _normalised(word_scores, floor=0.0), _normalised(vector_scores)
    return {
        passage: vector_weight.get(passage, 0.0) * by_vectors.get(passage, 0.0)
        + (1.0 - vector_weight.get(passage, 0.0)) * by_words.get(passage, 0.0)
        for passage in {**by_words, **by_vectors}
    }


def diversify(hits: Sequence[Hit], top: int) -> list[Hit]:
    """Return the best hits so that one document does not fill the page and no text appears twice.

    Each further passage of a document counts a little less; a passage that shares most of its words with one already
    chosen (the same book in another format) is left out.
    """
    remaining = sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))
    chosen: list[Hit] = []
    seen: list[frozenset[str]] = []
    taken: dict[str, int] = {}
    while remaining and len(chosen) < top:
        best = max(remaining, key=lambda hit: hit.score * _SAME_DOCUMENT_DECAY ** taken.get(hit.document.id, 0))
        remaining.remove(best)
        bag = frozenset(words(best.passage.text))
        if any(_overlap(bag, other) >= _NEAR_DUPLICATE for other in seen):
            continue
        chosen.append(best)
        seen.append(bag)
        taken[best.document.id] = taken.get(best.document.id, 0) + 1
    return chosen


def evidence_score(question: Question, hits: Sequence[Hit], rarity: Callable[[str, str], float]) -> float:
    """Return how well the best hit covers the question, 0 to 1.

    The share of the question's content words (weighted by `rarity(stem, language)`) that the passage or its headings
    hold, in either language, and the cosine where the embedding model knows both: whichever says more, helped by the
    other.
    """
    return max((_support(question, hit, rarity) for hit in hits), default=0.0)


def coverage(question: Question, text: str, language: str, rarity: Callable[[str, str], float]) -> float:
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


def _support(question: Question, hit: Hit, rarity: Callable[[str, str], float]) -> float:
    text = " ".join((hit.passage.text, hit.document.title, *hit.passage.locator.heading_path))
    covered = coverage(question, text, hit.document.language, rarity)
    closeness = min(1.0, max(0.0, hit.vector_score) / 0.65)
    return 0.5 * covered + 0.5 * closeness if hit.vector_score > 0 else 0.8 * covered


def rarity_from(frequency: Callable[[str, str], int], passages: int) -> Callable[[str, str], float]:
    """Return the BM25 idf as a function of stem and language; a word no passage holds weighs most."""

    def rarity(term: str, language: str) -> float:
        count = frequency(term, language)
        return math.log(1.0 + (passages - count + 0.5) / (count + 0.5))

    return rarity


def _own_terms(text: str, language: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for word in words(text):
        if is_stop_word(word, language):
            continue
        weights[stem(word, language)] = 1.0
        if language == "nl":
            for part in compound_parts(word):
                weights.setdefault(stem(part, "nl"), _PART_WEIGHT)
    return weights


def _other_terms(text: str, language: str, translations: Sequence[Translation]) -> dict[str, float]:
    other = "en" if language == "nl" else "nl"
    weights: dict[str, float] = {}
    translated: set[str] = set()
    for translation in translations:
        translated.update(translation.source.split())
        for target, weight in zip(translation.targets, _TRANSLATION_WEIGHTS, strict=False):
            for term in terms(target, other):
                weights[term] = max(weight, weights.get(term, 0.0))
    for word in words(text):
        if word not in translated and not is_stop_word(word, language) and not is_stop_word(word, other):
            weights.setdefault(stem(word, other), _UNTRANSLATED_WEIGHT)
    return weights


def _probes(
    text: str, language: str, translations: Sequence[Translation], embedder_languages: frozenset[str]
) -> tuple[Probe, ...]:
    if not embedder_languages:
        return (Probe(text, frozenset(), 0.6),)
    if language in embedder_languages:
        return (Probe(text, embedder_languages, 0.6),)
    probes = [Probe(text, frozenset({language}), 0.25)]
    if translations:
        gloss = " ".join(translation.targets[0] for translation in translations)
        probes.append(Probe(gloss, embedder_languages, 0.5))
    return tuple(probes)


def _needles(text: str, language: str, translations: Sequence[Translation]) -> tuple[tuple[str, frozenset[str]], ...]:
    other = "en" if language == "nl" else "nl"
    targets: dict[str, set[str]] = {}
    for translation in translations:
        stems = {term for target in translation.targets for term in terms(target, other)}
        for word in translation.source.split():
            targets.setdefault(word, set()).update(stems)
    unique = dict.fromkeys(word for word in words(text) if not is_stop_word(word, language))
    return tuple((stem(word, language), frozenset(targets.get(word, ()))) for word in unique)


def _normalised(scores: Mapping[str, float], floor: float | None = None) -> dict[str, float]:
    if not scores:
        return {}
    low = min(scores.values()) if floor is None else floor
    spread = max(scores.values()) - low
    return {key: (value - low) / spread if spread > 0 else 1.0 for key, value in scores.items()}


def _overlap(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / max(1, len(left | right))
