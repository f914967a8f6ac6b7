"""The words of the pages: the same in both languages, complete, and none too many."""

import importlib
import pkgutil
import re
import string
from datetime import UTC, datetime
from pathlib import Path

import pytest

import assistant
import ingest
import knowledge
from assistant.coach.types import Mode, NoticeKind, Step
from assistant.settings import Settings
from assistant.ui.errors import sentence_and_remedy
from assistant.ui.settings_table import setting_rows, without_credentials
from assistant.ui.wording import table, wording_in
from ingest.errors import CorruptDocumentError
from knowledge.errors import SalescoachError
from knowledge.types import Evidence, Skill, SourceKind

PAGES = Path(assistant.__file__).parent / "ui"
NEVER_ON_A_PAGE = ("assistant.cli", "assistant.api")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys():
    assert set(table("nl")) == set(table("en"))


def test_both_languages_have_the_same_placeholders():
    dutch, english = table("nl"), table("en")

    assert {key for key in dutch if placeholders(dutch[key]) != placeholders(english[key])} == set()


def test_no_text_is_empty_or_untranslated():
    dutch, english = table("nl"), table("en")
    alike = {key for key in dutch if dutch[key] == english[key] and len(dutch[key].split()) > 3}

    assert all(text.strip() for text in (*dutch.values(), *english.values()))
    assert alike == set()


def test_every_key_is_used():
    code = "\n".join(path.read_text(encoding="utf-8") for path in PAGES.glob("*.py"))
    written = set(re.findall(r"""["']([a-z_]+(?:\.[a-z_0-9]+)+)["']""", code))
    begun = set(re.findall(r"""f["']([a-z_.]+?)[._]?\{""", code)) | set(re.findall(r"""listed\(["']([a-z_]+)""", code))

    unused = {
        key
        for key in table("en")
        if key not in written
        and key.removesuffix(".one").removesuffix(".other") not in written
        and not any(key.startswith((f"{prefix}.", f"{prefix}_")) for prefix in begun)
    }

    assert unused == set()


@pytest.mark.parametrize(
    ("prefix", "values"),
    [
        ("skill", Skill),
        ("kind", SourceKind),
        ("evidence", Evidence),
        ("notice", NoticeKind),
        ("mode", Mode),
        ("step", Step.__args__),
    ],
)
def test_every_value_of_a_closed_list_has_a_name(prefix, values):
    assert [value for value in values if not wording_in("nl").has(f"{prefix}.{value}")] == []


def test_every_error_has_a_dutch_sentence_and_remedy():
    for package in (knowledge, ingest, assistant):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "ui.script" not in module.name:
                importlib.import_module(module.name)
    dutch = table("errors_nl")

    missing = {
        kind.__name__
        for kind in descendants(SalescoachError)
        if kind.__module__.startswith(("knowledge", "ingest", "assistant"))
        and not kind.__module__.startswith(NEVER_ON_A_PAGE)
        and not {f"{kind.__name__}.sentence", f"{kind.__name__}.remedy"} <= set(dutch)
    }

    assert missing == set()


def test_error_speaks_the_language_of_the_page():
    error = CorruptDocumentError("'a.pdf' is damaged.", name="a.pdf")

    assert sentence_and_remedy(error, wording_in("nl"))[0] == "Het bestand a.pdf is beschadigd of onvolledig."
    assert sentence_and_remedy(error, wording_in("en"))[0] == "'a.pdf' is damaged."


def test_error_without_the_detail_falls_back_on_its_parents_words():
    class OddError(CorruptDocumentError):
        pass

    sentence, remedy = sentence_and_remedy(OddError("'a.pdf' is odd."), wording_in("nl"))

    assert sentence == "Deze tekst kon niet in de bibliotheek worden opgenomen; er is niets van bewaard."
    assert remedy


def test_settings_have_dutch_meanings_and_keep_their_secrets(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://coach:hidden@db/salescoach")

    rows = setting_rows(Settings(), wording_in("nl"))

    assert {row.name for row in rows} == set(table("settings_nl"))
    assert all(row.meaning for row in setting_rows(Settings(), wording_in("en")))
    assert "sk-very-secret" not in repr(rows)
    assert "hidden" not in repr(rows)
    assert next(row for row in rows if row.name == "OPENAI_API_KEY").is_secret_set


def test_credentials_leave_an_address():
    assert without_credentials("http://a:b@host:1/x") == "http://***@host:1/x"
    assert without_credentials("http://host:1/x@y") == "http://host:1/x@y"


def test_numbers_dates_and_counts_follow_the_language():
    dutch, english = wording_in("nl"), wording_in("en")

    assert (dutch.number(12345), english.number(12345)) == ("12.345", "12,345")
    assert dutch.date(datetime(2026, 3, 3, tzinfo=UTC)) == "3 mrt 2026"
    assert english.date(None) == ""
    assert dutch.count("library.texts", 1) == "1 tekst"
    assert dutch.count("library.texts", 2000) == "2.000 teksten"
    assert dutch.language_name("xx") == "xx"


def descendants(kind):
    return {one for child in kind.__subclasses__() for one in {child, *descendants(child)}}
