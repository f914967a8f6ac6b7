"""Conversations, turns and library gaps in SQL; every row belongs to an account.

A turn keeps its answer whole, so that yesterday's answer shows yesterday's citations.
"""

import uuid
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.coach.errors import ConversationNotFoundError
from assistant.coach.types import Answer, Conversation, Feedback, Turn
from knowledge.database import Base, transaction

_ANSWER = TypeAdapter(Answer)
_FEEDBACK = TypeAdapter(Feedback)


class AccountRow(Base):
    """A person who uses Salescoach."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))


class ConversationRow(Base):
    """A named series of turns."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    account_id: Mapped[str] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))


class TurnRow(Base):
    """One question with its answer."""

    __tablename__ = "turns"

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(sa.ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[str] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(sa.Text)
    search_question: Mapped[str] = mapped_column(sa.Text)
    answer: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    feedback: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    asked_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))


class GapRow(Base):
    """A question the library could not answer."""

    __tablename__ = "gaps"

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=True)
    account_id: Mapped[str] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(8))
    asked_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))


@dataclass(frozen=True, slots=True)
class Gap:
    """A question the library could not answer, and when it was asked."""

    question: str
    language: str
    asked_at: datetime


class ConversationStore:
    """Reads and writes what one account asked; nothing of another account ever comes out."""

    def __init__(self, engine: sa.Engine, accounts: Sequence[str]) -> None:
        self._engine = engine
        with self._begin() as session:
            for account in accounts:
                if session.get(AccountRow, account) is None:
                    session.add(AccountRow(id=account, created_at=_now()))

    def create(self, account_id: str, title: str) -> Conversation:
        """Begin a conversation."""
        now = _now()
        row = ConversationRow(
            id=uuid.uuid4().hex, account_id=account_id, title=title.strip()[:120], created_at=now, updated_at=now
        )
        with self._begin() as session:
            session.add(row)
        return _conversation(row)

    def list(self, account_id: str) -> list[Conversation]:
        """Return the account's conversations, the latest first."""
        query = (
            sa.select(ConversationRow)
            .where(ConversationRow.account_id == account_id)
            .order_by(ConversationRow.updated_at.desc(), ConversationRow.id)
        )
        with self._begin() as session:
            return [_conversation(row) for row in session.scalars(query)]

    def get(self, account_id: str, conversation_id: str) -> Conversation:
        """Return one conversation; raises ConversationNotFoundError."""
        with self._begin() as session:
            return _conversation(self._own(session, account_id, conversation_id))

    def turns(self, account_id: str, conversation_id: str) -> "Sequence[Turn]":
        """Return the turns of a conversation, oldest first; raises ConversationNotFoundError."""
        query = sa.select(TurnRow).where(TurnRow.conversation_id == conversation_id).order_by(TurnRow.asked_at)
        with self._begin() as session:
            self._own(session, account_id, conversation_id)
            return [_turn(row) for row in session.scalars(query)]

    def rename(self, account_id: str, conversation_id: str, title: str) -> None:
        """Give a conversation another title; an empty one is ignored."""
        with self._begin() as session:
            row = self._own(session, account_id, conversation_id)
            row.title = title.strip()[:120] or row.title

    def delete(self, account_id: str, conversation_id: str) -> None:
        """Delete a conversation with its turns."""
        with self._begin() as session:
            self._own(session, account_id, conversation_id)
            session.execute(sa.delete(TurnRow).where(TurnRow.conversation_id == conversation_id))
            session.execute(sa.delete(ConversationRow).where(ConversationRow.id == conversation_id))

    def append(self, account_id: str, turn: Turn) -> None:
        """Add a turn to its conversation."""
        with self._begin() as session:
            self._own(session, account_id, turn.conversation_id).updated_at = turn.asked_at
            session.add(
                TurnRow(
                    id=turn.id,
                    conversation_id=turn.conversation_id,
                    account_id=account_id,
                    question=turn.question,
                    search_question=turn.search_question,
                    answer=_ANSWER.dump_python(turn.answer, mode="json"),
                    feedback=None,
                    asked_at=turn.asked_at,
                )
            )

    def set_feedback(self, account_id: str, turn_id: str, feedback: Feedback | None) -> None:
        """Keep, change or withdraw a thumb; raises ConversationNotFoundError."""
        with self._begin() as session:
            row = session.get(TurnRow, turn_id)
            if row is None or row.account_id != account_id:
                raise ConversationNotFoundError("There is no such answer.")
            row.feedback = _FEEDBACK.dump_python(feedback, mode="json") if feedback else None

    def record_gap(self, account_id: str, question: str, language: str) -> None:
        """Note a question that the library could not answer."""
        with self._begin() as session:
            session.add(GapRow(account_id=account_id, question=question, language=language, asked_at=_now()))

    def gaps(self, account_id: str) -> "Sequence[Gap]":
        """Return the account's unanswered questions, the latest first."""
        query = sa.select(GapRow).where(GapRow.account_id == account_id).order_by(GapRow.id.desc())
        with self._begin() as session:
            return [Gap(row.question, row.language, _aware(row.asked_at)) for row in session.scalars(query)]

    def _begin(self) -> AbstractContextManager[Session]:
        return transaction(self._engine)

    @staticmethod
    def _own(session: Session, account_id: str, conversation_id: str) -> ConversationRow:
        row = session.get(ConversationRow, conversation_id)
        if row is None or row.account_id != account_id:
            raise ConversationNotFoundError("There is no such conversation.")
        return row


def _now() -> datetime:
    return datetime.now(UTC)


def _aware(moment: datetime) -> datetime:
    """Return the moment with its time zone, which SQLite drops."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _conversation(row: ConversationRow) -> Conversation:
    return Conversation(row.id, row.account_id, row.title, _aware(row.created_at), _aware(row.updated_at))


def _turn(row: TurnRow) -> Turn:
    return Turn(
        id=row.id,
        conversation_id=row.conversation_id,
        question=row.question,
        search_question=row.search_question,
        answer=_ANSWER.validate_python(row.answer),
        asked_at=_aware(row.asked_at),
        feedback=_FEEDBACK.validate_python(row.feedback) if row.feedback else None,
    )
