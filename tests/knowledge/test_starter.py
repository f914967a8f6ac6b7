"""The starter library follows docs/content.md: fields, sections, pairs, links, reading level, no repetition."""

import re
from importlib import resources

import numpy as np
import pytest
import yaml

from knowledge.types import LANGUAGES, Method, Skill

STARTER = resources.files("knowledge") / "starter"
SECTIONS = {
    "nl": ["In het kort", "Waarom het werkt", "Zo doe je het", "Voorbeeld", "Valkuilen", "Probeer dit deze week"],
    "en": ["In short", "Why it works", "How to do it", "Example", "Pitfalls", "Try this this week"],
}
SUBJECTS = (
    "psychology", "influence", "decision making", "habits", "motivation",
    "marketing", "positioning", "segmentation", "content",
    "communication", "questions", "listening", "writing", "presenting", "feedback",
)  # fmt: skip
CLICHES = re.compile(
    r"win-win|game.?changer|at the end of the day|in today's|extra mile|think outside|low-hanging|synerg|"
    r"in de wereld van vandaag|buiten de gebaande paden|laaghangend fruit|stip op de horizon|next level",
    re.IGNORECASE,
)
HARDEST = 40
"""LIX of a text that is still easy to read (C.H. Björnsson, Läsbarhet, 1968: 30-40 is the range of fiction)."""
ALIKE = 0.85
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
    assert len(articles["nl"]) >= 60
    assert len(cases["nl"]) >= 40


@pytest.mark.parametrize("skill", Skill)
def test_every_skill_has_two_articles_and_two_cases(skill):
    assert sum(skill in article("en", name)[0]["skills"] for name in ARTICLES) >= 2
    assert sum(skill in case("en", name)["skills"] for name in CASES) >= 2


@pytest.mark.parametrize("topic", SUBJECTS)
def test_the_subjects_beside_selling_have_two_articles_each(topic):
    assert sum(topic in article("en", name)[0]["topics"] for name in ARTICLES) >= 2


@pytest.mark.parametrize("method", Method)
def test_every_method_is_explained_with_when_not_to_use_it(method):
    for language in LANGUAGES:
        front, body = article(language, f"method-{method.replace('_', '-')}")

        assert front["methods"] == [method]
        # Where it fits badly stands among the pitfalls, by the name of the method.
        assert method.replace("_", " ") in dict(sections(body))[SECTIONS[language][4]].lower()


def test_cases_come_from_many_industries_and_levels():
    cases = [case("en", name) for name in CASES]

    assert len({found["industry"] for found in cases}) >= 20
    for level in ("junior", "medior", "senior"):
        assert sum(found["level"] == level for found in cases) >= 8
    assert {found["minutes"] for found in cases} == {10, 20, 50}


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


def turns(found):
    return found["dialogue"]["turns"]


def endings(found):
    return found["dialogue"]["endings"]


def routes(found):
    """Every way through a dialogue, as the ids of its turns and its ending."""
    nexts = {turn["id"]: {choice["next"] for choice in turn["choices"]} for turn in turns(found)}

    def onward(identity):
        if identity not in nexts:
            yield (identity,)
            return
        for following in sorted(nexts[identity]):
            yield from ((identity, *rest) for rest in onward(following))

    return list(onward(turns(found)[0]["id"]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_a_dialogue_goes_forward_and_reaches_every_ending(name, language):
    found = case(language, name)
    order = [turn["id"] for turn in turns(found)]
    ends = [ending["id"] for ending in endings(found)]

    assert len(order) >= 7
    assert len({*order, *ends}) == len(order) + len(ends)
    for place, turn in enumerate(turns(found)):
        assert len(turn["choices"]) == 3
        assert all(choice["next"] in {*order[place + 1 :], *ends} for choice in turn["choices"])
    assert {ending["outcome"] for ending in endings(found)} == {"won", "partly", "lost"}
    assert {step for route in routes(found) for step in route} == {*order, *ends}
    assert min(len(route) - 1 for route in routes(found)) >= 5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_the_choices_of_a_dialogue_teach(name, language):
    found = case(language, name)
    choices = [choice for turn in turns(found) for choice in turn["choices"]]
    strong_places = [
        place for turn in turns(found) for place, choice in enumerate(turn["choices"]) if choice["rating"] == "strong"
    ]
    longest_is_strong = [
        max(turn["choices"], key=lambda choice: len(choice["seller"]))["rating"] == "strong" for turn in turns(found)
    ]

    for turn in turns(found):
        assert {"strong", "weak"} <= {choice["rating"] for choice in turn["choices"]} <= {"strong", "fair", "weak"}
    for choice in choices:
        assert choice["article"] in ARTICLES
        assert 2 <= len(choice["principle"].split()) <= 9
        assert 8 <= len(choice["feedback"].split()) <= 70
        assert 3 <= len(choice["seller"].split()) <= 70
        assert not (choice["rating"] == "weak" and choice["checks"])
    assert {number for choice in choices for number in choice["checks"]} == set(range(1, len(found["checks"]) + 1))
    assert set(strong_places) == {0, 1, 2}
    assert sum(longest_is_strong) <= len(turns(found)) / 2
    assert all(ending["buyer"].strip() and ending["lesson"].strip() for ending in endings(found))


@pytest.mark.parametrize("name", CASES)
def test_the_two_versions_of_a_dialogue_run_the_same(name):
    def shape(found):
        moves = [
            (turn["id"], [(c["rating"], c["article"], c["checks"], c["next"]) for c in turn["choices"]])
            for turn in turns(found)
        ]
        return moves, [(ending["id"], ending["outcome"]) for ending in endings(found)]

    assert shape(case("nl", name)) == shape(case("en", name))


def case_prose(found):
    return "\n".join(found[field] for field in ("situation", "seller_brief", "buyer_brief", "theory", "model_approach"))


def lix(text):
    """Words a sentence, plus the percentage of words longer than six letters."""
    plain = re.sub(r"[*_#>`|]", "", text)
    sentences = [part for part in re.split(r"[.!?:]+[\"”']?\s|\n+", plain) if re.search(r"\w", part)]
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", plain)
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_read_easily_and_without_cliches(language):
    texts = {name: article(language, name)[1] for name in ARTICLES}
    texts |= {name: case_prose(case(language, name)) for name in CASES}

    assert {name: round(lix(text)) for name, text in texts.items() if lix(text) > HARDEST} == {}
    assert {name: found[0] for name, text in texts.items() if (found := CLICHES.search(text))} == {}


def test_no_two_texts_are_about_the_same_thing(embedder):
    """By the built-in model, which reads English; the Dutch version of a text says the same as the English one."""
    openings = {
        name: (front["summary"], dict(sections(body))["In short"])
        for name in ARTICLES
        for front, body in [article("en", name)]
    }
    openings |= {name: (found["summary"], found["situation"]) for name in CASES for found in [case("en", name)]}

    vectors = embedder.embed(["\n".join(opening) for opening in openings.values()])
    cosines = np.triu(vectors @ vectors.T, k=1)

    names = list(openings)
    alike = np.argwhere(cosines > ALIKE)
    assert [(names[one], names[other]) for one, other in alike] == []
