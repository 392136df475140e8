"""Weekly diffs against gold changes.

Recall: the share of gold changes that the diff of their two reports holds. The gold is a
sample, so a change it does not speak of is not judged: ``precision`` is the share of
right ones among those reported changes that are about what some gold change of that pair
is about (:func:`about`). One thing reported twice, once as it should be and once otherwise,
counts once right and once wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agent.evaluation.figures import Miss, Part, Share, Sources, shares
from agent.evaluation.gold import GoldChange, statement
from agent.evaluation.matching import change_matches, names_match, norm, occurs, same_sides
from kg.diff import KINDS

if TYPE_CHECKING:
    from kg.generation import Generation

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_VERSION = re.compile(r"[a-z0-9]+[a-z0-9.]*")
_NAMING = ("period", "partner", "product", "setting", "place", "role", "topic")
"""Qualifiers beside the metric that say what a claim is of; the others are what it says."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """A reported change that the gold speaks of, with the gold changes about the same."""

    change: Mapping[str, Any]
    about: tuple[GoldChange, ...]
    right: bool


def score_changes(
    generation: Generation,
    gold: Sequence[GoldChange],
    sources: Sources,
    step: Callable[[str], None],
) -> Part:
    """Score the diffs of all pairs of reports that the gold names."""
    pairs: dict[tuple[str, str], list[GoldChange]] = {}
    for item in gold:
        pairs.setdefault((item.old, item.new), []).append(item)
    found: list[tuple[GoldChange, bool]] = []
    judged: list[_Judged] = []
    misses: list[Miss] = []
    for (old, new), items in pairs.items():
        reported = _reported(generation, old, new)
        hits = [(item, any(change_matches(item, c) for c in reported)) for item in items]
        here = list(_judged(items, reported))
        found += hits
        judged += here
        misses += [_missed(item, reported, sources) for item, right in hits if not right]
        misses += [_wrong(item, sources) for item in here if not item.right]
        step(f"{old}..{new}")
    return Part(_figures(found, judged), tuple(misses))


def _reported(generation: Generation, old: str, new: str) -> list[dict[str, Any]]:
    from agent.weeks.changes import changes
    from kg.diff_format import to_json

    compared = changes(generation, old, new)
    document = to_json(compared.changes, compared.old.reports, compared.new.reports)
    reported: list[dict[str, Any]] = document["changes"]
    return reported


def _judged(gold: Sequence[GoldChange], reported: Sequence[Mapping[str, Any]]) -> Iterator[_Judged]:
    for change in reported:
        named = tuple(item for item in gold if about(item, change))
        if named:
            right = any(change_matches(item, change) for item in named)
            yield _Judged(change, named, right)


def about(gold: GoldChange, change: Mapping[str, Any]) -> bool:
    """Tell whether a reported change is about what the gold change is about.

    Subject and predicate agree, the object too where the gold has one. Without an object
    one side must say the gold's value, or else the gold's metric; without these, one of
    its qualifiers. Period, partner, product, setting, place, role and topic agree where
    both give them, unless the value did; so do the days of two events. A row of a table
    under a condition that the gold does not give is another figure, a remark in words that
    mentions the gold's value is no figure, and HBM4E is not HBM4. Citations do not count:
    they say other things too.
    """
    if not same_sides(gold, change) or _is_version(gold.subject, _subject(gold, change)):
        return False
    given = _qualifiers(change)
    if gold.object is not None and not _names_object(gold, change, given):
        return False
    wanted = {key: norm(str(text)) for key, text in gold.qualifiers.items()}
    metrics = given.get("metric", set())
    if gold.value is not None and occurs(gold.value.contains, _values(change)):
        return not (_is_remark(change) and "metric" in wanted and wanted["metric"] not in metrics)
    if any(wanted[key] not in given[key] for key in _NAMING if key in wanted and key in given):
        return False
    if ("condition" in given and "condition" not in wanted) or _on_other_days(gold, change):
        return False
    if "metric" in wanted:
        return wanted["metric"] in metrics
    if gold.object is not None:
        return True
    return gold.value is None and any(text in given.get(key, ()) for key, text in wanted.items())


def _qualifiers(change: Mapping[str, Any]) -> dict[str, set[str]]:
    """Collect the normed qualifiers of both sides of a change."""
    given: dict[str, set[str]] = {}
    for side in _sides(change):
        for key, text in side["qualifiers"].items():
            given.setdefault(key, set()).add(norm(text))
    return given


def _sides(change: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [side for side in (change["old"], change["new"]) if side is not None]


def _names_object(
    gold: GoldChange, change: Mapping[str, Any], given: Mapping[str, set[str]]
) -> bool:
    labels = [(change["object"] or {}).get("label")]
    if not names_match(gold.subject, change["subject"]["label"]):
        labels.append(change["subject"]["label"])  # the two sides are swapped
    labels += [
        text for key in ("product", "partner", "counterparty") for text in given.get(key, ())
    ]
    names = gold.object or ()
    return any(names_match(names, label) and not _is_version(names, label) for label in labels)


def _subject(gold: GoldChange, change: Mapping[str, Any]) -> str | None:
    """Return the label on the side where the gold's subject stands."""
    labels = [change["subject"]["label"], (change["object"] or {}).get("label")]
    return next((label for label in labels if names_match(gold.subject, label)), None)


