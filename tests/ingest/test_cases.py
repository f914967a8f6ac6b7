"""Practice cases and front matter: what is kept, what is searched, what is refused."""

import pytest
import yaml

from ingest.errors import InvalidFrontMatterError
from knowledge.dialogue import Outcome, Rating
from knowledge.errors import InvalidCaseError
from knowledge.types import Method, Skill, SourceKind
from tests.ingest.files import PROSE, PROZA

CASE = {
    "id": "case-price",
    "kind": "practice_case",
    "language": "en",
    "title": "Ten percent off by Friday",
    "summary": "A purchaser wants a discount before the weekend.",
    "goal": "The seller asks what the price is compared with.",
    "skills": ["objection_handling", "negotiation"],
    "methods": ["spin"],
    "level": "senior",
    "minutes": 50,
    "group": "trios",
    "situation": "A maker of boxes buys glue.\n\n- The offer of a competitor lies on the table.",
    "seller_brief": "You know that the price went up last year.",
    "buyer_brief": "The competitor's offer is a bluff.",
    "observer_sheet": "Count the questions.",
    "assignment": "Play the conversation in ten minutes.",
    "theory": "## Anchors\n\nThe first number said pulls the others to it.",
    "hints": ["Stay silent.", "Ask compared with what."],
    "model_approach": "Ask first, then show the difference in money.",
    "checks": ["Asks what the price is compared with."],
    "debrief": ["What did you notice?"],
    "commitment": "This week I ask before I answer.",
    "variants": {"easier": "The bluff is obvious.", "harder": "A colleague listens in."},
}

DIALOGUE = {
    "turns": [
        {
            "id": "price",
            "buyer": "You are too expensive.",
            "choices": [
                {
                    "seller": "Compared with what?",
                    "rating": "strong",
                    "principle": "Ask first",
                    "checks": [1],
                    "next": "sum",
                },
                {"seller": "I can take five off.", "rating": "weak", "feedback": "A gift.", "next": "given-away"},
            ],
        },
        {
            "id": "sum",
            "buyer": "With a bluff.",
            "choices": [{"seller": "I see.", "rating": "fair", "next": "given-away"}],
        },
    ],
    "endings": [{"id": "given-away", "outcome": "lost", "buyer": "Ten, then.", "lesson": "Ask before giving."}],
}


def dialogue(**changes: object):
    return {"dialogue": {**DIALOGUE, **changes}}


def turn(**changes: object):
    return {**DIALOGUE["turns"][1], **changes}


def choice(**changes: object):
    return {**DIALOGUE["turns"][1]["choices"][0], **changes}


def add_case(ingest, name: str = "case.yaml", **changes: object):
    fields = {key: value for key, value in {**CASE, **changes}.items() if value is not None}
    return ingest.add_upload(name, yaml.safe_dump(fields, allow_unicode=True).encode())


def test_case_is_kept_whole(ingest, shelf) -> None:
    add_case(ingest)

    case = shelf.cases[shelf.only.id]
    assert (case.title, case.language, case.level, case.minutes, case.group) == (
        "Ten percent off by Friday",
        "en",
        "senior",
        50,
        "trios",
    )
    assert case.skills == (Skill.OBJECTION_HANDLING, Skill.NEGOTIATION)
    assert case.methods == (Method.SPIN,)
    assert case.buyer_brief == "The competitor's offer is a bluff."
    assert case.hints == ("Stay silent.", "Ask compared with what.")
    assert case.variants == {"easier": "The bluff is obvious.", "harder": "A colleague listens in."}


def test_dialogue_of_a_case_is_kept_and_not_searched(ingest, shelf) -> None:
    add_case(ingest, dialogue=DIALOGUE)

    kept = shelf.cases[shelf.only.id].dialogue
    first = kept.turns[0]
    assert (first.buyer, first.choices[0].rating, first.choices[0].checks) == (
        "You are too expensive.",
        Rating.STRONG,
        (1,),
    )
    assert kept.turn(first.choices[0].next).buyer == "With a bluff."
    assert kept.ending("given-away").outcome is Outcome.LOST
    assert "expensive" not in shelf.only_text


def test_document_of_a_case_describes_it(ingest, shelf) -> None:
    add_case(ingest)

    document = shelf.only
    assert (document.kind, document.title, document.language) == (SourceKind.PRACTICE_CASE, CASE["title"], "en")
    assert (document.skills, document.summary) == (shelf.cases[document.id].skills, CASE["summary"])
    assert document.pair_id == ""


def test_searched_text_has_no_secret_of_the_buyer(ingest, shelf) -> None:
    add_case(ingest)

    searched = shelf.only_text + " ".join(passage.text for passage in shelf.only_passages)
    assert "bluff" not in searched
    assert "listens in" not in searched
    paths = [passage.locator.heading_path for passage in shelf.only_passages]
    assert ("Situation",) in paths
    assert ("Theory", "Anchors") in paths
    assert ("Model approach",) in paths


def test_headings_are_in_the_language_of_the_case(ingest, shelf) -> None:
    add_case(ingest, language=None, situation=PROZA)

    assert shelf.only.language == "nl"
    assert "## Situatie" in shelf.only_text


