"""What to ask, at the start and next: ready-made questions by skill, in the asker's language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib import resources
from itertools import zip_longest

import yaml

from knowledge.analysis import terms, words
from knowledge.types import LANGUAGES, Hit, Language, Skill

_MOST = 3
_MOST_EXAMPLES = 6
_BEST_START = (
    Skill.OBJECTION_HANDLING,
    Skill.PROSPECTING,
    Skill.DISCOVERY,
    Skill.CLOSING_NEXT_STEP,
    Skill.NEGOTIATION,
    Skill.ACCOUNT_MANAGEMENT,
)
"""The skills that reps ask about most; a first page shows one question of each."""
_SAME_TERMS = 0.6
_SAME_LETTERS = 0.9


@dataclass(frozen=True, slots=True)
class Question:
    """One question as a person would type it in each language."""

    nl: str
    en: str

    def wording(self, language: Language) -> str:
        """Return the question in a language."""
        return self.nl if language == "nl" else self.en


@cache
def questions() -> Mapping[Skill, tuple[Question, ...]]:
    """Return the questions of every skill, the best example first."""
    text = resources.files("knowledge").joinpath("starter/questions.yaml").read_text(encoding="utf-8")
    entries: dict[str, list[dict[str, str]]] = yaml.safe_load(text)
    return {Skill(skill): tuple(Question(**entry) for entry in listed) for skill, listed in entries.items()}


def examples(language: Language, turn: int, skill: Skill | None = None) -> tuple[str, ...]:
    """Return up to six questions for an empty page, other ones at each turn (from 0) until all have been shown.

    Of one skill when it is given; else one of each of six skills, those that reps ask about most first.
    """
    if skill is not None:
        ordered = list(questions()[skill])
    else:
        skills = (*_BEST_START, *(other for other in Skill if other not in _BEST_START))
        columns = zip_longest(*(questions()[one] for one in skills))
        ordered = [question for column in columns for question in column if question is not None]
    start = turn * _MOST_EXAMPLES % (-(-len(ordered) // _MOST_EXAMPLES) * _MOST_EXAMPLES)
    return tuple(question.wording(language) for question in ordered[start : start + _MOST_EXAMPLES])


def for_skills(hits: Sequence[Hit], language: Language, asked: Sequence[str]) -> tuple[str, ...]:
    """Return up to three questions to ask next, those of the first hits' skills first.

    `asked` holds the questions of the conversation; whatever equals or nearly equals one of them, in either language,
    is passed over. Empty when no hit's document has a skill.
    """
    skills = dict.fromkeys(skill for hit in hits for skill in hit.document.skills)
    chosen: list[str] = []
    for question in _in_order(skills):
        wording = question.wording(language)
        if not _was_asked(question, asked) and not any(_alike(wording, other, language) for other in chosen):
            chosen.append(wording)
        if len(chosen) == _MOST:
            break
    return tuple(chosen)


def _in_order(skills: Iterable[Skill]) -> Iterator[Question]:
    for skill in skills:
        yield from questions().get(skill, ())


def _was_asked(question: Question, asked: Sequence[str]) -> bool:
    """Both wordings count: who asked it in Dutch has no use for its English twin."""
    return any(_alike(question.wording(language), earlier, language) for earlier in asked for language in LANGUAGES)


def _alike(offered: str, earlier: str, language: Language) -> bool:
    """Return whether the offered question brings nothing new: the same letters but for a slip, or the same terms."""
    plain_offered, plain_earlier = " ".join(words(offered)), " ".join(words(earlier))
    if SequenceMatcher(None, plain_offered, plain_earlier).ratio() >= _SAME_LETTERS:
        return True
    new, old = set(terms(offered, language)), set(terms(earlier, language))
    if not new or not old:
        return False
    return new <= old or len(new & old) / len(new | old) >= _SAME_TERMS