def _is_version(names: Sequence[str], label: str | None) -> bool:
    """Tell whether a label names only another version of what is meant, or its whole line."""
    said, known = norm(label or ""), [norm(name) for name in names]
    if said in known:
        return False
    pairs = [sorted((name, said), key=len) for name in known if name in said or said in name]
    starts = [long.removeprefix(short) for short, long in pairs if long.startswith(short)]
    return bool(starts) and all(map(_VERSION.match, starts))


def _is_remark(change: Mapping[str, Any]) -> bool:
    values = [side["value"] for side in _sides(change) if side["value"]]
    return bool(values) and all(v.get("min", "") is v.get("max", "") is None for v in values)


def _on_other_days(gold: GoldChange, change: Mapping[str, Any]) -> bool:
    """Tell two events of one kind by their days."""
    wanted = _DAY.search(str(gold.qualifiers.get("date", "")))
    sides = [side["qualifiers"] for side in _sides(change)]
    days = {
        d
        for given in sides
        for key in ("date", "period")
        if _DAY.fullmatch(d := given.get(key, ""))
    }
    return wanted is not None and bool(days) and wanted.group() not in days


def _values(change: Mapping[str, Any]) -> str:
    """Return the normed JSON of what both sides say, without their citations."""
    said = [[side["value"], side["qualifiers"]] for side in _sides(change)]
    return norm(json.dumps(said, ensure_ascii=False))


def _figures(found: Sequence[tuple[GoldChange, bool]], judged: Sequence[_Judged]) -> dict[str, Any]:
    recall = shares(found, lambda item: item.kind)
    precision = shares(((j, j.right) for j in judged), lambda j: str(j.change["kind"]))
    empty = Share(0, 0).to_json()
    return {
        "precision": Share.count(j.right for j in judged).to_json(),
        "recall": Share.count(right for _, right in found).to_json(),
        "by_kind": {
            kind: {"precision": precision.get(kind, empty), "recall": recall.get(kind, empty)}
            for kind in KINDS
            if kind in recall or kind in precision
        },
    }


def _missed(gold: GoldChange, reported: Sequence[Mapping[str, Any]], sources: Sources) -> Miss:
    near = [described(change) for change in reported if about(gold, change)]
    report, quote = (gold.new, gold.quote_new) if gold.quote_new else (gold.old, gold.quote_old)
    return Miss(
        f"change not found ({gold.kind})",
        gold.id,
        f"{statement(gold)}  “{quote or ''}”",
        "; ".join(near),
        sources.place_of_quote(report, quote),
    )


def _wrong(item: _Judged, sources: Sources) -> Miss:
    side = item.change["new"] or item.change["old"]
    cited = side["citations"][0]
    return Miss(
        f"change not in gold ({item.change['kind']})",
        "",
        "; ".join(f"{g.id} {g.kind} {statement(g)}" for g in item.about),
        described(item.change) + f"  “{' '.join(cited['quote'].split())}”",
        sources.place(cited["report"], cited["start"]),
    )


def described(change: Mapping[str, Any]) -> str:
    """Say a reported change in one line: kind, subject, predicate, object, old and new."""
    target = change["object"]["label"] if change["object"] else ""
    said = " → ".join(_side(side) for side in _sides(change))
    parts = (change["kind"], change["subject"]["label"], change["predicate"], target, said)
    return " ".join(part for part in parts if part)


def _side(side: Mapping[str, Any]) -> str:
    value = [side["value"]["text"]] if side["value"] else []
    qualifiers = [f"{key}={text}" for key, text in side["qualifiers"].items()]
    return " ".join((*value, *qualifiers, f"({side['modality']})"))
