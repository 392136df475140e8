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
        self._found: dict[str, dict[str, Any]] = {}
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
        self._found = {_label(f, self._view): f for f in found or ()}
        labels = list(self._found)
        missing = "" if labels else self._view.words("series.nothing", name=name)
        self._note.set_content(h(missing))
        chosen = figure if isinstance(figure, str) and figure in labels else None
        self._figure.set_options(labels, value=chosen or (labels[0] if labels else None))
        self._draw()

    def _draw(self) -> None:
        figure = self._found.get(str(self._figure.value))
        self._chart.set_visibility(figure is not None)
        self._table.set_content("")
        if figure is None:
            return
        self._chart.options.clear()
        self._chart.options.update(_options(figure, self._view.words))
        self._chart.update()
        self._table.set_content(_rows(figure, self._view.words))
        address("/series", name=self._name.value, figure=self._figure.value)


def _label(figure: dict[str, Any], view: View) -> str:
    """Name a figure, with its unit and in how many reports it is."""
    unit = f" ({figure['unit']})" if figure["unit"] else ""
    count = view.words("series.weeks", n=len(figure["points"]))
    return f"{squeezed(figure['name'])}{unit} · {count}"


def _scale(figure: dict[str, Any], words: Words) -> tuple[float, str]:
    """Return what to divide large sums by, and the unit then ("억 USD", "bn USD")."""
    largest = max(abs(p["number"]) for p in figure["points"])
    for name in ("huge", "large"):
        factor = float(words(f"series.{name}"))
        if largest >= factor:
            return factor, f"{words(f'series.{name}_name')} {figure['unit']}".strip()
    return 1.0, figure["unit"]


def _options(figure: dict[str, Any], words: Words) -> dict[str, Any]:
    scale, unit = _scale(figure, words)
    points = [
        {"value": [p["date"], p["number"] / scale], "name": squeezed(_text(p))}
        for p in figure["points"]
    ]
    return {
        "animation": False,
        "grid": {"left": 12, "right": 24, "top": 36, "bottom": 12, "containLabel": True},
        "textStyle": {"color": _INK},
        "xAxis": {
            "type": "category",
            "data": sorted({p["date"] for p in figure["points"]}),
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


def _text(point: dict[str, Any]) -> str:
    return str(point["claim"]["value"]["text"])


def _row(point: dict[str, Any], words: Words) -> str:
    """A value, where it stands, and the quote where that says more than the value does."""
    claim, evidence, text = point["claim"], point["claim"]["evidence"], squeezed(_text(point))
    quote = squeezed(evidence["quote"])
    place = evidence["table"] or (evidence["section"] or [point["title"]])[-1]
    there = report_address(claim["report"], evidence["start"], evidence["end"])
    return (
        f"<tr><td><time>{h(point['date'])}</time></td><td><b>{h(text)}</b> "
        f"{modality(claim['modality'], words)}</td>"
        f'<td><a href="{there}">{h(squeezed(place))}</a> '
        f"<span class='more'>{h('' if quote == text else f'“{quote}”')}</span></td></tr>"
    )


def _rows(figure: dict[str, Any], words: Words) -> str:
    rows = "".join(_row(point, words) for point in reversed(figure["points"]))
    head = "".join(
        f"<th>{h(words(key))}</th>" for key in ("series.date", "series.value", "common.source")
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
