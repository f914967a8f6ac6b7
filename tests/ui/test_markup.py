"""Text of other people on the page: always text, never markup."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.markup import (
    blocks,
    excerpt,
    label,
    numbers_in,
    plain_html,
    prose_html,
    table_html,
    with_citation_buttons,
)

ALLOWED = set(
    "div span p h1 h2 h3 h4 h5 h6 ul ol li blockquote strong em code pre hr br "
    "table thead tbody tr th td mark button".split()
)
ALLOWED_ATTRIBUTES = {"class", "lang", "id", "start", "style", "type", "title", "aria-label", "data-cite", "scope"}

NASTY = st.lists(
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "![x](http://evil/x.png)",
            "[x](javascript:alert(1))",
            "<http://evil>",
            "http://evil www.evil.example",
            "[1]: http://evil",
            "[1]",
            "**bold**",
            "# head",
            "- item",
            "> quote",
            "| a | b |\n|---|--:|\n| <i> | 2 |",
            "```js\nx\n```",
            "&lt;b&gt;",
            "\u2e09",
            "\u2e0a",
            '"><b',
            " ",
            "\n",
            "\n\n",
            "    indented",
            "word.",
        ]
    ),
    max_size=12,
).map("".join)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.marked = ""
        self._marks = 0

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        self._marks += tag == "mark"

    def handle_endtag(self, tag):
        self._marks -= tag == "mark"

    def handle_data(self, data):
        self.text += data
        if self._marks:
            self.marked += data


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


@given(st.one_of(NASTY, st.text()), st.integers(0, 80), st.integers(0, 80))
def test_only_the_closed_list_of_tags_comes_out(text, start, length):
    html = prose_html(text, language="nl", mark=(start, start + length))
    html = with_citation_buttons(html, 'turn"><x', {1: '1 · "><script>'})

    found = read(html)

    assert found.tags <= ALLOWED
    assert found.attributes <= ALLOWED_ATTRIBUTES
    assert "http" not in "".join(re.findall(r'(?:src|href)="[^"]*', html))


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])), st.text())
def test_plain_text_and_table_cells_come_back_as_they_were(text, other):
    assert read(plain_html(text, css_class="x")).text == text
    assert read(table_html([text], [[(other.replace("\r", "").replace("\0", ""), "nl")]])).tags <= ALLOWED


def test_mark_holds_exactly_the_quote():
    text = "## Kop\n\nEen zin. **Inkoper:** te duur, zegt hij. En nog een zin."
    quote = "**Inkoper:** te duur, zegt hij."
    start = text.index(quote)

    found = read(prose_html(text, mark=(start, start + len(quote))))

    assert found.marked == "Inkoper: te duur, zegt hij."
    assert found.text.strip().startswith("Kop")


def test_mark_over_several_blocks_keeps_headings_and_lists():
    text = "## Kop\n\n- een\n- twee\n\nEinde"

    html = prose_html(text, mark=(0, text.index("Einde") - 2))

    assert "<h3><mark" in html
    assert html.count("<li>") == 2
    assert html.count('id="cited"') == 1
    assert read(html).marked == "Kopeentwee"


def test_headings_begin_at_the_level_asked_for():
    assert "<h4>Kop</h4>" in prose_html("# Kop", top_heading=4)
    assert "<h6>Kop</h6>" in prose_html("##### Kop", top_heading=4)


def test_only_known_numbers_become_buttons():
    html = with_citation_buttons(prose_html("Een zin. [1] En nog een [2]."), "t", {1: "1 · Boek"})

    assert 'Een <span class="sc-together">zin. <button type="button" class="sc-cite" data-cite="t:1"' in html
    assert "[2]" in html


def test_numbers_and_blocks_are_found_in_order():
    assert numbers_in("a [2] b [1] c [2]") == (2, 1)
    assert blocks("een\n\n\n1. twee\n   drie\n \nvier\n") == ["een", "1. twee\n   drie", "vier"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
        (":red[x] :material/home: 10:30", r"\:red\[x\] \:material/home: 10\:30"),
        ("$5 and <b>", r"\$5 and \<b\>"),
        ("two\n\nlines", "two lines"),
        ("http://evil", r"http\://evil"),
        ("1. first", r"1\. first"),
        ("- first", r"\- first"),
    ],
)
def test_label_escapes_what_streamlit_would_read(text, shown):
    assert label(text) == shown


def test_excerpt_ends_between_words():
    assert excerpt("**Kort** en # goed") == "Kort en goed"
    assert excerpt("woord " * 100, 20) == "woord woord woord …"
