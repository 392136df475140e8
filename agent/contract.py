"""The contract's documents as types: for OpenAPI, and for the results of MCP tools."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Modality = Literal["fact", "plan", "forecast", "rumour", "opinion", "denied"]
Kind = Literal["new", "restated", "value_changed", "status_changed", "reversed", "dropped"]
Number = int | float


def _example(**fields: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [fields]})


class Problem(BaseModel):
    """What failed, the value, what was expected, what to do: one line."""

    model_config = _example(error="no report 'x' in this workspace: expected a report id")
    error: str


class Named(BaseModel):
    """An entity by IRI and label."""

    model_config = _example(iri="https://kg.example/entity/broadcom", label="브로드컴")
    iri: str
    label: str


class Entity(Named):
    """An entity with its class."""

    cls: str = Field(alias="class", examples=["Company"])


class Place(BaseModel):
    """Where something stands: ``text[start:end] == quote`` in the report's text."""

    section: list[str]
    page: int | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    quote: str
    start: Annotated[int, Field(ge=0, description="code points from the start of the text")]
    end: int


class Citation(Place):
    """One numbered source of an answer or of a change."""

    n: int
    report: str
    title: str
    date: str | None
    printed_page: str | None = None


class Interpretation(BaseModel):
    """How a question was read."""

    type: str
    entities: list[str]
    relation: str | None
    constraints: dict[str, Any]


class Timing(BaseModel):
    """Milliseconds spent."""

    total: float


class Answer(BaseModel):
    """An answer whose every sentence carries a checked citation, or an abstention."""

    question: str
    language: str
    answer: str
    abstained: bool
    reason: str | None
    interpretation: Interpretation
    sparql: str | None
    claims: list[str]
    citations: list[Citation]
    steps: list[str]
    timing_ms: Timing
    sentences: list[str]


class Hit(BaseModel):
    """One passage that was found; a higher score is better, within one search."""

    rank: int
    score: float
    passage: str
    report: str
    section: list[str]
    page: int | None
    table: str | None
    text: str
    start: int
    end: int


class Value(BaseModel):
    """A quantity: as written, and normalised."""

    text: str
    min: Number | None
    max: Number | None
    unit: str | None
    currency: str | None


class Claim(BaseModel):
    """One statement of one report with its evidence."""

    claim: str
    report: str
    subject: Entity
    predicate: str
    object: Entity | None
    value: Value | None
    qualifiers: dict[str, str]
    modality: Modality
    attributed_to: str | None
    evidence: Place
    extractor: str
    confidence: Number


class Week(BaseModel):
    """The claims of one week."""

    week: str
    claims: list[Claim]


class Profile(BaseModel):
    """What is known of one entity."""

    iri: str
    label: str
    cls: str = Field(alias="class")
    names: list[str]
    weeks: list[Week]
    mentions: dict[str, int]


class Step(BaseModel):
    """One step of a path, with the claim behind it."""

    from_: Named = Field(alias="from")
    to: Named
    claim: Claim


class ReportName(BaseModel):
    """A report by id, title and date."""

    id: str
    title: str
    date: str


class Scope(BaseModel):
    """The reports of one side of a diff."""

    week: str | None
    reports: list[ReportName]


class Side(BaseModel):
    """What one week says of a change."""

    value: Value | None
    modality: Modality
    attributed_to: str | None
    qualifiers: dict[str, str]
    citations: list[Citation]


class Change(BaseModel):
    """One difference between two weeks."""

    model_config = ConfigDict(extra="allow")
    kind: Kind
    subject: Named
    predicate: str
    object: Named | None
    old: Side | None
    new: Side | None
    absolute: Number | None
    percent: Number | None
    back: str | None
    score: float


class Newcomer(Entity):
    """A name that the new week brings: for the first time, or back after ``weeks_away``."""

    claims: int
    last: str | None
    weeks_away: int | None


class Alert(BaseModel):
    """A watch that fired: the claims that it fired on, or the new rows of its query."""

    id: str
    kind: Literal["words", "sparql"]
    text: str
    added: str
    claims: list[str]
    rows: list[list[str]]


class Diff(BaseModel):
    """What changed between two weeks, most important first; ``watches`` where any fired."""

    model_config = ConfigDict(extra="allow")
    old: Scope
    new: Scope
    changes: list[Change]
    entities: list[Newcomer]
    watches: list[Alert] = []


class Point(BaseModel):
    """What one report gave for a figure: its number (the middle of a range), and the claim."""

    date: str
    title: str
    number: Number | None
    claim: Claim


class Series(BaseModel):
    """One figure over the reports, oldest first; ``unit`` is of all its points."""

    name: str
    predicate: str
    unit: str
    points: list[Point]


class ReportRow(BaseModel):
    """One report of the list."""

    id: str
    title: str
    publisher: str | None
    date: str
    source: str
    sha256: str
    passages: int
    claims: int


class Section(BaseModel):
    """A section: its headings from the outermost, and where its body lies."""

    path: list[str]
    level: int
    start: int
    end: int


class Passage(BaseModel):
    """A passage: what search finds."""

    id: str
    kind: Literal["prose", "list", "table", "caption"]
    section: list[str]
    table: str | None
    page: int | None
    start: int
    end: int


class Report(ReportRow):
    """A report whole; offsets are code points into ``text``, half-open."""

    text: str
    sections: list[Section]
    passage_list: list[Passage]
    claim_list: list[Claim]


class Question(BaseModel):
    """A question and what it may be answered from."""

    model_config = _example(question="TPU를 구글과 함께 만드는 회사는?", as_of="2025-02-10")
    question: Annotated[str, Field(min_length=1, max_length=1000)]
    as_of: Annotated[str | None, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] = None
    report: Annotated[str | None, Field(max_length=200)] = None


class Uploaded(BaseModel):
    """What became of one report of an upload."""

    id: str
    date: str
    status: Literal["new", "replaced", "re-read", "unchanged"]
    passages: int
    claims: int


class Upload(BaseModel):
    """What an upload did."""

    dry_run: bool
    generation: int | None
    reports: list[Uploaded]


class Health(BaseModel):
    """Whether the server can answer, and from which generation."""

    model_config = _example(status="ok", generation=3, reports=8, version="0.1.0")
    status: Literal["ok", "empty"]
    generation: int | None
    reports: int
    version: str
