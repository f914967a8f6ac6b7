import pytest

from assistant.cli_progress import IngestProgress
from tests.texts import PRICE


def test_add_reports_each_file_on_stderr_and_the_sum_on_stdout(salescoach, texts):
    ran = salescoach("add", texts)

    assert ran.code == 0
    assert ran.out.startswith("3 added, 0 updated, 0 unchanged, 0 failed; ")
    assert "price.md (When the price is too high): " in ran.err
    assert ran.out.count("\n") == 1


def test_adding_again_changes_nothing(filled, texts):
    ran = filled("add", texts, "--json")

    assert ran.code == 0
    assert (ran.data["added"], ran.data["updated"], ran.data["unchanged"]) == (0, 0, 3)
    assert ran.data["passages"] == 0


def test_a_new_version_replaces_the_old(filled, texts):
    (texts / "price.md").write_text(PRICE.replace("Write the answer down", "Jot the reply down"), encoding="utf-8")

    ran = filled("add", texts / "price.md", "--json")

    found = filled("search", "jot the reply down", "--json").data["passages"]
    assert ran.data["updated"] == 1
    assert sum("Jot the reply down" in passage["text"] for passage in found) == 1
    assert not any("Write the answer down" in passage["text"] for passage in found)


def test_several_targets_make_one_report(salescoach, texts):
    ran = salescoach("add", texts / "price.md", texts / "prijs.md", "--json")

    assert [result["outcome"] for result in ran.data["results"]] == ["added", "added"]
    assert ran.data["results"][0]["title"] == "When the price is too high"


def test_one_bad_file_fails_alone(salescoach, texts):
    (texts / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")

    ran = salescoach("add", texts, "--json")

    failed = [result for result in ran.data["results"] if result["outcome"] == "failed"]
    assert ran.code == 1
    assert ran.data["added"] == 3
    assert "broken.pdf" in failed[0]["error"]
    assert failed[0]["hint"]


def test_a_missing_file_is_an_error_with_a_remedy(salescoach, tmp_path):
    ran = salescoach("add", tmp_path / "absent.epub")

    assert ran.code == 1
    assert "absent.epub" in ran.err
    assert "Check the spelling" in ran.err
    assert "Traceback" not in ran.err


def test_kind_and_language_are_what_the_person_says(salescoach, texts):
    salescoach("add", texts / "price.md", "--kind", "book", "--language", "nl")

    document = salescoach("list", "--json").data[0]
    assert (document["kind"], document["language"]) == ("book", "nl")


def test_escape_sequences_in_a_title_do_not_reach_the_terminal(salescoach, tmp_path):
    file = tmp_path / "title.md"
    file.write_text(PRICE.replace("When the price", "\x1b[2JWhen the price"), encoding="utf-8")

    ran = salescoach("add", file)

    assert "\x1b" not in ran.err + ran.out


def test_an_interruption_says_what_is_kept(capsys):
    with pytest.raises(KeyboardInterrupt), IngestProgress("Adding"):
        raise KeyboardInterrupt

    assert "What was indexed is kept" in capsys.readouterr().err
