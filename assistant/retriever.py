"""The library as a LangChain retriever, for chains and agents of others."""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from assistant.api_schema import HEADING_SEPARATOR
from knowledge.library import Library
from knowledge.types import Hit, SearchFilter


class SalescoachRetriever(BaseRetriever):
    """Returns passages as LangChain documents, best first.

    `metadata` holds document_id, passage_id, title, heading, page (or None), language, and score from 0 to 1,
    higher is better.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library = Field(exclude=True, repr=False)
    top: int = Field(default=5, ge=1)
    where: SearchFilter = SearchFilter()

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain's signature
    ) -> list[LangChainDocument]:
        result = self.library.search(query, top=self.top, where=self.where)
        return [_document(hit) for hit in result.hits]


def _document(hit: Hit) -> LangChainDocument:
    return LangChainDocument(
        page_content=hit.passage.text,
        id=hit.passage.id,
        metadata={
            "document_id": hit.document.id,
            "passage_id": hit.passage.id,
            "title": hit.document.title,
            "heading": HEADING_SEPARATOR.join(hit.passage.locator.heading_path),
            "page": hit.passage.locator.page_first,
            "language": hit.document.language,
            "score": hit.score,
        },
    )
