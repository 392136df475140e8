"""Chiefs named with a title only: they work for whom they founded, else whom the text is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.context.scene import Draft, Scene
from extractors.discourse.notes import is_over
from extractors.figures.holders import phrase_at
from extractors.language.phrases import Phrase
from extractors.language.words import is_unseen
from extractors.lexicon.makers import employer_of
from extractors.names.name_patterns import patterns
from extractors.word_lists import Worded
from kg.claim import Entity

_WORDS = "names/names.yaml"
_CHIEFS = Worded(
    _WORDS,
    r"\s?(?:\([^()]*\))?\s?(?P<role>(?:임시 |공동 )*"
    r"(?:{chiefs}|[가-힣]{1,6}(?:사업부장|부문장|본부장)))(?![A-Za-z가-힣]{2})",
)


_BESIDE_NAME = Worded(_WORDS, r",\s(?P<role>(?:공동 )?{chiefs})(?=\s*(?:$|[:：(\)]))")
"""A title behind a comma, as who is quoted is called: "김다라, CEO: …"."""


def match_careers(scene: Scene, matched: list[Draft]) -> Iterator[Draft]:
    """Yield ``worksFor`` drafts for chiefs whose company the sentence leaves out."""
    told = {d.subject.id for d in matched if d.predicate == "worksFor" and not is_over(d)}
    founded = {d.subject.id: d.object for d in matched if d.predicate == "founded" and d.object}
    for entity, start, end in scene.names:
        if entity.cls != "Person" or entity.id in told or entity.id in scene.discourse.employers:
            continue
        title = _CHIEFS.match(scene.text, end) or _BESIDE_NAME.match(scene.text, end)
        title = title or _ahead(scene, start) or _being(scene, start)
        company = (founded.get(entity.id) or _company(scene, entity, start)) if title else None
        if title and company and (title.end() <= start or not _before_title(scene, start)):
            draft = Draft(
                entity, "worksFor", company, None, min(start, title.start()), max(end, title.end())
            )
            draft.qualifiers["role"] = title["role"]
            draft.confidence = "0.6"
            yield draft


def _ahead(scene: Scene, start: int) -> re.Match[str] | None:
    """Return the title in front of a name that begins its phrase: "CEO 가나다는"."""
    phrase = phrase_at(scene, start)
    title = _CHIEFS.match(scene.text, phrase.start) if phrase else None
    return (
        title
        if title and title.end() < start and not scene.text[title.end() : start].strip("() A-Z")
        else None
    )


def _being(scene: Scene, start: int) -> re.Match[str] | None:
    """Return the title that one is said to have: "CEO인 김다라가", "회사의 대표는 김다라다"."""
    phrase = phrase_at(scene, start)
    if phrase is None or phrase.start != start:
        return None
    clause = scene.parsed.clause_with(phrase) if phrase.case == "copula" else None
    said = clause.topic if clause else phrase.apposed
    if said is None or (said.owner and not _is_the_firm(scene, said.owner)):
        return None
    named = scene.named_in(said.outer_start, said.end)
    title = None if named else _CHIEFS.match(scene.text, said.start)
    return title if title and title.end() == said.end else None


def _is_the_firm(scene: Scene, phrase: Phrase) -> bool:
    """Tell "회사의", which is whom the text is about, from "경쟁사의"."""
    words = scene.text[phrase.start : phrase.end]
    return words in scene.anaphora["org"] or words in scene.anaphora["home"]


def _company(scene: Scene, person: Entity, before: int) -> Entity | None:
    """The company they are known to lead, else the one that the text is about."""
    known = employer_of(person)
    if known is None and scene.text[:before].endswith("의 "):
        return None  # "중국 최대 기업의 가나다 회장": of a firm that is not named
    if known is not None or person.curated:
        return known
    own = [n for n in scene.names if n[0].cls == "Company" and n[2] <= before]
    topics = [p for p in scene.parsed.phrases if p.case == "topic" and p.end <= before]
    for named in own:
        if any(p.start <= named[1] < p.end for p in topics):
            return named[0]
    being = scene.text.endswith("인 ", 0, before)
    if own or (not being and _is_of_stranger(scene, before)):
        return None
    # "다만 CEO인 가나다는": of whom all is about, not of who was named last
    last = scene.discourse.org if not being or _OWNED.search(scene.text, 0, before) else None
    org = scene.discourse.heading or scene.discourse.home or last
    return org if org and org.cls == "Company" else None


_OWNED = re.compile(r"의\s(?:[가-힣A-Za-z]+\s)?[가-힣A-Za-z]+인\s$")
"""A chief of a firm that is pointed at: "회사의 대표인 가나다"."""


def _is_of_stranger(scene: Scene, start: int) -> bool:
    """Tell a name right behind a word of no dictionary, a firm nobody knows: "뫼봉 가나다 CEO"."""
    beside = _BESIDE.search(scene.text, 0, start)
    return beside is not None and is_unseen(beside[1])


_BESIDE = re.compile(r"(?<![가-힣A-Za-z])([가-힣A-Za-z]{3,})\s$")


def _before_title(scene: Scene, start: int) -> bool:
    """Whether another title or a country stands before the name ("전 인텔 CEO")."""
    words = scene.text[max(0, start - 12) : start]
    return any(words.rstrip().endswith(role) for role in patterns().roles) or "전 " in words[-4:]
