"""A follow-up question as it reads without the conversation; small talk, which is not a search at all.

Whether a question leans on the conversation is decided by rules, also with a model: an independent question is never
rewritten, so it cannot be rewritten wrongly.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from assistant.coach.prompting import rewrite_messages
from assistant.coach.types import Turn
from assistant.model.chat_model import ChatModel
from assistant.model.errors import ModelError
from knowledge.analysis import is_stop_word, stem, words
from knowledge.text import detect_query_language, sentences
from knowledge.types import Language

_LONGEST_REWRITE = 300
_MOST_REWRITTEN_WORDS = 40
_MOST_CARRIED_WORDS = 10
_FEW_CONTENT_WORDS = 2
_SHORT_PHRASE = 4


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(entry.split()) for entry in text.split("|"))


_SMALL_TALK = _phrases(
    """hi|hello|hey|hallo|hoi|hai|yo|good morning|good afternoon|good evening|goedemorgen|goedemiddag|goedenavond|
    goeiemorgen|goeiemiddag|bye|goodbye|see you|doei|tot ziens|tot morgen|thanks|thank you|thanks a lot|many thanks|
    thank you very much|thank you so much|thx|ty|thnx|cheers|much appreciated|bedankt|dank|dank je|dank u|dank je wel|
    dank u wel|dankjewel|dankuwel|hartelijk dank|heel erg bedankt|ok|oke|okay|okee|cool|super|perfect|great|nice|
    awesome|got it|i see|understood|that helps|very helpful|helpful|that was helpful|great answer|good answer|helder|
    duidelijk|snap ik|ik snap het|begrepen|goed antwoord|daar heb ik wat aan|dat helpt|handig|fijn|mooi zo|gelukt|
    how are you|how are you doing|hoe gaat het|hoe is het|hoe gaat het met je|wie ben je|who are you|wat kun je|
    wat kan je|what can you do|test|i have a question|ik heb een vraag|mag ik iets vragen|can i ask you something"""
)
# Small talk in one language, perhaps a subject in the other.
_SMALL_TALK_IN: dict[Language, frozenset[str]] = {
    "nl": _phrases("dag|top|prima|mooi|goed|ja|nee|is goed|goed zo"),
    "en": _phrases("yes|no|fine|good|sure|alright|all right|right"),
}
_BESIDE_SMALL_TALK = _phrases(
    """coach|salescoach|there|daar|allemaal|all|everyone|iedereen|hoor|joh|again|so far|for now|for your help|
    for the help|for that|for the answer|for your answer|for the tip|for the tips|voor je hulp|voor de hulp|
    voor je antwoord|voor het antwoord|voor de tip|voor de tips|alvast|zo ver|voor nu"""
)

# A question that begins like this goes on with what was said ...
_GOES_ON = re.compile(
    r"^(?:en|maar|and|but)\b|^(?:what|how) about\b|^(?:hoe|waarom|wat|why|how|what|and) (?:dan|so|come|then)\b"
    r"|^(?:bijvoorbeeld|for example|for instance|like what|nog|meer|more|another|hoezo|then)\b",
    re.IGNORECASE,
)
# ... and like this only when it says little by itself.
_MAY_GO_ON = re.compile(r"^(?:what if|wat als|stel|of|or|so|dus|ook|also|because|want)\b", re.IGNORECASE)
_LOOSE_PHRASE = re.compile(
    r"^(?:per|via|bij|voor|met|zonder|in|op|tijdens|by|with|without|for|on|at|to|from|during)\b", re.IGNORECASE
)

_PERSON_POINTERS = frozenset("hij zij ze hem haar hen hun he she they him her them".split())
_THING_POINTERS = frozenset("dit deze this these".split())
_WEAK_POINTERS = frozenset(
    """dat die daar daarna daarmee daarvan daarvoor daarop daarover ermee erop ervan ervoor erover zoiets hetzelfde
    zo it that those there then same above such one ones""".split()
)
# 'This quarter' points at the calendar, not at the conversation.
_CALENDAR = frozenset("week weken maand kwartaal jaar keer dagen month quarter year time days weeks moment".split())
# 'The customer says he ...' brings along whom it points at.
_PEOPLE = frozenset(
    """klant klanten koper kopers inkoper inkopers prospect prospects directeur baas secretaresse receptioniste manager
    collega relatie beslisser eigenaar team lead leads verkoper verkopers iemand mensen medewerker customer customers
    client clients buyer buyers purchaser boss secretary gatekeeper receptionist colleague owner rep reps someone
    somebody people salesman seller""".split()
)
# Words of a request about an answer rather than about selling.
_ABOUT_THE_ANSWER = frozenset(
    """voorbeeld voorbeelden voorbeeldzin zin zinnen uitleg leg uitleggen bedoel bedoelt korter langer anders vertel
    geef geven noem noemen samenvatting stap stappen tip tips precies concreet concreter idee ideeen zeg
    zeggen doe werkt vaak eerste tweede derde laatste telefoon mail
    example examples sentence sentences explain elaborate mean shorter longer tell give summary summarise summarize step
    steps exactly idea ideas say phone mail detail details else work works help best first second third last""".split()
)
_ANSWER_LIKE = re.compile(r"\[\d|\*\*|^[-*•]\s|^\d+[.)]\s", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:(?:standalone |rewritten |search )?question|the question by itself|de vraag op zichzelf|"
    r"(?:zelfstandige |herschreven )?vraag)\s*:\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question to search with, and what went wrong when a model was asked for it."""

    question: str
    error: ModelError | None = None


