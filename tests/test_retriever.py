import pytest
from langchain_core.runnables import RunnableLambda

from assistant.retriever import SalescoachRetriever
from knowledge.types import SearchFilter, SourceKind
from tests.builders import make_document


@pytest.fixture
def retriever(library):
    texts = ["Ask what the price is compared with before you defend it.", "Stay silent after naming the price."]
    library.replace(*make_document("price.md", texts, heading="In short"))
    library.replace(
        *make_document("glue.md", ["A purchaser of glue wants a lower price."], kind=SourceKind.PRACTICE_CASE)
    )
    return SalescoachRetriever(library=library, top=2)


def test_passages_come_as_documents_with_their_place(retriever, library):
    documents = retriever.invoke("what is the price compared with")

    best = documents[0]
    passage, document = library.passage(best.id)
    assert best.page_content == passage.text
    assert best.metadata["document_id"] == document.id
    assert (best.metadata["title"], best.metadata["heading"], best.metadata["page"]) == ("price.md", "In short", None)
    assert 0 < best.metadata["score"] <= 1


def test_no_more_than_asked_for_best_first(retriever):
    documents = retriever.invoke("price")

    scores = [document.metadata["score"] for document in documents]
    assert len(documents) == 2
    assert scores == sorted(scores, reverse=True)


def test_the_filter_restricts(retriever, library):
    cases = SalescoachRetriever(library=library, where=SearchFilter(kinds=(SourceKind.PRACTICE_CASE,)))

    assert {document.metadata["title"] for document in cases.invoke("price")} == {"glue.md"}


def test_it_stands_in_a_chain(retriever):
    chain = retriever | RunnableLambda(lambda documents: [document.metadata["title"] for document in documents])

    assert chain.invoke("compared with")[0] == "price.md"
    assert "Library" not in repr(retriever)
