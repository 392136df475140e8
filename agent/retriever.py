"""The workspace's index as a LangChain retriever, for anyone's chain."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import PrivateAttr

if TYPE_CHECKING:
    from langchain_core.callbacks import CallbackManagerForRetrieverRun

    from agent.answerer import Answerer


class WorkspaceRetriever(BaseRetriever):
    """Return the ``k`` best passages of the workspace in ``home`` as documents.

    ``metadata`` holds report, title, date, section, table, page, start, end and score.
    """

    home: Path
    k: int = 5
    _answerer: Any = PrivateAttr(default=None)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain's signature
        **kwargs: Any,
    ) -> list[Document]:
        answerer = self._open()
        entities = sorted({e for link in answerer.linker.find(query) for e in link.entities})
        found = answerer.passages(query, kwargs.get("k", self.k), None, entities)
        return [_document(answerer, hit) for hit in found]

    def _open(self) -> Answerer:
        from agent.answerer import Answerer
        from kg.workspace import Workspace

        if self._answerer is None:
            self._answerer = Answerer(Workspace(self.home).generation())
        answerer: Answerer = self._answerer
        return answerer


def _document(answerer: Answerer, hit: Any) -> Document:
    report, passage = answerer.report(hit.report), hit.passage
    return Document(
        id=passage.id,
        page_content=passage.span.of(report.text),
        metadata={
            "report": report.id,
            "title": report.title,
            "date": report.date.isoformat(),
            "section": " > ".join(passage.section),
            "table": passage.table,
            "page": passage.page,
            "start": passage.span.start,
            "end": passage.span.end,
            "score": hit.score,
        },
    )
