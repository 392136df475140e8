"""Ask: a conversation whose every sentence leads to its place in a report."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

from fastapi import Request
from nicegui import ui

from agent import documents
from agent.server.pages import work
from agent.server.pages.frame import Site, View, empty_note, frame, html, on_data
from agent.server.pages.markup import h, place, sentence
from agent.server.pages.source import Source
from corpus.errors import KgError

_PAUSE = 0.06  # seconds between the sentences of an answer, so that eyes can follow


def register(site: Site) -> None:
    """Put the page at ``/``; ``?q=`` asks at once."""

    @ui.page("/")
    async def ask(request: Request, q: str = "") -> None:
        view = site.view(request)
        with frame(view, "ask"):
            if view.empty:
                empty_note(view)
                return
            talk = _Talk(view)
        await ui.context.client.connected()
        if q.strip():
            await talk.ask(q)
        else:
            await talk.suggest()


class _Talk:
    """One visitor's conversation."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._last = ""
        words, reports = view.words, len(view.site.desk.workspace.generation().reports)
        with ui.element("div").classes("ask"):
            with ui.element("section").classes("talk"):
                with ui.element("div").classes("intro") as self._intro:
                    html(
                        f"<h1>{h(words('ask.title'))}</h1>"
                        f'<p class="lead">{h(words("ask.lead", n=reports))}</p>'
                    )
                    self._examples = html("").classes("examples")
                    on_data(self._examples, "q", self.ask)
                self._log = ui.element("div").classes("log").props("aria-live=polite role=log")
                self._form()
            self._source = Source(view)

    def _form(self) -> None:
        words = self._view.words
        with ui.element("form").classes("asking").on("submit.prevent", self._sent):
            self._input = (
                ui.input(placeholder=words("ask.placeholder"))
                .props(
                    f"outlined dense autofocus autocomplete=off maxlength=1000 name=q "
                    f'aria-label="{h(words("ask.placeholder"))}"'
                )
                .classes("grow")
            )
            html(h(words("ask.send")), "button").classes("go").props("type=submit")

    async def suggest(self) -> None:
        """Offer questions that this workspace answers."""
        words = self._view.words
        shown = await self._view.try_get(work.examples, words.language)
        if shown and not self._last:
            buttons = "".join(
                f'<button type="button" class="chip" data-q="{h(q)}">{h(q)}</button>' for q in shown
            )
            self._examples.set_content(f"<p>{h(words('ask.try'))}</p>{buttons}")

    async def _sent(self) -> None:
        text = (self._input.value or "").strip()
        if text:
            self._input.value = ""
            await self.ask(text)

    async def ask(self, text: str) -> None:
        """Answer one question, sentence by sentence."""
        words = self._view.words
        self._intro.set_visibility(False)
        with self._log, ui.element("article").classes("turn"):
            html(h(text), "h2").classes("question")
            waiting = html(h(words("ask.thinking")), "p").classes("waiting")
            body = ui.element("div").classes("answer")
        ui.run_javascript("kg.last()")
        try:
            whole = await self._completed(text)
            document = await self._view.get(
                documents.ask, whole, model=self._view.site.settings.model
            )
        except KgError as error:
            waiting.delete()
            self._view.tell(error)
            return
        self._last = whole
        waiting.delete()
        with body:
            if whole != text:
                html(h(words("ask.follow", question=whole)), "p").classes("follow")
            await self._written(document)

    async def _completed(self, text: str) -> str:
        """Make a follow-up stand alone."""
        return await self._view.get(work.complete, text, self._last) if self._last else text

    async def _written(self, document: dict[str, Any]) -> None:
        words = self._view.words
        cited = {str(c["n"]): c for c in document["citations"]}

        async def opened(number: str) -> None:
            if number in cited:
                await self._source.open(cited[number])

        if document["abstained"]:
            html(h(words("ask.abstained")), "span").classes("tag denied")
        for said in document["sentences"]:
            on_data(html(sentence(said), "p").classes("said"), "n", opened)
            await asyncio.sleep(_PAUSE)
        if cited:
            rows = "".join(
                f'<li><button type="button" class="cite" data-n="{n}">{n}</button> '
                f'<span class="where">{place(c, words)}</span></li>'
                for n, c in cited.items()
            )
            on_data(html(rows, "ul").classes("sources"), "n", opened)
        html(_how(document, self._view), "details").classes("how")
        ui.run_javascript("kg.last()")


def _how(document: dict[str, Any], view: View) -> str:
    """Unfold how a question was read: interpretation, arithmetic, the query."""
    words, reading = view.words, document["interpretation"]
    known = view.site.desk.workspace.generation().names_by_id
    labels = [known[i].label if i in known else i for i in map(work.id_of, reading["entities"])]
    relation = words.relation(reading["relation"]) if reading["relation"] else ""
    read = " · ".join(h(part) for part in (words.asked(reading["type"]), relation) if part)
    parts = [
        f"<summary>{h(words('ask.how'))}</summary>",
        f"<p>{h(words('ask.read_as'))}: {read}</p>",
    ]
    if labels:
        parts.append(f"<p>{h(words('ask.entities'))}: {h(', '.join(labels))}</p>")
    if document["steps"]:
        steps = "<br>".join(h(step) for step in document["steps"])
        parts.append(f"<p>{h(words('ask.steps'))}: {steps}</p>")
    if document["sparql"]:
        link = "/query?query=" + quote(document["sparql"], safe="")
        parts.append(
            f"<pre>{h(document['sparql'])}</pre>"
            f'<p><a href="{link}">{h(words("ask.open_query"))}</a></p>'
        )
    parts.append(f'<p class="where">{document["timing_ms"]["total"]:.0f} ms</p>')
    return "".join(parts)
