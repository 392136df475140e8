"""SPARQL: an editor with examples, a table of results, downloads and a link to share."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import Any
from urllib.parse import quote

from fastapi import Request
from nicegui import ui

from agent.server.media import OFFERS
from agent.server.pages.frame import Site, View, address, frame, html, on_data
from agent.server.pages.markup import h
from agent.server.pages.texts import queries
from corpus.errors import KgError
from kg import vocab
from kg.sparql import Result
from kg.sparql import query as run

_ROWS = 1_000
_CHARACTERS = 400
_BROWSER_SECONDS = 3.0


def register(site: Site) -> None:
    """Put the page at ``/query``; ``?query=`` runs at once."""

    @ui.page("/query")
    async def query(request: Request, query: str = "") -> None:
        view = site.view(request)
        with frame(view, "query"):
            editor = _Editor(view, query)
        await ui.context.client.connected()
        await editor.colour()
        if query.strip():
            await editor.run()


class _Editor:
    """A query and its result."""

    def __init__(self, view: View, text: str) -> None:
        self._view = view
        words = view.words
        self._examples = queries(words.language)
        html(f'<h1>{h(words("query.title"))}</h1><p class="lead">{h(words("query.lead"))}</p>')
        with ui.element("div").classes("tools"):
            chosen = ui.select(list(self._examples), label=words("query.examples"))
            chosen.props("outlined dense").classes("wide-select")
            chosen.on_value_change(lambda e: self._take(e.value))
        first = text.strip() or next(iter(self._examples.values()))
        self._code = (
            ui.codemirror(first, language="SPARQL", line_wrapping=True)
            .classes("code")
            .props(f'aria-label="{h(words("query.editor"))}"')
        )
        self._code.on("keydown.ctrl.enter", self.run)
        self._code.on("keydown.meta.enter", self.run)
        with ui.element("div").classes("tools"):
            go = html(h(words("query.run")), "button").classes("go").props("type=button")
            go.props('title="Ctrl+Enter"').on("click", self.run)
            share = html(h(words("query.share")), "button").classes("chip").props("type=button")
            share.on("click", self._share)
            self._links = html("", "span").classes("links")
        self._told = html("", "p").classes("where").props("role=status")
        self._table = html("").classes("wide result")
        on_data(self._table, "iri", self._describe)

    async def colour(self) -> None:
        """Give the editor the page's colours, which may be the system's."""
        asked = "return document.body.classList.contains('body--dark')"
        try:
            dark = await ui.run_javascript(asked, timeout=_BROWSER_SECONDS)
        except TimeoutError:  # a busy browser, or one that has gone: colours are no failure
            return
        self._code.theme = "githubDark" if dark else "githubLight"

    def _take(self, name: Any) -> None:
        if name in self._examples:
            self._code.value = self._examples[name]

    async def run(self) -> None:
        """Run the query as it stands in the editor."""
        text, limits = self._code.value or "", self._view.site.settings.limits
        self._links.set_content("")
        started = time.perf_counter()
        try:
            call = partial(
                run,
                self._view.site.desk.workspace.generation(),
                text,
                timeout=limits.query_seconds,
                limit=min(_ROWS, limits.query_rows),
                size=limits.query_bytes,
            )
            result = await asyncio.to_thread(call)
        except KgError as error:
            self._table.set_content("")
            self._told.set_content(f'<span class="error">{h(error)}</span>')
            return
        self._show(result, text, (time.perf_counter() - started) * 1000)

    def _show(self, result: Result, text: str, milliseconds: float) -> None:
        words = self._view.words
        key = "query.triples" if result.kind == "graph" else "query.rows"
        told = words(key, n=len(result.rows), ms=f"{milliseconds:.0f}")
        self._told.set_content(h(" · ".join(filter(None, (told, result.note)))))
        self._table.set_content(_table(result))
        links = " ".join(
            f'<a download="kg.{h(_SUFFIX.get(f, f))}" '
            f'href="/sparql?query={quote(text, safe="")}&format={f}">{h(f)}</a>'
            for f in OFFERS[result.kind]
        )
        self._links.set_content(f"{h(words('query.download'))}: {links}")
        address("/query", query=text)

    def _share(self) -> None:
        address("/query", query=self._code.value or "")
        ui.run_javascript("kg.copy(location.href)")
        ui.notify(self._view.words("query.copied"))

    async def _describe(self, iri: str) -> None:
        self._code.value = f"DESCRIBE <{iri}>"
        await self.run()


_SUFFIX = {"turtle": "ttl", "ntriples": "nt", "rdfxml": "rdf"}


def _table(result: Result) -> str:
    head = "".join(f"<th>{h(name)}</th>" for name in result.variables)
    rows = "".join(
        f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>" for row in result.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(text: str | None) -> str:
    """Write a term: an IRI of ours is short, and described when clicked."""
    if text is None:
        return ""
    for prefix, iri in vocab.PREFIXES.items():
        if text.startswith(iri) and len(text) > len(iri) and not set(text) & set('<>"{}|^`\\ '):
            local = h(f"{prefix}:{text[len(iri) :]}")
            return f'<button type="button" class="iri" data-iri="{h(text)}">{local}</button>'
    return h(text if len(text) <= _CHARACTERS else text[:_CHARACTERS] + "…")
