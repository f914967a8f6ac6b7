"""One search: ask both indexes, fuse, look the passages up in the catalog, diversify, judge the evidence."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.catalog import Catalog
from knowledge.embedding import Embedder
from knowledge.errors import EmbeddingError
from knowledge.evidence import EvidenceSigns, EvidenceThreshold, evidence_score, rarity_from, signs
from knowledge.extracting import candidates, sentence_score
from knowledge.glossary import Glossary
from knowledge.ranking import (
    POOL,
    Probe,
    Question,
    diversify,
    fuse,
    prepare,
)
from knowledge.text import detect_query_language
from knowledge.types import Document, Extract, Hit, Passage, SearchFilter, SearchResult
from knowledge.vectors import VectorIndex
from knowledge.word_index import WordIndex

logger = logging.getLogger(__name__)

_EMBEDDED = 40
"""Sentences that are embedded to choose the quotes, those nearest by words; more would be felt as waiting."""

_JUDGED = 5
"""Hits whose support is looked at for the evidence."""


@dataclass(frozen=True, slots=True)
class Rankings:
    """Scores of each ranker and of both together, by passage id; higher is better."""

    question: Question
    words: dict[str, float]
    vectors: dict[str, float]
    fused: dict[str, float]
    found: dict[str, tuple[Passage, Document]]
    vectors_used: bool


class Searcher:
    """Finds passages; holds no state of its own."""

    def __init__(
        self,
        catalog: Catalog,
        vectors: VectorIndex,
        words: WordIndex,
        embedder: Embedder,
        glossary: Glossary,
        threshold: EvidenceThreshold | None = None,
    ) -> None:
        self._catalog = catalog
        self._vectors = vectors
        self._words = words
        self._embedder = embedder
        self._glossary = glossary
        self._threshold = threshold or EvidenceThreshold()

    def search(
        self, query: str, top: int, language: str | None, where: SearchFilter, *, use_vectors: bool
    ) -> SearchResult:
        """Return the best passages for a query."""
        asked_in = language if language in ("nl", "en") else detect_query_language(query, "en")
        ranked = self.rank(query, asked_in, where, use_vectors=use_vectors)
        hits = diversify(_hits(ranked), top)
        rarity = rarity_from(self._words.frequency, self._words.count())
        score = evidence_score(ranked.question, hits[:_JUDGED], _nearest(ranked), rarity)
        return SearchResult(
            hits=tuple(hits),
            evidence=self._threshold.judge(score),
            language=asked_in,
            best_score=score,
            vectors_used=ranked.vectors_used,
        )

    def signs(self, query: str, language: str, *, use_vectors: bool) -> EvidenceSigns:
        """Return what the evidence for a query is judged by: what bench/evidence fits the weights to."""
        ranked = self.rank(query, language, SearchFilter(), use_vectors=use_vectors)
        hits = diversify(_hits(ranked), _JUDGED)
        return signs(ranked.question, hits, _nearest(ranked), rarity_from(self._words.frequency, self._words.count()))

    def rank(self, query: str, language: str, where: SearchFilter, *, use_vectors: bool, pool: int = POOL) -> Rankings:
        """Return the scores of words, vectors and both for the passages that search may show."""
        question = prepare(query, language, self._glossary, self._embedder.languages)
        allowed = self._allowed(where)
        if not question.words or allowed == []:
            return Rankings(question, {}, {}, {}, {}, use_vectors)
        by_words = dict(self._words.search(question.words, pool, allowed or ()))
        answers = self._probe(question.probes, pool, allowed or ()) if use_vectors else None
        found = self._look_up({*by_words, *(key for answer in answers or () for key, _ in answer)})
        by_vectors, shares = _compare(question.probes, answers or [], found)
        by_words = {key: score for key, score in by_words.items() if key in found}
        fused = fuse(by_words, by_vectors, shares)
        return Rankings(question, by_words, by_vectors, fused, found, answers is not None)

    def extract(self, query: str, hits: Sequence[Hit], language: str, *, use_vectors: bool) -> list[Extract]:
        """Return the sentences of the hits that may answer the query, best first."""
        question = prepare(query, language, self._glossary, self._embedder.languages)
        rarity = rarity_from(self._words.frequency, self._words.count())

        def scored(items: Sequence[Extract], closeness: Mapping[Extract, float]) -> list[Extract]:
            scores = {item: sentence_score(question, item, closeness.get(item, 0.0), rarity) for item in items}
            return sorted(items, key=lambda item: -scores[item])

        by_words = scored(candidates(hits), {})
        closeness = self._closeness(question, by_words) if use_vectors else {}
        return [
            replace(item, score=sentence_score(question, item, closeness.get(item, 0.0), rarity))
            for item in scored(by_words, closeness)
        ]

    def _closeness(self, question: Question, found: Sequence[Extract]) -> dict[Extract, float]:
        """Return the cosine of each sentence with the probe that suits its language; empty when the model fails."""
        try:
            asked = self._embedder.embed([probe.text for probe in question.probes])
            known = [item for item in found if question.understands(item.hit.document.language)][:_EMBEDDED]
            vectors = self._embedder.embed([item.text for item in known])
        except EmbeddingError as error:
            logger.warning("choosing sentences by words alone: %s", error)
            return {}
        scores: dict[Extract, float] = {}
        for item, vector in zip(known, vectors, strict=True):
            for probe, wanted in zip(question.probes, asked, strict=True):
                if not probe.languages or item.hit.document.language in probe.languages:
                    scores[item] = max(float(vector @ wanted), scores.get(item, 0.0))
        return scores

    def _allowed(self, where: SearchFilter) -> list[str] | None:
        if where == SearchFilter():
            return None
        return [document.id for document in self._catalog.documents(where)]

    def _probe(
        self, probes: Sequence[Probe], pool: int, allowed: Sequence[str]
    ) -> list[list[tuple[str, float]]] | None:
        """Return what each probe finds; None when the embedding model does not answer."""
        try:
            vectors = self._embedder.embed([probe.text for probe in probes])
        except EmbeddingError as error:
            logger.warning("searching by words alone: %s", error)
            return None
        return [self._vectors.search(vector, pool, allowed) for vector in vectors]

    def _look_up(self, passage_ids: set[str]) -> dict[str, tuple[Passage, Document]]:
        passages = self._catalog.passages(passage_ids)
        owners = tuple({passage.document_id for passage in passages.values()})
        documents = {d.id: d for d in self._catalog.documents(SearchFilter(document_ids=owners))} if owners else {}
        return {key: (passage, documents[passage.document_id]) for key, passage in passages.items()}


def _compare(
    probes: Sequence[Probe],
    answers: Sequence[Sequence[tuple[str, float]]],
    found: dict[str, tuple[Passage, Document]],
) -> tuple[dict[str, float], dict[str, float]]:
    """Return per passage the cosine with the probe that suits its language, and the vectors' share in the fusion."""
    scores: dict[str, float] = {}
    shares: dict[str, float] = {}
    for key, (_, document) in found.items():
        for probe in probes:
            if not probe.languages or document.language in probe.languages:
                shares[key] = max(shares.get(key, 0.0), probe.weight)
    for probe, answer in zip(probes, answers, strict=False):
        for key, similarity in answer:
            if key in found and (not probe.languages or found[key][1].language in probe.languages):
                scores[key] = max(similarity, scores.get(key, -1.0))
    return scores, shares if answers else {}


def _nearest(ranked: Rankings) -> float:
    """Return the best cosine among passages whose language the embedding model knows; 0 without any."""
    understood = ranked.question.understands
    return max(
        (score for key, score in ranked.vectors.items() if understood(ranked.found[key][1].language)), default=0.0
    )


def _hits(ranked: Rankings) -> list[Hit]:
    return [
        Hit(
            passage=ranked.found[key][0],
            document=ranked.found[key][1],
            score=score,
            word_score=ranked.words.get(key, 0.0),
            vector_score=ranked.vectors.get(key, 0.0),
        )
        for key, score in ranked.fused.items()
    ]
