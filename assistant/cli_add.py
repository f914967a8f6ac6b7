"""The command that adds documents, and its report."""

import typer

from assistant.cli_library import opened_services
from assistant.cli_output import print_json, say, tell
from assistant.cli_progress import IngestProgress
from ingest.events import FileResult, IngestReport
from knowledge.types import SourceKind


def add(targets: list[str], kind: SourceKind | None, language: str | None, *, as_json: bool) -> None:
    """Add each target and print the report; exit code 1 when anything failed."""
    with opened_services() as services, IngestProgress("Adding") as progress:
        reports = [services.ingest.add(target, kind=kind, language=language, on_event=progress) for target in targets]
    results = tuple(result for report in reports for result in report.results)
    total = IngestReport(results, sum(report.seconds for report in reports))
    if as_json:
        print_json(report_data(total))
    else:
        say(summary_line(total))
    if not results:
        tell("Nothing there that Salescoach reads: PDF, EPUB, DOCX, PPTX, HTML, Markdown, text or YAML cases.")
    if total.failed:
        raise typer.Exit(1)


def summary_line(report: IngestReport) -> str:
    """Return the outcome in one line."""
    return (
        f"{len(report.added)} added, {len(report.updated)} updated, {len(report.unchanged)} unchanged, "
        f"{len(report.failed)} failed; {report.passages} passages in {report.seconds:.1f} s"
    )


def report_data(report: IngestReport) -> dict[str, object]:
    """Return the report as JSON data."""
    return {
        "added": len(report.added),
        "updated": len(report.updated),
        "unchanged": len(report.unchanged),
        "failed": len(report.failed),
        "passages": report.passages,
        "seconds": round(report.seconds, 3),
        "results": [_result_data(result) for result in report.results],
    }


def _result_data(result: FileResult) -> dict[str, object]:
    return {
        "name": result.name,
        "outcome": result.outcome.value,
        "document_id": result.document.id if result.document else None,
        "title": result.document.title if result.document else None,
        "passages": result.passages,
        "seconds": round(result.seconds, 3),
        "error": str(result.error) if result.error else None,
        "hint": result.error.hint if result.error else None,
    }
