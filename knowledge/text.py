"""Sentence borders and the language of a text: what both the splitter and the coach need to know about prose."""

import re
from functools import lru_cache

from lingua import ConfidenceValue, IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder

from knowledge.types import Language as InterfaceLanguage

UNDETERMINED = "und"
"""The language code of a text without words to go by."""

_SAMPLE_CHARACTERS = 2_000
_SAMPLES = 5
_CLEAR_MARGIN = 0.25

_LINE_MARK = re.compile(r"\s*(?:#{1,6}\s+|[-*+•]\s+|\d{1,3}[.)]\s+|>\s+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)")
_LAST_TOKEN = re.compile(r"\S+$")
_OPENING = "\"'“‘„«([¿¡-–—"
# Dutch sentences may begin with a shortened word in lower case: "'s Avonds belt hij terug."
_CLITIC = re.compile(r"['’‘`][strnkm]\s+(?=[A-Z])")
_ROMAN_OR_NUMBER = re.compile(r"(?:\d|[ivxlc]+\b)", re.IGNORECASE)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]{1,3}")


def _word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Never the last word of a sentence: a name, an example or a number follows.
_ANNOUNCERS = _word_set(
    "mr mrs ms dr st prof rev hon gen col capt lt sgt messrs mme mlle sen gov pres supt "
    "dhr mevr mw hr drs ir ing ds jhr mej "
    "bijv bv vb vgl resp incl excl zgn evt ca vs viz cf eg ie al approx esp"
)
# Abbreviations only when a number follows: 'No. 5', but 'No. He refused.'
_BEFORE_NUMBER = _word_set(
    "no nos nr nrs p pp pg art fig figs vol vols ch chap chs sec par pag blz bl hfst hst afb tab st bd ed dl ver"
)
# Dotted abbreviations that may well end a sentence; all others ('e.g.', 'd.w.z.', 'o.a.') announce something.
_DOTTED_ENDERS = _word_set("a.u.b e.d e.a a.m p.m u.s u.k u.s.a b.v n.v b.c a.d ph.d m.b.a d.c e.o e.v a.s j.l")

# Words that a question is built from and that belong to one language only (not 'of', 'is', 'we', 'had', 'over',
# 'want'). They decide where letter statistics waver: jargon makes 'wat is een USP' look English to a detector.
_DUTCH_WORDS = _word_set(
    "aan als bij dan dat de deze die dit doe doet een en er ga gaat gaan geen geef geeft heb hebben heeft het hij hoe "
    "hoeveel hoi hallo iemand iets ik ja jij je jou jouw kan klant klanten kun kunnen maak maar mag meer met mij mijn "
    "moet moeten naar nee niet niets nog nu om ons onze ook op te tegen tijdens tot uit u uw van veel vind voor waar "
    "waarom wanneer wat welk welke werkt wie wij wil willen wilt word worden wordt zeg zegt zich zij zijn zo zou "
    "zonder bedankt dankjewel dankuwel goedemorgen goedemiddag zoek uitleg"
)
_ENGLISH_WORDS = _word_set(
    "about and any are as at can could customer customers did do does don't for from get give has have hello hi how i "
    "i'm if into it it's its much my no not off on or our out please say says she should so than thank thanks that "
    "the their them then there these they this those to too us what what's when where which who why will with would "
    "yes you your"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of `text`, in order.

    A line break is always a border, so a heading, a list item and a paragraph never flow into one another. Marks at
    the start of a line (`#`, `-`, `1.`, `>`) and white space around a sentence lie outside the spans.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        spans.extend(_line_sentences(text, start, start + len(line)))
        start += len(line)
    return spans


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the language `text` is in, or `UNDETERMINED` without words.

    Knows Dutch, English, German, French and Spanish. A long text is judged by samples from its whole length, so a
    foreign preface does not decide.
    """
    votes: dict[str, float] = {}
    for sample in _samples(text):
        for language, confidence in _confidences(sample):
            votes[language] = votes.get(language, 0.0) + confidence
    best = max(votes, key=lambda code: votes[code], default=UNDETERMINED)
    return best if votes.get(best, 0.0) > 0 else UNDETERMINED


def detect_query_language(text: str, default: InterfaceLanguage) -> InterfaceLanguage:
    """Return whether a person's question is Dutch or English; `default` when nothing in it tells."""
    words = {word.lower().replace("’", "'") for word in _WORD.findall(text)}
    dutch = len(words & _DUTCH_WORDS)
    english = len(words & _ENGLISH_WORDS)
    if dutch != english:
        return "nl" if dutch > english else "en"
    confidence = dict(_confidences(text))
    margin = confidence.get("nl", 0.0) - confidence.get("en", 0.0)
    if abs(margin) < _CLEAR_MARGIN:
        return default
    return "nl" if margin > 0 else "en"


def _line_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    while end > start and text[end - 1].isspace():
        end -= 1
    mark = _LINE_MARK.match(text, start, end)
    begin = mark.end() if mark else start
    spans: list[tuple[int, int]] = []
    for match in _SENTENCE_END.finditer(text, begin, end):
        following = _first_not_space(text, match.end(), end)
        if match.start() >= begin and _is_border(text, begin, match, text[following:end][:12]):
            spans.append((begin, match.end()))
            begin = following
    if begin < end:
        spans.append((begin, end))
    return spans


def _is_border(text: str, begin: int, match: re.Match[str], following: str) -> bool:
    clitic = _CLITIC.match(following)
    first = following[clitic.end() :][:1] if clitic else following.lstrip(_OPENING)[:1]
    if not first or first.islower():
        return False
    if match.group() != ".":
        return True
    token_match = _LAST_TOKEN.search(text[max(begin, match.start() - 40) : match.start()])
    token = token_match.group().lstrip(_OPENING) if token_match else ""
    return not _is_abbreviation(token, following)


def _is_abbreviation(token: str, following: str) -> bool:
    lower = token.lower()
    if lower in _BEFORE_NUMBER and _ROMAN_OR_NUMBER.match(following):
        return True
    if lower in _ANNOUNCERS:
        return True
    if len(token) == 1 and token.isalpha():
        # An initial: 'W. W. Atkinson'. The English pronoun is the one letter that often ends a sentence.
        return token.isupper() and lower != "i"
    return _DOTTED.fullmatch(token) is not None and lower not in _DOTTED_ENDERS


def _first_not_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _samples(text: str) -> list[str]:
    if len(text) <= _SAMPLES * _SAMPLE_CHARACTERS:
        return [text]
    step = len(text) // _SAMPLES
    # From the middle of each fifth, so that the borders of the text weigh no more than its body.
    starts = [index * step + (step - _SAMPLE_CHARACTERS) // 2 for index in range(_SAMPLES)]
    return [text[start : start + _SAMPLE_CHARACTERS] for start in starts]


def _confidences(text: str) -> list[tuple[str, float]]:
    values: list[ConfidenceValue] = _detector().compute_language_confidence_values(text)
    return [(_code(value.language), value.value) for value in values]


def _code(language: Language) -> str:
    code: IsoCode639_1 = language.iso_code_639_1
    return code.name.lower()


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    # German, French and Spanish are known so that a book in them is not called Dutch. The statistics of three
    # letters are enough for whole questions and load in a fraction of the time.
    languages = (Language.DUTCH, Language.ENGLISH, Language.GERMAN, Language.FRENCH, Language.SPANISH)
    return LanguageDetectorBuilder.from_languages(*languages).with_low_accuracy_mode().build()
