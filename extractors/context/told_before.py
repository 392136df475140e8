"""What the sentences before have told, which "이 회사", "그는" and a dropped subject refer to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.context.attribute_data import Attribute
from kg.claim import Entity, Modality

if TYPE_CHECKING:
    from extractors.context.scene import Draft
    from extractors.context.voices import Voice


@dataclass(slots=True)
class Discourse:
    """What "이 회사", "그는", "양사" and a dropped subject refer to.

    ``home`` is the one company that the whole report is about, if it is about one; ``deal``
    who takes over whom, ``alliance`` what was formed and by whom, ``sales`` what a firm sold
    in all and ``figure`` what was measured, as last told in a section; ``sum`` which sum the
    sentence before spoke of;
    ``figures`` are all of the sentence before, once this one has ``counted`` none of its
    own; ``led`` tells that 은/는 named the topic, ``hearsay``
    that the sentence before told a rumour (``heard``: that this one does); ``division`` of
    which part of which firm it told figures (``divided``: this one); ``made`` are the
    things whose names have told their makers; ``backed`` tells who put money into whom
    last. ``spoke`` is who spoke last in the sentence
    before, ``unheard`` tells that somebody did whose name is not known. ``shown`` is the last
    thing that a sentence said somebody brings out: figures below such a headline are of it.
    ``labelled`` tells that the label of an item of a list named the topic.
    ``ahead`` is how sure bare items are below the headings, ``voice`` who says the sentence
    within a longer quotation. ``taken`` is whom the sentence before told somebody takes over,
    whom "이 회사" then means (``taking``: this one), ``stranger`` that it is nobody known;
    ``score`` is the result of a test that it told (``scoring``: this one);
    ``built`` is what it told somebody builds (``building``: this one).
    ``headed`` is what the nearest heading that names anything names, ``profiled`` what the
    heading right above names; ``attributes`` what it
    may say those below it are; ``accounts`` of which period the figures below a line are.
    """

    home: Entity | None = None
    writer: Entity | None = None
    topic: Entity | None = None
    org: Entity | None = None
    person: Entity | None = None
    pair: tuple[Entity, Entity] | None = None
    thing: Entity | None = None
    shown: Entity | None = None
    heading: Entity | None = None
    headed: Entity | None = None
    profiled: Entity | None = None
    attributes: tuple[Attribute, ...] = ()
    accounts: str | None = None
    heads: dict[str, Entity] = field(default_factory=dict)
    things: dict[str, Entity] = field(default_factory=dict)
    surnamed: dict[str, Entity] = field(default_factory=dict)
    employers: dict[str, Entity] = field(default_factory=dict)
    deal: tuple[Entity, Entity] | None = None
    backed: Draft | None = None
    alliance: tuple[Entity, Entity | None] | None = None
    figure: Draft | None = None
    score: Draft | None = None
    scoring: Draft | None = None
    sales: Draft | None = None
    figures: list[Draft] = field(default_factory=list)
    sum: str | None = None
    counted: bool = False
    led: bool = False
    doers: set[str] = field(default_factory=set)
    acted_on: bool = False
    raised: Entity | None = None
    heard: bool = False
    hearsay: bool = False
    division: tuple[str, str] | None = None
    divided: tuple[str, str] | None = None
    made: set[str] = field(default_factory=set)
    spoke: Entity | None = None
    unheard: bool = False
    labelled: bool = False
    voice: Voice | None = None
    ahead: Modality | None = None
    taking: Entity | None = None
    taken: Entity | None = None
    stranger: bool = False
    building: list[Draft] = field(default_factory=list)
    built: Sequence[Draft] = ()
