"""A branching conversation that a practice case carries, so that one person can practise against the text itself.

The conversation only goes forward: a choice leads to a later turn or to an ending (docs/content.md).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

_NO_OTHER_FIELDS: Mapping[str, object] = {"extra": "forbid"}
"""For pydantic, which reads these values from files and from the catalog: a misspelt field is an error."""

_MOST_CHOICES = 9
"""A move is one digit in an address."""


class Rating(StrEnum):
    """How well a line serves the seller at that moment."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


class Outcome(StrEnum):
    """How a conversation ends for the seller."""

    WON = "won"
    PARTLY = "partly"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class DialogueChoice:
    """Something the seller may say, and what it does."""

    __pydantic_config__: ClassVar = _NO_OTHER_FIELDS

    seller: str
    rating: Rating
    next: str
    """The id of a later turn or of an ending."""
    principle: str = ""
    feedback: str = ""
    article: str = ""
    """The id (`pair_id`) of the theory article behind the principle; empty without one."""
    checks: tuple[int, ...] = ()
    """Numbers, from 1, of the case's checks that this line shows."""


@dataclass(frozen=True, slots=True)
class DialogueTurn:
    """What the buyer says, and what the seller may answer."""

    __pydantic_config__: ClassVar = _NO_OTHER_FIELDS

    id: str
    buyer: str
    choices: tuple[DialogueChoice, ...]

    def problems(self, later: Sequence[str], checks: int) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the choices; `later` holds the ids that they may lead to."""
        if not 1 <= len(self.choices) <= _MOST_CHOICES:
            yield self.id, f"needs choices, at most {_MOST_CHOICES}"
        for number, choice in enumerate(self.choices, start=1):
            place = f"{self.id}.choices.{number}"
            if choice.next not in later:
                yield place, f"must lead to a later turn or an ending, not to {choice.next!r}"
            if not set(choice.checks) <= set(range(1, checks + 1)):
                yield place, f"names a check outside 1 to {checks}"


@dataclass(frozen=True, slots=True)
class DialogueEnding:
    """The buyer's last words, and what brought the conversation there."""

    __pydantic_config__: ClassVar = _NO_OTHER_FIELDS

    id: str
    outcome: Outcome
    buyer: str
    lesson: str = ""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """All turns and endings; the conversation starts at the first turn."""

    __pydantic_config__: ClassVar = _NO_OTHER_FIELDS

    turns: tuple[DialogueTurn, ...]
    endings: tuple[DialogueEnding, ...]

    def turn(self, identifier: str) -> DialogueTurn | None:
        """Return the turn of that id; None when it is the id of an ending."""
        return next((turn for turn in self.turns if turn.id == identifier), None)

    def ending(self, identifier: str) -> DialogueEnding | None:
        """Return the ending of that id; None when it is the id of a turn."""
        return next((ending for ending in self.endings if ending.id == identifier), None)

    def problems(self, checks: int) -> Iterator[tuple[str, str]]:
        """Yield what keeps the conversation from being played: a place in it, and what is wrong there.

        `checks` is how many checks the case has.
        """
        if not self.turns:
            yield "turns", "needs at least one turn"
        order = [turn.id for turn in self.turns] + [ending.id for ending in self.endings]
        reached = {*order[:1], *(choice.next for turn in self.turns for choice in turn.choices)}
        for position, turn in enumerate(self.turns):
            yield from turn.problems(order[position + 1 :], checks)
        for position, identifier in enumerate(order):
            if not identifier or identifier in order[:position]:
                yield f"{position + 1}", f"needs an id of its own, not {identifier!r}"
            elif identifier not in reached:
                yield identifier, "is never reached"
