import json

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.api import api_routes
from assistant.people.accounts import PERSONAL_ACCOUNT
from knowledge.errors import LibraryInUseError

QUESTION = "What do I say when the customer says the price is too high?"


def events_of(response):
    """The names and the data of the server-sent events in a response."""
    found = []
    for block in response.text.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_health_counts_what_is_in_the_library(client):
    body = client.get("/api/health").json()

    assert body["status"] == "ok"
    assert body["mode"] == "library"
    assert (body["documents"], body["pending"]) == (3, 0)
    assert body["passages"] >= 3
    assert body["vectors_ready"] is True


def test_search_returns_passages_with_their_place_best_first(client):
    body = client.get("/api/search", params={"q": "price too high", "top": 5}).json()

    scores = [passage["score"] for passage in body["passages"]]
    assert scores == sorted(scores, reverse=True)
    assert body["passages"][0]["title"] in {"When the price is too high", "Ten percent off by Friday"}
    assert any(passage["heading"] == "How to do it" for passage in body["passages"])


@pytest.mark.parametrize(
    ("restriction", "field", "value"),
    [({"language": "nl"}, "language", "nl"), ({"kind": "article"}, "kind", "article")],
)
def test_search_can_be_restricted(client, restriction, field, value):
    body = client.get("/api/search", params={"q": "prijs price", **restriction}).json()

    assert body["passages"]
    assert {passage[field] for passage in body["passages"]} == {value}


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({}, "'q'"),
        ({"q": "   "}, "'q'"),
        ({"q": "price", "top": "0"}, "'top'"),
        ({"q": "price", "top": "many"}, "'top'"),
        ({"q": "price", "language": "fr"}, "'language'"),
        ({"q": "price", "unknown": "1"}, "'unknown'"),
    ],
)
def test_search_refuses_unusable_values_with_a_sentence(client, parameters, named):
    response = client.get("/api/search", params=parameters)

    assert response.status_code == 422
    assert named in response.json()["error"]
    assert response.json()["hint"]


def test_ask_streams_steps_and_ends_with_the_stored_answer(client, filled):
    response = client.post("/api/ask", json={"question": QUESTION, "language": "en"})

    events = events_of(response)
    names = [name for name, _ in events]
    answer = events[-1][1]
    turns = filled.conversations.turns(PERSONAL_ACCOUNT, answer["conversation_id"])
    assert response.headers["content-type"].startswith("text/event-stream")
    assert names[0] == "step_started"
    assert names.count("answer") == 1
    assert names[-1] == "answer"
    assert "passages" in names
    assert [turn.id for turn in turns] == [answer["turn_id"]]
    assert answer["evidence"] in {"strong", "weak"}


def test_ask_quotes_verbatim_and_numbers_from_one(client, filled):
    answer = events_of(client.post("/api/ask", json={"question": QUESTION, "language": "en"}))[-1][1]

    assert [citation["number"] for citation in answer["citations"]] == list(range(1, len(answer["citations"]) + 1))
    assert answer["citations"]
    for citation in answer["citations"]:
        assert citation["quote"] in filled.library.text_of(citation["document_id"])
        assert f"[{citation['number']}]" in answer["answer"]


def test_ask_goes_on_with_a_conversation(client, filled):
    first = events_of(client.post("/api/ask", json={"question": QUESTION}))[-1][1]

    second = events_of(
        client.post("/api/ask", json={"question": "And a discount?", "conversation_id": first["conversation_id"]})
    )[-1][1]

    assert second["conversation_id"] == first["conversation_id"]
    assert len(filled.conversations.turns(PERSONAL_ACCOUNT, first["conversation_id"])) == 2


def test_ask_in_an_unknown_conversation_is_not_found(client):
    response = client.post("/api/ask", json={"question": QUESTION, "conversation_id": "gone"})

    assert response.status_code == 404
    assert response.json()["error"] == "There is no such conversation."


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b'{"question": "price?"}', "text/plain", 415),
        (b"question=price", "application/x-www-form-urlencoded", 415),
        (b"{", "application/json", 422),
        (b"[]", "application/json", 422),
        (b'{"question": ""}', "application/json", 422),
        (b'{"question": "?!"}', "application/json", 422),
        (b'{"question": "price?", "account_id": "other"}', "application/json", 422),
        (b'{"question": "' + b"x" * 70_000 + b'"}', "application/json", 413),
    ],
)
def test_ask_refuses_unusable_bodies_with_a_sentence(client, content, content_type, status):
    response = client.post("/api/ask", content=content, headers={"Content-Type": content_type})

    assert response.status_code == status
    assert response.json()["error"]
    assert response.json()["hint"]


def test_a_library_in_use_is_said_with_its_remedy():
    def services():
        raise LibraryInUseError("The library is in use by another process.")

    with TestClient(Starlette(routes=api_routes(services)), base_url="http://localhost") as client:
        response = client.get("/api/health")

    assert response.status_code == 503
    assert response.json()["error"] == "The library is in use by another process."
    assert "Stop the other process" in response.json()["hint"]


def test_an_unknown_address_points_to_the_documentation(client):
    response = client.get("/api/nothing")

    assert response.status_code == 404
    assert response.json()["hint"] == "See /api/docs."
