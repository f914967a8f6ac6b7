"""Makes a model's text harmless: plain Markdown without HTML, images, links, code or addresses of its own.

Text from a model is data. What remains are paragraphs, lists and bold labels, whatever renders them.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

_THOUGHT = re.compile(r"\A.*</think>|\A\s*<think>.*\Z", re.DOTALL | re.IGNORECASE)
_ELEMENT = re.compile(
    r"<(script|style|iframe|svg|object|embed|template|noscript)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_AUTOLINK = re.compile(r"<([a-z][a-z0-9+.-]*:[^<>\s]+)>", re.IGNORECASE)
_TAG = re.compile(r"<[A-Za-z/!?][^<>]*>")
_OPEN_TAG = re.compile(r"<(?=[A-Za-z/!?])")

_TARGET = r"\([^()]*(?:\([^()]*\)[^()]*)*\)"
_IMAGE = re.compile(rf"!\[([^\[\]]*)\]{_TARGET}")
# A number in brackets is a citation, also where the model made it a link.
_LINK = re.compile(rf"\[(?!\s*\^?\d+\s*\])([^\[\]]*)\]{_TARGET}")
_LINKED_NUMBER = re.compile(rf"(\[\s*\^?\d+\s*\]){_TARGET}")
_DEFINITION = re.compile(
    r"^[ \t]*\[[^\[\]\n]+\]:[ \t]*(?:<|www\.|[a-z][a-z0-9+.-]*:\S)[^\n]*$", re.MULTILINE | re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:[a-z0-9+.-]{1,20}://|(?<![a-z0-9])(?:www\.|mailto:))[^\s\[\]()<>\"'`…]*", re.IGNORECASE)

_ESCAPE = re.compile(r"\\(?=[^\w\s])")
_CODE = re.compile(r"`|~{3,}")
_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t]+(?:\*\*)?([^\n]*?)(?:\*\*)?[ \t#]*$", re.MULTILINE)
_BLOCK_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]*)+", re.MULTILINE)
# Also a line that begins like the fences around sources, which small models repeat.
_RULE = re.compile(r"^[ \t]*(?:[-=][-= \t]*|={3}[^\n]*|(?:[*_][ \t]*){3,})$", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]{4,}(?![-*+•\d \t])", re.MULTILINE)
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_GAP = re.compile(r"(?<=\S)[ \t]{2,}")
_BLANK_LINES = re.compile(r"\n{3,}")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def harmless(text: str, sources: Sequence[str] = ()) -> str:
    """Return `text` as plain Markdown; a web address stays where one of the sources contains it.

    Applying it twice changes nothing more.
    """
    return until_stable(text, lambda current: _pass(current, sources)).strip()


def harmless_inline(text: str, sources: Sequence[str] = ()) -> str:
    """Return a piece of a line made harmless; marks at the start of a line and white space stay as they are."""
    return until_stable(text, lambda current: _without_addresses(_without_markup(_visible(current)), sources))


def until_stable(text: str, change: Callable[[str], str]) -> str:
    """Return what repeated changes end in: taking something out may bring together what has to go next."""
    while (changed := change(text)) != text:
        text = changed
    return text


def _pass(text: str, sources: Sequence[str]) -> str:
    return _tidied(_without_addresses(_without_markup(_visible(text)), sources))


def _visible(text: str) -> str:
    text = _LINE_ENDS.sub("\n", text)
    # Control, format (zero width, direction) and surrogate characters hide text from its reader.
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs"))


def _without_markup(text: str) -> str:
    text = _THOUGHT.sub("", text)
    text = _ELEMENT.sub("", text)
    text = _COMMENT.sub("", text)
    text = _LINE_BREAK.sub("\n", text)
    text = _AUTOLINK.sub(r"\1", text)
    text = _TAG.sub("", text)
    return _OPEN_TAG.sub("< ", text)


def _without_addresses(text: str, sources: Sequence[str]) -> str:
    text = _ESCAPE.sub("", text)
    text = _CODE.sub("", text)
    text = _DEFINITION.sub("", text)
    text = _IMAGE.sub(r"\1", text)
    text = _LINKED_NUMBER.sub(r"\1", text)
    text = _LINK.sub(r"\1", text)
    return _ADDRESS.sub(lambda match: match[0] if _is_known(match[0], sources) else "", text)


def _is_known(address: str, sources: Sequence[str]) -> bool:
    bare = address.rstrip(".,;:!?*_")
    return any(bare in source for source in sources)


def _tidied(text: str) -> str:
    text = _RULE.sub("", text)
    text = _HEADING.sub(_as_label, text)
    text = _BLOCK_QUOTE.sub("", text)
    text = _INDENT.sub("   ", text)
    text = _TRAILING.sub("", text)
    text = _GAP.sub(" ", text)
    return _BLANK_LINES.sub("\n\n", text)


def _as_label(match: re.Match[str]) -> str:
    title = match[1].replace("**", "").strip()
    return f"**{title}**" if title else ""
