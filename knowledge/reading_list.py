"""The reading list of the field: well-known books that can be suggested although their text is not in the library."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from knowledge.types import Document, Language, Method, Skill, SourceKind

_MAIN_SKILL_WORTH = (4.0, 3.0)
"""For a book that is first of all about the skill asked for, and for one that is so in the second place."""
_SKILL_WORTH = 1.0
_TOPIC_WORTH = 1.5
_METHOD_WORTH = 3.0
_OWNED_WORTH = 1.0
_OWN_LANGUAGE_WORTH = 0.5
_READ_BY_EVERYONE = "en"
_BESIDE_THE_POINT = 3.0
"""A book that scores less than one that trains the main skill is not worth a suggestion."""


@dataclass(frozen=True, slots=True)
class ListedBook:
    """A book of the field, with what a seller takes from it in our own words."""

    id: str
    title: str
    authors: tuple[str, ...]
    year: int
    """Of the first edition."""
    language: str
    """Of the edition named; a translation may exist."""
    skills: tuple[Skill, ...]
    nl: str
    en: str
    methods: tuple[Method, ...] = ()
    topics: tuple[str, ...] = ()

    def note(self, language: Language) -> str:
        """Return what a seller takes from it, in a language."""
        return self.nl if language == "nl" else self.en

    def is_in(self, documents: Collection[Document]) -> Document | None:
        """Return the document that holds the text of this book; None when the library does not have it."""
        title = _plain(self.title)
        return next(
            (one for one in documents if one.kind is SourceKind.BOOK and _plain(one.title).startswith(title)), None
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader is looking for, main skill first; `topics` are those of the texts found for the question."""

    skills: tuple[Skill, ...]
    methods: tuple[Method, ...] = ()
    topics: tuple[str, ...] = ()
    language: Language = "en"


class ReadingList:
    """The books, in the order of the list: the most useful ones of a skill stand first."""

    def __init__(self, books: Sequence[ListedBook]) -> None:
        self.books = tuple(books)
        self._by_id = {book.id: book for book in books}

    @staticmethod
    @cache
    def load() -> "ReadingList":
        """Return the reading list of the starter library."""
        file = resources.files("knowledge") / "starter" / "reading_list.yaml"
        rows = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return ReadingList([_book(row) for row in rows])

    def get(self, book_id: str) -> ListedBook | None:
        """Return the book of that id, if it is listed."""
        return self._by_id.get(book_id)

    def suggest(
        self, wish: Wish, *, owned: Collection[str] = (), besides: Collection[Document] = (), most: int = 2
    ) -> tuple[ListedBook, ...]:
        """Return the books that fit best, in the reader's language or English, owned ones first among equals.

        `besides` are the documents of the library: a book whose text is there needs no suggestion.
        """
        worth = {book.id: _worth(book, wish) for book in self.books}
        fitting = [
            book
            for book in self.books
            if worth[book.id] >= _BESIDE_THE_POINT
            and book.language in {wish.language, _READ_BY_EVERYONE}
            and not book.is_in(besides)
        ]

        def order(book: ListedBook) -> float:
            own_language = _OWN_LANGUAGE_WORTH * (book.language == wish.language)
            return -(worth[book.id] + own_language + _OWNED_WORTH * (book.id in owned))

        # Sorting is stable: among equals the order of the list decides.
        return tuple(sorted(fitting, key=order)[:most])


def _worth(book: ListedBook, wish: Wish) -> float:
    main = sum(worth for worth, skill in zip(_MAIN_SKILL_WORTH, book.skills, strict=False) if skill in wish.skills[:1])
    return (
        main
        + _SKILL_WORTH * len(set(book.skills) & set(wish.skills))
        + _TOPIC_WORTH * len(set(book.topics) & set(wish.topics))
        + _METHOD_WORTH * len(set(book.methods) & set(wish.methods))
    )


def _plain(title: str) -> str:
    return "".join(char for char in title.casefold() if char.isalnum())


def _book(row: dict[str, Any]) -> ListedBook:
    return ListedBook(
        id=row["id"],
        title=row["title"],
        authors=tuple(row["authors"]),
        year=row["year"],
        language=row["language"],
        skills=tuple(Skill(skill) for skill in row["skills"]),
        nl=row["nl"],
        en=row["en"],
        methods=tuple(Method(method) for method in row.get("methods", ())),
        topics=tuple(row.get("topics", ())),
    )
