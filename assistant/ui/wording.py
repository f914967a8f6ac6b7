"""The words of the pages in the reader's language."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources

import yaml

from knowledge.types import Language

Table = Mapping[str, str]
"""Dotted key to text."""


class Wording:
    """Looks texts up by dotted key. A missing key is a defect of ours (KeyError); the tests keep the tables equal."""

    def __init__(self, language: Language, table: Table) -> None:
        self.language = language
        self._table = table

    def __call__(self, key: str, **values: object) -> str:
        """Return the text under `key`, with its placeholders filled."""
        text = self._table[key]
        return text.format(**values) if values else text

    def count(self, key: str, number: int) -> str:
        """Return the text for a number of things: `key.one`, or `key.other` with {n} filled."""
        return self(f"{key}.one") if number == 1 else self(f"{key}.other", n=self.number(number))

    def has(self, key: str) -> bool:
        """Return whether there is a text under `key`; for values from outside our closed lists."""
        return key in self._table

    def number(self, value: int) -> str:
        """Return a whole number with the language's separator of thousands."""
        return f"{value:,}".replace(",", "." if self.language == "nl" else ",")

    def date(self, moment: datetime | None) -> str:
        """Return a date such as '3 mrt 2026'; empty for None."""
        if moment is None:
            return ""
        month = self("dates.months").split()[moment.month - 1]
        return f"{moment.day} {month} {moment.year}"

    def language_name(self, code: str) -> str:
        """Return the name of a language; its code when the pages have no name for it."""
        return self(f"language.{code}") if self.has(f"language.{code}") else code

    def listed(self, key_prefix: str, values: tuple[str, ...]) -> str:
        """Return the names of the values, with commas between."""
        return ", ".join(self(f"{key_prefix}.{value}") for value in values)


@cache
def wording_in(language: Language) -> Wording:
    """Return the wording of a language."""
    return Wording(language, table(language))


@cache
def table(name: str) -> Table:
    """Return one file of texts with its nested keys joined by dots."""
    source = resources.files("assistant.ui.texts") / f"{name}.yaml"
    return dict(_flat(yaml.safe_load(source.read_text(encoding="utf-8")), ""))


def _flat(tree: Mapping[str, object], prefix: str) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in tree.items():
        if isinstance(value, Mapping):
            rows += _flat(value, f"{prefix}{key}.")
        else:
            rows.append((f"{prefix}{key}", str(value)))
    return rows
