"""The starter library follows docs/content.md: fields, sections, lengths, pairs, links."""

import re
from importlib import resources

import pytest
import yaml

from knowledge.types import LANGUAGES, Method, Skill

STARTER = resources.files("knowledge") / "starter"
SECTIONS = {
    "nl": ["In het kort", "Waarom het werkt", "Zo doe je het", "Voorbeeld", "Valkuilen", "Probeer dit deze week"],
    "en": ["In short", "Why it works", "How to do it", "Example", "Pitfalls", "Try this this week"],
}
CASE_FIELDS = (
    "title summary goal skills level minutes group industry situation seller_brief buyer_brief observer_sheet "
    "assignment theory theory_article hints model_approach checks debrief commitment variants"
).split()


def names(folder, suffix):
    return {
        language: {path.name.removesuffix(suffix) for path in (STARTER / folder / language).iterdir()}
        for language in LANGUAGES
    }


def article(language, name):
    text = (STARTER / "articles" / language / f"{name}.md").read_text(encoding="utf-8")
    _, front, body = text.split("---\n", 2)
    return yaml.safe_load(front), body


def case(language, name):
    return yaml.safe_load((STARTER / "cases" / language / f"{name}.yaml").read_text(encoding="utf-8"))


def sections(body):
    return [part.strip().split("\n", 1) for part in re.split(r"^## ", body, flags=re.MULTILINE)[1:]]


def paragraphs(text):
    return [block for block in re.split(r"\n\s*\n", text.strip()) if block]


ARTICLES = sorted(names("articles", ".md")["nl"])
CASES = sorted(names("cases", ".yaml")["nl"])


def test_there_are_enough_texts_and_each_is_in_both_languages():
    articles, cases = names("articles", ".md"), names("cases", ".yaml")

    assert articles["nl"] == articles["en"]
    assert cases["nl"] == cases["en"]
    assert len(articles["nl"]) >= 12
    assert len(cases["nl"]) >= 8


def test_the_subjects_of_the_field_are_covered():
    covered = {skill for name in ARTICLES for skill in article("en", name)[0]["skills"]}
    topics = {topic for name in ARTICLES for topic in article("en", name)[0]["topics"]}

    assert covered >= {
        "opening_rapport", "discovery", "listening", "value_pitch", "objection_handling", "negotiation",
        "closing_next_step", "account_management",
    }  # fmt: skip
    assert topics >= {"psychology", "marketing", "communication"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_is_complete(name, language):
    front, body = article(language, name)

    assert front["id"] == name
    assert front["language"] == language
    assert front["title"]
    assert front["summary"]
    assert front["skills"]
    assert set(front["skills"]) <= set(Skill)
    assert set(front["methods"]) <= set(Method)
    assert [heading for heading, _ in sections(body)] == SECTIONS[language]
    assert 400 <= len(body.split()) <= 900


@pytest.mark.parametrize("name", ARTICLES)
def test_the_two_versions_of_an_article_are_aligned(name):
    (dutch, dutch_body), (english, english_body) = article("nl", name), article("en", name)

    for field in ("skills", "methods", "topics"):
        assert dutch[field] == english[field]
    for (_, left), (_, right) in zip(sections(dutch_body), sections(english_body), strict=True):
        assert len(paragraphs(left)) == len(paragraphs(right))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_a_case_is_complete(name, language):
    found = case(language, name)

    assert found["id"] == name
    assert found["language"] == language
    assert all(found[field] for field in CASE_FIELDS)
    assert set(found["skills"]) <= set(Skill)
    assert 4 <= len(found["checks"]) <= 6
    assert found["level"] in {"junior", "medior", "senior"}
    assert found["group"] in {"pairs", "trios", "plenary"}
    assert found["theory_article"] in ARTICLES
    assert set(found["variants"]) == {"easier", "harder", "own_customer"}


@pytest.mark.parametrize("name", CASES)
def test_the_two_versions_of_a_case_carry_the_same(name):
    dutch, english = case("nl", name), case("en", name)

    for field in ("skills", "methods", "level", "minutes", "group", "theory_article"):
        assert dutch[field] == english[field]
    for field in ("hints", "checks", "debrief"):
        assert len(dutch[field]) == len(english[field])
