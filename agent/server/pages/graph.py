"""Graph: who an entity is connected with, filtered, each line leading to its evidence."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from nicegui import ui
from nicegui.events import EChartPointClickEventArguments

from agent import documents
from agent.server.pages import work
from agent.server.pages.frame import Site, View, address, empty_note, frame, html
from agent.server.pages.markup import claim_cards, entity_link, h

_INK = "#7a8594"
_COLOURS = {
    "Company": "#2f6fd0",
    "Organization": "#5b8def",
    "Person": "#c2417c",
    "Chip": "#1c9c74",
    "Model": "#8a5bd6",
    "Software": "#a98be0",
    "Product": "#39a0a8",
    "Technology": "#4f9d45",
    "Facility": "#a8743a",
    "Place": "#b5872b",
    "Market": "#d0752f",
    "Event": "#c9523d",
    "Policy": "#9a5148",
    "Benchmark": "#67748a",
}
_OTHER = "#8b95a3"
_BASE = {
    "animation": False,
    "textStyle": {"color": _INK},
    "tooltip": {"renderMode": "richText", "formatter": "{b}", "confine": True},
}
_STYLE = {
    "type": "graph",
    "layout": "force",
    "roam": True,
    "draggable": True,
    "top": 40,
    "label": {"show": True, "position": "right", "color": _INK, "fontSize": 12},
    "lineStyle": {"color": "source", "opacity": 0.55, "curveness": 0.08},
    "emphasis": {"focus": "adjacency"},
}
_CARDS = 40
_LABELLED = 14  # lines beyond which their labels would cover each other


def register(site: Site) -> None:
    """Put the page at ``/graph``; ``?name=&goal=`` shows an entity, or a path."""

    @ui.page("/graph")
    async def graph(request: Request, name: str = "", goal: str = "") -> None:
        view = site.view(request)
        with frame(view, "graph"):
            html(f"<h1>{h(view.words('graph.title'))}</h1>")
            if view.empty:
                empty_note(view)
                return
            shown = _Shown(view, name, goal)
        await ui.context.client.connected()
        await shown.start()


class _Shown:
    """A neighbourhood or a path, its filters, and the claims beside it."""

    def __init__(self, view: View, name: str, goal: str) -> None:
        self._view = view
        self._found: dict[str, Any] | None = None
        self._path: list[dict[str, Any]] = []
        self._building = False
        self._tools(name, goal)
        self._note = html("", "p").classes("note")
        with ui.element("div").classes("graph"):
            with ui.element("div").classes("canvas"):
                self._about = html("", "p").classes("where")
                self._chart = ui.echart({"series": []}, on_point_click=self._clicked)
                self._chart.classes("net")
            with ui.element("aside").classes("beside"):
                self._side = html("")

    def _tools(self, name: str, goal: str) -> None:
        words = self._view.words
        weeks = sorted(
            {
                r.week: r.date.isoformat()
                for r in self._view.site.desk.workspace.generation().reports
            }.items()
        )
        with ui.element("form").classes("tools").on("submit.prevent", self.load):
            self._name = ui.input(words("graph.entity"), value=name)
            self._goal = ui.input(words("graph.goal"), value=goal)
            html(h(words("graph.show")), "button").classes("go").props("type=submit")
            self._relations = ui.select([], multiple=True, label=words("graph.relation"))
            self._until = ui.select(
                {date: week for week, date in weeks}, value=weeks[-1][1], label=words("graph.until")
            )
            for field in (self._name, self._goal, self._relations, self._until):
                field.props("outlined dense")
            self._relations.props("use-chips").classes("wide-select")
            with ui.element("label").classes("slide"):
                html(h(words("graph.confidence")), "span")
                self._least = ui.slider(min=0, max=1, step=0.05, value=0).props("label dense")
        self._relations.on_value_change(self._draw)
        self._least.on_value_change(self._draw)
        self._until.on_value_change(self.load)

    async def start(self) -> None:
        """Offer names; show the one asked for, or the one most is said of."""
        names = await self._view.try_get(work.names)
        for field in (self._name, self._goal):
            field.set_autocomplete((names or [])[:2000])
        if not self._name.value and names:
            self._name.value = names[0]
        await self.load()

    async def load(self) -> None:
        """Collect what is around the named entity, or between it and the goal."""
        name, goal = (self._name.value or "").strip(), (self._goal.value or "").strip()
        if not name:
            return
        until = str(self._until.value)
        self._path = []
        self._note.set_content("")
        if goal:
            steps = await self._view.try_get(documents.path, name, goal, as_of=until)
            known = self._view.site.desk.workspace.generation()
            for step in steps or []:
                step["claim"]["date"] = known.info(step["claim"]["report"]).date.isoformat()
            self._path = steps or []
            if steps == []:
                told = self._view.words("graph.no_path", start=name, goal=goal)
                self._note.set_content(h(told))
        else:
            self._found = await self._view.try_get(work.neighbourhood, name, until)
            if self._found is None:
                self._note.set_content(h(self._view.words("graph.unknown", name=name)))
        self._choose()
        self._draw()
        address("/graph", name=name, goal=goal)

    def _choose(self) -> None:
        claims = self._claims()
        known = {c["predicate"]: self._view.words.relation(c["predicate"]) for c in claims}
        kept = [r for r in self._relations.value or [] if r in known]
        self._building = True
        self._relations.set_options(dict(sorted(known.items(), key=lambda i: i[1])), value=kept)
        self._building = False

    def _claims(self) -> list[dict[str, Any]]:
        if self._goal.value and self._goal.value.strip():
            return [step["claim"] for step in self._path]
        return self._found["claims"] if self._found else []

    def _kept(self) -> list[dict[str, Any]]:
        wanted, least = set(self._relations.value or ()), float(self._least.value or 0)
        return [
            c
            for c in self._claims()
            if c["confidence"] >= least and (not wanted or c["predicate"] in wanted)
        ]

    def _draw(self) -> None:
        if self._building:
            return
        claims, words = self._kept(), self._view.words
        middle = self._found["entity"]["label"] if self._found and not self._path else ""
        self._chart.options.clear()
        self._chart.options.update(_options(claims, middle, self._view))
        self._chart.update()
        count = words("graph.claims", n=len(claims))
        hint = words("graph.hint") if claims else words("graph.nothing")
        self._about.set_content(f"{h(count)} · {h(hint)}")
        self._beside(claims)

    def _beside(self, claims: list[dict[str, Any]], title: str = "") -> None:
        words = self._view.words
        head = f"<h2>{title}</h2>" if title else self._about_entity()
        cards = claim_cards(claims, words, _CARDS)
        values = "" if title or self._path else self._values()
        self._side.set_content(f"{head}<ul class='cards'>{cards}</ul>{values}")

    def _about_entity(self) -> str:
        if self._path:
            start, goal = self._path[0]["from"], self._path[-1]["to"]
            return f"<h2>{entity_link(start)} → {entity_link(goal)}</h2>"
        if not self._found:
            return ""
        entity = self._found["entity"]
        others = " · ".join(n for n in entity["names"] if n != entity["label"])
        kind = self._view.words.kind(entity["class"])
        return (
            f'<h2>{h(entity["label"])} <span class="tag">{h(kind)}</span></h2>'
            f'<p class="where">{h(others)}</p>'
        )

    def _values(self) -> str:
        if not self._found or not self._found["values"]:
            return ""
        cards = claim_cards(self._found["values"], self._view.words, _CARDS)
        return f"<h2>{h(self._view.words('graph.values'))}</h2><ul class='cards'>{cards}</ul>"

    async def _clicked(self, event: EChartPointClickEventArguments) -> None:
        data: dict[str, Any] = event.data if isinstance(event.data, dict) else {}
        if event.data_type == "edge":
            ends = {data.get("source"), data.get("target")}
            between = [c for c in self._kept() if {c["subject"]["iri"], c["object"]["iri"]} == ends]
            if between:
                first = between[0]
                title = f"{entity_link(first['subject'])} – {entity_link(first['object'])}"
                self._beside(between, title)
        elif name := data.get("label_of"):
            self._name.value, self._goal.value = str(name), ""
            await self.load()


def _options(claims: list[dict[str, Any]], middle: str, view: View) -> dict[str, Any]:
    """Draw claims as a network; tooltips are text on the canvas, never HTML."""
    nodes: dict[str, dict[str, Any]] = {}
    lines: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for claim in claims:
        for entity in (claim["subject"], claim["object"]):
            nodes.setdefault(entity["iri"], {"entity": entity, "count": 0})["count"] += 1
        lines.setdefault((claim["subject"]["iri"], claim["object"]["iri"]), []).append(claim)
    classes = list(dict.fromkeys(n["entity"]["class"] for n in nodes.values()))
    categories = [
        {"name": view.words.kind(c), "itemStyle": {"color": _COLOURS.get(c, _OTHER)}}
        for c in classes
    ]
    crowded = len(nodes) >= 25
    few = len(lines) <= _LABELLED
    net = _STYLE | {
        "categories": categories,
        "force": _force(300 if crowded else 1100, 140 if crowded else 180),
        "labelLayout": {"hideOverlap": not few},
        "edgeLabel": {"show": few, "formatter": "{c}", "color": _INK, "fontSize": 10},
        "data": [_node(iri, node, classes, middle) for iri, node in nodes.items()],
        "links": [_line(ends, group, view) for ends, group in lines.items()],
    }
    narrow = {"series": [{"force": _force(180 if crowded else 320, 90)}]}
    legend = {"data": [c["name"] for c in categories], "textStyle": {"color": _INK}}
    return {
        "baseOption": _BASE | {"legend": [legend | {"type": "scroll"}], "series": [net]},
        "media": [{"query": {"maxWidth": 520}, "option": narrow}],
    }


def _force(repulsion: int, longest: int) -> dict[str, Any]:
    return {
        "repulsion": repulsion,
        "edgeLength": [longest // 2, longest],
        "gravity": 0.12,
        "layoutAnimation": False,
    }


def _node(iri: str, node: dict[str, Any], classes: list[str], middle: str) -> dict[str, Any]:
    label = node["entity"]["label"]
    size = 34 if label == middle else min(12 + 3 * node["count"] ** 0.5, 26)
    return {
        "id": iri,
        "name": label,
        "label_of": label,
        "value": node["count"],  # without one, NiceGUI cannot tell of a click
        "symbolSize": size,
        "category": classes.index(node["entity"]["class"]),
    }


def _line(ends: tuple[str, str], group: list[dict[str, Any]], view: View) -> dict[str, Any]:
    relations = ", ".join(dict.fromkeys(view.words.relation(c["predicate"]) for c in group))
    firm = any(c["modality"] == "fact" for c in group)
    return {
        "source": ends[0],
        "target": ends[1],
        "value": relations,
        "symbol": ["none", "arrow"],
        "symbolSize": 7,
        "lineStyle": {"width": min(1 + len(group) * 0.6, 5), "type": "solid" if firm else "dashed"},
    }
