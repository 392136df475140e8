"""The workspace as a LangChain retriever: LangChain's own conformance tests, and its metadata."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest

from agent.retriever import WorkspaceRetriever

conformance = pytest.importorskip("langchain_tests.integration_tests")


class TestConformance(conformance.RetrieversIntegrationTests):  # type: ignore[name-defined,misc]  # an untyped base
    """https://docs.langchain.com/oss/python/contributing/standard-tests-langchain"""

    home: Path

    @pytest.fixture(autouse=True)
    def _at(self, home: Path) -> None:
        type(self).home = home

    @property
    def retriever_constructor(self) -> type[WorkspaceRetriever]:
        return WorkspaceRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"home": self.home}

    @property
    def retriever_query_example(self) -> str:
        return "HBM 공급"


for _, _method in inspect.getmembers(TestConformance, inspect.iscoroutinefunction):
    pytest.mark.asyncio(_method)  # inherited, and not to be overridden


def test_a_document_tells_its_place(home: Path) -> None:
    from kg.workspace import Workspace

    documents = WorkspaceRetriever(home=home, k=3).invoke("HBM 공급")
    assert len(documents) == 3
    assert "HBM" in documents[0].page_content
    generation = Workspace(home).generation()
    for document in documents:
        place = document.metadata
        text = generation.report(place["report"]).text
        assert text[place["start"] : place["end"]] == document.page_content
        assert generation.info(place["report"]).date.isoformat() == place["date"]
    scores = [document.metadata["score"] for document in documents]
    assert scores == sorted(scores, reverse=True)


def test_a_retriever_serves_in_a_chain(home: Path) -> None:
    from langchain_core.runnables import RunnableLambda

    chain = WorkspaceRetriever(home=home, k=2) | RunnableLambda(lambda found: [d.id for d in found])
    assert len(chain.invoke("엔비디아 인수")) == 2
