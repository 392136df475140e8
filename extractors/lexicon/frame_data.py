"""Predicate frames as data: ``frames/*.yaml`` read into records.

A frame fires on one of its nouns (A+하다/되다, or A as the head of a noun phrase: "B 인수",
"A의 B 인수를 발표") or verbs; its roles are filled by particle and class. Keys of a frame:

* ``subject``, ``object``: classes of the ontology a role accepts, or the name of a group
* ``cases``: particles of the object: object 을/를, to 에/에게, with 와/과, by 로, at 에서,
  from 로부터, than 보다, owner 의
* ``loose``: nouns that may follow the object's name; one with no name is its owner's
* ``things``: plain nouns that stand for an unnamed object, with the class they have;
  with ``owned`` only when somebody's
* ``extra``: qualifier: particle, for other arguments that carry a name
* ``begins``: tells of what begins, not of what only grows ("판매를 늘렸다")
* ``never_to``: nouns, in one of which what is marked by 에 must not end ("명단에 올렸다")
* ``needs``: nouns, in one of which an argument must end ("명단"), or classes, one of which
  what is done to must name
* ``unless``: nouns, in one of which no argument may end ("물량")
* ``value``: kinds of quantities kept as the claim's value: money, count, content (a count,
  power or memory), capacity, stake (a share or money), any
* ``mutual``: two coordinated subjects are subject and object
* ``passive_subject``: the subject of the passive is the subject of the claim
* ``patient``: the object of the active verb is the subject of the claim
* ``implied``: an unnamed object is the company that the text is about
* ``site``: particle of a thing that does the same ("A는 B에 C를 쓴다": B uses C)
* ``described``: an object may be told by a phrase without a name ("AI 안전 기금을 조성")
* ``open``: kinds of things that an object without a name may be (``open_objects.yaml``); a
  frame without ``object`` takes no others
* ``reverse``: subject and object of the claim change places
* ``status``: what it says of a state, kept as a qualifier: who left worked there till then
* ``product``, ``product_things``: what the deal is about, by class or plain noun; with
  ``described`` by any phrase that tells of goods

``examples`` run as tests: a sentence and claims it must give; ``never`` must give none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.data_files import load_yaml
from extractors.errors import ExtractionError
from extractors.word_lists import filled, load_words
from kg.vocab import PREDICATES

_FOLDER = Path(__file__).with_name("frames")
SITES = "sites"
"""The group of what stands at a place: nouns after a place's name, before whose it is."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One predicate frame as read from the data file."""

    predicate: str
    nouns: frozenset[str]
    verbs: frozenset[str]
    subject: tuple[str, ...]
    object: tuple[str, ...]
    cases: tuple[str, ...]
    things: Mapping[str, str]
    extra: Mapping[str, str]
    value: str | None
    mutual: bool
    product: tuple[str, ...]
    product_things: tuple[str, ...]
    passive_subject: bool
    loose: tuple[str, ...]
    examples: tuple[Mapping[str, Any], ...]
    never: tuple[str, ...]
    needs: tuple[str, ...] = ()
    owned: bool = False
    reverse: bool = False
    patient: bool = False
    implied: bool = False
    site: str | None = None
    described: bool = False
    begins: bool = False
    never_to: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    status: str | None = None

    @property
    def given(self) -> bool:
        """Whether its object never stands with 을/를: "개발사에 의무를 부과한다"."""
        return self.mutual or ("Concept" in self.object and "object" not in self.cases)


