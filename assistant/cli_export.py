"""The command that writes conversations and the list of documents to a folder."""

import json
import re
from pathlib import Path

from assistant.cli_library import opened_services
from assistant.cli_output import say
from knowledge.errors import SalescoachError
from knowledge.types import Language


class ExportError(SalescoachError):
    """The folder cannot be written, or holds files that would be lost."""

    default_hint = "Choose an empty folder, or add --overwrite to replace the files."


def export(folder: Path, *, overwrite: bool) -> None:
    """Write `documents.json` and one Markdown file for each conversation."""
    files = _contents()
    existing = [name for name in files if (folder / name).exists()]
    if existing and not overwrite:
        raise ExportError(f"{str(folder / existing[0])!r} is there already; nothing was written.")
    try:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ExportError(
            f"Cannot write in {str(folder)!r}: {error.strerror}.", hint="Choose a folder you can write to."
        ) from error
    say(f"Wrote the list of documents, and conversations: {len(files) - 1}. Folder: {folder}")


def _contents() -> dict[str, str]:
    from assistant.api_schema import DocumentBody
    from assistant.coach.exporting import conversation_markdown
    from assistant.people.accounts import PERSONAL_ACCOUNT

    with opened_services() as services:
        language: Language = "nl" if services.settings.language == "nl" else "en"
        documents = [DocumentBody.of(document).model_dump(mode="json") for document in services.library.documents()]
        files = {"documents.json": json.dumps(documents, ensure_ascii=False, indent=2) + "\n"}
        for conversation in services.conversations.list(PERSONAL_ACCOUNT):
            turns = services.conversations.turns(PERSONAL_ACCOUNT, conversation.id)
            name = (
                f"conversations/{conversation.created_at:%Y-%m-%d}-{_slug(conversation.title)}-{conversation.id[:8]}.md"
            )
            files[name] = conversation_markdown(conversation, turns, language)
    return files


def _slug(title: str) -> str:
    """Return a file name part: letters and digits of any language, dashes, at most 50 characters."""
    return re.sub(r"[\W_]+", "-", title.lower()).strip("-")[:50].strip("-") or "conversation"
