"""Walking through the branching dialogue of a case: where a person stands, and which checks the lines chosen show.

A walk is replayed from the numbers of the choices made, so that an address is enough to come back to it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.dialogue import Dialogue, DialogueChoice, DialogueEnding, DialogueTurn, Rating


@dataclass(frozen=True, slots=True)
class Move:
    """What the buyer said, and what the seller answered."""

    turn: DialogueTurn
    choice: DialogueChoice
    number: int
    """Which of the turn's choices it was, from 1."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The moves made, and either the turn that asks for the next one or the ending that was reached."""

    moves: tuple[Move, ...]
    turn: DialogueTurn | None
    ending: DialogueEnding | None

    @property
    def ratings(self) -> Mapping[Rating, int]:
        """How many lines of each rating were chosen."""
        return Counter(move.choice.rating for move in self.moves)


@dataclass(frozen=True, slots=True)
class CheckShown:
    """One check of the case, and the seller's first line that showed it; no line when none did."""

    check: str
    line: str | None


def replay(dialogue: Dialogue, choices: Sequence[int]) -> Walk:
    """Return the walk after these choices, numbers from 1; what cannot be chosen, and all after it, is left out."""
    moves: list[Move] = []
    turn: DialogueTurn | None = dialogue.turns[0]
    ending: DialogueEnding | None = None
    for number in choices:
        if turn is None or not 1 <= number <= len(turn.choices):
            break
        choice = turn.choices[number - 1]
        moves.append(Move(turn, choice, number))
        turn, ending = dialogue.turn(choice.next), dialogue.ending(choice.next)
    return Walk(tuple(moves), turn, ending)


def checks_shown(checks: Sequence[str], walk: Walk) -> tuple[CheckShown, ...]:
    """Return every check of the case with the line that showed it, in the order of the case."""
    return tuple(
        CheckShown(check, next((move.choice.seller for move in walk.moves if number in move.choice.checks), None))
        for number, check in enumerate(checks, start=1)
    )
