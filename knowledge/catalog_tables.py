"""The tables of the catalog.

A document has revisions; the one that is INDEXED is what search and readers see. A new version is written beside it as
PENDING and takes its place in one transaction when vectors and words are in.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Base

PENDING = "pending"
INDEXED = "indexed"


class DocumentRow(Base):
    """A document's lasting identity."""

    __tablename__ = "documents"

    id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    origin: Mapped[str] = mapped_column(sa.Text, unique=True)
    added_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))


class RevisionRow(Base):
    """One version of a document: its metadata, its text and its state."""

    __tablename__ = "revisions"
    __table_args__ = (sa.UniqueConstraint("document_id", "state", name="uq_revisions_document_id_state"),)

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=True)
    document_id: Mapped[str] = mapped_column(
        sa.String(64), sa.ForeignKey("documents.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[str] = mapped_column(sa.String(16), index=True)
    kind: Mapped[str] = mapped_column(sa.String(32))
    language: Mapped[str] = mapped_column(sa.String(8))
    title: Mapped[str] = mapped_column(sa.Text)
    content_hash: Mapped[str] = mapped_column(sa.String(64), index=True)
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    details: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    """Authors, skills, methods, topics, summary, licence, published, collection, pair_id."""
    body: Mapped[str] = mapped_column(sa.Text, deferred=True)
    practice_case: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON, deferred=True)


class PassageRow(Base):
    """A passage of one revision; the same passage id may stand in the old and the new revision."""

    __tablename__ = "passages"

    revision_id: Mapped[int] = mapped_column(sa.ForeignKey("revisions.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    passage_id: Mapped[str] = mapped_column(sa.String(64), index=True)
    text: Mapped[str] = mapped_column(sa.Text)
    char_start: Mapped[int] = mapped_column(sa.Integer)
    char_end: Mapped[int] = mapped_column(sa.Integer)
    page_first: Mapped[int | None] = mapped_column(sa.Integer)
    page_last: Mapped[int | None] = mapped_column(sa.Integer)
    heading_path: Mapped[list[str]] = mapped_column(sa.JSON)


class StalePassageRow(Base):
    """A passage id that the vectors and words must still forget."""

    __tablename__ = "stale_passages"

    passage_id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)


class DismissedOriginRow(Base):
    """A starter text that a person removed and that must not come back by itself."""

    __tablename__ = "dismissed_origins"

    origin: Mapped[str] = mapped_column(sa.String(512), primary_key=True)


class LibraryStateRow(Base):
    """Single facts about the derived stores, such as the vector collection in use."""

    __tablename__ = "library_state"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    value: Mapped[str] = mapped_column(sa.Text)
