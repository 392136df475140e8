"""The vocabulary of ``tables.yaml``: what headers, cells and captions say by which words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from kg.claim import Modality


@dataclass(frozen=True, slots=True)
class Schema:
    """The vocabulary of ``tables.yaml``, folded for look-up."""

    entities: Mapping[str, str]
    roles: Mapping[str, str]
    metrics: tuple[Mapping[str, Any], ...]
    scores: tuple[str, ...]
    relations: Mapping[str, tuple[str, ...]]
    pairs: tuple[Mapping[str, Any], ...]
    amounts: frozenset[str]
    of_things: frozenset[str]
    accounts: frozenset[str]
    businesses: tuple[str, ...]
    wholes: frozenset[str]
    chiefs: frozenset[str]
    seated: frozenset[str]
    revised: Mapping[str, frozenset[str]]
    status: frozenset[str]
    undisclosed: frozenset[str]
    nothing: frozenset[str]
    units: frozenset[str]
    forecast: tuple[str, ...]
    plan: tuple[str, ...]
    rumour: tuple[str, ...]
    asides: frozenset[str]
    done: tuple[str, ...]
    kinds: Mapping[str, tuple[str, ...]]
    companies: tuple[Mapping[str, Any], ...]
    weekdays: tuple[str, ...]
    exchanges: Mapping[str, str]
    local: tuple[str, ...]
    boilerplate: tuple[str, ...]
    totals: frozenset[str]
    ratios: tuple[str, ...]
    seats: tuple[str, ...]
    changes: frozenset[str]
    consensus: frozenset[str]
    versions: frozenset[str]
    priced: frozenset[str]
    counted: frozenset[str]
    flows: frozenset[str]
    tellers: frozenset[str]
    scenarios: frozenset[str]
    bodies: frozenset[str]
    headlines: frozenset[str]
    spans: frozenset[str]
    explaining: frozenset[str]
    no_things: frozenset[str]
    hosts: frozenset[str]
    labels: frozenset[str]
    former: tuple[str, ...]
    standings: Mapping[Modality, tuple[str, ...]]
    standing: frozenset[str]
    doubts: tuple[str, ...]
    examples: tuple[Mapping[str, Any], ...]


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Fold a label for comparison: NFKC, case, white space and punctuation gone."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(ch for ch in folded if ch.isalnum() or ch in "#%$@&+/")


def _inverted(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {fold(str(word)): key for key, words in groups.items() for word in words}


def folded(words: Iterable[object]) -> tuple[str, ...]:
    """Fold each of some words."""
    return tuple(fold(str(word)) for word in words)


@lru_cache(maxsize=1)
def schema() -> Schema:
    """Load ``tables.yaml`` once a process."""
    import yaml

    text = files("extractors").joinpath("tables.yaml").read_text("utf-8")
    data = yaml.load(text, yaml.CSafeLoader)
    return Schema(
        entities=_inverted(data["entities"]),
        roles=_inverted(data["roles"]),
        metrics=tuple(data["metrics"]),
        scores=folded(data["scores"]),
        relations={key: folded(words) for key, words in data["relations"].items()},
        pairs=tuple(data["pairs"]),
        amounts=frozenset(folded(data["amounts"])),
        of_things=frozenset(data["of_things"]),
        accounts=frozenset(data["accounts"]),
        businesses=tuple(data["businesses"]),
        wholes=frozenset(data["wholes"]),
        chiefs=frozenset(folded(data["chiefs"])),
        seated=frozenset(folded(data["seated"])),
        revised={part: frozenset(words) for part, words in data["revised"].items()},
        status=frozenset(folded(data["status"])),
        undisclosed=frozenset(folded(data["undisclosed"])),
        nothing=frozenset(str(word).casefold() for word in data["nothing"]),
        units=frozenset(str(unit).casefold() for unit in data["units"]),
        forecast=tuple(data["forecast"]),
        plan=tuple(data["plan"]),
        rumour=tuple(data["rumour"]),
        asides=frozenset(folded(data["asides"])),
        done=tuple(data["done"]),
        kinds={cls: tuple(words) for cls, words in data["kinds"].items()},
        companies=tuple(data["companies"]),
        weekdays=tuple(data["weekdays"]),
        exchanges=data["exchanges"],
        local=tuple(data["local"]),
        boilerplate=tuple(data["boilerplate"]),
        totals=frozenset(folded(data["totals"])),
        ratios=tuple(data["ratios"]),
        seats=tuple(data["seats"]),
        changes=frozenset(folded(data["changes"])),
        consensus=frozenset(folded(data["consensus"])),
        versions=frozenset(folded(data["versions"])),
        priced=frozenset(data["priced"]),
        counted=frozenset(data["counted"]),
        flows=frozenset(data["flows"]),
        explaining=frozenset(folded(data["explaining"])),
        no_things=frozenset(folded(data["no_things"])),
        spans=frozenset(folded(data["spans"])),
        scenarios=frozenset(folded(data["scenarios"])),
        tellers=frozenset(folded(data["tellers"])),
        bodies=frozenset(folded(data["bodies"])),
        headlines=frozenset(folded(data["headlines"])),
        hosts=frozenset(folded(data["hosts"])),
        labels=frozenset(folded(data["labels"])),
        former=tuple(data["former"]),
        standings={key: tuple(words) for key, words in data["standings"].items()},
        standing=frozenset(folded(data["standing"])),
        doubts=tuple(data["doubts"]),
        examples=tuple(data["examples"]),
    )
