"""Adding documents: events and report, the same again, a new version, uploads, starter texts."""

from pathlib import Path

import pytest

from ingest.events import FileFinished, FileStarted, IngestEvent, Outcome, PassagesIndexed
from ingest.starter import starter_sources
from knowledge.types import Collection, SourceKind
from tests.ingest.files import PROSE, PROZA, make_docx, prose


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(f"# First\n\n{prose(400)}", encoding="utf-8")
    (tmp_path / "b.docx").write_bytes(b"broken")
    (tmp_path / "c.txt").write_text(PROZA, encoding="utf-8")
    return tmp_path


def test_events_tell_what_happens_in_order(ingest, folder: Path) -> None:
    events: list[IngestEvent] = []

    report = ingest.add(str(folder), on_event=events.append)

    assert [type(event) for event in events if not isinstance(event, PassagesIndexed)] == [
        FileStarted,
        FileFinished,
    ] * 3
    assert [event for event in events if isinstance(event, FileStarted)] == [
        FileStarted("a.md", 1, 3),
        FileStarted("b.docx", 2, 3),
        FileStarted("c.txt", 3, 3),
    ]
    indexed = [event for event in events if isinstance(event, PassagesIndexed) and event.name == "a.md"]
    assert indexed[0].done == 0
    assert indexed[-1].done == indexed[-1].total == report.results[0].passages
    assert [event.result for event in events if isinstance(event, FileFinished)] == list(report.results)


def test_report_counts(ingest, shelf, folder: Path) -> None:
    report = ingest.add(str(folder))

    assert (len(report.added), len(report.failed), len(report.unchanged), len(report.updated)) == (2, 1, 0, 0)
    assert report.passages == sum(len(passages) for passages in shelf.passages.values())
    assert report.seconds >= sum(result.seconds for result in report.results) > 0


def test_same_folder_again_changes_nothing(ingest, shelf, folder: Path) -> None:
    ingest.add(str(folder))

    report = ingest.add(str(folder))

    assert [result.outcome for result in report.results] == [Outcome.UNCHANGED, Outcome.FAILED, Outcome.UNCHANGED]
    assert report.results[0].document == shelf.document(report.results[0].document.id)
    assert shelf.replaced == 2