def test_case_in_markdown_has_its_long_texts_under_headings(ingest, shelf) -> None:
    text = (
        "---\nkind: practice_case\ntitle: The silent buyer\ngoal: The seller waits.\nskills: [listening]\n---\n\n"
        f"## situation\n\n{PROSE}\n\n## buyer_brief\n\nThe budget is gone.\n\n## theory\n\nSilence works.\n"
    )

    report = ingest.add_upload("case.md", text.encode())

    assert not report.failed
    case = shelf.cases[shelf.only.id]
    assert (case.situation, case.buyer_brief, case.theory) == (PROSE, "The budget is gone.", "Silence works.")
    assert "budget" not in shelf.only_text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": None}, "title"),
        ({"situation": None}, "situation"),
        ({"assignment": None, "goal": None}, "assignment"),
        ({"skills": ["juggling"]}, "skills"),
        ({"methods": ["magic"]}, "methods"),
        ({"level": "expert"}, "level"),
        ({"group": "crowd"}, "group"),
        ({"minutes": "soon"}, "minutes"),
        ({"minutes": 0}, "minutes"),
        ({"hints": {"a": 1}}, "hints"),
        ({"hints": [["nested"]]}, "hints"),
        ({"theory": ["a", "b"]}, "theory"),
        ({"variants": "harder"}, "variants"),
        ({"variants": {"easier": ["a"]}}, "variants"),
        ({"kind": "book"}, "kind"),
        ({"dialogue": "How are you?"}, "dialogue"),
        (dialogue(turns=[]), "dialogue.turns"),
        (dialogue(endings=[]), "lead to a later turn or an ending, not to 'given-away'"),
        (dialogue(turns=[turn(choices=[choice(next="sum")])]), "dialogue.sum.choices.1"),
        (dialogue(turns=[turn(choices=[choice(checks=[2])])]), "outside 1 to 1"),
        (dialogue(turns=[turn(choices=[choice(rating="great")])]), "dialogue.turns.1.choices.1.rating"),
        (dialogue(turns=[turn(choices=[choice(check=[1])])]), "dialogue.turns.1.choices.1.check"),
        (dialogue(turns=[turn(choices=[])]), "needs choices"),
        (dialogue(turns=[turn(), turn()]), "needs an id of its own"),
        (dialogue(turns=[turn(), turn(id="later")]), "dialogue.later"),
    ],
)
def test_wrong_case_is_refused_by_file_and_field(ingest, shelf, changes: dict[str, object], field: str) -> None:
    (result,) = add_case(ingest, name="price.yaml", **changes).failed

    assert isinstance(result.error, InvalidCaseError)
    assert "price.yaml" in str(result.error)
    assert field in str(result.error)
    assert "docs/content.md" in result.error.hint
    assert not shelf.kept


@pytest.mark.parametrize(
    "text",
    [
        "just a text",
        "- a\n- list",
        "title: [unclosed",
        "a: &a [*a]\nb: {x: *a}",
        pytest.param("a: " + "[" * 200_000, id="nested without end"),
        pytest.param("- " * 100_000, id="nested lists"),
    ],
)
def test_yaml_that_is_no_case_is_refused(ingest, text: str) -> None:
    (result,) = ingest.add_upload("odd.yaml", text.encode()).failed

    assert isinstance(result.error, InvalidCaseError)
    assert "odd.yaml" in str(result.error)


# Front matter -------------------------------------------------------------------------------------------------------


def test_front_matter_describes_an_article(ingest, shelf) -> None:
    text = (
        "---\nid: price\nkind: article\nlanguage: en\ntitle: 'Price: what now?'\nauthors: [Smit & Zonen]\n"
        "skills: [value_pitch]\nmethods: [bant]\ntopics: [price]\nsummary: One sentence.\nlicence: CC BY\n"
        f"published: 2024-05-01\n---\n\n## In short\n\n{PROSE}\n"
    )

    ingest.add_upload("price.md", text.encode())

    document = shelf.only
    assert (document.title, document.authors, document.language) == ("Price: what now?", ("Smit & Zonen",), "en")
    assert (document.skills, document.methods, document.topics) == ((Skill.VALUE_PITCH,), (Method.BANT,), ("price",))
    assert (document.summary, document.licence, document.published) == ("One sentence.", "CC BY", "2024-05-01")
    assert document.pair_id == ""
    assert shelf.only_text.startswith("## In short\n\nA customer")


def test_wishes_of_the_adder_outrank_the_file(ingest, shelf) -> None:
    text = f"---\nkind: article\nlanguage: en\n---\n{PROSE}"

    ingest.add_upload("a.md", text.encode(), kind=SourceKind.BOOK, language="nl")

    assert (shelf.only.kind, shelf.only.language) == (SourceKind.BOOK, "nl")


@pytest.mark.parametrize("line", ["kind: novel", "skills: [juggling]", "title: [a, b]", "topics: {a: b}"])
def test_wrong_front_matter_is_refused_by_file_and_field(ingest, line: str) -> None:
    (result,) = ingest.add_upload("a.md", f"---\n{line}\n---\n{PROSE}".encode()).failed

    assert isinstance(result.error, InvalidFrontMatterError)
    assert "a.md" in str(result.error)
    assert line.partition(":")[0] in str(result.error)


def test_broken_front_matter_is_refused_with_its_line(ingest) -> None:
    (result,) = ingest.add_upload("a.md", b"---\ntitle: x\nskills: [a\n---\nText of the article.").failed

    assert isinstance(result.error, InvalidFrontMatterError)
    assert "in line" in str(result.error)


def test_rule_at_the_top_is_no_front_matter(ingest, shelf) -> None:
    ingest.add_upload("a.md", f"---\n\nSome words in between\n\n---\n\n{PROSE}".encode())

    assert "Some words in between" in shelf.only_text
