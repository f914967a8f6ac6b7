import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding import EmbeddingIdentity, builtin_minilm
from knowledge.errors import DocumentNotFoundError, EmbeddingError, LibraryInUseError, StoreError
from knowledge.opening import LibraryConfig, open_library
from knowledge.types import DocumentState, Evidence, SearchFilter, SourceKind
from tests.builders import make_document

ROOT = Path(__file__).resolve().parents[2]
PRICE = "When a customer calls the price too high, ask first what the price is compared with."
SECRETARY = "A secretary guards the agenda: say who you are and why you call, and ask for help."
LISTEN = "Wie luistert, hoort waar de klant wakker van ligt en stelt daar de volgende vraag over."


class FlippedEmbedder:
    """The built-in model under another name and with mirrored vectors: a change of model for tests."""

    languages = frozenset({"en"})
    identity = EmbeddingIdentity("flipped", 384, "1")
    fails = False

    def embed(self, texts):
        if self.fails:
            raise EmbeddingError("The test model is switched off.")
        return -builtin_minilm().embed(texts)


@pytest.fixture
def filled(library):
    library.replace(*make_document("price", [PRICE, SECRETARY]))
    library.replace(*make_document("luisteren", [LISTEN], language="nl"))
    return library


def test_an_english_question_finds_its_passage_with_strong_evidence(filled):
    result = filled.search("what if the customer says the price is too high?")

    assert result.hits[0].passage.text == PRICE
    assert result.evidence is Evidence.STRONG
    assert result.language == "en"


def test_a_dutch_question_finds_an_english_passage(filled):
    result = filled.search("de klant vindt de prijs te hoog")

    assert result.language == "nl"
    assert result.hits[0].passage.text == PRICE


@pytest.mark.parametrize("question", ["qwrtp zxcvb", "what is the capital of Mongolia", "hoe bak ik pannenkoeken"])
def test_nonsense_and_other_subjects_have_no_evidence(filled, question):
    assert filled.search(question).evidence is Evidence.NONE


def test_a_question_of_stop_words_only_finds_nothing(filled):
    assert filled.search("what is it and why").hits == ()


def test_filters_hold(filled):
    assert all(
        hit.document.language == "nl" for hit in filled.search("klant", where=SearchFilter(languages=("nl",))).hits
    )
    assert filled.search("price", where=SearchFilter(kinds=(SourceKind.BOOK,))).hits == ()


def test_the_same_version_again_changes_nothing(filled):
    document, body, passages = make_document("price", [PRICE, SECRETARY])

    assert filled.replace(document, body, passages) is DocumentState.UNCHANGED
    assert filled.statistics().passages == 3
    assert filled.same_content(document.content_hash) is not None


def test_a_new_version_takes_the_place_of_the_old(filled):
    document, body, passages = make_document("price", [PRICE, "Something new about discounts and volume."])

    assert filled.replace(document, body, passages) is DocumentState.CHANGED
    assert filled.text_of(document.id) == body
    assert filled.search("secretary guards the agenda").hits[0].passage.text != SECRETARY
    assert filled.verify().is_clean


def test_removal_is_complete(filled):
    gone = filled.remove(filled.documents()[0].id)

    assert gone.id not in {document.id for document in filled.documents()}
    assert filled.verify().is_clean
    with pytest.raises(DocumentNotFoundError):
        filled.text_of(gone.id)


def test_a_removed_starter_text_is_remembered(library):
    document, body, passages = make_document("starter:articles/en/x.md", [PRICE])
    library.replace(document, body, passages)

    library.remove(document.id)

    assert library.is_dismissed(document.origin)


def test_progress_counts_up_to_all_passages(library):
    seen = []
    library.replace(
        *make_document("many", [f"{PRICE} Variant {n}." for n in range(70)]), progress=lambda *at: seen.append(at)
    )

    assert seen[0] == (0, 70)
    assert seen[-1] == (70, 70)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_a_second_process_is_told_at_once_who_has_the_library(library, home):
    code = (
        "from pathlib import Path; from knowledge.opening import *; from knowledge.embedding import builtin_minilm\n"
        f"open_library(LibraryConfig(Path({str(home)!r})), builtin_minilm())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert "LibraryInUseError" in done.stderr
    assert "in use by another process" in done.stderr
    with pytest.raises(LibraryInUseError):
        open_library(LibraryConfig(home), builtin_minilm())


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path):
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(StoreError, match="cannot be used"):
        open_library(LibraryConfig(tmp_path / "file" / "home"), builtin_minilm())


def test_lost_derived_stores_are_rebuilt_from_the_catalog(home):
    first = open_library(LibraryConfig(home), builtin_minilm())
    first.replace(*make_document("price", [PRICE, SECRETARY]))
    first.close()
    shutil.rmtree(home / "vectors")
    for words in home.glob("words-*"):
        shutil.rmtree(words)

    again = open_library(LibraryConfig(home), builtin_minilm())
    try:
        assert not again.verify().is_clean
        assert again.repair().is_clean
        assert again.search("price too high").hits[0].passage.text == PRICE
    finally:
        again.close()


def test_another_embedding_model_builds_its_own_collection_and_then_switches(home):
    first = open_library(LibraryConfig(home), builtin_minilm())
    first.replace(*make_document("price", [PRICE, SECRETARY]))
    first.close()

    other = open_library(LibraryConfig(home), FlippedEmbedder())
    try:
        assert not other.vectors_ready
        words_only = other.search("price too high")
        assert words_only.hits[0].passage.text == PRICE
        assert not words_only.vectors_used
        other.finish_pending()
        assert other.vectors_ready
        assert other.verify().is_clean
        assert other.search("price too high").vectors_used
    finally:
        other.close()


def test_a_model_that_stops_answering_leaves_search_on_words(home):
    embedder = FlippedEmbedder()
    opened = open_library(LibraryConfig(home), embedder)
    try:
        opened.replace(*make_document("price", [PRICE]))
        embedder.fails = True

        result = opened.search("price too high")

        assert result.hits[0].passage.text == PRICE
        assert not result.vectors_used
        with pytest.raises(EmbeddingError):
            opened.replace(*make_document("secretary", [SECRETARY]))
        embedder.fails = False
        assert opened.finish_pending() == 1
        assert opened.verify().is_clean
    finally:
        opened.close()


def test_what_was_embedded_before_a_failure_is_not_embedded_again(home):
    class Counting(FlippedEmbedder):
        embedded = 0
        limit = 40

        def embed(self, texts):
            if self.embedded + len(texts) > self.limit:
                raise EmbeddingError("quota")
            self.embedded += len(texts)
            return np.ones((len(texts), 384), dtype=np.float32) / np.sqrt(384)

    embedder = Counting()
    opened = open_library(LibraryConfig(home, batch_size=16), embedder)
    try:
        with pytest.raises(EmbeddingError):
            opened.replace(*make_document("many", [f"Passage {n}." for n in range(64)]))
        assert embedder.embedded == 32
        embedder.limit = 1000
        opened.finish_pending()
        assert embedder.embedded == 64
    finally:
        opened.close()


def test_sentences_are_extracted_verbatim_best_first(filled):
    question = "what if the customer says the price is too high?"
    extracts = filled.extract(question, filled.search(question).hits, "en")

    assert extracts[0].text == PRICE
    assert all(item.hit.passage.text[item.start : item.end] == item.text for item in extracts)
    assert [item.score for item in extracts] == sorted((item.score for item in extracts), reverse=True)
