"""Reports: the list, and one report as published with names and claims marked."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import Request
from nicegui import ui

from agent import documents
from agent.server.pages import work
from agent.server.pages.frame import Site, View, empty_note, frame, html, on_data
from agent.server.pages.markup import claim_cards, h
from agent.server.pages.texts import Words


def register(site: Site) -> None:
    """Put the pages at ``/reports`` and ``/report/ID``; ``?start=&end=`` marks a place."""

    @ui.page("/reports")
    async def reports(request: Request) -> None:
        view = site.view(request)
        with frame(view, "reports"):
            html(f"<h1>{h(view.words('report.title'))}</h1>")
            if view.empty:
                empty_note(view)
                return
            body = html("").classes("list")
        await ui.context.client.connected()
        rows = await view.try_get(documents.reports)
        body.set_content(_listed(rows or [], view))

    @ui.page("/report/{report}")
    async def report(request: Request, report: str, start: int = 0, end: int = 0) -> None:
        view = site.view(request)
        with frame(view, "reports"):
            desk = _Reading(view)
        await ui.context.client.connected()
        await desk.load(report, start, end)


def _listed(rows: list[dict[str, Any]], view: View) -> str:
    words = view.words
    items = "".join(
        f"<li><time>{h(row['date'])}</time> "
        f'<a href="/report/{quote(row["id"], safe="")}">{h(row["title"])}</a> '
        f'<span class="where">{h(row["publisher"] or "")} · '
        f"{h(words('report.claims', n=row['claims']))} · "
        f"{h(words('report.passages', n=row['passages']))}</span></li>"
        for row in reversed(rows)
    )
    return f'<ul class="reports">{items}</ul>'


class _Reading:
    """One report and, beside it, the claims of the place that was clicked."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._claims: dict[str, dict[str, Any]] = {}
        words = view.words
        self._head = html("")
        with ui.element("div").classes("tools"):
            self._marks = ui.switch(words("report.marks"), value=True)
            self._names = ui.switch(words("report.entities"), value=False)
        with ui.element("div").classes("reading"):
            self._paper = html("").classes("paper whole marks")
            with ui.element("aside").classes("beside"):
                self._side = html(f'<p class="note">{h(words("report.pick"))}</p>')
        self._marks.on_value_change(lambda e: self._toggle("marks", bool(e.value)))
        self._names.on_value_change(lambda e: self._toggle("names", bool(e.value)))
        on_data(self._paper, "c", self._pick)

    async def load(self, report: str, start: int, end: int) -> None:
        """Read a report and show the place asked for."""
        words = self._view.words
        sheet = await self._view.try_get(work.sheet, report, start, end)
        if sheet is None:
            self._head.set_content(
                f'<p class="note">{h(words("report.missing", report=report))}</p>'
            )
            return
        self._claims = {claim["id"]: claim for claim in sheet["claims"]}
        about = " · ".join(
            h(part)
            for part in (
                sheet["date"],
                sheet["publisher"],
                words("report.claims", n=len(self._claims)),
            )
            if part
        )
        self._head.set_content(f'<p class="where">{about}</p>{_contents(sheet, words)}')
        ui.page_title(f"{sheet['title']} · kg")
        self._paper.set_content(f'<article data-sheet="1">{sheet["html"]}</article>')
        if sheet["found"]:
            ui.run_javascript("kg.show(1)")
            here = [c for c in self._claims.values() if _overlaps(c["evidence"], start, end)]
            self._beside(here)

    def _pick(self, ids: str) -> None:
        self._beside([self._claims[i] for i in ids.split() if i in self._claims])

    def _beside(self, claims: list[dict[str, Any]]) -> None:
        words = self._view.words
        if claims:
            cards = claim_cards(claims, words, len(claims))
            self._side.set_content(
                f"<h2>{h(words('report.here'))}</h2><ul class='cards'>{cards}</ul>"
            )

    def _toggle(self, name: str, on: bool) -> None:
        if on:
            self._paper.classes(add=name)
        else:
            self._paper.classes(remove=name)


def _contents(sheet: dict[str, Any], words: Words) -> str:
    """List the report's headings; each leads to its place."""
    items = "".join(
        f'<li class="l{int(level)}"><a href="#{at}">{h(label)}</a></li>'
        for label, level, at in sheet["contents"]
    )
    title = h(words("report.contents"))
    return f'<details class="contents"><summary>{title}</summary><ul>{items}</ul></details>'


def _overlaps(evidence: dict[str, Any], start: int, end: int) -> bool:
    return bool(evidence["start"] < end and start < evidence["end"])
