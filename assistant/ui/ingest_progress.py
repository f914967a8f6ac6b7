"""The events of an addition to the library as a progress bar and a line of text, and its report as a list."""

from collections.abc import Sequence

import streamlit as st

from assistant.ui.elements import BadgeColour
from assistant.ui.errors import sentence_and_remedy
from assistant.ui.markup import label
from assistant.ui.navigation import go_to_document
from assistant.ui.wording import Wording
from ingest.events import FileFinished, FileResult, FileStarted, IngestEvent, IngestReport, Outcome, PassagesIndexed

_COLOURS: dict[Outcome, BadgeColour] = {
    Outcome.ADDED: "green",
    Outcome.UPDATED: "green",
    Outcome.UNCHANGED: "gray",
    Outcome.FAILED: "red",
}


class IngestProgress:
    """Shows each event; call it with the events in their order. `files`: how many additions it will see."""

    def __init__(self, wording: Wording, *, files: int = 1) -> None:
        self._wording = wording
        self._additions = files
        self._bar = st.progress(0.0)
        self._line = st.empty()
        self._file = (1, 1)
        self._finished = 0

    def __call__(self, event: IngestEvent) -> None:
        """Show one event."""
        if isinstance(event, FileStarted):
            self._file = (event.index, max(1, event.total))
            self._show(0.0, self._wording("adding.reading", name=label(event.name)))
        elif isinstance(event, PassagesIndexed):
            share = event.done / max(1, event.total)
            done, total = self._wording.number(event.done), self._wording.number(event.total)
            self._show(share, self._wording("adding.indexing", name=label(event.name), done=done, total=total))
        elif isinstance(event, FileFinished):
            self._show(1.0, self._wording("adding.finished", name=label(event.result.name)))
            self._finished += self._file[0] >= self._file[1]

    def _show(self, share_of_file: float, text: str) -> None:
        index, total = self._file
        share = (max(0, index - 1) + share_of_file) / total
        self._bar.progress(min(1.0, (self._finished + share) / self._additions))
        self._line.caption(text)


def show_reports(reports: Sequence[IngestReport], wording: Wording) -> None:
    """Show what became of each file."""
    results = [result for report in reports for result in report.results]
    if not results:
        st.info(wording("adding.nothing_found"))
        return
    counted = {outcome: sum(result.outcome is outcome for result in results) for outcome in Outcome}
    parts = [wording.count(f"outcome_count.{outcome}", number) for outcome, number in counted.items() if number]
    st.markdown(f"**{wording('adding.report')}** · {', '.join(parts)}")
    for position, result in enumerate(results):
        _show_result(position, result, wording)


def _show_result(position: int, result: FileResult, wording: Wording) -> None:
    with st.container(key=f"result-{position}", gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.badge(wording(f"outcome.{result.outcome}"), color=_COLOURS[result.outcome])
            title = result.document.title if result.document else result.name
            document_id = result.document.id if result.document else ""
            if not document_id:
                st.markdown(label(title))
            elif st.button(label(title), key=f"result-open-{position}", type="tertiary"):
                go_to_document(document_id)
            if result.passages:
                st.caption(wording.count("library.passages", result.passages))
        if result.error is not None:
            sentence, remedy = sentence_and_remedy(result.error, wording)
            st.caption(label(f"{sentence} {remedy}".strip()))
