"""The team's bookcase: which books of the reading list stand in it."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.database import Base, transaction


class OwnedBookRow(Base):
    """A book of the reading list that the team has on paper."""

    __tablename__ = "owned_books"

    book_id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    account_id: Mapped[str | None] = mapped_column(sa.String(64), sa.ForeignKey("accounts.id", ondelete="SET NULL"))
    """Who marked it; the book stays the team's when that account goes."""
    marked_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))


class Bookcase:
    """Marks books as owned; one bookcase for the whole team."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def owned(self) -> frozenset[str]:
        """Return the ids of the books that the team owns."""
        with self._begin() as session:
            return frozenset(session.scalars(sa.select(OwnedBookRow.book_id)))

    def mark(self, account_id: str, book_id: str) -> None:
        """Note that the team owns a book; twice is once."""
        with self._begin() as session:
            if session.get(OwnedBookRow, book_id) is None:
                session.add(OwnedBookRow(book_id=book_id, account_id=account_id, marked_at=datetime.now(UTC)))

    def unmark(self, book_id: str) -> None:
        """Note that the team does not own a book; does nothing when it was not marked."""
        with self._begin() as session:
            session.execute(sa.delete(OwnedBookRow).where(OwnedBookRow.book_id == book_id))

    def _begin(self) -> AbstractContextManager[Session]:
        return transaction(self._engine)
