"""Adding to the library from the page: files, or the address of a web page or feed."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assistant.services import Services
from assistant.ui import state
from assistant.ui.ingest_progress import IngestProgress, show_reports
from assistant.ui.markup import label
from assistant.ui.wording import Wording
from ingest.events import IngestReport
from knowledge.types import Document, SourceKind

_TYPES = ["pdf", "epub", "docx", "pptx", "html", "htm", "xhtml", "md", "markdown", "txt", "yaml", "yml"]
_KEEP_BOTH = "keep_both"
_REPLACE = "replace"


def show_adding(services: Services, everything: Sequence[Document], wording: Wording) -> None:
    """Show the two ways to add, and what became of the last addition."""
    if state.reports():
        show_reports(state.reports(), wording)
        st.divider()
    files, address = st.tabs([wording("adding.files"), wording("adding.address")])
    with files:
        _add_files(services, everything, wording)
    with address:
        _add_address(services, wording)


def _add_files(services: Services, everything: Sequence[Document], wording: Wording) -> None:
    round_ = state.adding_round()
    uploads = st.file_uploader(
        wording("adding.choose"),
        type=_TYPES,
        accept_multiple_files=True,
        key=f"upload-{round_}",
        max_upload_size=services.settings.ingest.max_megabytes,
        help=wording("adding.formats"),
    )
    kind = _choose_kind(f"upload-kind-{round_}", wording)
    known = {document.origin for document in everything}
    same = [upload.name for upload in uploads if f"upload:{upload.name}" in known]
    choice = _REPLACE
    if same:
        choice = st.radio(
            wording("adding.same_name", names=label(", ".join(same))),
            [_REPLACE, _KEEP_BOTH],
            format_func=lambda option: wording(f"adding.{option}"),
            key=f"same-{round_}",
        )
    if st.button(wording("adding.add"), key="upload-add", type="primary", disabled=not uploads):
        _keep(_ingest(uploads, kind, services, wording, keep_both=same if choice == _KEEP_BOTH else ()))


def _ingest(
    uploads: Sequence[UploadedFile],
    kind: SourceKind | None,
    services: Services,
    wording: Wording,
    *,
    keep_both: Sequence[str],
) -> list[IngestReport]:
    st.caption(wording("adding.stay"))
    progress = IngestProgress(wording, files=len(uploads))
    return [
        services.ingest.add_upload(
            upload.name, upload.getvalue(), keep_both=upload.name in keep_both, kind=kind, on_event=progress
        )
        for upload in uploads
    ]


def _add_address(services: Services, wording: Wording) -> None:
    round_ = state.adding_round()
    address = st.text_input(
        wording("adding.address_label"), placeholder="https://", key=f"address-{round_}", help=wording("adding.feeds")
    ).strip()
    kind = _choose_kind(f"address-kind-{round_}", wording)
    is_web = address.startswith(("http://", "https://"))
    if address and not is_web:
        st.caption(wording("adding.not_web"))
    if st.button(wording("adding.add"), key="address-add", type="primary", disabled=not is_web):
        st.caption(wording("adding.stay"))
        _keep([services.ingest.add(address, kind=kind, on_event=IngestProgress(wording))])


def _choose_kind(key: str, wording: Wording) -> SourceKind | None:
    return st.selectbox(
        wording("adding.kind"),
        list(SourceKind),
        index=None,
        format_func=lambda kind: wording(f"kind.{kind}"),
        placeholder=wording("adding.kind_unknown"),
        key=key,
    )


def _keep(reports: Sequence[IngestReport]) -> None:
    state.keep_reports(reports)
    st.rerun()
