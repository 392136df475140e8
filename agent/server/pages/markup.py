"""HTML written by us: every text that comes from a report or a visitor passes :func:`h`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from agent.server.pages.texts import Words

_MARK = re.compile(r"\[(\d{1,4})\]")
_AGAIN = 3
_ARROW = ' <span class="to" aria-label="to">→</span> '


def h(text: object) -> str:
    """Escape a text for HTML, in an attribute too."""
    return escape(str(text), quote=True)


def safe_json(value: Any) -> str:
    """Write a value for use inside a script element: nothing in it can end the element."""
    return json.dumps(value).replace("<", "\\u003c").replace("\u2028", "\\u2028")


def squeezed(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def sentence(text: str) -> str:
    """Write a sentence of an answer; its ``[n]`` are buttons."""
    return _MARK.sub(
        lambda m: f'<button type="button" class="cite" data-n="{m[1]}">{m[1]}</button>', h(text)
    )


def place(citation: Mapping[str, Any], words: Words, *, brief: bool = False) -> str:
    """Say where a citation stands: date, title (not when ``brief``), section, table, page."""
    section = citation["section"][-1] if citation["section"] else ""
    page = citation.get("page")
    parts = (
        citation.get("date") or (citation["report"] if brief else None),
        None if brief else citation.get("title") or citation.get("report"),
        section,
        citation.get("table"),
        citation.get("row"),
        citation.get("column"),
        words("common.page", n=page) if page is not None else None,
    )
    return " · ".join(h(squeezed(str(part))) for part in parts if part)


def entity_link(entity: Mapping[str, Any]) -> str:
    """Link an entity to its graph."""
    name = entity["label"]
    return f'<a class="who" href="/graph?name={quote(name, safe="")}">{h(name)}</a>'


def modality(name: str, words: Words) -> str:
    """Write a claim's status; nothing for a fact."""
    if name == "fact":
        return ""
    return f'<span class="tag {h(name)}">{h(words("modality." + name))}</span>'


def statement(claim: Mapping[str, Any], words: Words) -> str:
    """Write a claim in one line: who, relation, whom or how much, qualifiers, status."""
    qualifiers = claim["qualifiers"]
    metric = qualifiers.get("metric")
    relation = metric if metric and not claim["object"] else words.relation(claim["predicate"])
    parts = [entity_link(claim["subject"]), f'<span class="rel">{h(relation)}</span>']
    if claim["object"]:
        parts.append(entity_link(claim["object"]))
    if claim["value"] and claim["value"]["text"].strip():
        parts.append(f"<b>{h(squeezed(claim['value']['text']))}</b>")
    more = [v for k, v in qualifiers.items() if k != "metric" or claim["object"]]
    if more:
        parts.append(f'<span class="more">{h(squeezed(", ".join(more)))}</span>')
    return " ".join(parts) + " " + modality(claim["modality"], words)


def claim_cards(claims: Sequence[Mapping[str, Any]], words: Words, most: int) -> str:
    """Write claims as cards, newest first; what several reports say alike is one card."""
    held: dict[str, list[Mapping[str, Any]]] = {}
    for claim in sorted(claims, key=lambda c: str(c.get("date", "")), reverse=True):
        held.setdefault(statement(claim, words), []).append(claim)
    return "".join(_card(said, group) for said, group in list(held.items())[:most])


def _card(said: str, group: Sequence[Mapping[str, Any]]) -> str:
    first, *again = group
    reports = {c["report"]: _report_link(c, brief=True) for c in again} | {first["report"]: ""}
    links = [link for link in reports.values() if link]
    more = "".join(f'<span class="again">{link}</span>' for link in links[:_AGAIN])
    more += f'<span class="again">+{len(links) - _AGAIN}</span>' if len(links) > _AGAIN else ""
    return (
        f'<li class="card"><p>{said}</p>'
        f"<blockquote>{h(squeezed(first['evidence']['quote']))}</blockquote>"
        f'<p class="where">{_report_link(first)}{more}</p></li>'
    )


