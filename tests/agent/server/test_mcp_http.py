"""MCP by HTTP: the SDK's client against a real server, behind the guards."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from mcp.client import Client

from agent.mcp import http_app


def test_over_http(home: Path, settings_for: Any, serving: Any) -> None:
    with serving(http_app(settings_for(home))) as server:

        async def talking() -> Any:
            async with Client(server.url + "/mcp") as client:
                tools = (await client.list_tools()).tools
                asked = await client.call_tool("search", {"query": "HBM", "k": 2})
                return len(tools), asked.structured_content["result"]

        count, hits = asyncio.run(talking())
        assert (count, len(hits)) == (7, 2)
        assert hits[0]["text"]
        elsewhere = server.client.post("/mcp", json={}, headers={"host": "attacker.example"})
        assert elsewhere.status_code in (400, 403, 421)
        page = server.client.post("/mcp", json={}, headers={"origin": "https://attacker.example"})
        assert page.status_code in (400, 403)
        assert server.client.post("/mcp", content=b"x" * 2_000_000).status_code == 413