def small_talk(question: str, language: Language) -> bool:
    """Return whether the question is only a greeting, thanks or the like, in Dutch or English."""
    tokens = words(question)
    return not tokens or _small_talk_pattern(language).fullmatch(" ".join(tokens)) is not None


def needs_rewrite(question: str, turns: Sequence[Turn]) -> bool:
    """Return whether the question leans on the conversation: a back-reference, or too little to search with."""
    earlier = _real(turns)
    if not earlier:
        return False
    language = _language(question, earlier)
    tokens, content = words(question), _content(question, language)
    if small_talk(question, language):
        return False
    if not content or _GOES_ON.match(question.strip()) or _points_back(tokens):
        return True
    if len(tokens) <= _SHORT_PHRASE and _LOOSE_PHRASE.match(question.strip()):
        return True
    says_little = len(content) <= _FEW_CONTENT_WORDS
    return says_little and (bool(_MAY_GO_ON.match(question.strip())) or _may_point_back(tokens, language))


def standalone(question: str, turns: Sequence[Turn], model: ChatModel | None) -> Standalone:
    """Return the question as it reads without the conversation; by rules without a model or when it fails."""
    if not needs_rewrite(question, turns):
        return Standalone(question)
    earlier = _real(turns)
    language = _language(question, earlier)
    by_rules = _joined(question, earlier[-1], language)
    if model is None:
        return Standalone(by_rules)
    try:
        reply = model.complete(rewrite_messages(question, earlier, language))
    except ModelError as error:
        return Standalone(by_rules, error)
    rewritten = _bare(reply)
    return Standalone(rewritten if _is_usable(rewritten, question, earlier[-1], language) else by_rules)


@cache
def _small_talk_pattern(language: Language) -> re.Pattern[str]:
    talk = _alternatives(_SMALL_TALK | _SMALL_TALK_IN[language])
    beside = _alternatives(_BESIDE_SMALL_TALK)
    return re.compile(rf"(?:{talk})(?: (?:(?:en|and) )?(?:{talk})| (?:{beside}))*")


def _alternatives(phrases: frozenset[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def _real(turns: Sequence[Turn]) -> list[Turn]:
    return [turn for turn in turns if not turn.answer.is_small_talk]


def _language(question: str, earlier: Sequence[Turn]) -> Language:
    return detect_query_language(question, earlier[-1].answer.language)


def _content(text: str, language: Language) -> list[str]:
    """Return the words that say what a question is about, in order."""
    empty = _ABOUT_THE_ANSWER | _SMALL_TALK
    return [word for word in words(text) if not is_stop_word(word, language) and word not in empty]


def _points_back(tokens: Sequence[str]) -> bool:
    """Return whether a pronoun stands for someone or something that the question itself does not name."""
    if not _PERSON_POINTERS.isdisjoint(tokens) and _PEOPLE.isdisjoint(tokens):
        return True
    following = [*tokens[1:], ""]
    return any(
        token in _THING_POINTERS and after not in _CALENDAR for token, after in zip(tokens, following, strict=True)
    )


def _may_point_back(tokens: Sequence[str], language: Language) -> bool:
    """Return whether a weak pointer stands by itself; 'a customer who' and 'een klant die' point at what they name."""
    preceding = ["", *tokens[:-1]]
    return any(
        token in _WEAK_POINTERS and (not before or is_stop_word(before, language) or before in _ABOUT_THE_ANSWER)
        for before, token in zip(preceding, tokens, strict=True)
    )


def _joined(question: str, before: Turn, language: Language) -> str:
    """Return the question with what the one before it was about."""
    known = _stems(question, language)
    carried = [
        word
        for word in dict.fromkeys(_content(before.search_question or before.question, before.answer.language))
        if stem(word, language) not in known
    ]
    return f"{question} ({' '.join(carried[:_MOST_CARRIED_WORDS])})" if carried else question


def _bare(reply: str) -> str:
    return _LABEL.sub("", reply.strip()).strip(" \"'“”‘’«»")


def _is_usable(rewritten: str, question: str, before: Turn, language: Language) -> bool:
    """Return whether the model's text is a question about the same thing in the same language, and no answer."""
    if not rewritten or "\n" in rewritten or len(rewritten) > _LONGEST_REWRITE or _ANSWER_LIKE.search(rewritten):
        return False
    if len(words(rewritten)) > _MOST_REWRITTEN_WORDS or len(sentences(rewritten)) > 2:
        return False
    if detect_query_language(rewritten, language) != language:
        return False
    kept = _stems(rewritten, language)
    asked, earlier = _stems(question, language), _stems(before.search_question or before.question, language)
    return bool(kept & earlier) and (not asked or bool(kept & asked))


def _stems(text: str, language: Language) -> set[str]:
    return {stem(word, language) for word in _content(text, language)}
