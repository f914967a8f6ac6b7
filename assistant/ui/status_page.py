"""The Status page: what is there, whether it is sound, whether the model answers, and what to set."""

import streamlit as st

from assistant.services import Services
from assistant.ui import services as ui_services
from assistant.ui.elements import empty_list, show_html
from assistant.ui.errors import show_errors
from assistant.ui.look import reader_wording
from assistant.ui.markup import label, table_html
from assistant.ui.settings_table import SettingRow, setting_rows, without_credentials
from assistant.ui.wording import Wording
from knowledge.types import LibraryStatistics, VerifyReport


def render() -> None:
    """Show the page."""
    wording = reader_wording()
    with show_errors(wording):
        services = ui_services.get_services()
        st.title(wording("status.title"))
        statistics = services.library.statistics()
        _show_library(statistics, wording)
        _show_model(services, wording)
        _show_soundness(services, wording)
        _show_stores(statistics, services, wording)
        _show_settings(services, wording)


def _show_library(statistics: LibraryStatistics, wording: Wording) -> None:
    with st.container(horizontal=True, gap="small", key="status-counts"):
        for name, count in {
            "documents": statistics.documents,
            "passages": statistics.passages,
            "cases": statistics.cases,
        }.items():
            st.metric(wording(f"status.{name}"), wording.number(count), border=True)
    if statistics.documents == 0:
        empty_list(wording("library.empty"), wording("library.empty_advice"))
    if statistics.pending:
        st.warning(wording.count("status.pending", statistics.pending))
    if not statistics.vectors_ready:
        st.warning(wording("notice.vectors_rebuilding"))
    kinds = [(wording(f"kind.{kind}"), count) for kind, count in statistics.by_kind.items()]
    languages = [(wording.language_name(code), count) for code, count in statistics.by_language.items()]
    line = ", ".join(f"{name} {wording.number(count)}" for name, count in (*kinds, *languages) if count)
    if line:
        st.caption(label(line))


def _show_model(services: Services, wording: Wording) -> None:
    st.subheader(wording("status.model"))
    if services.model is None:
        st.markdown(wording("status.library_mode"))
        return
    address = without_credentials(services.settings.openai_base_url) or wording("status.default_endpoint")
    st.markdown(wording("status.model_mode", name=label(services.model.name), address=label(address)))
    if st.button(wording("status.test"), key="model-test", icon=":material/network_check:"):
        with show_errors(wording), st.spinner(wording("status.testing")):
            services.model.check()
            st.success(wording("status.model_answers", name=label(services.model.name)))


def _show_soundness(services: Services, wording: Wording) -> None:
    st.subheader(wording("status.soundness"))
    st.markdown(wording("status.verify_explanation"))
    with st.container(horizontal=True, gap="small"):
        verify = st.button(wording("status.verify"), key="verify", icon=":material/fact_check:")
        repair = st.button(wording("status.repair"), key="repair", icon=":material/build:", type="tertiary")
    if verify:
        with show_errors(wording), st.spinner(wording("status.verifying")):
            _show_report(services.library.verify(), wording)
    if repair:
        with show_errors(wording):
            _repair(services, wording)


def _repair(services: Services, wording: Wording) -> None:
    bar = st.progress(0.0)

    def show(done: int, total: int) -> None:
        bar.progress(min(1.0, done / max(1, total)))

    report = services.library.repair(show)
    bar.empty()
    _show_report(report, wording)


def _show_report(report: VerifyReport, wording: Wording) -> None:
    if report.is_clean:
        st.success(wording("status.clean", passages=wording.number(report.passages)))
        return
    differences = {
        "pending_documents": len(report.pending_documents),
        "missing_vectors": len(report.missing_vectors),
        "stray_vectors": len(report.stray_vectors),
        "missing_words": len(report.missing_words),
        "stray_words": len(report.stray_words),
    }
    lines = [f"- {wording(f'verify.{name}')}: {wording.number(n)}" for name, n in differences.items() if n]
    st.warning("\n".join((f"**{wording('status.not_clean')}**", "", *lines, "", wording("status.not_clean_remedy"))))


def _show_stores(statistics: LibraryStatistics, services: Services, wording: Wording) -> None:
    st.subheader(wording("status.stores"))
    rows = {
        "status.database": without_credentials(statistics.database),
        "status.vectors": without_credentials(statistics.vector_store),
        "status.embedding": statistics.embedding_model,
        "status.home": str(services.settings.home),
    }
    show_html(
        table_html(
            (wording("status.store"), wording("status.where")),
            [((wording(key), ""), (value, "")) for key, value in rows.items()],
        )
    )


def _show_settings(services: Services, wording: Wording) -> None:
    st.subheader(wording("status.settings"))
    st.markdown(wording("status.settings_explanation"))
    heads = (wording("status.variable"), wording("status.meaning"), wording("status.value"))
    rows = [
        ((row.name, ""), (row.meaning, wording.language), (_value(row, wording), ""))
        for row in setting_rows(services.settings, wording)
    ]
    with st.expander(wording("status.all_settings")):
        show_html(table_html(heads, rows))


def _value(row: SettingRow, wording: Wording) -> str:
    if row.is_secret_set:
        return wording("status.secret_set")
    return row.value or wording("status.not_set")
