"""The catalog: documents, revisions and passages in SQL, the source of truth for the derived stores.

Every method is one short transaction. Rows never leave this module; values do.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.orm import Session

from knowledge import catalog_rows as rows
from knowledge.catalog_tables import (
    INDEXED,
    PENDING,
    DismissedOriginRow,
    DocumentRow,
    LibraryStateRow,
    PassageRow,
    RevisionRow,
    StalePassageRow,
)
from knowledge.database import transaction
from knowledge.errors import DocumentNotFoundError
from knowledge.types import Document, DocumentState, Passage, PracticeCase, SearchFilter, SourceKind

_IDS_A_STATEMENT = 500
"""SQLite and PostgreSQL both limit the number of parameters in one statement."""


class Catalog:
    """Reads and writes the tables of catalog_tables."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    # Documents ------------------------------------------------------------------------------------------------------

    def state_of(self, document: Document) -> DocumentState:
        """Return whether the document is absent, changed, unchanged or waiting to be indexed."""
        query = sa.select(RevisionRow.state, RevisionRow.fingerprint).where(RevisionRow.document_id == document.id)
        with self._session() as session:
            found = {row.state: row.fingerprint for row in session.execute(query)}
        if found.get(PENDING) == document.fingerprint:
            return DocumentState.PENDING
        if found.get(INDEXED) == document.fingerprint and PENDING not in found:
            return DocumentState.UNCHANGED
        return DocumentState.CHANGED if INDEXED in found else DocumentState.ABSENT

    def documents(self, where: SearchFilter = SearchFilter()) -> list[Document]:
        """Return the indexed documents that pass the filter, by title."""
        query = self._revisions().where(RevisionRow.state == INDEXED)
        if where.kinds:
            query = query.where(RevisionRow.kind.in_([kind.value for kind in where.kinds]))
        if where.languages:
            query = query.where(RevisionRow.language.in_(where.languages))
        if where.document_ids:
            query = query.where(RevisionRow.document_id.in_(where.document_ids))
        with self._session() as session:
            found = [rows.document(revision, row) for revision, row in session.execute(query)]
        wanted = set(where.skills)
        return sorted(
            (document for document in found if not wanted or wanted & set(document.skills)),
            key=lambda document: (document.title.casefold(), document.id),
        )

    def document(self, document_id: str) -> Document:
        """Return an indexed document; raises DocumentNotFoundError."""
        found = self.documents(SearchFilter(document_ids=(document_id,)))
        if not found:
            raise DocumentNotFoundError(f"There is no document {document_id!r}.", id=document_id)
        return found[0]

    def same_content(self, content_hash: str) -> Document | None:
        """Return an indexed document with these bytes, if there is one."""
        query = self._revisions().where(RevisionRow.state == INDEXED, RevisionRow.content_hash == content_hash)
        with self._session() as session:
            row = session.execute(query.limit(1)).first()
        return rows.document(*row) if row else None

    def body(self, document_id: str) -> str:
        """Return the text of an indexed document; raises DocumentNotFoundError."""
        query = sa.select(RevisionRow.body).where(RevisionRow.document_id == document_id, RevisionRow.state == INDEXED)
        with self._session() as session:
            body = session.scalar(query)
        if body is None:
            raise DocumentNotFoundError(f"There is no document {document_id!r}.", id=document_id)
        return body

    def cases(self, where: SearchFilter = SearchFilter()) -> list[PracticeCase]:
        """Return the practice cases whose documents pass the filter, by title."""
        allowed = [document.id for document in self.documents(where) if document.kind is SourceKind.PRACTICE_CASE]
        found: dict[str, PracticeCase] = {}
        with self._session() as session:
            for ids in _batches(allowed):
                query = sa.select(RevisionRow.document_id, RevisionRow.practice_case).where(
                    RevisionRow.document_id.in_(ids), RevisionRow.state == INDEXED
                )
                found |= {row[0]: rows.case(row[1], row[0]) for row in session.execute(query) if row[1]}
        return [found[document_id] for document_id in allowed if document_id in found]

    # Revisions ------------------------------------------------------------------------------------------------------

    def begin(self, document: Document, body: str, passages: Sequence[Passage], case: PracticeCase | None) -> None:
        """Write a PENDING revision beside the indexed one; an earlier pending one with other content gives way."""
        with self._session() as session:
            if session.get(DocumentRow, document.id) is None:
                session.add(DocumentRow(id=document.id, origin=document.origin, added_at=datetime.now(UTC)))
                session.flush()
            self._drop(session, document.id, PENDING)
            revision = RevisionRow(
                document_id=document.id,
                state=PENDING,
                kind=document.kind.value,
                language=document.language,
                title=document.title,
                content_hash=document.content_hash,
                fingerprint=document.fingerprint,
                details=rows.details(document),
                body=body,
                practice_case=asdict(case) if case else None,
            )
            session.add(revision)
            session.flush()
            session.add_all(rows.passage_row(revision.id, passage) for passage in passages)

    def pending(self) -> list[str]:
        """Return the ids of documents with a PENDING revision."""
        query = sa.select(RevisionRow.document_id).where(RevisionRow.state == PENDING).order_by(RevisionRow.id)
        with self._session() as session:
            return list(session.scalars(query))

    def pending_document(self, document_id: str) -> tuple[Document, list[Passage]]:
        """Return the pending revision of a document and its passages."""
        query = self._revisions().where(RevisionRow.document_id == document_id, RevisionRow.state == PENDING)
        with self._session() as session:
            row = session.execute(query).first()
            if row is None:
                raise DocumentNotFoundError(f"Document {document_id!r} has nothing pending.", id=document_id)
            revision, document = row
            return rows.document(revision, document), self._passages(session, revision)

    def mark_indexed(self, document_id: str) -> None:
        """Put the pending revision in the place of the indexed one; ids only the old one had become stale."""
        with self._session() as session:
            revision = session.scalars(
                sa.select(RevisionRow).where(RevisionRow.document_id == document_id, RevisionRow.state == PENDING)
            ).one()
            self._drop(session, document_id, INDEXED)
            revision.state = INDEXED

    def remove(self, document_id: str) -> None:
        """Forget a document with all its revisions; its passage ids become stale."""
        with self._session() as session:
            for state in (PENDING, INDEXED):
                self._drop(session, document_id, state)
            session.execute(sa.delete(DocumentRow).where(DocumentRow.id == document_id))

    # Passages -------------------------------------------------------------------------------------------------------

    def passages(self, passage_ids: Iterable[str]) -> dict[str, Passage]:
        """Return the passages of indexed revisions by id; ids that search must not show are left out."""
        found: dict[str, Passage] = {}
        with self._session() as session:
            for ids in _batches(passage_ids):
                query = (
                    sa.select(PassageRow, RevisionRow.document_id)
                    .join(RevisionRow, RevisionRow.id == PassageRow.revision_id)
                    .where(PassageRow.passage_id.in_(ids), RevisionRow.state == INDEXED)
                )
                found |= {row.passage_id: rows.passage(row, owner) for row, owner in session.execute(query)}
        return found

    def passages_of(self, document_id: str) -> list[Passage]:
        """Return the passages of an indexed document in reading order."""
        query = sa.select(RevisionRow).where(RevisionRow.document_id == document_id, RevisionRow.state == INDEXED)
        with self._session() as session:
            revision = session.scalars(query).one_or_none()
            return self._passages(session, revision) if revision else []

    def indexed_ids(self) -> set[str]:
        """Return the ids of all passages that search may show."""
        query = sa.select(PassageRow.passage_id).join(RevisionRow).where(RevisionRow.state == INDEXED)
        with self._session() as session:
            return set(session.scalars(query))

    def pending_ids(self) -> set[str]:
        """Return the ids of passages that are on their way in."""
        query = sa.select(PassageRow.passage_id).join(RevisionRow).where(RevisionRow.state == PENDING)
        with self._session() as session:
            return set(session.scalars(query))

    def stale_ids(self) -> set[str]:
        """Return passage ids that the derived stores must still forget."""
        with self._session() as session:
            return set(session.scalars(sa.select(StalePassageRow.passage_id)))

    def forget_stale(self, passage_ids: Iterable[str]) -> None:
        """Note that the derived stores have forgotten these ids."""
        with self._session() as session:
            for ids in _batches(passage_ids):
                session.execute(sa.delete(StalePassageRow).where(StalePassageRow.passage_id.in_(ids)))

    # Single facts ---------------------------------------------------------------------------------------------------

    def fact(self, key: str) -> str:
        """Return a noted fact; empty when there is none."""
        with self._session() as session:
            row = session.get(LibraryStateRow, key)
            return row.value if row else ""

    def note_fact(self, key: str, value: str) -> None:
        """Note a fact in the place of an earlier one."""
        with self._session() as session:
            session.merge(LibraryStateRow(key=key, value=value))

    def dismiss(self, origin: str) -> None:
        """Note that a starter text must not come back by itself."""
        with self._session() as session:
            session.merge(DismissedOriginRow(origin=origin))

    def is_dismissed(self, origin: str) -> bool:
        """Return whether a person removed this starter text."""
        with self._session() as session:
            return session.get(DismissedOriginRow, origin) is not None

    # Private --------------------------------------------------------------------------------------------------------

    def _session(self) -> AbstractContextManager[Session]:
        return transaction(self._engine)

    @staticmethod
    def _revisions() -> sa.Select[RevisionRow, DocumentRow]:
        return sa.select(RevisionRow, DocumentRow).join(DocumentRow, DocumentRow.id == RevisionRow.document_id)

    @staticmethod
    def _passages(session: Session, revision: RevisionRow) -> list[Passage]:
        query = sa.select(PassageRow).where(PassageRow.revision_id == revision.id).order_by(PassageRow.position)
        return [rows.passage(row, revision.document_id) for row in session.scalars(query)]

    @staticmethod
    def _drop(session: Session, document_id: str, state: str) -> None:
        """Delete a revision; passage ids that no other revision of the document has become stale."""
        revision = session.scalars(
            sa.select(RevisionRow).where(RevisionRow.document_id == document_id, RevisionRow.state == state)
        ).one_or_none()
        if revision is None:
            return
        kept = sa.select(PassageRow.passage_id).where(PassageRow.revision_id != revision.id)
        gone = sa.select(PassageRow.passage_id).where(
            PassageRow.revision_id == revision.id, PassageRow.passage_id.not_in(kept)
        )
        for passage_id in set(session.scalars(gone)):
            session.merge(StalePassageRow(passage_id=passage_id))
        session.execute(sa.delete(PassageRow).where(PassageRow.revision_id == revision.id))
        session.execute(sa.delete(RevisionRow).where(RevisionRow.id == revision.id))
        session.expire_all()


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    remaining = iter(ids)
    while batch := list(islice(remaining, _IDS_A_STATEMENT)):
        yield batch
