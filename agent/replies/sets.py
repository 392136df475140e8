"""What stands in a relation to all of several things, or to one but not to another.

A question becomes a typed form, the form a SPARQL query, and the rows of that query the
answer: what `--explain` shows is what was run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.questions.forms import Role
from agent.words import data
from kg.iris import entity_iri, report_iri
from kg.vocab import PREDICATES, QUALIFIERS

_BY_LABEL = ("partner", "counterparty", "product")


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as named: the ids it stands for (itself and its kind) and the names of those."""

    name: str
    ids: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetForm:
    """``?answer`` such that a relation holds between it and each of ``all_of``.

    ``role`` is what the answer is in the claims, ``classes`` of what classes it may be;
    ``barred`` are ids that are no answer.
    """

    predicates: tuple[str, ...]
    role: Role
    all_of: tuple[Thing, ...]
    barred: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    metric: str | None = None

    @property
    def predicate(self) -> str:
        """The relation asked for first."""
        return self.predicates[0]

    def sparql(self, *, until: dt.date | None = None, report: str | None = None) -> str:
        """Return the form as a SELECT of answers, each with one claim for each thing."""
        claims = " ".join(f"?claim{n}" for n in range(1, len(self.all_of) + 1))
        lines = [f"SELECT DISTINCT ?answer {claims} WHERE {{"]
        for n, thing in enumerate(self.all_of, 1):
            lines += [*self._holds(n, thing), *_in_time(n, until, report)]
        if self.classes:
            kinds = " ".join(f"kg:{c}" for c in self.classes)
            lines.append(f"  ?answer a ?kind . VALUES ?kind {{ {kinds} }}")
        named = [e for thing in self.all_of for e in thing.ids]
        barred = ", ".join(f"<{entity_iri(e)}>" for e in sorted({*named, *self.barred}))
        lines.append(f"  FILTER(?answer NOT IN ({barred}))")
        return "\n".join([*lines, f"}} ORDER BY ?answer {claims}"])

    def _holds(self, n: int, thing: Thing) -> list[str]:
        """The ways in which a claim joins the answer with a thing."""
        relations = " ".join(f"kg:{p}" for p in self.predicates)
        ids = " ".join(f"<{entity_iri(e)}>" for e in thing.ids)
        labels = " ".join(_literal(label) for label in thing.labels)
        c, by = f"?claim{n}", "|".join(f"kg:{key}" for key in _BY_LABEL if key in QUALIFIERS)
        ways = []
        if self.role != "object":
            ways.append(
                f"{{ VALUES ?e{n} {{ {ids} }} {c} rdf:object ?e{n} ; rdf:subject ?answer }}"
            )
            ways.append(f"{{ VALUES ?l{n} {{ {labels} }} {c} {by} ?l{n} ; rdf:subject ?answer }}")
        if self.role != "subject":
            ways.append(
                f"{{ VALUES ?e{n} {{ {ids} }} {c} rdf:subject ?e{n} ; rdf:object ?answer }}"
            )
            ways.append(
                f"{{ VALUES ?e{n} {{ {ids} }} {c} rdf:subject ?e{n} ; kg:partner ?with{n} ."
                f' BIND(STRLANG(?with{n}, "ko") AS ?name{n})'
                f" ?answer skos:prefLabel|kg:printedLabel ?name{n} }}"
            )
        return [
            f"  VALUES ?relation{n} {{ {relations} }}",
            f"  {' UNION '.join(ways)}",
            f"  {c} rdf:predicate ?relation{n} ; kg:modality ?modality{n} .",
            f"  FILTER(?modality{n} != 'denied')",
        ]


def _in_time(n: int, until: dt.date | None, report: str | None) -> list[str]:
    if until is None and report is None:
        return []
    lines = [
        f"  ?claim{n} prov:wasDerivedFrom/dcterms:isPartOf ?report{n} ."
        f" ?report{n} dcterms:date ?date{n} ."
    ]
    if until:
        lines.append(f'  FILTER(?date{n} <= "{until.isoformat()}"^^xsd:date)')
    if report:
        lines.append(f"  FILTER(?report{n} = <{report_iri(report)}>)")
    return lines


def _literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def role_of(predicates: Sequence[str], role: Role) -> Role:
    """Return what the answer is: on either side of a mutual relation, else as the names stand."""
    mutual = any(PREDICATES[p].symmetric or p == "coDevelops" for p in predicates)
    return "either" if mutual else role


def asked_relations(weights: Mapping[str, float]) -> tuple[str, ...]:
    """Return the relations that a question's words ask for, the surest first.

    Some are asked for with others (who co-develops a chip works together), and some give way
    ("일하다" with a company is no employment): ``relations`` of ``forms.yaml``.
    """
    told = data("forms")["relations"]
    best = max(weights.values(), default=0.0)
    kept = [p for p, w in weights.items() if w >= _SURE and w >= _NEAR * best]
    kept = [p for p in kept if told["give_way"].get(p) not in kept]
    ordered = sorted(kept, key=lambda p: (-weights[p], p))
    return tuple(dict.fromkeys([*ordered, *(o for p in ordered for o in told["with"].get(p, ()))]))


_SURE, _NEAR = 0.6, 0.7
