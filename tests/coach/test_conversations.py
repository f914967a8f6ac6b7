import uuid
from datetime import UTC, datetime, timedelta

import pytest

from assistant.coach.conversations import ConversationStore
from assistant.coach.errors import ConversationNotFoundError
from assistant.coach.exporting import conversation_markdown
from assistant.coach.types import Answer, Citation, Feedback, Mode, Suggestion, Turn
from knowledge.database import open_database
from knowledge.types import Evidence

QUOTE = Citation(
    1, "p1", "d1", "Het boek", ("Auteur",), ("Deel", "Prijs"), 41, 42, "Vraag waarmee vergeleken wordt.", "nl"
)
ANSWER = Answer(
    text="**In het kort**\n\n“Vraag waarmee vergeleken wordt.” [1]",
    mode=Mode.LIBRARY,
    evidence=Evidence.STRONG,
    language="nl",
    citations=(QUOTE,),
    practice=(Suggestion("c1", "Te duur", "Oefen het.", "practice_case", "nl"),),
)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request, tmp_path):
    on_server = request.param == "postgres"
    url = request.getfixturevalue("postgres_database") if on_server else f"sqlite:///{tmp_path}/catalog.sqlite3"
    engine = open_database(url)
    yield ConversationStore(engine, ["me", "you"])
    engine.dispose()


def turn_in(conversation, question="Te duur?", minutes=0):
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    return Turn(uuid.uuid4().hex, conversation.id, question, question, ANSWER, moment)


def test_a_turn_comes_back_whole(store):
    conversation = store.create("me", "Te duur?")
    turn = turn_in(conversation)
    store.append("me", turn)

    assert list(store.turns("me", conversation.id)) == [turn]


def test_turns_keep_their_order_and_conversations_the_latest_first(store):
    first, second = store.create("me", "one"), store.create("me", "two")
    for minutes, question in enumerate(("a", "b", "c")):
        store.append("me", turn_in(second, question, minutes))
    store.append("me", turn_in(first, "d", 60 * 24 * 3650))

    assert [turn.question for turn in store.turns("me", second.id)] == ["a", "b", "c"]
    assert store.list("me")[0].id == first.id


def test_nothing_of_another_account_is_seen_or_changed(store):
    mine = store.create("me", "secret")
    turn = turn_in(mine)
    store.append("me", turn)
    store.record_gap("me", "unknown", "nl")

    assert store.list("you") == []
    assert list(store.gaps("you")) == []
    for attempt in (
        lambda: store.turns("you", mine.id),
        lambda: store.get("you", mine.id),
        lambda: store.rename("you", mine.id, "x"),
        lambda: store.delete("you", mine.id),
        lambda: store.append("you", turn_in(mine)),
        lambda: store.set_feedback("you", turn.id, Feedback("up")),
    ):
        with pytest.raises(ConversationNotFoundError):
            attempt()


def test_rename_delete_and_feedback(store):
    conversation = store.create("me", "old")
    turn = turn_in(conversation)
    store.append("me", turn)
    store.rename("me", conversation.id, "  new ")
    store.rename("me", conversation.id, "   ")
    store.set_feedback("me", turn.id, Feedback("down", "te lang"))

    assert store.get("me", conversation.id).title == "new"
    assert store.turns("me", conversation.id)[0].feedback == Feedback("down", "te lang")
    store.set_feedback("me", turn.id, None)
    assert store.turns("me", conversation.id)[0].feedback is None
    store.delete("me", conversation.id)
    assert store.list("me") == []


def test_export_holds_question_answer_and_sources(store):
    conversation = store.create("me", "Te duur?")
    store.append("me", turn_in(conversation))

    text = conversation_markdown(conversation, store.turns("me", conversation.id), "nl")

    assert text.startswith("# Te duur?\n\n## Te duur?\n\n**In het kort**")
    assert "[1] Het boek, Prijs, p. 41: “Vraag waarmee vergeleken wordt.”" in text
    assert "**Oefenen:** Te duur" in text
