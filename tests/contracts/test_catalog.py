"""One suite for every SQL dialect."""

import pytest

from knowledge.catalog import Catalog
from knowledge.database import Base, open_database
from knowledge.errors import DocumentNotFoundError, StoreError
from knowledge.types import DocumentState, PracticeCase, SearchFilter, Skill, SourceKind
from tests.builders import make_document
from tests.ui.samples import CASE_FIELDS


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request, tmp_path):
    on_server = request.param == "postgres"
    url = request.getfixturevalue("postgres_database") if on_server else f"sqlite:///{tmp_path}/catalog.sqlite3"
    opened = open_database(url)
    yield opened
    opened.dispose()


@pytest.fixture
def catalog(engine):
    return Catalog(engine)


def test_a_document_is_seen_only_once_it_is_indexed(catalog):
    document, body, passages = make_document("a", ["First.", "Second."])
    catalog.begin(document, body, passages, None)

    assert catalog.state_of(document) is DocumentState.PENDING
    assert catalog.documents() == []
    assert catalog.passages([passages[0].id]) == {}
    catalog.mark_indexed(document.id)
    assert catalog.state_of(document) is DocumentState.UNCHANGED
    assert catalog.passages_of(document.id) == passages
    assert catalog.body(document.id) == body


def test_the_old_version_stays_until_the_new_one_is_indexed(catalog):
    old, body, passages = make_document("a", ["Same.", "Old."])
    catalog.begin(old, body, passages, None)
    catalog.mark_indexed(old.id)
    new, new_body, new_passages = make_document("a", ["Same.", "New."])

    catalog.begin(new, new_body, new_passages, None)
    assert catalog.body(old.id) == body
    catalog.mark_indexed(new.id)

    assert catalog.body(new.id) == new_body
    assert catalog.stale_ids() == {passages[1].id}
    assert catalog.indexed_ids() == {passage.id for passage in new_passages}


def test_a_pending_version_gives_way_to_a_newer_one(catalog):
    for text in ("One.", "Two."):
        document, body, passages = make_document("a", [text])
        catalog.begin(document, body, passages, None)

    assert catalog.pending() == [document.id]
    assert [passage.text for passage in catalog.pending_document(document.id)[1]] == ["Two."]


def test_removal_leaves_nothing_but_ids_to_forget(catalog):
    document, body, passages = make_document("a", ["One.", "Two."])
    catalog.begin(document, body, passages, None)
    catalog.mark_indexed(document.id)

    catalog.remove(document.id)

    assert catalog.state_of(document) is DocumentState.ABSENT
    assert catalog.stale_ids() == {passage.id for passage in passages}
    with pytest.raises(DocumentNotFoundError):
        catalog.document(document.id)
    catalog.forget_stale(catalog.stale_ids())
    assert catalog.stale_ids() == set()


def test_values_come_back_as_they_went_in(catalog):
    document, body, passages = make_document(
        "een/case", ["Situatie."], language="nl", kind=SourceKind.PRACTICE_CASE, skills=(Skill.NEGOTIATION,)
    )
    case = PracticeCase(
        title="Casus",
        language="nl",
        situation="Situatie.",
        checks=("Vraagt door.",),
        variants={"easier": "x"},
        dialogue=CASE_FIELDS.dialogue,
    )
    catalog.begin(document, body, passages, case)
    catalog.mark_indexed(document.id)

    found = catalog.document(document.id)

    assert (found.title, found.skills, found.kind) == (document.title, document.skills, document.kind)
    assert catalog.cases()[0].checks == ("Vraagt door.",)
    assert catalog.cases()[0].document_id == document.id
    assert catalog.cases()[0].dialogue == CASE_FIELDS.dialogue
    assert catalog.documents(SearchFilter(skills=(Skill.LISTENING,))) == []
    assert catalog.documents(SearchFilter(languages=("nl",), kinds=(SourceKind.PRACTICE_CASE,))) == [found]


def test_many_passages_fit(catalog):
    document, body, passages = make_document("long", [f"Passage number {n}." for n in range(2500)])
    catalog.begin(document, body, passages, None)
    catalog.mark_indexed(document.id)

    assert len(catalog.passages(passage.id for passage in passages)) == 2500


def test_facts_and_dismissals_are_kept(catalog):
    catalog.note_fact("key", "one")
    catalog.note_fact("key", "two")
    catalog.dismiss("starter:x")

    assert catalog.fact("key") == "two"
    assert catalog.is_dismissed("starter:x")
    assert not catalog.is_dismissed("starter:y")


def test_migrations_build_the_schema_that_the_code_declares(engine):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_file_that_is_no_database_is_said_so(tmp_path):
    (tmp_path / "catalog.sqlite3").write_bytes(b"this is not a database at all" * 100)

    with pytest.raises(StoreError, match=r"catalog\.sqlite3"):
        open_database(f"sqlite:///{tmp_path}/catalog.sqlite3")
