"""The coach's own words in Dutch and English: labels, the sentence that admits weak or missing evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from assistant.coach.cues import Part
from knowledge.types import Language


@dataclass(frozen=True, slots=True)
class Frame:
    """The words around quotes in one language."""

    short: str
    how: str
    watch: str
    weak: str
    none: str
    small_talk: str
    languages: Mapping[str, str]

    def label(self, part: Part) -> str:
        """Return the heading of a part of the answer."""
        return {"short": self.short, "how": self.how, "watch": self.watch}[part]

    def in_language(self, code: str) -> str:
        """Return the remark that a quote is in another language, such as '(in Dutch)'."""
        return self.languages.get(code, f"({code})")


@cache
def frame(language: Language) -> Frame:
    """Return the words of a language."""
    text = resources.files("assistant.coach").joinpath("frames.yaml").read_text(encoding="utf-8")
    return Frame(**yaml.safe_load(text)[language])
