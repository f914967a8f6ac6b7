"""From passages to the sentences in them that may be quoted as an answer."""

import re
from collections.abc import Callable, Sequence

from knowledge.analysis import words
from knowledge.evidence import coverage
from knowledge.ranking import Question
from knowledge.text import sentences
from knowledge.types import Extract, Hit

_FEWEST_WORDS = 6
_MOST_WORDS = 48

# A sentence that leans on the one before it says little when it is quoted alone.
_LEANS = re.compile(
    r"(this|these|those|that|it|he|she|they|such|moreover|so|but|and|or|for|then|thus|hence|certainly|however|"
    r"therefore|in (this|these|that|such)|let us|again|yet|also|dit|deze|die|dat|hij|zij|ze|zo|maar|en|of|want|dus|"
    r"daarom|daarmee|daardoor|bovendien|toch|ook)\b|.*\b(zoiets|the latter|the former)\b",
    re.IGNORECASE,
)
_LEANING_WORTH = 0.75

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
    return found


def sentence_score(question: Question, item: Extract, closeness: float, rarity: Callable[[str, str], float]) -> float:
    """Return how well a sentence answers: the rank of its passage, the question's words in it, its cosine."""
    covered = coverage(question, item.text, item.hit.document.language, rarity)
    near = min(1.0, max(0.0, closeness) / 0.65)
    rest = _COVERAGE_SHARE * covered + _CLOSENESS_SHARE * near if closeness else 0.55 * covered
    score = _PASSAGE_SHARE * item.hit.score + rest
    return score * _LEANING_WORTH if _LEANS.match(item.text.lstrip("\"'“‘")) else score


def _is_statement(sentence: str) -> bool:
    bare = sentence.rstrip("\"'”’»)] ")
    return (sentence[:1].isupper() and bare.endswith((".", "!"))) or (sentence[:1] in "'‘“\"" and bare.endswith("."))
