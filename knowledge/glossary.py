"""The Dutch-English sales glossary: a page people can read, and the bridge search uses between the languages."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

import yaml

from knowledge.analysis import compound_parts, is_stop_word, stem, words
from knowledge.types import Skill

_LONGEST_TERM = 4
_MOST_TRANSLATIONS = 3
_INFLECTION = 2
"""Letters by which two inflections of one word may differ; words further apart share a stem by accident."""


@dataclass(frozen=True, slots=True)
class Term:
    """A pair of terms with the forms people type and a one-line explanation in each language."""

    nl: str
    en: str
    nl_forms: tuple[str, ...] = ()
    en_forms: tuple[str, ...] = ()
    skills: tuple[Skill, ...] = ()
    nl_note: str = ""
    en_note: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """What one word or term of a question may be in the other language, best first."""

    source: str
    targets: tuple[str, ...]


_Key = tuple[str, ...]


class _Table:
    """Targets by the words of a term; a word that is not listed in that form is looked up by its stem."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._targets: dict[_Key, list[str]] = defaultdict(list)
        self._forms: dict[_Key, list[_Key]] = defaultdict(list)

    def add(self, form: str, targets: Sequence[str]) -> None:
        key = tuple(words(form))
        if not key:
            return
        if key not in self._targets:
            self._forms[self._stems(key)].append(key)
        known = self._targets[key]
        known.extend(target for target in targets if target not in known)

    def find(self, key: _Key) -> tuple[str, ...]:
        """Return the targets of a term, best first; of its nearest listed inflection when it is not listed itself."""
        if key in self._targets:
            return tuple(self._targets[key][:_MOST_TRANSLATIONS])
        for form in self._forms.get(self._stems(key), ()):
            if all(abs(len(word) - len(other)) <= _INFLECTION for word, other in zip(key, form, strict=True)):
                return tuple(self._targets[form][:_MOST_TRANSLATIONS])
        return ()

    def _stems(self, key: _Key) -> _Key:
        return tuple(stem(word, self._language) for word in key)


class Glossary:
    """Looks terms up by their words or stems, longest term first; unknown words stay untranslated."""

    def __init__(self, terms: tuple[Term, ...], common: Mapping[str, tuple[str, ...]]) -> None:
        self.terms = terms
        self._common = common

    @staticmethod
    @cache
    def load() -> "Glossary":
        """Return the glossary of the starter library."""
        folder = resources.files("knowledge") / "starter"
        # The C loader reads the file ten times faster, which start-up would otherwise feel.
        rows = yaml.load(folder.joinpath("glossary.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        lines = folder.joinpath("common_words.tsv").read_text(encoding="utf-8").splitlines()
        common = {row[0]: tuple(row[1].split()) for row in csv.reader(lines, delimiter="\t") if len(row) == 2}
        return Glossary(tuple(_term(row) for row in rows), common)

    def translate(self, text: str, source: str) -> list[Translation]:
        """Return the translations of the terms in a text, in its order, from `source` to the other language."""
        tokens = words(text)
        table = self._tables[source]
        found: list[Translation] = []
        position = 0
        while position < len(tokens):
            length, targets = self._longest(tokens, position, source, table)
            if targets:
                found.append(Translation(" ".join(tokens[position : position + length]), targets))
            position += length
        return found

    @cached_property
    def _tables(self) -> dict[str, _Table]:
        """Made at the first look-up: stemming thousands of words takes a tenth of a second."""
        tables = {"nl": _Table("nl"), "en": _Table("en")}

        def add(source: str, forms: Sequence[str], targets: Sequence[str]) -> None:
            for form in forms:
                tables[source].add(form, targets)

        for term in self.terms:
            add("nl", (term.nl, *term.nl_forms), (term.en, *term.en_forms))
            add("en", (term.en, *term.en_forms), (term.nl, *term.nl_forms))
        for dutch, english in self._common.items():
            add("nl", (dutch,), english)
            for word in english[:1]:
                add("en", (word,), (dutch,))
        return tables

    def _longest(self, tokens: list[str], position: int, source: str, table: _Table) -> tuple[int, tuple[str, ...]]:
        for length in range(min(_LONGEST_TERM, len(tokens) - position), 0, -1):
            if length == 1 and is_stop_word(tokens[position], source):
                return 1, ()
            if targets := table.find(tuple(tokens[position : position + length])):
                return length, targets
        if source == "nl":
            return 1, tuple(self._by_parts(tokens[position], table))
        return 1, ()

    @staticmethod
    def _by_parts(word: str, table: _Table) -> Iterator[str]:
        for part in compound_parts(word):
            yield from table.find((part,))[:1]


def _term(row: Mapping[str, object]) -> Term:
    def texts(name: str) -> tuple[str, ...]:
        value = row.get(name) or []
        return tuple(str(item) for item in value) if isinstance(value, list) else ()

    return Term(
        nl=str(row["nl"]),
        en=str(row["en"]),
        nl_forms=texts("nl_forms"),
        en_forms=texts("en_forms"),
        skills=tuple(Skill(skill) for skill in texts("skills")),
        nl_note=str(row.get("nl_note") or ""),
        en_note=str(row.get("en_note") or ""),
    )
