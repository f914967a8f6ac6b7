"""From passages to the sentences in them that may be quoted as an answer."""

from collections.abc import Callable, Sequence

from knowledge.analysis import words
from knowledge.ranking import Question, coverage
from knowledge.text import sentences
from knowledge.types import Extract, Hit

_FEWEST_WORDS = 6
_MOST_WORDS = 48
_MOST_SENTENCES = 60
"""Embedding more than these would be felt as waiting."""

_PASSAGE_SHARE = 0.45
_COVERAGE_SHARE = 0.2
_CLOSENESS_SHARE = 0.35


def candidates(hits: Sequence[Hit]) -> list[Extract]:
    """Return the quotable sentences of the hits, in the order of the hits, unscored.

    Left out: fragments, sentences too long to be read as a quote, and questions (advice is not a question, except
    where it is quoted inside a sentence).
    """
    found: list[Extract] = []
    for hit in hits:
        text = hit.passage.text
        for start, end in sentences(text):
            sentence = text[start:end]
            if _FEWEST_WORDS <= len(words(sentence)) <= _MOST_WORDS and _is_statement(sentence):
                found.append(Extract(hit, start, end, sentence, 0.0))
    return found[:_MOST_SENTENCES]


def sentence_score(question: Question, item: Extract, closeness: float, rarity: Callable[[str, str], float]) -> float:
    """Return how well a sentence answers: the rank of its passage, the question's words in it, its cosine."""
    covered = coverage(question, item.text, item.hit.document.language, rarity)
    near = min(1.0, max(0.0, closeness) / 0.65)
    rest = _COVERAGE_SHARE * covered + _CLOSENESS_SHARE * near if closeness else 0.55 * covered
    return _PASSAGE_SHARE * item.hit.score + rest


def _is_statement(sentence: str) -> bool:
    bare = sentence.rstrip("\"'”’»)] ")
    return (sentence[:1].isupper() and bare.endswith((".", "!"))) or (sentence[:1] in "'‘“\"" and bare.endswith("."))
