"""Asks the starter library three questions of every skill in both languages, and writes what was cited as a table.

    python -m bench.starter_questions [--all] [--output docs/starter-questions.md]

The questions are the first three of each skill in knowledge/starter/questions.yaml (`--all`: all of them). The library
is indexed in a folder of its own, and answers in library mode. The exit code is 1 when one lacks strong evidence.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assistant.coach.follow_ups import questions
from assistant.coach.types import Answer
from assistant.people.accounts import PERSONAL_ACCOUNT
from assistant.services import Services, open_services
from assistant.settings import Settings
from knowledge.types import LANGUAGES, Evidence, Language, Skill

_A_SKILL = 3
_INTRODUCTION = """# What the starter library answers

Three questions of every skill in Dutch and in English, asked of the starter library alone, in library mode.
`python -m bench.starter_questions` writes this page.
"""
_HEAD = "| question | evidence | cited | practice | book |\n| --- | --- | --- | --- | --- |"


def main() -> None:
    """Ask and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--all", action="store_true", help="every question of every skill")
    parser.add_argument("--output", type=Path, help="file to write; printed when left out")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="salescoach-bench-") as home:
        services = open_services(Settings(home=Path(home), starter=True))
        try:
            services.ingest.sync_starter()
            asked = list(_ask_all(services, None if arguments.all else _A_SKILL))
        finally:
            services.close()
    page = "\n".join((_INTRODUCTION, *_sections(asked)))
    if arguments.output:
        arguments.output.write_text(page + "\n", encoding="utf-8")
    else:
        print(page)
    unsupported = [question for _, _, question, answer in asked if answer.evidence is not Evidence.STRONG]
    print(
        f"{len(asked)} questions, {len(unsupported)} without strong evidence.", *unsupported, sep="\n", file=sys.stderr
    )
    sys.exit(1 if unsupported else 0)


_Asked = tuple[Skill, Language, str, Answer]


def _ask_all(services: Services, most: int | None) -> Iterator[_Asked]:
    for skill, listed in questions().items():
        for language in LANGUAGES:
            for question in listed[:most]:
                wording = question.wording(language)
                turn = services.coach.ask(wording, account_id=PERSONAL_ACCOUNT, language=language)
                yield skill, language, wording, turn.answer


def _sections(asked: list[_Asked]) -> Iterator[str]:
    for skill in Skill:
        yield f"## {skill.value}\n\n{_HEAD}"
        for of_skill, _, question, answer in asked:
            if of_skill is skill:
                yield _row(question, answer)
        yield ""


def _row(question: str, answer: Answer) -> str:
    cited = dict.fromkeys(citation.title for citation in answer.citations)
    practice = [suggestion.title for suggestion in answer.practice[:1]]
    books = [tip.title for tip in answer.books[:1]]
    cells = (question, answer.evidence.value, *("; ".join(titles) for titles in (cited, practice, books)))
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


if __name__ == "__main__":
    main()
