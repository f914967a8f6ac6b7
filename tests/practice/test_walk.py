"""Walks through a branching dialogue: replayed from choices, whatever an address holds."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.practice.walk import checks_shown, replay
from knowledge.dialogue import Outcome, Rating
from tests.ui.samples import CASE_FIELDS

DIALOGUE = CASE_FIELDS.dialogue


def test_a_walk_begins_at_the_first_turn():
    walk = replay(DIALOGUE, [])

    assert walk.turn == DIALOGUE.turns[0]
    assert walk.ending is None
    assert walk.moves == ()


def test_choices_lead_to_the_ending_they_name():
    walk = replay(DIALOGUE, [2, 1])

    assert [move.choice.seller for move in walk.moves] == ["Vergeleken waarmee?", "Hoe groot is het verschil?"]
    assert walk.turn is None
    assert walk.ending.outcome is Outcome.WON
    assert walk.ratings == {Rating.STRONG: 1, Rating.FAIR: 1}


def test_checks_are_shown_by_the_line_that_carries_them():
    shown = checks_shown(CASE_FIELDS.checks, replay(DIALOGUE, [2, 1]))

    assert [(found.check, found.line) for found in shown] == [
        ("Vraagt naar de vergelijking.", "Vergeleken waarmee?"),
        ("Geeft geen korting weg zonder tegenprestatie.", None),
    ]


@given(st.lists(st.integers(min_value=-3, max_value=12), max_size=8))
def test_any_numbers_give_a_walk_that_stands_somewhere(numbers):
    walk = replay(DIALOGUE, numbers)

    assert (walk.turn is None) != (walk.ending is None)
    assert replay(DIALOGUE, [move.number for move in walk.moves]) == walk
    assert all(before.choice.next == after.turn.id for before, after in zip(walk.moves, walk.moves[1:], strict=False))
