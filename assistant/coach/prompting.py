"""What the model is told: prompts from files, passages numbered by code and fenced as data."""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Literal

from assistant.coach.markers import without_numbers
from assistant.coach.types import Turn
from assistant.model.messages import Message
from knowledge.types import Hit, Language

PromptName = Literal["answer", "rewrite", "repair"]

_PARTS = "\n---\n"
_NOTHING = "-"
_REMEMBERED_TURNS = 3
_REMEMBERED_CHARACTERS = 400
_CODE_LENGTH = 12


def answer_messages(question: str, hits: Sequence[Hit], turns: Sequence[Turn], language: Language) -> list[Message]:
    """Return the messages that ask for an answer from the passages, which are `[1]` to `[n]` in the order given."""
    code = _code([question, *(hit.passage.text for hit in hits)])
    sources = "\n\n".join(_source(number, hit, code) for number, hit in enumerate(hits, start=1))
    system, user = prompt("answer", language)
    return [
        Message("system", system.format(count=len(hits), code=code)),
        Message("user", user.format(sources=sources, conversation=_conversation(turns), question=question)),
    ]


def rewrite_messages(question: str, turns: Sequence[Turn], language: Language) -> list[Message]:
    """Return the messages that ask for the question as it reads without the conversation."""
    conversation = _conversation(turns)
    code = _code([question, conversation])
    system, user = prompt("rewrite", language)
    return [
        Message("system", system.format(code=code)),
        Message("user", user.format(conversation=conversation, question=question, code=code)),
    ]


def repair_messages(asked: Sequence[Message], reply: str, hits: Sequence[Hit], language: Language) -> list[Message]:
    """Return the messages that ask once more, after a reply without a valid number."""
    (text,) = prompt("repair", language)
    # Some endpoints refuse an empty message.
    return [*asked, Message("assistant", reply.strip() or _NOTHING), Message("user", text.format(count=len(hits)))]


@cache
def prompt(name: PromptName, language: Language) -> tuple[str, ...]:
    """Return the parts of a prompt with their `{placeholders}`: system and user, or the one part there is."""
    file = resources.files("assistant.coach").joinpath(f"prompts/{name}.{language}.md")
    return tuple(part.strip() for part in file.read_text(encoding="utf-8").split(_PARTS))


def _source(number: int, hit: Hit, code: str) -> str:
    place = " > ".join((hit.document.title, *hit.passage.locator.heading_path))
    return f"=== [{number}] {code} ===\n{place}\n\n{hit.passage.text}\n=== end [{number}] {code} ==="


def _code(texts: Sequence[str]) -> str:
    """Return a code that stands in none of the texts, so that none of them can forge the line that ends a fence."""
    everything = "\n".join(texts)
    code = sha256(everything.encode(errors="surrogatepass")).hexdigest()[:_CODE_LENGTH]
    while code in everything:
        code = sha256(code.encode()).hexdigest()[:_CODE_LENGTH]
    return code


def _conversation(turns: Sequence[Turn]) -> str:
    """Return the last turns; without numbers, which stood for other passages."""
    real = [turn for turn in turns if not turn.answer.is_small_talk][-_REMEMBERED_TURNS:]
    lines = [f"- {turn.question}\n  {_beginning(without_numbers(turn.answer.text, ()))}" for turn in real]
    return "\n".join(lines) or _NOTHING


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= _REMEMBERED_CHARACTERS:
        return line
    return f"{line[:_REMEMBERED_CHARACTERS].rsplit(None, 1)[0]} …"
