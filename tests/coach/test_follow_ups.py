"""Follow-up and example questions: complete, in the asker's language, never what was asked already."""

from itertools import combinations

import pytest

from assistant.coach.follow_ups import examples, for_skills, questions
from knowledge.analysis import words
from knowledge.types import LANGUAGES, Document, Hit, Language, Locator, Passage, Skill, SourceKind

EVERYTHING = {
    language: {q.wording(language) for listed in questions().values() for q in listed} for language in LANGUAGES
}


def hit(*skills: Skill, language: str = "nl", score: float = 0.8) -> Hit:
    name = "-".join(skills) or "untagged"
    document = Document(name, SourceKind.ARTICLE, name, language, f"upload:{name}.md", "hash", "print", skills=skills)
    text = "Vraag eerst waarmee de klant je prijs vergelijkt."
    return Hit(Passage(f"{name}-0", name, 0, text, Locator(0, len(text))), document, score)


def of(skill: Skill, language: Language = "nl") -> list[str]:
    return [question.wording(language) for question in questions()[skill]]


def test_every_skill_has_ten_questions() -> None:
    assert set(questions()) == set(Skill)
    assert {skill: len(listed) for skill, listed in questions().items()} == dict.fromkeys(Skill, 10)


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_are_short_and_unique(language: Language) -> None:
    wordings = [question.wording(language) for listed in questions().values() for question in listed]

    assert len({" ".join(words(wording)) for wording in wordings}) == len(wordings) == 10 * len(Skill)
    assert all(wording.endswith("?") and wording == wording.strip() for wording in wordings)
    assert [wording for wording in wordings if not 3 <= len(words(wording)) <= 16] == []


def test_no_question_is_the_same_in_both_languages() -> None:
    assert EVERYTHING["nl"].isdisjoint(EVERYTHING["en"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("skill", Skill)
def test_a_skill_gives_three_of_its_own_questions_in_order(skill: Skill, language: Language) -> None:
    assert list(for_skills([hit(skill)], language, ())) == of(skill, language)[:3]


def test_the_language_is_the_askers_and_not_the_documents() -> None:
    assert set(for_skills([hit(Skill.LISTENING, language="nl")], "en", ())) <= EVERYTHING["en"]
    assert set(for_skills([hit(Skill.LISTENING, language="en")], "nl", ())) <= EVERYTHING["nl"]


def test_the_first_hits_come_first_and_untagged_documents_are_passed_over() -> None:
    hits = [hit(), hit(Skill.NEGOTIATION), hit(), hit(Skill.DISCOVERY)]
    asked = of(Skill.NEGOTIATION)[:8]

    assert list(for_skills(hits, "nl", asked)) == [*of(Skill.NEGOTIATION)[8:], of(Skill.DISCOVERY)[0]]


def test_without_skills_there_is_nothing_to_offer() -> None:
    assert for_skills([], "nl", ()) == ()
    assert for_skills([hit(), hit()], "en", ("How do I open?",)) == ()


def test_when_all_was_asked_nothing_is_left() -> None:
    assert for_skills([hit(Skill.COACHING)], "en", of(Skill.COACHING, "en")) == ()


@pytest.mark.parametrize("position", range(10))
@pytest.mark.parametrize("skill", Skill)
def test_what_was_asked_is_not_offered_again(skill: Skill, position: int) -> None:
    for language in LANGUAGES:
        asked = of(skill, language)[position]
        expected = [question for question in of(skill, language) if question != asked]
        typed = asked.upper().replace("?", " ?!").replace(",", "").replace('"', "'")

        assert list(for_skills([hit(skill)], language, (typed,))) == expected[:3]


@pytest.mark.parametrize(
    ("skill", "language", "asked", "gone"),
    [
        (Skill.PROSPECTING, "nl", "hoe kom ik langs de secretarese", "Hoe kom ik langs de secretaresse?"),
        (Skill.PROSPECTING, "nl", "Hoe kom ik langs een secretaresse heen?", "Hoe kom ik langs de secretaresse?"),
        (Skill.OBJECTION_HANDLING, "nl", "klant zegt dat ik te duur ben", of(Skill.OBJECTION_HANDLING)[0]),
        (Skill.NEGOTIATION, "en", "what is a batna", "What is a BATNA and why do I need one?"),
        (Skill.SOCIAL_SELLING, "en", "What should I post on LinkedIn this week?", "What should I post on LinkedIn?"),
    ],
)
def test_nearly_the_same_question_is_not_offered(skill: Skill, language: Language, asked: str, gone: str) -> None:
    offered = for_skills([hit(skill)], language, (asked,))

    assert gone in of(skill, language)
    assert gone not in offered
    assert len(offered) == 3


def test_a_question_asked_in_the_other_language_counts() -> None:
    offered = for_skills([hit(Skill.NEGOTIATION)], "en", (of(Skill.NEGOTIATION, "nl")[1],))

    assert list(offered) == [of(Skill.NEGOTIATION, "en")[0], *of(Skill.NEGOTIATION, "en")[2:4]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_follow_ups_differ_for_every_pair_of_skills(language: Language) -> None:
    for first, second in combinations(Skill, 2):
        offered = for_skills([hit(first, second), hit(second)], language, of(first, language)[:2])

        assert len(offered) == len(set(offered)) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_show_every_question_once_before_they_begin_again(language: Language) -> None:
    turns = [examples(language, turn) for turn in range(34)]

    assert {len(shown) for shown in turns[:-1]} == {6}
    assert sorted(question for shown in turns for question in shown) == sorted(EVERYTHING[language])
    assert examples(language, 34) == turns[0]


def test_first_examples_are_each_of_another_skill() -> None:
    skills = [skill for shown in examples("nl", 0) for skill in Skill if shown in of(skill)]

    assert len(set(skills)) == 6
    assert skills[0] is Skill.OBJECTION_HANDLING


def test_examples_of_one_skill() -> None:
    assert list(examples("en", 0, Skill.COACHING)) == of(Skill.COACHING, "en")[:6]
    assert list(examples("en", 1, Skill.COACHING)) == of(Skill.COACHING, "en")[6:]
    assert examples("en", 2, Skill.COACHING) == examples("en", 0, Skill.COACHING)
