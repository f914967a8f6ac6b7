import json
import os
import sqlite3
from pathlib import Path

QUESTION = "What do I say when the customer says the price is too high?"
KEYS = ["answer", "mode", "evidence", "citations", "practice", "reading", "books"]


def test_ask_prints_the_answer_with_its_quotes(filled):
    ran = filled("ask", QUESTION)

    assert ran.code == 0
    assert "[1]" in ran.out
    assert "When the price is too high" in ran.out


def test_ask_json_has_the_documented_keys(filled):
    data = filled("ask", QUESTION, "--json").data

    assert list(data) == KEYS
    assert data["mode"] == "library"
    assert list(data["citations"][0]) == ["number", "document_id", "title", "heading", "page", "quote"]
    assert data["citations"][0]["number"] == 1
    assert data["practice"][0]["title"] == "Ten percent off by Friday"
    assert list(data["practice"][0]) == ["document_id", "title", "summary", "kind", "language"]


def test_ask_in_dutch_answers_in_dutch(filled):
    data = filled("ask", "De klant vindt de prijs te hoog, wat nu?", "--json").data

    titles = [citation["title"] for citation in data["citations"]]
    assert titles[0] == "Als de klant de prijs te hoog vindt"


def test_ask_says_so_when_the_library_does_not_know(filled):
    data = filled("ask", "How many moons does Jupiter have?", "--json").data

    assert data["evidence"] == "none"
    assert data["citations"] == []
    assert data["answer"]


def test_search_prints_places_and_passages(filled):
    ran = filled("search", "price too high", "--top", "2")

    assert ran.out.startswith("1. ")
    assert "\n3. " not in ran.out


def test_search_batch_prints_a_line_for_each_question(filled, tmp_path):
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": 7, "question": "price too high"}\n\n{"id": "b", "question": "prijs te hoog"}\n')

    ran = filled("search", "--batch", batch, "--top", "2")

    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [line["id"] for line in lines] == ["7", "b"]
    assert all(1 <= len(line["passages"]) <= 2 for line in lines)
    assert all(isinstance(text, str) for line in lines for text in line["passages"])


def test_search_batch_names_the_line_it_cannot_read(filled, tmp_path):
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": 1, "question": "price"}\n{"id": 2}\n')

    ran = filled("search", "--batch", batch)

    assert ran.code == 1
    assert ran.err.startswith("salescoach: Line 2 of the batch file is not usable.")


def test_list_and_summary_agree(filled):
    documents, summary = filled("list", "--json").data, filled("list", "--summary", "--json").data

    assert len(documents) == summary["documents"] == 3
    assert summary["by_language"] == {"en": 2, "nl": 1}
    assert summary["by_skill"]["negotiation"] == {"practice_case": {"en": 1}}
    assert summary["reading_list"] >= 80
    printed = filled("list", "--summary").out
    assert "documents: 3" in printed
    assert next(line for line in printed.splitlines() if "negotiation" in line).split()[:5] == [
        "negotiation",
        "0",
        "0",
        "1",
        "0",
    ]
    assert documents[0]["document_id"] in filled("list").out


def test_an_empty_library_says_how_to_fill_it(salescoach):
    ran = salescoach("list")

    assert ran.out == ""
    assert "salescoach add" in ran.err


def test_remove_takes_a_document_out(filled):
    document = filled("list", "--json").data[0]

    assert filled("remove", document["document_id"]).out == f"Removed {document['title']!r}.\n"
    again = filled("remove", document["document_id"])
    assert again.code == 1
    assert "salescoach list" in again.err


def test_verify_finds_and_repairs_what_differs(filled):
    assert filled("verify").code == 0
    _lose_the_words(Path(os.environ["SALESCOACH_HOME"]))

    report = filled("verify", "--repair", "--json")

    assert report.code == 0
    assert report.data["is_clean"] is True


def test_verify_tells_of_vectors_nobody_asked_for(filled):
    catalog = Path(os.environ["SALESCOACH_HOME"]) / "catalog.sqlite3"
    with sqlite3.connect(catalog) as connection:
        connection.execute("DELETE FROM passages WHERE position = 0")
    connection.close()

    ran = filled("verify")

    assert ran.code == 1
    assert "stray vectors: " in ran.out
    assert "verify --repair" in ran.err
    assert filled("verify", "--repair").code == 0


def _lose_the_words(home: Path) -> None:
    for file in sorted(home.glob("words*/**/*"), reverse=True):
        if file.is_file():
            file.unlink()
