"""The commands that ask, search, list, remove and verify."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from assistant.cli_output import columns, plain, print_json, print_json_line, say, tell
from assistant.cli_settings import load_settings
from knowledge.errors import SalescoachError
from knowledge.types import Language, LibraryStatistics, SourceKind, VerifyReport

if TYPE_CHECKING:
    from assistant.coach.types import Answer
    from assistant.services import Services


class BatchError(SalescoachError):
    """A batch file cannot be read."""

    default_hint = 'Each line is one JSON object with the keys "id" and "question".'


@contextmanager
def opened_services() -> Iterator["Services"]:
    """Open the services for one command, finishing first what an interruption left."""
    from assistant.services import open_services

    services = open_services(load_settings(), progress=_Finishing())
    try:
        yield services
    finally:
        services.close()


def ask(question: str, language: Language | None, *, as_json: bool) -> None:
    """Print the coach's answer."""
    from assistant.api_schema import AnswerBody
    from assistant.people.accounts import PERSONAL_ACCOUNT

    with opened_services() as services:
        answer = services.coach.ask(question, account_id=PERSONAL_ACCOUNT, language=language).answer
    if answer.notice:
        tell(f"Note: {answer.notice.value.replace('_', ' ')}.")
    if as_json:
        print_json(AnswerBody.of(answer).model_dump(mode="json"))
    else:
        _print_answer(answer)


def search(query: str, top: int, *, as_json: bool) -> None:
    """Print the passages found."""
    from assistant.api_schema import HEADING_SEPARATOR, PassageBody, SearchBody

    with opened_services() as services:
        result = services.library.search(query, top=top)
    if as_json:
        passages = tuple(PassageBody.of(hit) for hit in result.hits)
        body = SearchBody(evidence=result.evidence.value, language=result.language, passages=passages)
        print_json(body.model_dump(mode="json"))
        return
    if not result.hits:
        tell("Nothing found. Add documents with 'salescoach add', or ask it in other words.")
    for rank, hit in enumerate(result.hits, 1):
        place = HEADING_SEPARATOR.join((hit.document.title, *hit.passage.locator.heading_path))
        page = f", p. {hit.passage.locator.page_first}" if hit.passage.locator.page_first else ""
        say(f"{rank}. {place}{page}  ({hit.score:.2f})\n{_indented(hit.passage.text)}\n")


def search_batch(file: Path, top: int) -> None:
    """Print one JSON line with the passages for each question of a file."""
    questions = _questions(file)
    with opened_services() as services:
        for identifier, question in questions:
            result = services.library.search(question, top=top)
            print_json_line({"id": identifier, "passages": [hit.passage.text for hit in result.hits]})


def list_documents(*, as_json: bool) -> None:
    """Print every document with its id."""
    from assistant.api_schema import DocumentBody

    with opened_services() as services:
        documents = services.library.documents()
    if as_json:
        print_json([DocumentBody.of(document).model_dump(mode="json") for document in documents])
        return
    if not documents:
        tell("The library is empty. Add documents with 'salescoach add PATH'.")
    for line in columns((item.id, item.kind.value, item.language, item.title) for item in documents):
        say(line)


def print_summary(*, as_json: bool) -> None:
    """Print counts of what is in the library, and of what the program brings beside it."""
    from assistant.coach.follow_ups import questions
    from knowledge.reading_list import ReadingList

    with opened_services() as services:
        statistics = services.library.statistics()
        counts = asdict(statistics) | {
            "reading_list": len(ReadingList.load().books),
            "glossary_terms": len(services.glossary.terms),
            "coaching_questions": {skill.value: len(listed) for skill, listed in questions().items()},
        }
    if as_json:
        print_json(counts)
        return
    skills = {name: counts.pop(name) for name in ("by_skill", "coaching_questions")}
    for name, value in counts.items():
        shown = ", ".join(f"{key} {count}" for key, count in value.items()) if isinstance(value, dict) else str(value)
        say(f"{name.replace('_', ' ')}: {shown}")
    say()
    for line in columns(_skill_table(statistics, skills["coaching_questions"])):
        say(line)


def _skill_table(statistics: LibraryStatistics, questions: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    """Yield a row for every skill: how many documents of each kind in each language, and coaching questions."""
    kinds = [kind.value for kind in SourceKind if kind.value in statistics.by_kind]
    places = [(kind, language) for kind in kinds for language in statistics.by_language]
    yield ("skill", *(f"{kind.replace('_', ' ')} {language}" for kind, language in places), "questions")
    for skill, by_kind in statistics.by_skill.items():
        found = (str(by_kind.get(kind, {}).get(language, 0)) for kind, language in places)
        yield (skill, *found, str(questions.get(skill, 0)))


def remove(document_id: str) -> None:
    """Take a document out."""
    with opened_services() as services:
        document = services.library.remove(document_id)
    say(f"Removed {document.title!r}.")


def verify(*, repair: bool, as_json: bool) -> None:
    """Print whether the stores agree; exit code 1 when they do not."""
    with opened_services() as services:
        report = services.library.repair() if repair else services.library.verify()
    if as_json:
        print_json({**asdict(report), "is_clean": report.is_clean})
    else:
        _print_verification(report)
    if not report.is_clean:
        raise typer.Exit(1)


def _print_answer(answer: "Answer") -> None:
    say(answer.text)
    if answer.citations:
        say()
    for citation in answer.citations:
        place = ", ".join((*citation.heading_path, *((f"p. {citation.page_first}",) if citation.page_first else ())))
        say(f'[{citation.number}] "{citation.quote}"\n    {citation.title}{f" ({place})" if place else ""}')
    for name, suggestions in (("Practise", answer.practice), ("Read on", answer.reading)):
        if suggestions:
            say(f"\n{name}:")
        for suggestion in suggestions:
            say(f"- {suggestion.title}{f': {suggestion.summary}' if suggestion.summary else ''}")
    if answer.books:
        say("\nBooks:")
    for book in answer.books:
        say(f"- {book.title} ({', '.join(book.authors)}, {book.year}): {book.note}")


def _print_verification(report: VerifyReport) -> None:
    if report.is_clean:
        say(f"All stores agree on {report.passages} passages.")
        return
    for name, ids in asdict(report).items():
        if isinstance(ids, tuple | list) and ids:
            say(f"{name.replace('_', ' ')}: {len(ids)}")
    tell("Put it right with 'salescoach verify --repair'.")


def _questions(file: Path) -> list[tuple[str, str]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BatchError(f"The file {str(file)!r} cannot be read: {error}.") from error
    return [_question(line, number) for number, line in enumerate(lines, 1) if line.strip()]


def _question(line: str, number: int) -> tuple[str, str]:
    try:
        row = json.loads(line)
        return str(row["id"]), str(row["question"])
    except (ValueError, KeyError, TypeError) as error:
        raise BatchError(f"Line {number} of the batch file is not usable.") from error


class _Finishing:
    """Says once that an interrupted job is being finished."""

    def __init__(self) -> None:
        self._said = False

    def __call__(self, done: int, total: int) -> None:
        if not self._said and done < total:
            self._said = True
            tell("Finishing what an interruption left ...")


def _indented(text: str) -> str:
    return "\n".join(f"   {line}" for line in plain(text).splitlines())
