"""The reading list: its form, and which books it suggests."""

import re
from dataclasses import replace

import pytest

from knowledge.reading_list import ListedBook, ReadingList, Wish
from knowledge.types import Method, Skill, SourceKind
from tests.ui.samples import BOOK

BOOKS = ReadingList.load().books


def book(identifier, *skills, **fields):
    values = {"title": identifier.title(), "authors": ("A",), "year": 2000, "language": "en", "nl": "x", "en": "y"}
    return ListedBook(identifier, skills=skills, **{**values, **fields})


def suggested(books, wish, **options):
    return [found.id for found in ReadingList(books).suggest(wish, **options)]


def test_there_are_enough_books_for_every_skill():
    assert len(BOOKS) >= 80
    assert sum(found.language == "nl" for found in BOOKS) >= 5
    for skill in Skill:
        assert sum(skill in found.skills[:2] for found in BOOKS) >= 2, skill


@pytest.mark.parametrize("found", BOOKS, ids=lambda found: found.id)
def test_a_listed_book_is_complete(found):
    assert re.fullmatch(r"[a-z0-9-]+", found.id)
    assert found.title
    assert all(found.authors)
    assert 1900 < found.year < 2027
    assert found.language in {"nl", "en"}
    assert found.skills
    assert found.topics
    for note in (found.nl, found.en):
        assert 8 <= len(note.split()) <= 45
        assert 1 <= len(re.findall(r"[.!?](?:\s|$)", note)) <= 3


def test_no_book_is_listed_twice():
    assert len({found.id for found in BOOKS}) == len({found.title.casefold() for found in BOOKS}) == len(BOOKS)


def test_books_first_of_all_about_the_skill_come_first():
    books = [
        book("aside", Skill.COACHING, Skill.LISTENING),
        book("about", Skill.LISTENING),
        book("other", Skill.COACHING),
    ]

    assert suggested(books, Wish((Skill.LISTENING,))) == ["about", "aside"]


def test_subject_and_method_decide_between_books_of_one_skill():
    books = [
        book("plain", Skill.DISCOVERY),
        book("on-topic", Skill.DISCOVERY, topics=("silence",)),
        book("on-method", Skill.DISCOVERY, methods=(Method.SPIN,)),
    ]

    assert suggested(books, Wish((Skill.DISCOVERY,), topics=("silence",)))[0] == "on-topic"
    assert suggested(books, Wish((Skill.DISCOVERY,), methods=(Method.SPIN,)))[0] == "on-method"


def test_among_equals_the_owned_one_and_the_own_language_come_first():
    books = [
        book("first", Skill.DISCOVERY),
        book("dutch", Skill.DISCOVERY, language="nl"),
        book("ours", Skill.DISCOVERY),
    ]

    assert suggested(books, Wish((Skill.DISCOVERY,), language="nl"), owned={"ours"}, most=3) == [
        "ours",
        "dutch",
        "first",
    ]


def test_a_reader_of_english_gets_no_dutch_book():
    books = [book("dutch", Skill.DISCOVERY, language="nl"), book("english", Skill.DISCOVERY)]

    assert suggested(books, Wish((Skill.DISCOVERY,), language="en")) == ["english"]


def test_a_book_whose_text_is_in_the_library_needs_no_suggestion():
    books = [book("certain-success", Skill.DISCOVERY, title="Certain Success")]
    text = replace(BOOK, title="Certain success: a study")
    article = replace(text, kind=SourceKind.ARTICLE)

    assert suggested(books, Wish((Skill.DISCOVERY,)), besides=[article]) == ["certain-success"]
    assert suggested(books, Wish((Skill.DISCOVERY,)), besides=[text]) == []


def test_nothing_is_suggested_without_a_fitting_skill():
    assert ReadingList.load().suggest(Wish(())) == ()
