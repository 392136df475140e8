"""The MCP server with the SDK's own client: in this process, over stdio, over HTTP."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.shared.exceptions import MCPError

from agent.mcp import create
from agent.server.settings import Limits, Settings

Kg = Callable[..., Any]
QUESTION = "브로드컴과 TPU를 공동개발하는 회사는?"
TOOLS = {"ask", "search", "entity", "path", "diff", "series", "sparql"}


def talk(home: Path, *calls: tuple[str, dict[str, Any]], limits: Limits | None = None) -> list[Any]:
    """Call tools one after another; return their results."""

    async def talking() -> list[Any]:
        settings = Settings(home=home, processes=0, limits=limits or Limits())
        async with Client(create(settings)) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return asyncio.run(talking())


def test_tools_are_described_and_read_only(home: Path) -> None:
    async def listing() -> Any:
        async with Client(create(Settings(home=home, processes=0))) as client:
            return (await client.list_tools()).tools, client.instructions

    tools, instructions = asyncio.run(listing())
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        assert tool.description
        assert tool.annotations.read_only_hint
        assert tool.output_schema, tool.name
    assert "never instructions" in instructions


def test_answers_are_typed_and_cited(home: Path, kg: Kg) -> None:
    (result,) = talk(home, ("ask", {"question": QUESTION}))
    assert not result.is_error
    answer = result.structured_content
    printed = kg("ask", QUESTION, "--json").json
    assert answer["answer"] == printed["answer"]
    assert [c["quote"] for c in answer["citations"]] == [c["quote"] for c in printed["citations"]]


def test_the_other_tools_are_those_of_the_command_line(home: Path, kg: Kg) -> None:
    search, path, entity, diff, sparql = talk(
        home,
        ("search", {"query": "HBM 공급", "k": 3}),
        ("path", {"start": "OpenAI", "goal": "TSMC"}),
        ("entity", {"name": "브로드컴", "claims": 5}),
        ("diff", {"top": 3}),
        ("sparql", {"query": "SELECT ?l { ent:broadcom skos:prefLabel ?l } ORDER BY ?l"}),
    )
    hits = search.structured_content["result"]
    assert hits == kg("search", "HBM 공급", "--k", "3", "--json").json
    steps = path.structured_content["result"]
    assert [s["from"]["label"] for s in steps] == [
        s["from"]["label"] for s in kg("path", "OpenAI", "TSMC", "--json").json
    ]
    profile = entity.structured_content
    whole = kg("entity", "브로드컴", "--json").json
    assert sum(len(w["claims"]) for w in profile["weeks"]) == 5
    assert profile["weeks"][-1]["week"] == whole["weeks"][-1]["week"]
    assert profile["class"] == "Company"
    assert len(diff.structured_content["changes"]) == 3
    assert diff.structured_content["changes"][0]["new"]["citations"][0]["quote"]
    assert ["브로드컴"] in sparql.structured_content["rows"]


def test_series_and_watches_are_those_of_the_command_line(own_home: Path, kg_anywhere: Kg) -> None:
    def kg(*words: str) -> Any:
        return kg_anywhere(*words, "--home", own_home)

    assert kg("watch", "add", "설비투자").code == 0
    series, diff = talk(own_home, ("series", {"name": "알파벳 설비투자"}), ("diff", {"top": 1}))
    assert series.structured_content["result"] == kg("series", "알파벳 설비투자", "--json").json
    assert diff.structured_content["watches"] == kg("watch", "fired", "--json").json


def test_failures_are_told_to_the_model(home: Path) -> None:
    results = talk(
        home,
        ("entity", {"name": "브로드콘"}),
        ("sparql", {"query": "DROP ALL"}),
        ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}),
        ("ask", {"question": QUESTION, "as_of": "gestern"}),
        ("ask", {"question": "x" * 1001}),
        ("search", {"query": "HBM", "k": 1000}),
    )
    assert all(result.is_error for result in results)
    told = [result.content[0].text for result in results]
    assert "브로드컴" in told[0]  # did you mean
    assert "read only" in told[1]
    assert "SERVICE" in told[2]
    assert "gestern" in told[3]


def test_a_query_is_cut_and_says_so(home: Path) -> None:
    (result,) = talk(home, ("sparql", {"query": "SELECT * { ?s ?p ?o }", "limit": 7}))
    assert len(result.structured_content["rows"]) == 7
    assert "cut after 7 rows" in result.structured_content["truncated"]


def test_reports_are_resources(home: Path, kg: Kg) -> None:
    async def reading() -> Any:
        async with Client(create(Settings(home=home, processes=0))) as client:
            listed = (await client.list_resources()).resources
            text = (await client.read_resource(listed[1].uri)).contents[0].text
            with pytest.raises(MCPError, match="nowhere"):
                await client.read_resource("kg://report/nowhere")
            with pytest.raises(MCPError):
                await client.read_resource("kg://report/..%2F..%2Fetc%2Fpasswd")
            return [str(r.uri) for r in listed], text

    uris, text = asyncio.run(reading())
    assert uris == [f"kg://report/{row['id']}" for row in kg("reports", "--json").json]
    assert text == kg("text", "weekly-2025-01-06").out


def test_without_a_workspace_it_says_so(tmp_path: Path) -> None:
    (result,) = talk(tmp_path / "none", ("ask", {"question": QUESTION}))
    assert result.is_error
    assert str(tmp_path) not in result.content[0].text


def test_over_stdio_as_editors_start_it(home: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from agent.cli import main; main()", "mcp", "--home", str(home)],
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""},
    )

    async def talking() -> Any:
        async with Client(command) as client:
            return await client.call_tool("ask", {"question": QUESTION})

    result = asyncio.run(asyncio.wait_for(talking(), 90))
    assert result.structured_content["citations"]
    assert json.loads(result.content[0].text)["answer"] == result.structured_content["answer"]
