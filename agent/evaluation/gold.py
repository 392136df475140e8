"""Gold files: what a careful reader found in the reports (formats: corpus/gold/README.md).

A folder need not hold every kind of file; what it holds must be well-formed. Fields
beyond those named here are notes to the reader and are passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from agent.errors import AgentError
from agent.evaluation.matching import norm
from kg.claim import Modality
from kg.diff import Kind


def _sayable(text: str) -> str:
    if not norm(text):
        raise ValueError("nothing is left to compare without spaces, commas and dashes")
    return text


def _regex(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from error
    return text


def _several(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _listed(value: Any) -> Any:
    return [] if value is None else value


_Text = Annotated[str, AfterValidator(_sayable)]
_Regex = Annotated[str, AfterValidator(_regex)]
_Names = Annotated[tuple[_Text, ...], BeforeValidator(_several), Field(min_length=1)]


class _Item(BaseModel):
    model_config = ConfigDict(frozen=True, populate_by_name=True)


class Place(_Item):
    """Where an answer may be found; one of the given fields is enough (regexes, page from 1)."""

    section: _Regex | None = None
    table: _Regex | None = None
    page: int | None = None
    quote: _Regex | None = None


class GoldQuestion(_Item):
    """A question: each list of ``answers`` needs one of its texts, ``forbidden`` is absent."""

    id: str
    doc: str | None = None
    question: _Text
    type: str
    answers: Annotated[tuple[_Names, ...], BeforeValidator(_listed)] = ()
    forbidden: Annotated[tuple[_Text, ...], BeforeValidator(_listed), Field(alias="not")] = ()
    cite: Annotated[tuple[Place, ...], BeforeValidator(_listed)] = ()
    abstain: bool = False
    conversation: Annotated[tuple[_Text, ...], BeforeValidator(_listed)] = ()

    @model_validator(mode="after")
    def _answerable(self) -> GoldQuestion:
        if not self.abstain and not self.answers:
            raise ValueError("answers is empty: expected some, or abstain: true")
        return self


class GoldValue(_Item):
    """Spellings of a value, one of which must occur."""

    contains: _Names


class GoldStatement(_Item):
    """What claims and changes have in common: alternatives of each name, predicate and value."""

    subject: _Names
    predicate: _Names
    object: Annotated[_Names | None, BeforeValidator(lambda names: names or None)] = None
    value: GoldValue | None = None
    qualifiers: Annotated[dict[str, Any], BeforeValidator(lambda q: {} if q is None else q)] = {}


class GoldClaim(GoldStatement):
    """A claim of one report."""

    id: str
    doc: str
    modality: Modality | None = None
    quote: str
    where: Literal["prose", "table"] = "prose"


def statement(gold: GoldStatement) -> str:
    """Say in one line what is stated, each by its first name."""
    parts = [gold.subject[0], "|".join(gold.predicate), *(gold.object or ())[:1]]
    if gold.value is not None:
        parts.append("=" + "|".join(gold.value.contains))
    return " ".join(parts)


class GoldLine(_Item):
    """A line of a report, by its beginning, and the ids of all claims it makes."""

    doc: str
    starts: Annotated[str, Field(min_length=1)]
    claims: tuple[str, ...]


class GoldChange(GoldStatement):
    """A difference between two reports."""

    id: str = ""
    old: str
    new: str
    kind: Kind
    quote_old: str | None = None
    quote_new: str | None = None


class GoldName(_Item):
    """A name in a sentence and who is meant; ``None`` for what only looks like a name."""

    id: str
    text: _Text
    mention: _Text
    start: Annotated[int, Field(ge=0)]
    entity: _Names | None

    @model_validator(mode="after")
    def _in_place(self) -> GoldName:
        if self.text[self.start : self.start + len(self.mention)] != self.mention:
            raise ValueError(f"mention {self.mention!r} is not at {self.start} of the text")
        return self


@dataclass(frozen=True, slots=True)
class Gold:
    """All items of a gold folder, in the order of file names and lines.

    ``skipped`` counts the items of each report that was left out by :meth:`within`.
    """

    questions: tuple[GoldQuestion, ...] = ()
    claims: tuple[GoldClaim, ...] = ()
    lines: tuple[GoldLine, ...] = ()
    changes: tuple[GoldChange, ...] = ()
    names: tuple[GoldName, ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()

    def within(self, reports: Iterable[str]) -> Gold:
        """Keep what is about ``reports``; names are about none and stay.

        Raises:
            AgentError: when items were given but none is about these reports.
        """
        known = set(reports)
        needs: list[set[str]] = [{question.doc} for question in self.questions if question.doc]
        needs += [{claim.doc} for claim in self.claims]
        needs += [{line.doc} for line in self.lines]
        needs += [{change.old, change.new} for change in self.changes]
        missing = dict(self.skipped)
        for doc in (doc for needed in needs for doc in sorted(needed - known)):
            missing[doc] = missing.get(doc, 0) + 1
        if needs and all(needed - known for needed in needs):
            raise AgentError(
                f"no gold item is about a report here: got gold for {sorted(missing)!r}, "
                f"expected some of {sorted(known)!r}; name the reports with --reports"
            )
        return replace(
            self,
            questions=tuple(q for q in self.questions if q.doc is None or q.doc in known),
            claims=tuple(c for c in self.claims if c.doc in known),
            lines=tuple(line for line in self.lines if line.doc in known),
            changes=tuple(c for c in self.changes if {c.old, c.new} <= known),
            skipped=tuple(sorted(missing.items())),
        )


_Any = TypeVar("_Any", bound=_Item)


def load_gold(place: Path) -> Gold:
    """Read a folder of gold files, or one such file.

    Raises:
        AgentError: when there are none, or with file and line of what is malformed.
    """
    files = sorted(place.glob("*.jsonl")) if place.is_dir() else [place]
    if not any(file.is_file() for file in files):
        raise AgentError(f"no gold here: got {str(place)!r}, expected a folder of *.jsonl files")
    gold = Gold(
        questions=_read(files, ".qa.jsonl", GoldQuestion),
        claims=_read(files, ".claims.jsonl", GoldClaim),
        lines=_read(files, ".exhaustive.jsonl", GoldLine),
        changes=_read(files, ".diff.jsonl", GoldChange),
        names=_read(files, "aliases.jsonl", GoldName),
    )
    if gold == Gold():
        raise AgentError(
            f"no gold in {str(place)!r}: expected lines in *.qa.jsonl, *.claims.jsonl, "
            "*.exhaustive.jsonl, *.diff.jsonl or aliases.jsonl"
        )
    _check_claims(gold)
    return gold


def _read(files: Iterable[Path], ending: str, kind: type[_Any]) -> tuple[_Any, ...]:
    return tuple(
        item for file in files if file.name.endswith(ending) for item in _items(file, kind)
    )


def _items(file: Path, kind: type[_Any]) -> Iterator[_Any]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AgentError(f"cannot read gold {str(file)!r}: {error}; expected UTF-8 text") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield kind.model_validate(json.loads(line))
        except json.JSONDecodeError as error:
            raise _malformed(file, number, f"no JSON: {error}") from error
        except ValidationError as error:
            raise _malformed(file, number, _first_problem(error)) from error


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False)[0]
    field = ".".join(map(str, problem["loc"])) or "item"
    given = "" if problem["type"] == "missing" else f", got {str(problem['input'])[:80]!r}"
    return f"{field}: {problem['msg']}{given}"


def _malformed(file: Path, line: int, what: str) -> AgentError:
    return AgentError(
        f"malformed gold in {str(file)!r} line {line}: {what}; "
        "expected the formats of corpus/gold/README.md; correct the line"
    )


def _check_claims(gold: Gold) -> None:
    """See that exhaustive lines name claims of their own report, each once there."""
    ids: set[tuple[str, str]] = set()
    for claim in gold.claims:
        if (claim.doc, claim.id) in ids:
            raise AgentError(
                f"two gold claims of {claim.doc!r} have the id {claim.id!r}: "
                "expected one; rename the other"
            )
        ids.add((claim.doc, claim.id))
    for line in gold.lines:
        for claim_id in line.claims:
            if (line.doc, claim_id) not in ids:
                raise AgentError(
                    f"the exhaustive line {line.starts!r} of {line.doc!r} lists {claim_id!r}: "
                    "expected the id of a gold claim of that report; add it to its *.claims.jsonl"
                )
