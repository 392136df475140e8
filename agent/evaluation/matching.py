"""When does what the program says match what the gold says?

Texts are compared after NFKC, lower-casing and removing white space, commas, tildes
and dashes. Near predicates count as the same; names match whole or one inside the other.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agent.evaluation.gold import GoldChange, GoldClaim, GoldQuestion, Place

_IGNORED = re.compile(r"[\s,·~∼〜\-–—]+")
_IS_REGEX = re.compile(r"[\\^$|\[(]")
_GROUPS = tuple(
    frozenset(group.split())
    for group in (
        "develops releases coDevelops",
        "partnersWith coDevelops",
        "supplies purchases ships",
        "produces manufactures ships",
        "hasMetric marketSize marketShare scores changesPrice",
        "regulates blocks",
        "acquires investsIn",
        "variantOf partOf",
        "uses trainedOn",
    )
)


@lru_cache(maxsize=1 << 16)
def norm(text: str) -> str:
    """Return a text as it is compared."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text).lower())


@lru_cache(maxsize=4096)
def near(predicates: tuple[str, ...]) -> frozenset[str]:
    """Return the predicates that may stand for any of ``predicates``."""
    wanted = frozenset(predicates)
    return wanted.union(*(group for group in _GROUPS if group & wanted))


def names_match(names: Iterable[str], label: str | None) -> bool:
    """Tell whether a label is one of the names; longer ones may contain one another."""
    said = norm(label or "")
    return any(_name_matches(norm(name), said) for name in names)


def _name_matches(name: str, said: str) -> bool:
    if name == said:
        return True
    return len(name) > 2 and len(said) > 1 and (name in said or said in name)


def occurs(texts: Iterable[str], normed: str) -> bool:
    """Tell whether one of the texts occurs in a text that is normed already."""
    return any(norm(text) in normed for text in texts)


def answer_matches(gold: GoldQuestion, answer: str) -> bool:
    """Tell whether an answer says all that is asked for and nothing that is forbidden."""
    said = norm(answer)
    return all(occurs(texts, said) for texts in gold.answers) and not occurs(gold.forbidden, said)


def citation_matches(gold: Sequence[Place], citation: Mapping[str, Any]) -> bool:
    """Tell whether a citation (an object of `kg ask --json`) points to one of the places."""
    return any(_place_matches(place, citation) for place in gold)


def _place_matches(place: Place, citation: Mapping[str, Any]) -> bool:
    if place.section and re.search(place.section, " > ".join(citation["section"])):
        return True
    if place.table and _table_matches(place.table, citation["table"] or ""):
        return True
    if place.page and place.page == citation["page"]:
        return True
    return bool(place.quote and re.search(place.quote, citation["quote"]))


def _table_matches(wanted: str, label: str) -> bool:
    if _IS_REGEX.search(wanted):
        return bool(re.search(wanted, label))
    return norm(wanted) in norm(label)


@dataclass(frozen=True, slots=True)
class Said:
    """A claim (an object of `kg export --format claims`) with its texts normed once."""

    claim: Mapping[str, Any]
    subject: str
    object: str | None
    body: str
    """Value, qualifiers and object."""
    quoted_value: str
    """The value's text when the quote is given too, which must then hold it as well."""
    quote: str

    @classmethod
    def of(cls, claim: Mapping[str, Any]) -> Said:
        """Norm the texts of a claim."""
        label = (claim["object"] or {}).get("label")
        body = json.dumps([claim["value"], claim["qualifiers"], label], ensure_ascii=False)
        return cls(
            claim,
            claim["subject"]["label"],
            label,
            norm(body),
            norm(str((claim["value"] or {}).get("text", ""))),
            norm(claim["evidence"]["quote"]),
        )


def claim_matches(gold: GoldClaim, said: Said) -> bool:
    """Tell whether an extracted claim says the gold one, whatever its modality.

    The two sides of a relation may be swapped; an object may be named in a qualifier.
    """
    if said.claim["predicate"] not in near(gold.predicate):
        return False
    if not (_forward(gold, said) or _backward(gold, said)):
        return False
    return gold.value is None or any(_says(norm(text), said) for text in gold.value.contains)


def _forward(gold: GoldClaim, said: Said) -> bool:
    if not names_match(gold.subject, said.subject):
        return False
    if gold.object is None or names_match(gold.object, said.object):
        return True
    return occurs((name for name in gold.object if len(norm(name)) > 2), said.body)


def _backward(gold: GoldClaim, said: Said) -> bool:
    if gold.object is None or not names_match(gold.object, said.subject):
        return False
    return names_match(gold.subject, said.object)


def _says(text: str, said: Said) -> bool:
    return text in said.body or (text in said.quote and text in said.quoted_value)


def change_matches(gold: GoldChange, change: Mapping[str, Any]) -> bool:
    """Tell whether a change (an object of `kg diff --format json`) is the gold one."""
    if gold.kind != change["kind"] or not same_sides(gold, change):
        return False
    said = norm(json.dumps(change, ensure_ascii=False))
    if gold.object is not None and not occurs(gold.object, said):
        return False
    return gold.value is None or occurs(gold.value.contains, said)


def same_sides(gold: GoldChange, change: Mapping[str, Any]) -> bool:
    """Tell whether a change has the predicate of the gold one, and its subject on a side."""
    if change["predicate"] not in near(gold.predicate):
        return False
    label = (change["object"] or {}).get("label")
    return names_match(gold.subject, change["subject"]["label"]) or bool(
        label and names_match(gold.subject, label)
    )
