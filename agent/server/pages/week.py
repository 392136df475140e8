"""This week: what changed, as a front page, both weeks' quotes side by side."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from nicegui import ui

from agent import documents
from agent.server.pages.frame import Site, View, address, empty_note, frame, html
from agent.server.pages.markup import alerts, change_card, h

_KINDS = ("reversed", "status_changed", "value_changed", "new", "dropped")
_FIRST = 12


def register(site: Site) -> None:
    """Put the page at ``/week``; ``?old=&new=`` compares any two weeks."""

    @ui.page("/week")
    async def week(request: Request, old: str = "", new: str = "") -> None:
        view = site.view(request)
        with frame(view, "week"):
            if view.empty:
                empty_note(view)
                return
            weeks = sorted({r.week for r in site.desk.workspace.generation().reports})
            if len(weeks) < 2:
                html(h(view.words("week.one")), "p").classes("note")
                return
            front = _Front(
                view, weeks, old if old in weeks else weeks[-2], new if new in weeks else weeks[-1]
            )
        await ui.context.client.connected()
        await front.load()


class _Front:
    """The front page of two weeks."""

    def __init__(self, view: View, weeks: list[str], old: str, new: str) -> None:
        self._view = view
        self._all: set[str] = set()
        self._document: dict[str, Any] | None = None
        words = view.words
        html(f"<h1>{h(words('week.title'))}</h1>")
        with ui.element("div").classes("tools"):
            self._old = ui.select(weeks, value=old, label=words("week.from"))
            self._new = ui.select(weeks, value=new, label=words("week.to"))
            self._name = ui.input(words("week.filter")).props("clearable debounce=250")
            for choice in (self._old, self._new, self._name):
                choice.props("outlined dense")
        self._dates = html("", "p").classes("lead")
        self._body = ui.element("div").classes("front")
        self._old.on_value_change(self.load)
        self._new.on_value_change(self.load)
        self._name.on_value_change(self._show)

    async def load(self) -> None:
        """Compare the chosen weeks."""
        old, new = str(self._old.value), str(self._new.value)
        home = self._view.site.desk.workspace.home
        self._document = await self._view.try_get(documents.diff, old, new, home=home)
        self._all.clear()
        address("/week", old=old, new=new)
        self._show()

    def _show(self) -> None:
        self._body.clear()
        if self._document is None:
            return
        wanted = (self._name.value or "").casefold().strip()
        groups = {
            kind: [
                c
                for c in self._document["changes"]
                if c["kind"] == kind and (not wanted or wanted in _names(c))
            ]
            for kind in _KINDS
        }
        self._dates.set_content(h(_dates(self._document)))
        with self._body:
            if not any(groups.values()):
                html(h(self._view.words("week.nothing")), "p").classes("note")
            html(alerts(self._document.get("watches", ()), self._view.words))
            for kind, changes in groups.items():
                if changes:
                    self._group(kind, changes)

    def _group(self, kind: str, changes: list[dict[str, Any]]) -> None:
        words = self._view.words
        shown = changes if kind in self._all else changes[:_FIRST]
        cards = "".join(change_card(change, words) for change in shown)
        with ui.element("section").classes(f"group {kind}"):
            html(
                f'<h2>{h(words("kinds." + kind))} <span class="count">{len(changes)}</span></h2>'
                f'<ul class="changes">{cards}</ul>'
            )
            if len(shown) < len(changes):
                more = html(h(words("common.all_of", n=len(changes))), "button")
                more.classes("chip").props("type=button")
                more.on("click", lambda: self._unfold(kind))

    def _unfold(self, kind: str) -> None:
        self._all.add(kind)
        self._show()


def _names(change: dict[str, Any]) -> str:
    target = change["object"] or {"label": ""}
    return f"{change['subject']['label']} {target['label']}".casefold()


def _dates(document: dict[str, Any]) -> str:
    old, new = (
        ", ".join(f"{r['date']} {r['title']}" for r in document[side]["reports"])
        for side in ("old", "new")
    )
    return f"{old} → {new}"
