import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.model.thinking import without_thinking


def shown(text, size):
    return "".join(without_thinking(text[start : start + size] for start in range(0, len(text), size)))


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask first.", "Ask first."),
        ("<think>a < b</think>Ask first.", "Ask first."),
        ("\n<think></think>Ask first.", "Ask first."),
        ("<thin ice> is a metaphor", "<thin ice> is a metaphor"),
        ("Say <think> aloud</think>", "Say <think> aloud</think>"),
        ("<think>never ends", ""),
        ("<thi", "<thi"),
        ("", ""),
    ],
)
def test_thoughts_in_front_are_left_out(text, expected, size):
    assert shown(text, size) == expected


@settings(deadline=None)
@given(st.text(), st.integers(1, 5))
def test_other_text_passes_whole(text, size):
    kept = text.replace("<", "")

    assert shown(kept, size).strip() == kept.strip()
