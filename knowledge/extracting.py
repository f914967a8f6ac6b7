"""From passages to the sentences in them that may be quoted as an answer."""

import re
from collections.abc import Callable, Iterator, Sequence

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
_ENDS_IN_A_QUESTION_TO_ASK = re.compile(r"[A-Z][^\"“„?]{12,}[\"“„][^\"“”„]+\?[\"”]$")

_PASSAGE_SHARE = 0.45
_COVERAGE_SHARE = 0.2
_CLOSENESS_SHARE = 0.35


def candidates(hits: Sequence[Hit]) -> list[Extract]:
    """Return the quotable sentences of the hits, in the order of the hits, unscored.

    What stands between quotation marks is kept together: half of something to say cannot be said. Left out: fragments,
    sentences too long to be read as a quote, and questions, except where a sentence ends in a question to ask.
    """
    found: list[Extract] = []
    for hit in hits:
        text = hit.passage.text
        for start, end in _with_whole_quotations(text):
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


def _with_whole_quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences, those of one quotation together; of a long one, those inside it."""
    waiting: list[tuple[int, int]] = []
    for start, end in sentences(text):
        if waiting and "\n" in text[waiting[-1][1] : start]:
            # The quotation was not closed where its paragraph ended, as in a letter that goes on.
            yield from waiting
            waiting = []
        waiting.append((start, end))
        if _is_balanced(text[waiting[0][0] : end]):
            whole = (waiting[0][0], end)
            is_short = len(words(text[whole[0] : whole[1]])) <= _MOST_WORDS
            yield from [whole] if is_short else (span for span in waiting if _is_balanced(text[span[0] : span[1]]))
            waiting = []
    yield from waiting


def _is_balanced(text: str) -> bool:
    return text.count('"') % 2 == 0 and text.count("“") + text.count("„") == text.count("”")


def _is_statement(sentence: str) -> bool:
    if _ENDS_IN_A_QUESTION_TO_ASK.match(sentence):
        return True
    bare = sentence.rstrip("\"'”’»)] ")
    return (sentence[:1].isupper() and bare.endswith((".", "!"))) or (sentence[:1] in "'‘“\"" and bare.endswith("."))