def test_new_version_replaces_and_keeps_its_id(ingest, shelf, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(PROSE, encoding="utf-8")
    before = ingest.add(str(path)).results[0].document
    path.write_text(PROZA, encoding="utf-8")

    (result,) = ingest.add(str(path)).updated

    assert result.document.id == before.id
    assert result.document.content_hash != before.content_hash
    assert shelf.only.language == "nl"


def test_failed_new_version_leaves_the_old(ingest, shelf, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(make_docx(("Normal", PROSE)))
    ingest.add(str(path))
    path.write_bytes(b"PK\x03\x04 broken")

    report = ingest.add(str(path))

    assert len(report.failed) == 1
    assert PROSE in shelf.only_text


def test_same_bytes_elsewhere_are_unchanged_and_name_the_first(ingest, shelf, tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(PROSE, encoding="utf-8")

    first, second = ingest.add(str(tmp_path)).results

    assert (first.outcome, second.outcome) == (Outcome.ADDED, Outcome.UNCHANGED)
    assert second.document == first.document
    assert len(shelf.kept) == 1


def test_two_files_that_differ_are_never_one(ingest, shelf, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PROSE, encoding="utf-8")
    (tmp_path / "b.md").write_text(PROSE + " ", encoding="utf-8")

    ingest.add(str(tmp_path))

    assert len(shelf.kept) == 2


def test_version_that_equals_another_document_leaves_one(ingest, shelf, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PROSE, encoding="utf-8")
    (tmp_path / "b.md").write_text(PROZA, encoding="utf-8")
    ingest.add(str(tmp_path))
    (tmp_path / "b.md").write_text(PROSE, encoding="utf-8")

    (result,) = ingest.add(str(tmp_path / "b.md")).unchanged

    assert result.document.origin.endswith("a.md")
    assert shelf.only.origin.endswith("a.md")


def test_another_wish_indexes_the_same_bytes_anew(ingest, shelf, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(PROSE, encoding="utf-8")
    ingest.add(str(path))

    report = ingest.add(str(path), kind=SourceKind.BOOK)

    assert len(report.updated) == 1
    assert shelf.only.kind is SourceKind.BOOK


def test_interrupted_document_is_taken_in_again(ingest, shelf, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(PROSE, encoding="utf-8")
    ingest.add(str(path))
    shelf.pending.add(shelf.only.id)

    (result,) = ingest.add(str(path)).results

    assert result.outcome is Outcome.ADDED
    assert not shelf.pending


def test_link_to_a_file_is_the_file(ingest, shelf, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PROSE, encoding="utf-8")
    (tmp_path / "link.md").symlink_to(tmp_path / "a.md")

    ingest.add(str(tmp_path))

    assert shelf.only.origin == str((tmp_path / "a.md").resolve())


# Uploads ------------------------------------------------------------------------------------------------------------


def test_upload_of_the_same_name_replaces(ingest, shelf) -> None:
    ingest.add_upload("notes.md", PROSE.encode())

    report = ingest.add_upload("notes.md", PROZA.encode())

    assert len(report.updated) == 1
    assert shelf.only.origin == "upload:notes.md"


def test_both_uploads_of_one_name_can_be_kept(ingest, shelf) -> None:
    ingest.add_upload("notes.md", PROSE.encode(), keep_both=True)
    ingest.add_upload("notes.md", PROZA.encode(), keep_both=True)

    report = ingest.add_upload("notes.md", PROZA.encode(), keep_both=True)

    assert len(report.unchanged) == 1
    origins = sorted(document.origin for document in shelf.kept.values())
    assert origins[0] == "upload:notes.md"
    assert origins[1].startswith("upload:notes.md#")
    assert len(origins[1]) == len("upload:notes.md#") + 8


@pytest.mark.parametrize("name", ["../../etc/notes.md", "C:\\Users\\jan\\notes.md", "/any/\x00notes.md\n"])
def test_upload_is_known_by_its_bare_name(ingest, shelf, name: str) -> None:
    ingest.add_upload(name, PROSE.encode())

    assert shelf.only.origin == "upload:notes.md"


# Starter texts ------------------------------------------------------------------------------------------------------


def test_starter_texts_are_added_as_pairs(ingest, shelf) -> None:
    report = ingest.sync_starter()

    assert not report.failed, report.failed
    documents = list(shelf.kept.values())
    assert {document.collection for document in documents} == {Collection.STARTER}
    assert len(documents) == len(list(starter_sources()))
    by_pair: dict[str, set[str]] = {}
    for document in documents:
        by_pair.setdefault(document.pair_id, set()).add(document.language)
    assert all(languages == {"nl", "en"} for languages in by_pair.values())
    secrets = [case.buyer_brief for case in shelf.cases.values() if case.buyer_brief]
    assert secrets
    assert not any(secret in text for secret in secrets for text in shelf.texts.values())


def test_starter_texts_again_do_nothing_and_say_nothing(ingest, shelf) -> None:
    ingest.sync_starter()
    replaced, events = shelf.replaced, []

    report = ingest.sync_starter(events.append)

    assert len(report.unchanged) == len(report.results) > 0
    assert shelf.replaced == replaced
    assert events == []


def test_starter_sync_updates_removes_and_respects_what_was_dismissed(ingest, shelf, tmp_path, monkeypatch) -> None:
    articles = tmp_path / "articles" / "en"
    articles.mkdir(parents=True)
    for name in ("changed", "gone", "dismissed", "same"):
        (articles / f"{name}.md").write_text(f"---\nid: {name}\n---\n{name} {PROSE}", encoding="utf-8")
    monkeypatch.setattr("ingest.pipeline.starter_sources", lambda: starter_sources(tmp_path))
    shelf.dismissed.add("starter:articles/en/dismissed.md")
    ingest.sync_starter()
    (articles / "changed.md").write_text(f"new {PROSE}", encoding="utf-8")
    (articles / "gone.md").unlink()

    report = ingest.sync_starter()

    assert [result.name for result in report.updated] == ["articles/en/changed.md"]
    assert [result.name for result in report.unchanged] == ["articles/en/same.md"]
    assert [document.origin for document in report.removed] == ["starter:articles/en/gone.md"]
    assert {document.origin for document in shelf.kept.values()} == {
        "starter:articles/en/changed.md",
        "starter:articles/en/same.md",
    }


def test_starter_sync_leaves_the_teams_documents_alone(ingest, shelf) -> None:
    ingest.add_upload("own.md", PROSE.encode())

    ingest.sync_starter()

    assert "upload:own.md" in {document.origin for document in shelf.kept.values()}


# With the real stores -----------------------------------------------------------------------------------------------


def test_folder_goes_into_a_real_library_and_is_found(library, folder: Path) -> None:
    from ingest.limits import IngestLimits
    from ingest.pipeline import Ingest

    ingest = Ingest(library, IngestLimits())

    first, second = ingest.add(str(folder)), ingest.add(str(folder))

    assert (len(first.added), len(second.unchanged)) == (2, 2)
    hit = library.search("what is the price compared with").hits[0]
    place = hit.passage.locator
    assert library.text_of(hit.document.id)[place.char_start : place.char_end] == hit.passage.text
    assert library.verify().is_clean
