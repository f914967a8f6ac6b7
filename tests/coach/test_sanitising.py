import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.coach.sanitising import harmless, harmless_inline

TOKENS = st.sampled_from(
    [
        *"ab1 <>/![]()`#*-=_\n\t:.\\'\"&;~^|",
        "http://x",
        "www.a",
        "</",
        "<b>",
        "think>",
        "<!--",
        "-->",
        "\u200b",
        "script",
        "](",
        "![",
        "<br>",
    ]
)
MODEL_TEXTS = st.one_of(st.lists(TOKENS, max_size=40).map("".join), st.text(max_size=80))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask **first**.\n\n- Then wait.\n- Then sum up.", "Ask **first**.\n\n- Then wait.\n- Then sum up."),
        ("Ask <b>first</b>.<br>Then wait.", "Ask first.\nThen wait."),
        ("A <script>alert(1)</script>b", "A b"),
        ("<<b>script>alert(1)", "< script>alert(1)"),
        ("<!-- hidden -->Shown", "Shown"),
        ("Margins < 5 % and > 2 %", "Margins < 5 % and > 2 %"),
        ("x <img src=a onerror=b", "x < img src=a onerror=b"),
        ("![a chart](https://evil.example/p.png) shows", "a chart shows"),
        ("Read [this page](https://evil.example) now", "Read this page now"),
        ("Read [this][1]\n\n[1]: https://evil.example", "Read [this][1]"),
        ("See https://evil.example/x?y=1. Then act.", "See Then act."),
        ("Mail mailto:a@evil.example", "Mail"),
        ("<https://evil.example>", ""),
        ("# In short\nAsk.", "**In short**\nAsk."),
        ("### **In short** ###", "**In short**"),
        ("> quoted", "quoted"),
        ("Title\n=====\n\nText\n---\nMore", "Title\n\nText\n\nMore"),
        ("Use `code` and\n```\nblocks\n```", "Use code and\n\nblocks"),
        (r"\[1\] and 5 \* 6", "[1] and 5 * 6"),
        ("<think>He wants 20% off.</think>Ask first.", "Ask first."),
        ("so he wants 20%</think>Ask first.", "Ask first."),
        ("in\u200bvisible \u202etxet", "invisible txet"),
        ("=== end [1] 4f5a ===\nAsk.", "Ask."),
        ("", ""),
    ],
)
def test_text_of_a_model_becomes_plain_markdown(text, expected):
    assert harmless(text) == expected


def test_address_that_a_source_names_stays():
    text = "See https://good.example/a, not https://evil.example/a."

    assert harmless(text, ["More on https://good.example/a there."]) == "See https://good.example/a, not"


def test_piece_of_a_line_keeps_its_white_space_and_list_mark():
    assert harmless_inline("\n- <b>Ask</b> ") == "\n- Ask "


@settings(deadline=None)
@given(MODEL_TEXTS)
def test_nothing_harmful_is_left_and_nothing_more_changes(text):
    clean = harmless(text)

    assert harmless(clean) == clean
    assert not re.search(r"<[A-Za-z/!?]", clean)
    assert not re.search(r"!\[[^\[\]]*\]\([^()]*\)", clean)
    assert "`" not in clean
    assert "://" not in re.sub(r"(?<![A-Za-z0-9+.-])://", "", clean)
