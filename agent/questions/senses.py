"""What a verb of several readings asks for, by what it is done to: ``senses.yaml``.

The object is what 을/를 marks before the verb; else the noun that the verb stands before
("가나가 만든 칩"), else the topic, where somebody else acts ("가나는 누가 만들었어?").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from agent.words import data
from corpus.syllables import NIEUN, RIEUL, final

if TYPE_CHECKING:
    from agent.questions.linking import Link

_OBJECT = re.compile(r"(\S+?)(?:을|를)\s")
_BARE = re.compile(r"(\S+)\s(?:안 |잘 |못 )?$")  # "돈 댄 곳": no particle behind it
_TO = re.compile(r"(\S+?)(?:에|에게|한테)\s")
_PARTICLE = re.compile(r"(?:들)?(?:은|는|이|가|을|를|도|의)?[?]*$")
_TOPIC = re.compile(
    r"(\S+?)(?:은|는|이|도)\s(?:\S+\s){0,2}?"
    r"(?:누가|누구가|누구야|어디가|어디서|어디에서|(?:어느|무슨) \S+[이가])\s"
)
_PATIENT = re.compile(r"(\S+?)(?:은|는|이|가)\s")
_PASSIVE = re.compile(r"\S*(?:어|여|려|워)(?:지|진|졌|질)")
_WITH = r"(?:와|과|랑|이랑|하고)\s"
_TOGETHER = re.compile(
    rf"(?:누구|어디|(?:어느|무슨) \S+?){_WITH}|"
    rf"[은는이가]\s(?:(?:어떤|무슨|어느)\s\S+[을를]\s)?[\ue000-\ue0ff]+{_WITH}|"
    rf"[\ue000-\ue0ff]+{_WITH}(?:함께|같이|손잡고|손을 잡고|공동으로|힘을 합쳐)"
)
_DOERS = frozenset({"곳", "데", "사람", "이", "게", "거", "것", "쪽", "주체", "인물"})
_OTHER = "\ue0ff"  # in place of a name of no kind
_ADNOMINAL = frozenset({NIEUN, RIEUL})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in which each name is written as its kind, in as many letters."""

    text: str

    @classmethod
    def of(cls, text: str, links: Sequence[Link], classes: Mapping[str, str]) -> Asked:
        """Write the names of a question as their kinds; ``classes`` is by entity id."""
        for link in links:
            kinds = (_of_classes().get(classes.get(e, "")) for e in link.entities)
            mark = next((kind for kind in kinds if kind), _OTHER)
            text = text[: link.start] + mark * (link.end - link.start) + text[link.end :]
        return cls(text)

    def means(self, form: str, start: int, end: int) -> str | None:
        """Return what a verb at a place of the question means there; ``None`` for its usual."""
        rows = data("senses")["verbs"].get(form, ())
        return next((row["means"] for row in rows if self._fits(row, start, end)), None)

    def _fits(self, row: Mapping[str, Any], start: int, end: int) -> bool:
        before = self.text[:start]
        if "object" in row and self._object(before, start, end) not in row["object"]:
            return False
        if "to" in row and not any(_kind(m[1]) in row["to"] for m in _TO.finditer(before)):
            return False
        return not row.get("together") or _TOGETHER.search(before) is not None

    def _object(self, before: str, start: int, end: int) -> str | None:
        """The kind of what the verb is done to, where it is told."""
        if marked := _OBJECT.findall(before):
            return _kind(marked[-1])
        bare = _BARE.search(before)
        if bare and (kind := _kind(bare[1])):
            return kind
        topic = _PATIENT if _PASSIVE.match(self.text, start) else _TOPIC
        return self._head(start, end) or next(map(_bare_kind, topic.findall(before)), None)

    def _head(self, start: int, end: int) -> str | None:
        """The kind of the noun that the verb stands before."""
        whole = re.match(r"\S*", self.text[end:])
        stop = end + len(whole[0]) if whole else end
        verb = self.text[start:stop]
        following = re.match(r"\s(\S+)", self.text[stop:])
        if not (following and (verb.endswith(("는", "은")) or final(verb[-1]) in _ADNOMINAL)):
            return None
        return _bare_kind(following[1])


def _bare_kind(word: str) -> str | None:
    """The kind of a noun with the particle behind it; who does it is none."""
    noun = _PARTICLE.sub("", word) or word
    return None if noun in _DOERS else _kind(noun)


@cache
def _kind(word: str) -> str | None:
    """The kind of a noun by how it ends; a noun of one letter must be all of it, but 칩."""
    if (last := word[-1:]) in _marks():
        return _marks()[last]
    said = word.lower()
    found = [
        (len(noun), kind)
        for kind, row in data("senses")["kinds"].items()
        for noun in row["nouns"]
        if said == noun or (said.endswith(noun) and (len(noun) > 1 or noun == "칩"))
    ]
    return max(found)[1] if found else None


@cache
def _of_classes() -> dict[str, str]:
    """The letter that stands for a name of a class."""
    kinds = data("senses")["kinds"].items()
    return {
        cls: chr(0xE000 + n) for n, (_, row) in enumerate(kinds) for cls in row.get("classes", ())
    }


@cache
def _marks() -> dict[str, str]:
    """The kind that a letter stands for."""
    return {chr(0xE000 + n): kind for n, kind in enumerate(data("senses")["kinds"])}
