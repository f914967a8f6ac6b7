import json


def test_export_writes_conversations_and_the_list_of_documents(filled, tmp_path):
    filled("ask", "What do I say when the customer says the price is too high?")
    folder = tmp_path / "export"

    ran = filled("export", folder)

    documents = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
    conversations = list((folder / "conversations").glob("*.md"))
    assert ran.code == 0
    assert len(documents) == 3
    assert len(conversations) == 1
    assert "what-do-i-say-when" in conversations[0].name
    assert "price is too high?" in conversations[0].read_text(encoding="utf-8")


def test_export_never_replaces_a_file_silently(filled, tmp_path):
    kept = tmp_path / "documents.json"
    kept.write_text("mine", encoding="utf-8")

    refused = filled("export", tmp_path)

    assert refused.code == 1
    assert "nothing was written" in refused.err
    assert kept.read_text(encoding="utf-8") == "mine"
    assert filled("export", tmp_path, "--overwrite").code == 0
    assert kept.read_text(encoding="utf-8") != "mine"


def test_export_says_when_it_cannot_write(filled, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    ran = filled("export", tmp_path / "file" / "folder")

    assert ran.code == 1
    assert "Cannot write" in ran.err
