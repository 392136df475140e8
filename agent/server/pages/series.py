"""Series: a figure over the weeks, each value with its quote."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from nicegui import ui

from agent import documents
from agent.server.pages import work
from agent.server.pages.frame import Site, View, address, empty_note, frame, html
from agent.server.pages.markup import h, modality, report_address, squeezed
from agent.server.pages.texts import Words

_INK = "#7a8594"


def register(site: Site) -> None:
    """Put the page at ``/series``; ``?name=&figure=`` shows a figure at once."""

    @ui.page("/series")
    async def series(request: Request, name: str = "", figure: str = "") -> None:
        view = site.view(request)
        with frame(view, "series"):
            html(f"<h1>{h(view.words('series.title'))}</h1>")
            if view.empty:
                empty_note(view)
                return
            shown = _Shown(view, name)
        await ui.context.client.connected()
        await shown.start(figure)


class _Shown:
    """The figures of one entity, one of them drawn."""

    def __init__(self, view: View, name: str) -> None:
        self._view = view
        self._trends: dict[str, dict[str, Any]] = {}
        words = view.words
        with ui.element("form").classes("tools").on("submit.prevent", self.load):
            self._name = ui.input(words("series.entity"), value=name).props("outlined dense")
            html(h(words("series.show")), "button").classes("go").props("type=submit")
            self._figure = ui.select([], label=words("series.figure"), with_input=True)
            self._figure.props("outlined dense").classes("wide-select")
        self._figure.on_value_change(self._draw)
        self._note = html("", "p").classes("note")
        self._chart = ui.echart({"series": []}).classes("chart")
        self._table = html("").classes("wide result")
        self._chart.set_visibility(False)

    async def start(self, figure: str) -> None:
        """Offer names; show the one asked for, or the one most is said of."""
        names = await self._view.try_get(work.names)
        self._name.set_autocomplete((names or [])[:2000])
        if not self._name.value and names:
            self._name.value = names[0]
        await self.load(figure)

    async def load(self, figure: Any = None) -> None:
        """Collect the figures of the entity that is named."""
        name = (self._name.value or "").strip()
        if not name:
            return
        found = await self._view.try_get(documents.series, name)
        self._trends = {_label(t, self._view): t for t in reversed(found or [])}
        self._trends = dict(reversed(self._trends.items()))
        labels = list(self._trends)
        missing = "" if labels else self._view.words("series.nothing", name=name)
        self._note.set_content(h(missing))
        chosen = figure if isinstance(figure, str) and figure in labels else None
        self._figure.set_options(labels, value=chosen or (labels[0] if labels else None))
        self._draw()

    def _draw(self) -> None:
        trend = self._trends.get(str(self._figure.value))
        self._chart.set_visibility(trend is not None)
        self._table.set_content("")
        if trend is None:
            return
        self._chart.options.clear()
        self._chart.options.update(_options(trend, self._view.words))
        self._chart.update()
        self._table.set_content(_rows(trend, self._view))
        address("/series", name=self._name.value, figure=self._figure.value)


def _label(trend: dict[str, Any], view: View) -> str:
    """Name a figure: metric or relation, object, qualifiers, unit, in how many reports."""
    qualifiers = dict(trend["qualifiers"])
    target = trend["object"]["label"] if trend["object"] else ""
    first = qualifiers.pop("metric", None) or view.words.relation(trend["predicate"])
    unit = f"({trend['unit']})" if trend["unit"] else ""
    count = len({p["report"] for p in trend["points"]})
    parts = (first, target, *qualifiers.values(), unit)
    return " ".join(squeezed(p) for p in parts if p) + f" · {view.words('series.weeks', n=count)}"


def _scale(trend: dict[str, Any], words: Words) -> tuple[float, str]:
    """Return what to divide large sums by, and the unit then ("억 USD", "bn USD")."""
    largest = max(abs(p["value"]) for p in trend["points"])
    for name in ("huge", "large"):
        factor = float(words(f"series.{name}"))
        if largest >= factor:
            return factor, f"{words(f'series.{name}_name')} {trend['unit']}".strip()
    return 1.0, trend["unit"]


def _options(trend: dict[str, Any], words: Words) -> dict[str, Any]:
    scale, unit = _scale(trend, words)
    points = [
        {"value": [p["date"], p["value"] / scale], "name": squeezed(p["text"])}
        for p in trend["points"]
    ]
    return {
        "animation": False,
        "grid": {"left": 12, "right": 24, "top": 36, "bottom": 12, "containLabel": True},
        "textStyle": {"color": _INK},
        "xAxis": {
            "type": "category",
            "data": sorted({p["date"] for p in trend["points"]}),
            "axisLabel": {"color": _INK},
        },
        "yAxis": {
            "type": "value",
            "scale": True,
            "name": unit,
            "nameTextStyle": {"color": _INK},
            "axisLabel": {"color": _INK},
            "splitLine": {"lineStyle": {"color": "#8884"}},
        },
        "tooltip": {"trigger": "item", "renderMode": "richText", "formatter": "{b}"},
        "series": [
            {
                "type": "line",
                "data": points,
                "symbolSize": 9,
                "lineStyle": {"width": 2},
                "itemStyle": {"color": "#2f6fd0"},
                "label": {"show": True, "formatter": "{b}", "position": "top", "color": _INK},
                "labelLayout": {"hideOverlap": True},
            }
        ],
    }


def _quoted(point: dict[str, Any]) -> str:
    """The quote, where it says more than the value does."""
    quote = squeezed(point["quote"])
    return "" if quote == squeezed(point["text"]) else f"“{quote}”"


def _rows(trend: dict[str, Any], view: View) -> str:
    words = view.words
    rows = "".join(
        f"<tr><td><time>{h(p['date'])}</time></td><td><b>{h(squeezed(p['text']))}</b> "
        f"{modality(p['modality'], words)}</td>"
        f'<td><a href="{report_address(p["report"], p["start"], p["end"])}">'
        f"{h(squeezed(p['table'] or (p['section'] or [p['title']])[-1]))}</a> "
        f"<span class='more'>{h(_quoted(p))}</span></td></tr>"
        for p in reversed(trend["points"])
    )
    head = "".join(
        f"<th>{h(words(key))}</th>" for key in ("series.date", "series.value", "common.source")
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
