"""Whom people work for, by titles in Latin letters: "Maria Holt, Intel CTO".

The titles, with examples that run as tests, are ``english.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.names.placeholders import LETTERS, skeleton_of_names
from extractors.word_lists import load_words

_PERSON = rf"⟦{LETTERS['Person']}(?P<P>\d+)⟧\*{{0,2}}"
_BODY = rf"⟦[{''.join(LETTERS[cls] for cls in BODIES)}](?P<O>\d+)⟧(?:['’]s)?"
_FORMER = r"(?P<former>[Ff]ormer |[Ee]x-|전 )?"
_BY = re.compile(r"[a-z]+\s")
"""What a name does not begin with: "signed by Intel CTO Maria Holt"."""
_PART = r"(?:[A-Za-z&]+ (?!and )){0,3}?"
"""The part of a firm that somebody leads: "Intel Foundry Services CTO"."""


def match_english_titles(scene: Scene) -> Iterator[Draft]:
    """Yield whom the people of a sentence work for as their titles say."""
    classes = {entity.cls for entity, _, _ in scene.names}
    if "Person" not in classes or classes.isdisjoint(BODIES):
        return
    title, forms = _forms()
    if title.search(scene.text) is None:
        return
    bones = skeleton_of_names(scene)
    for form in forms:
        for match in form.finditer(bones.text):
            person, body = (scene.names[int(match[group])][0] for group in "PO")
            if _BY.match(body.label):
                continue
            draft = Draft(person, "worksFor", body, None, *bones.span(match))
            role = match["role"]
            draft.qualifiers["role"] = f"전 {role}" if match["former"] else role
            yield draft


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    """Return what finds a title, and the orders of person, firm and title."""
    told = rf"(?<![A-Za-z])(?:{'|'.join(load_words('names/english.yaml')['titles'])})(?![A-Za-z])"
    role = rf"(?P<role>{told})(?: ?(?:and|&|/|,) {told})*"
    led = rf"(?:{told} ?(?:and|&|/) )?"
    of = r"(?: of [A-Za-z& ]{2,24}?)?"
    forms = (
        rf"{_PERSON}\s?[,–—-] {_FORMER}{_BODY} {_PART}{role}",
        rf"{_PERSON},? (?:the |an? )?{_FORMER}{role}{of} (?:at|of|for|with) (?:the )?{_BODY}",
        rf"(?<!⟧ ){_FORMER}{_BODY} {_PART}{led}{role} {_PERSON}",
        rf"{_PERSON}\s?\({_FORMER}{_BODY},? {_PART}{role}\)",
        rf"{_PERSON}\s?\({_FORMER}{role}{of},? {_BODY}\)",
        rf"{_PERSON}\s?[,–—-] {_FORMER}{role}{of}, {_BODY}",
    )
    return re.compile(told), tuple(map(re.compile, forms))