@dataclass(frozen=True, slots=True)
class FrameSet:
    """All frames, by the lemmas that trigger them; those of things without a name apart."""

    frames: tuple[Frame, ...]
    by_noun: Mapping[str, tuple[Frame, ...]]
    by_verb: Mapping[str, tuple[Frame, ...]]
    trailing: Mapping[str, frozenset[str]]
    anaphora: Mapping[str, frozenset[str]]
    pointing: Mapping[str, tuple[str, ...]]
    generic: frozenset[str]
    light_verbs: frozenset[str]
    light_nouns: frozenset[str]
    contracts: frozenset[str]
    receiving: frozenset[str]
    granting: frozenset[str]
    ordering: frozenset[str]
    winning: frozenset[str]
    adverbial: frozenset[str]
    chosen_as: frozenset[str]
    choosing: frozenset[str]
    qualities: frozenset[str]
    not_goods: frozenset[str]
    foundries: frozenset[str]
    growing: re.Pattern[str]
    valued: re.Pattern[str]
    rivalling: frozenset[str]
    alliances: tuple[str, ...]
    events: tuple[str, ...]
    middles: Mapping[str, str]
    open_by_noun: Mapping[str, tuple[Frame, ...]]
    open_by_verb: Mapping[str, tuple[Frame, ...]]
    nouns: frozenset[str]


@lru_cache(maxsize=1)
def load_frames() -> FrameSet:
    """Load the frames once a process."""
    data = load_words("lexicon/frames/words.yaml")
    every = [
        _frame(record, data["groups"], path)
        for path in sorted(_FOLDER.glob("*.yaml"))
        if path.name != "words.yaml"
        for record in load_yaml(path)["frames"]
    ]
    frames = tuple(frame for frame in every if frame.object)
    by_noun, by_verb = _by_lemma(frames)
    open_by_noun, open_by_verb = _by_lemma([frame for frame in every if not frame.object])
    return filled(
        FrameSet,
        data,
        frames=frames,
        by_noun=by_noun,
        by_verb=by_verb,
        trailing={
            **{cls: frozenset(words) for cls, words in data["trailing"].items()},
            SITES: frozenset(data["groups"][SITES]),
        },
        contracts=frozenset(data["groups"]["contracts"]),
        growing=re.compile(
            rf"(?:량|액)?[을를이가은는]?\s+(?:[가-힣]+\s+)?(?:{'|'.join(data['growing'])})"
        ),
        valued=re.compile(rf"(?<![가-힣A-Za-z])(?:{'|'.join(map(re.escape, data['valued']))})"),
        open_by_noun=open_by_noun,
        open_by_verb=open_by_verb,
        nouns=frozenset((*by_noun, *open_by_noun)),
    )


_Table = dict[str, tuple[Frame, ...]]


def _by_lemma(frames: Sequence[Frame]) -> tuple[_Table, _Table]:
    """Return frames by the nouns and by the verbs on which they fire."""
    nouns = sorted({n for f in frames for n in f.nouns})
    verbs = sorted({v for f in frames for v in f.verbs})
    return (
        {n: tuple(f for f in frames if n in f.nouns) for n in nouns},
        {v: tuple(f for f in frames if v in f.verbs) for v in verbs},
    )


def _frame(record: Mapping[str, Any], groups: Mapping[str, list[str]], path: Path) -> Frame:
    if record.get("predicate") not in PREDICATES:
        raise ExtractionError(
            f"{path.name!r}: frame {record.get('predicate')!r} is no predicate of the ontology; "
            "correct its name or add it to the ontology"
        )

    def listed(key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = record.get(key, default)
        words = (value,) if isinstance(value, str) else value
        return tuple(word for named in words for word in groups.get(named, (named,)))

    return Frame(
        record["predicate"],
        frozenset(listed("nouns")),
        frozenset(listed("verbs")),
        listed("subject"),
        listed("object"),
        listed("cases", ("object",)),
        record.get("things", {}),
        record.get("extra", {}),
        record.get("value"),
        bool(record.get("mutual")),
        listed("product"),
        listed("product_things"),
        bool(record.get("passive_subject")),
        listed("loose"),
        tuple(record.get("examples", ())),
        tuple(record.get("never", ())),
        listed("needs"),
        bool(record.get("owned")),
        bool(record.get("reverse")),
        bool(record.get("patient")),
        bool(record.get("implied")),
        record.get("site"),
        bool(record.get("described")),
        bool(record.get("begins")),
        listed("never_to"),
        listed("unless"),
        listed("open"),
        record.get("status"),
    )
