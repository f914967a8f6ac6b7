"""The `salescoach` command. Each command opens the services, calls one of them, and prints.

Heavy modules are imported inside the commands, so that `--help` and usage errors answer at once.
"""

import logging
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from assistant.cli_output import plain, print_version, say
from knowledge.errors import SalescoachError
from knowledge.types import SourceKind

logger = logging.getLogger(__name__)

app = typer.Typer(
    name="salescoach",
    help="A sales coach that answers from your team's own books, articles and cases, in Dutch and English.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_AskersLanguage = Annotated[
    Literal["nl", "en"] | None, typer.Option(help="Your language, for when the question does not tell.")
]
_Top = Annotated[int, typer.Option(min=1, max=100, help="Most passages to print.")]


def main() -> None:
    """Run the command; errors become one line with a remedy and exit code 1, wrong usage exit code 2."""
    try:
        app()
    except SalescoachError as error:
        typer.echo(plain(f"salescoach: {error} {error.hint}".rstrip()), err=True)
        sys.exit(1)
    except Exception as error:
        logger.debug("unexpected", exc_info=True)
        message = f"salescoach: unexpected {type(error).__name__}: {error}. Add --debug before the command for details."
        typer.echo(plain(message.replace("\n", " ")), err=True)
        sys.exit(1)


@app.callback()
def options(
    *,
    debug: Annotated[bool, typer.Option("--debug", help="Log what happens, in detail, to stderr.")] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=print_version, is_eager=True)
    ] = False,
) -> None:
    """Configure logging."""
    del version  # answered by its callback, before any command
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    if debug:
        for package in ("assistant", "ingest", "knowledge"):
            logging.getLogger(package).setLevel(logging.DEBUG)


@app.command()
def run(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the page.")] = 8501,
    host: Annotated[str, typer.Option(help="Loopback address to listen on.")] = "127.0.0.1",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
) -> None:
    """Index the starter texts if needed and start the app."""
    from assistant import cli_run

    cli_run.run(host, port, open_browser=browser)


@app.command()
def add(
    targets: Annotated[list[str], typer.Argument(metavar="PATH|URL...", help="Files, folders, web pages or feeds.")],
    *,
    kind: Annotated[SourceKind | None, typer.Option(help="What they are; found out when left out.")] = None,
    language: Annotated[
        str | None, typer.Option(help="Language of the text, for example nl; detected when left out.")
    ] = None,
    as_json: _Json = False,
) -> None:
    """Add books, articles and practice cases to the library."""
    from assistant import cli_add

    cli_add.add(targets, kind, language, as_json=as_json)


@app.command()
def ask(question: str, *, language: _AskersLanguage = None, as_json: _Json = False) -> None:
    """Ask the coach; every claim in the answer is cited."""
    from assistant import cli_library

    cli_library.ask(question, language, as_json=as_json)


@app.command()
def search(
    query: Annotated[str | None, typer.Argument(help="The question or the words to look for.")] = None,
    *,
    top: _Top = 10,
    batch: Annotated[
        Path | None, typer.Option(help="JSON Lines file with id and question on each line; prints one line for each.")
    ] = None,
    as_json: _Json = False,
) -> None:
    """Find passages in the library."""
    if (query is None) == (batch is None):
        raise typer.BadParameter("Give either a QUERY or --batch FILE.")
    from assistant import cli_library

    if batch is not None:
        cli_library.search_batch(batch, top)
    elif query is not None:
        cli_library.search(query, top, as_json=as_json)


@app.command("list")
def list_documents(
    *,
    summary: Annotated[bool, typer.Option("--summary", help="Counts instead of documents.")] = False,
    as_json: _Json = False,
) -> None:
    """List the documents in the library."""
    from assistant import cli_library

    if summary:
        cli_library.print_summary(as_json=as_json)
    else:
        cli_library.list_documents(as_json=as_json)


@app.command()
def remove(document_id: Annotated[str, typer.Argument(metavar="ID", help="As 'salescoach list' shows it.")]) -> None:
    """Take a document out of the library; the file it came from stays."""
    from assistant import cli_library

    cli_library.remove(document_id)


@app.command()
def verify(
    *,
    repair: Annotated[bool, typer.Option("--repair", help="Also put right what differs.")] = False,
    as_json: _Json = False,
) -> None:
    """Compare the search indexes with the catalog; exit code 1 when they differ."""
    from assistant import cli_library

    cli_library.verify(repair=repair, as_json=as_json)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Made when it is not there.")],
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files that are there.")] = False,
) -> None:
    """Write the conversations as Markdown and the list of documents as JSON."""
    from assistant import cli_export

    cli_export.export(folder, overwrite=overwrite)


@app.command()
def settings() -> None:
    """Print every setting with its default and meaning, as Markdown."""
    from assistant import cli_settings

    say(cli_settings.settings_page().rstrip())


if __name__ == "__main__":
    main()