def _report_link(claim: Mapping[str, Any], *, brief: bool = False) -> str:
    """Link a claim's place; ``brief`` says only when it was reported."""
    evidence, when = claim["evidence"], claim.get("date") or claim["report"]
    section = evidence["table"] or (evidence["section"][-1] if evidence["section"] else "")
    label = when if brief else " · ".join(filter(None, (when, section)))
    return (
        f'<a href="{report_address(claim["report"], evidence["start"], evidence["end"])}">'
        f"{h(squeezed(label))}</a>"
    )


def report_address(report: str, start: int, end: int) -> str:
    """Return the address of a report's page, at a place of its text."""
    return f"/report/{quote(report, safe='')}?start={int(start)}&end={int(end)}#quote"


def change_card(change: Mapping[str, Any], words: Words) -> str:
    """Write a change: what it is about, old → new, and both quotes side by side."""
    old, new = change["old"], change["new"]
    said = new or old
    metric = said["qualifiers"].get("metric")
    relation = metric if metric and not change["object"] else words.relation(change["predicate"])
    parts = [entity_link(change["subject"]), f'<span class="rel">{h(relation)}</span>']
    if change["object"]:
        parts.append(entity_link(change["object"]))
    parts.append(_turn(change, words))
    back = change.get("back")
    if back:
        parts.append(f'<span class="more">{h(words("week.back", report=back))}</span>')
    sides = "".join(
        _side(side, words(label), words)
        for side, label in ((old, "week.before"), (new, "week.now"))
        if side
    )
    return (
        f'<li class="change {h(change["kind"])}"><p>{" ".join(filter(None, parts))}</p>'
        f'<div class="sides">{sides}</div></li>'
    )


def alerts(fired: Sequence[Mapping[str, Any]], words: Words) -> str:
    """Write the watches that fired: what was watched for, and what it found."""
    items = "".join(
        f'<li class="card"><p><b>{h(alert["text"])}</b> '
        f'<span class="count">{len(alert["claims"]) or len(alert["rows"])}</span></p>'
        + "".join(f"<blockquote>{h(' · '.join(row))}</blockquote>" for row in alert["rows"][:5])
        + "</li>"
        for alert in fired
    )
    title = h(words("week.watches"))
    return f'<h2>{title}</h2><ul class="cards">{items}</ul>' if items else ""


def _turn(change: Mapping[str, Any], words: Words) -> str:
    old, new = change["old"], change["new"]
    if not (old and new):
        side = new or old
        return " ".join(filter(None, (_amount(side), modality(side["modality"], words))))
    before, after = _amount(old), _amount(new)
    told = []
    if old["modality"] != new["modality"]:
        names = (words("modality." + side["modality"]) for side in (old, new))
        told.append(_ARROW.join(f'<span class="tag">{h(name)}</span>' for name in names))
    if before != after and before and after:
        told.append(f"{before}{_ARROW}{after}{_delta(change)}")
    elif after or before:
        told.append(after or before)
    return " ".join(told) or _step(old["qualifiers"], new["qualifiers"])


def _step(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """Write the first qualifier that moved where nothing else did: 예고 → 실물 전시."""
    moved = (name for name in sorted(old.keys() & new.keys()) if old[name] != new[name])
    name = next(moved, None)
    return f"<b>{h(old[name])}</b>{_ARROW}<b>{h(new[name])}</b>" if name else ""


def _amount(side: Mapping[str, Any]) -> str:
    value = side["value"]
    if value and value["text"].strip():
        return f"<b>{h(squeezed(value['text']))}</b>"
    names = ("quantity", "amount", "stake", "capacity", "cost", "date")
    text = next((side["qualifiers"][n] for n in names if side["qualifiers"].get(n)), "")
    return f"<b>{h(squeezed(text))}</b>" if text else ""


def _delta(change: Mapping[str, Any]) -> str:
    percent = change["percent"]
    if percent is None:
        return ""
    way = "up" if percent > 0 else "down"
    return f' <span class="delta {way}">{percent:+,.1f}%</span>'


def _side(side: Mapping[str, Any], label: str, words: Words) -> str:
    first = side["citations"][0]
    link = report_address(first["report"], first["start"], first["end"])
    return (
        f"<figure><figcaption>{h(label)}</figcaption><blockquote>{h(squeezed(first['quote']))}"
        f'</blockquote><a class="where" href="{link}">{place(first, words, brief=True)}</a>'
        "</figure>"
    )
