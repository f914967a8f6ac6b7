"""Which part of an answer a sentence suits: the point in short, how to do it, or what to watch out for."""

import re
from typing import Literal

from knowledge.types import Extract

Part = Literal["short", "how", "watch"]

_HEADINGS: dict[Part, tuple[str, ...]] = {
    "short": ("in het kort", "in short", "waarom het werkt", "why it works"),
    "how": ("zo doe je het", "how to do it", "probeer dit deze week", "try this this week"),
    "watch": ("valkuilen", "pitfalls"),
}
_POINT_HEADINGS = ("in het kort", "in short")
_EXAMPLE_HEADINGS = ("voorbeeld", "example")
_SPEAKER = re.compile(r"^[A-Z][\w -]{2,24}: ")

_WATCH = re.compile(
    r"\b(nooit|vermijd|pas op|let op|valkuil|valkuilen|fout|fouten|niet te|verkeerd|gevaar|jammer|"
    r"never|avoid|don't|do not|beware|pitfall|mistake|mistakes|error|wrong|danger|careful not|must not|should not|"
    r"fatal|fails?|failure)\b",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"^(vraag|zeg|geef|stel|vat|benoem|luister|laat|schrijf|bel|plan|begin|start|sluit|noem|reken|toon|kies|maak|"
    r"gebruik|bereid|herhaal|wacht|check|leg|ruil|spreek|bepaal|zorg|neem|houd|bedank|"
    r"ask|say|give|tell|let|listen|write|call|plan|begin|start|close|name|show|choose|make|use|prepare|repeat|wait|"
    r"check|trade|agree|find|keep|take|put|speak|look|study|learn|practise|practice|be|get|state|offer|end|open)\b"
    r"|\b(moet|moeten|kun je|you should|you must|you can|must be|should be|it is necessary)\b",
    re.IGNORECASE,
)


def states_the_point(item: Extract) -> bool:
    """Return whether the sentence stands where its author puts the answer in short."""
    return any(heading.casefold() in _POINT_HEADINGS for heading in item.hit.passage.locator.heading_path)


def part_of(item: Extract) -> Part | None:
    """Return the part of the answer a sentence suits; None for lines of an example conversation."""
    path = [heading.casefold() for heading in item.hit.passage.locator.heading_path]
    if any(heading in _EXAMPLE_HEADINGS for heading in path) or _SPEAKER.match(item.text):
        return None
    for part, headings in _HEADINGS.items():
        if any(heading in headings for heading in path):
            return part
    if _WATCH.search(item.text):
        return "watch"
    return "how" if _HOW.search(item.text) else "short"
