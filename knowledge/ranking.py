"""From a question to ranked passages: word query, vector probes, fusion and diversity.

Pure functions over scores; the stores are asked by knowledge.searching.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.analysis import compound_parts, is_stop_word, stem, terms, words
from knowledge.glossary import Glossary, Translation
from knowledge.types import Hit
from knowledge.word_index import WordQuery

POOL = 60
"""Candidates taken from each ranker before fusion."""

_PART_WEIGHT = 0.4
_TRANSLATION_WEIGHTS = (0.7, 0.5, 0.35)
_UNTRANSLATED_WEIGHT = 0.7
# The vectors' share in the fusion, best on faq-en, faq-nl and faq-nl2en among 0, .1, .. 1: a language the embedding
# model knows, one it does not know, and a question glossed word by word into one it knows.
_KNOWN_SHARE = 0.6
_UNKNOWN_SHARE = 0.15
_GLOSSED_SHARE = 0.3

_SAME_DOCUMENT_DECAY = 0.94
_NEAR_DUPLICATE = 0.8


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
    known_languages: frozenset[str]
    """Languages whose vectors mean something to the embedding model (empty: all)."""

    def understands(self, language: str) -> bool:
        """Return whether cosines with texts in that language can be relied upon."""
        return not self.known_languages or language in self.known_languages


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
        known_languages=embedder_languages,
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
        return (Probe(text, frozenset(), _KNOWN_SHARE),)
    if language in embedder_languages:
        return (Probe(text, embedder_languages, _KNOWN_SHARE),)
    probes = [Probe(text, frozenset({language}), _UNKNOWN_SHARE)]
    if translations:
        gloss = " ".join(translation.targets[0] for translation in translations)
        probes.append(Probe(gloss, embedder_languages, _GLOSSED_SHARE))
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
