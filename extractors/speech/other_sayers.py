"""What seems to be said by one, and is another's, nobody's that is named, or not said at all."""

from __future__ import annotations

import re

from extractors.classes import ACTORS, BODIES
from extractors.context.scene import Scene
from extractors.language.phrases import Clause, Phrase
from extractors.language.speech_data import load_speech
from extractors.names.descriptions import kinds_of_noun

REFUSED = re.compile(r"[가-힣]?지(?:는|도)? (?:않|못)")
"""What follows the stem of a verb of saying where nothing is said: "밝히지 않았다"."""


def is_anothers(
    scene: Scene, clause: Clause, phrase: Phrase, content: tuple[int, int, bool]
) -> bool:
    """Tell what the report expects of somebody, or what several say in turn, from what one says.

    "A는 성장할 것으로 전망", "A는 칩을 냈고 B는 성장할 것으로 관측"; "A가 2조 원, B가 1조 원을
    투자하겠다고 밝혔다".
    """
    inside = [
        p
        for p in scene.parsed.phrases
        if p is not phrase and phrase.until <= p.start and content[0] <= p.start < content[1]
    ]
    in_turn = phrase.case == "subject" and bool(scene.values) and len(inside) > 1
    if in_turn and (inside[0].case, inside[1].case) == ("comma", "subject"):
        return bool(scene.fill(inside[1], ACTORS))
    if clause.tail_end != clause.end or scene.text[clause.start : clause.end] != clause.lemma:
        return False
    verbs, topics = load_speech(), any(p.case == "topic" for p in inside)
    own = any(p.case == "subject" for p in inside) and not topics
    return clause.lemma in verbs.forecast | verbs.outlooks and not own


_BODIES = ("감사원", "위원회", "협회", "증권", "은행", "당국", "리서치")
"""How bodies end that say something, besides those that are told by their kind."""


def is_strangers(scene: Scene, content: tuple[int, int, bool]) -> bool:
    """Tell what a body nobody knows says last: "A는 높이려 하지만, 가람감사원은 줄 것으로 봤다"."""
    start, end, _ = content
    return any(
        phrase.case == "topic"
        and start < phrase.start < end
        and scene.text[: phrase.outer_start].endswith(("지만, ", "으나, ", "는데, ", "고, "))
        and not scene.named_in(phrase.outer_start, phrase.end)
        and (phrase.head.endswith(_BODIES) or set(kinds_of_noun(phrase.head)) & set(BODIES))
        for phrase in scene.parsed.phrases
    )


def is_taken(scene: Scene, said: Clause, clause: Clause) -> bool:
    """Tell what another says: "다라가 칩을 시험한다고 전했지만 다라는 확인하지 않았다"."""
    verbs = load_speech().states
    refused = REFUSED.search(scene.text, clause.start, max(clause.end, clause.tail_end))
    between = (c for c in scene.parsed.clauses if said.end <= c.start and c.end <= clause.start)
    known = said.ending != "quote"  # "주도하는 것으로 알려졌으며 회사는 …"
    return any(
        c.ending == "connective"
        and (
            refused
            or known
            or (c.lemma in verbs and scene.text[: c.end].endswith(("지만", "으나")))
        )
        for c in between
    )
