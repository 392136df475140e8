"""The panel beside an answer: the report, scrolled to the quote that is marked in it."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from agent.server.pages import work
from agent.server.pages.frame import View, html
from agent.server.pages.markup import h, place, report_address


class Source:
    """Shows one citation at a time; closed until one is opened."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._shown = 0
        with (
            ui.element("aside")
            .classes("source")
            .props(f'tabindex=-1 aria-label="{h(view.words("common.source"))}"') as self._panel
        ):
            with ui.element("div").classes("source-head"):
                self._head = html("")
                close = (
                    html("×", "button")
                    .classes("plain close")
                    .props(f'type=button aria-label="{h(view.words("common.close"))}"')
                )
                close.on("click", self.close)
            self._body = html("").classes("paper")
        self._panel.set_visibility(False)

    async def open(self, citation: dict[str, Any]) -> None:
        """Show the report of a citation with its quote marked and in sight."""
        words = self._view.words
        start, end = citation["start"], citation["end"]
        sheet = await self._view.try_get(
            work.sheet, citation["report"], start, end, citation["quote"]
        )
        if sheet is None:
            return
        self._shown += 1
        link = report_address(citation["report"], start, end)
        moved = "" if sheet["found"] else f'<p class="note">{h(words("common.moved"))}</p>'
        self._head.set_content(
            f'<p class="where">{place(citation, words)}</p>'
            f'<p><a href="{link}">{h(words("common.open_report"))}</a></p>{moved}'
        )
        self._body.set_content(f'<article data-sheet="{self._shown}">{sheet["html"]}</article>')
        self._panel.set_visibility(True)
        ui.run_javascript(f"kg.show({self._shown})")

    def close(self) -> None:
        """Put the panel away."""
        self._panel.set_visibility(False)
        ui.run_javascript("kg.back()")
