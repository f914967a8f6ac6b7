"""A conversation as Markdown, to keep or to share."""

from collections.abc import Iterable, Sequence

from assistant.coach.types import Citation, Conversation, Suggestion, Turn
from knowledge.types import Language

_WORDS = {
    "nl": {"sources": "Bronnen", "practice": "Oefenen", "reading": "Lezen", "page": "p."},
    "en": {"sources": "Sources", "practice": "Practise", "reading": "Read", "page": "p."},
}


def conversation_markdown(conversation: Conversation, turns: Iterable[Turn], language: Language) -> str:
    """Return the questions and answers with their numbered sources."""
    parts = [f"# {conversation.title}"]
    for turn in turns:
        parts.append(f"## {turn.question}")
        parts.append(turn.answer.text)
        parts.extend(_sources(turn.answer.citations, language))
        parts.extend(_titles(_WORDS[language]["practice"], turn.answer.practice))
        parts.extend(_titles(_WORDS[language]["reading"], turn.answer.reading))
    return "\n\n".join(parts) + "\n"


def place(entry: Citation, language: Language) -> str:
    """Return where a quote stands: title, headings and page, as far as known."""
    words = [entry.title, *entry.heading_path[-1:]]
    if entry.page_first is not None:
        words.append(f"{_WORDS[language]['page']} {entry.page_first}")
    return ", ".join(dict.fromkeys(words))


def _sources(citations: Sequence[Citation], language: Language) -> list[str]:
    if not citations:
        return []
    lines = [f"[{entry.number}] {place(entry, language)}: “{entry.quote}”" for entry in citations]
    return [f"**{_WORDS[language]['sources']}**", "\n\n".join(lines)]


def _titles(label: str, suggestions: Sequence[Suggestion]) -> list[str]:
    if not suggestions:
        return []
    return [f"**{label}:** " + "; ".join(item.title for item in suggestions)]
