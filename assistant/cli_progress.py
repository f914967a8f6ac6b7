"""Shows on stderr what happens while documents are added."""

from types import TracebackType
from typing import Self, assert_never

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from assistant.cli_output import plain, tell
from ingest.events import FileFinished, FileResult, FileStarted, IngestEvent, Outcome, PassagesIndexed

_LONGEST_NAME = 40


class IngestProgress:
    """Shows ingest events on stderr: bars on a terminal, one line for each file elsewhere."""

    def __init__(self, title: str) -> None:
        console = Console(stderr=True)
        self._is_live = console.is_terminal
        self._bars = Progress(
            TextColumn("{task.fields[name]}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("passages"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not self._is_live,
        )
        self._title = title
        self._all: TaskID | None = None
        self._file: TaskID | None = None

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._bars.stop()
        if kind is KeyboardInterrupt:
            tell("Interrupted. What was indexed is kept; the same command goes on where this one stopped.")

    def __call__(self, event: IngestEvent) -> None:
        """Show one event."""
        match event:
            case FileStarted():
                self._start(event)
            case PassagesIndexed():
                if self._file is not None:
                    self._bars.update(self._file, completed=event.done, total=event.total)
            case FileFinished():
                self._finish(event.result)
            case _:
                assert_never(event)

    def _start(self, event: FileStarted) -> None:
        if self._file is not None:
            self._bars.remove_task(self._file)
        name = f"{self._title} {event.index}/{event.total}: {_short(plain(event.name))}"
        self._file = self._bars.add_task("", name=name, total=None)

    def _finish(self, result: FileResult) -> None:
        if self._is_live and result.outcome is Outcome.UNCHANGED:
            return
        self._bars.console.print(plain(result_line(result)), markup=False, highlight=False, soft_wrap=True)


def result_line(result: FileResult) -> str:
    """Return what became of one file."""
    if result.error:
        return f"failed     {result.name}: {result.error} {result.error.hint}"
    if result.outcome is Outcome.UNCHANGED:
        return f"unchanged  {result.name}"
    title = f" ({result.document.title})" if result.document else ""
    return f"{result.outcome.value:<9}  {result.name}{title}: {result.passages} passages, {result.seconds:.1f} s"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"…{name[1 - _LONGEST_NAME :]}"
