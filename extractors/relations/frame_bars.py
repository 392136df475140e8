"""What the words around a frame's two parties say against it.

"HBM4, DDR5, 메모리 협력을 발표했다" tells of a cooperation and releases nothing; what is sold to
somebody is not put on the market; nobody uses their own product by telling of it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from extractors.alternation import any_of
from extractors.classes import BODIES, THINGS
from extractors.context.scene import Draft, Scene
from extractors.figures.wholes import is_part
from extractors.language.phrases import Clause, Phrase
from extractors.language.speech_data import only_relays
from extractors.lexicon.frame_data import Frame, load_frames
from extractors.lexicon.makers import makers, makes_memory
from extractors.relations.frame_parties import who
from extractors.relations.lawmaking import making_of
from extractors.word_lists import Worded, words_in
from kg.claim import Entity

_WORDS = "relations/deeds.yaml"
_SUPPOSED = re.compile(r"(?:면|든|든지|더라도)(?=[\s,])")
_OF_MAKERS = frozenset(
    {"uses", "releases", "develops", "produces", "manufactures", "ships", "supplies", "purchases"}
)
_UNTIL = re.compile(r"\s때까지")
"""What tells a deed that is waited for: "의회가 법안을 통과시킬 때까지"."""
_RATHER = re.compile(r"보다(?:는|도)?(?=[\s,])")
"""What tells a deed that somebody does less than another: "새 공정 개발보다는"."""
_CASES = re.compile(
    r"\s(?:가속화?|자동화|효율화|최적화|고도화|지원|활용|운영)?\s?"
    r"(?:사례|방법|기법|노하우|경험|과정|가이드|튜토리얼)(?:[을를이가은는과와도로에]|\W|$)"
)
"""What makes of a deed only what others are told about: "칩 설계 가속화 사례를 발표"."""
_CAUSE = re.compile(r"\s(?:확대|증가|강화|경쟁|열풍|붐|사이클)(?:로|으로|에\s따[라른]|\s덕)")
_HELD = frozenset({"개최", "진행", "개막", "열리"})
_OF_GOODS = frozenset({"produces", "ships", "supplies"})
_HOLDING = frozenset({"보유", "갖", "가지", "쥐"})
_PROCESS = ("나노", "나노급", "nm", "공정")
_HAD = frozenset({"uses", "purchases"})
_OF_MEMORY = _HAD | {"releases", "develops", "produces"}
"""What makers of memory do not do to it, or nobody but them."""
_SIZED = re.compile(r"\d[\d.,]*\s?(?:[KMGT]B|코어|[GT]Hz|[KM]?W)\s")
_BESIDE = 5
"""How far before a sale the name of a country may begin."""
_DEARER = re.compile(r"보다\s(?:[가-힣]+\s){0,3}$")


def is_frame_barred(
    scene: Scene, frame: Frame, clause: Clause, subject: Entity, target: Entity
) -> bool:
    """Tell that a clause does not say of two parties what its frame would tell."""
    if frame.predicate in _OF_MAKERS and (only_relays(subject.label) or only_relays(target.label)):
        return True  # "가나통신은 …에서 빌린 칩이 쓰였다고 전했다"
    advised = frame.predicate == "regulates" and _only_advises(subject)
    if advised or _is_only_agreed(scene, frame, clause) or _merges_none(scene, clause, subject):
        return True
    if clause.lemma in words_in(_WORDS, "trying") and _is_anothers(scene, subject, target):
        return True
    if _is_only_mentioned(scene, frame, clause, subject) or _is_measure(scene, target):
        return True
    if frame.predicate in _OF_GOODS and _is_process(scene, target):
        return True
    memory = makes_memory(subject, target) if frame.predicate in _OF_MEMORY else None
    if memory is not None and memory == (frame.predicate in _HAD):
        return True
    beside = frame.predicate == "founded" and _joins(scene, clause, target)
    beside = beside or (frame.predicate == "acquires" and _is_title_of(scene, subject, target))
    if beside or _is_of_another_deed(scene, frame, clause) or _is_chore(scene, clause):
        return True
    return _is_told_otherwise(scene, frame, clause, subject, target)


def _is_told_otherwise(
    scene: Scene, frame: Frame, clause: Clause, subject: Entity, target: Entity
) -> bool:
    """Tell by the grammar of a clause that it says something else of two parties."""
    of_others = clause.is_noun and _OF_OTHERS.match(scene.text, clause.end)
    if of_others or (not frame.mutual and _are_listed(scene, clause, subject, target)):
        return True
    if frame.predicate == "partOf":
        counted = clause.lemma == "포함" and clause.is_noun  # "K1 포함 문항에서는"
        joined = clause.lemma == "통합" and clause.voice == "active" and clause.arg("object")
        return counted or bool(joined)
    if frame.predicate == "investsIn" and clause.lemma in _HOLDING:
        return scene.text[clause.end - 1] == "던"  # "보유하던 지분을 팔았다"
    if frame.predicate == "regulates":
        return _is_not_ruled(scene, frame, clause, subject, target)
    if _is_standard(scene, clause) or (frame.predicate == "blocks" and _stops(clause, subject)):
        return True
    if frame.predicate == "releases":
        return _is_of_deed(scene, frame, clause, target) or _is_sold(scene, clause, target)
    if frame.predicate == "uses":
        return (
            _is_of_next(scene, clause, target)
            or _is_lent(scene, clause)
            or _is_shown(scene, clause, subject, target)
        )
    return frame.predicate == "purchases" and _is_only_had(scene, clause, target)


def _is_only_mentioned(scene: Scene, frame: Frame, clause: Clause, subject: Entity) -> bool:
    """Tell a deed that is waited for, done less than another, a cause, or a meeting's place."""
    if _UNTIL.match(scene.text, clause.end):
        return True
    if frame.predicate == "locatedIn" and clause.lemma in _HELD:
        return subject.cls != "Event"
    rather = clause.is_noun and (
        _RATHER.match(scene.text, clause.end)
        or _hindered().match(scene.text, clause.end)
        or (frame.predicate != "uses" and _CASES.match(scene.text, clause.end))
    )
    return bool(rather) or _is_cause(scene, clause, subject)


@lru_cache(maxsize=1)
def _hindered() -> re.Pattern[str]:
    """Match what says of a deed that it is not getting on: "양산에 차질", "시행에 난항을"."""
    return re.compile(rf"(?:에도?|[이가])\s(?:[가-힣]+\s)?{any_of(words_in(_WORDS, 'hindered'))}")


def _is_of_next(scene: Scene, clause: Clause, target: Entity) -> bool:
    """Tell what a clause of its own is about, before another: "K2를 단 가나 및 K1을 쓴 다라"."""
    at = scene.text.find(target.label) if clause.ending == "relative" else -1
    if at < 0 or not _JOINS_ON.match(scene.text, at + len(target.label)):
        return False
    others = (c for c in scene.parsed.clauses if c is not clause and c.ending == "relative")
    return any(0 <= at - c.end <= 1 for c in others)


_JOINS_ON = re.compile(r"(?:과|와)?\s(?:및\s)?")


def _is_cause(scene: Scene, clause: Clause, subject: Entity) -> bool:
    """Tell what only moves others, nobody being named who does it: "AI 투자 확대로 호실적"."""
    unnamed = clause.is_noun and all(n[0].id != subject.id for n in scene.names)
    return unnamed and _CAUSE.match(scene.text, clause.end) is not None


def _is_title_of(scene: Scene, subject: Entity, target: Entity) -> bool:
    """Tell whom an entry is of, by whom or of whom it tells no deed: "가나 — 다라 인수 협상"."""
    ends = [n[2] for n in scene.names if n[0].id == subject.id]
    starts = [n[1] for n in scene.names if n[0].id == target.id]
    return any(_DASH.fullmatch(scene.text, end, start) for end in ends for start in starts)


_DASH = re.compile(r"(?:\s?\([^()]*\))?[*\s]*[—–][*\s]*")


def _is_chore(scene: Scene, clause: Clause) -> bool:
    """Tell a deed that is only one of a kind of work: "K1을 생산이나 배송 등의 업무에 쓴다"."""
    noun = clause.noun
    if not clause.is_noun or noun is None or noun.case != "and":
        return False
    ends = (p for p in scene.parsed.phrases if p.start > noun.start and noun in p.chain())
    nouns = (next((q for q in scene.parsed.phrases if q.owner is p), p) for p in ends)
    return any(p.head in words_in(_WORDS, "chores") for p in nouns)


def _joins(scene: Scene, clause: Clause, target: Entity) -> bool:
    """Tell with whom something is founded: "가나는 다라와 로봇 합작사를 설립했다"."""
    founded = clause.arg("object")
    if founded is None or founded.joined is None:
        return False
    last = scene.named_in(founded.start, founded.end)
    return _names(scene, founded.joined, target) and all(n[0].id != target.id for n in last)


def _is_of_another_deed(scene: Scene, frame: Frame, clause: Clause) -> bool:
    """Tell what a verb of a frame says of models it is trained on, of shares, of firms sold."""
    if frame.predicate == "develops" and clause.lemma in _TRAINED:
        others = clause.ending == "relative" and clause.arg("object")  # "K1을 훈련한 모델 K2"
        return clause.voice == "passive" or bool(others)  # "가나칩만으로 훈련됐다"
    if frame.predicate == "acquires" and clause.lemma in _BOUGHT:
        return _BY_SHARES.search(scene.text, clause.start - 20, clause.start) is not None
    if frame.predicate == "supplies" and clause.lemma == "팔" and clause.voice == "passive":
        return "Company" in {e.cls for e in who(scene, clause.subject, BODIES)}  # "가나가 팔렸다"
    return False


def makes_for_others(scene: Scene, clause: Clause, subject: Entity, target: Entity) -> bool:
    """Tell a foundry, or who makes what is called another's: "가나는 다라의 칩을 만든다"."""
    if subject.label in load_frames().foundries:
        return True
    if clause.lemma not in ("만들", "제작"):
        return False
    if target.curated:
        known = makers().get(target.id, frozenset())
        jointly = scene.text.endswith(("함께 ", "같이 ", "공동으로 "), 0, clause.start)
        return bool(known) and subject.id not in known and not jointly
    others = (n[0] for n in scene.names if n[0].cls in BODIES and n[0].id != subject.id)
    return any(target.label.startswith(f"{other.label} ") for other in others)


def is_of_noun(clause: Clause, topic: Phrase) -> bool:
    """Tell a relative clause of a noun that is not the topic: "K2는 5월 배포된 도구를 쓴다"."""
    noun = clause.modified if clause.ending == "relative" else None
    return noun is not None and noun is not topic and noun.case not in ("copula", "bare")


def _is_measure(scene: Scene, target: Entity) -> bool:
    """Tell what only says how much: the H100 of "H100 10만 개 상당의 GPU"."""
    if target.cls not in THINGS:
        return False
    if _SIZED.match(target.label):
        return True  # "8GB 메모리를 갖춘": how much of it there is
    named = (n for n in scene.names if n[0].id == target.id)
    return any(
        _COUNTED.fullmatch(scene.text[end : v.start]) and _WORTH.match(scene.text, v.end)
        for _, _, end in named
        for v in scene.values
        if v.start >= end
    )


_COUNTED = re.compile(r"\s?(?:(?:GPU|칩|가속기)\s)?")
_WORTH = re.compile(r"\s?(?:상당|환산|등가)|에\s(?:해당|맞먹|상당)")


def _is_process(scene: Scene, target: Entity) -> bool:
    """Tell by what process something is produced, which is no goods: "가나 4나노 생산"."""
    if target.cls != "Technology":
        return False
    named = [scene.text[start:end] for e, start, end in scene.names if e.id == target.id]
    return bool(named) and all(words.endswith(_PROCESS) for words in named)


def _is_not_ruled(
    scene: Scene, frame: Frame, clause: Clause, subject: Entity, target: Entity
) -> bool:
    """Tell who sues and is no authority, what is stopped without a law, and where goods go."""
    if clause.lemma in _SUING and not (subject.cls == "Place" or _PUBLIC.search(subject.label)):
        return True
    if clause.is_noun and (_AGAINST.match(scene.text, clause.end) or _is_wished(scene, clause)):
        return True
    if clause.noun and clause.noun.case == "and" and scene.text[clause.end : clause.end + 1] == "·":
        return True  # "기기 허가·심사 지침", which is only about them
    by_law = "Policy" in frame.subject
    if clause.lemma in _HALTING and by_law:
        return making_of(scene, clause) is None
    named = by_law and clause.is_noun and not clause.alone and target.cls == "Concept"
    return named or (target.cls == "Place" and _is_imported(scene, clause))


def _is_wished(scene: Scene, clause: Clause) -> bool:
    """Tell what is only asked for: "가나국은 다라 모델의 규제를 제안했다"."""
    return _WISHED.match(scene.text, clause.end) is not None


_WISHED = Worded(_WORDS, r"(?:을|를)\s(?:[가-힣]{1,4}\s)?{wished}")
_OF_OTHERS = Worded(_WORDS, r"에\s(?:[가-힣\d,]+(?:을|를)?\s){0,3}?{given}")
"""What helps others with their deeds: "칩 개발에 자금을 지원했다"."""
_AGAINST = Worded(_WORDS, r"에\s{against}")
"""What follows what another does: "북주의 소재 통제에 맞서 남주는 관세를 매겼다"."""
_SUING = frozenset({"제소", "소송", "소환", "압류", "고소"})
_PUBLIC = Worded(_WORDS, r"{public}$")
_HALTING = frozenset({"중단", "유예", "동결", "멈추", "막"})
"""What regulates nothing but by a law: "신축을 멈추자는 법안"."""


def _are_listed(scene: Scene, clause: Clause, subject: Entity, target: Entity) -> bool:
    """Tell two of one list, of which neither does anything to the other: "가나, 다라를 묶어"."""
    return any(
        phrase.joined is not None
        and phrase.case != "with"
        and ":" not in scene.text[phrase.outer_start : phrase.end]
        and _names(scene, phrase, subject)
        and _names(scene, phrase, target)
        for phrase in clause.args
    )


def _is_of_deed(scene: Scene, frame: Frame, clause: Clause, target: Entity) -> bool:
    """Tell what a list only ends in: a deed, of which the things before tell with or for what."""
    phrase = clause.arg("object")
    if phrase is None or phrase.joined is None or phrase.head not in load_frames().by_noun:
        return False
    last = scene.fill(replace(phrase, joined=None), frame.object, frame.loose)
    return not last and _names(scene, phrase.joined, target)


def _names(scene: Scene, phrase: Phrase, entity: Entity) -> bool:
    parts = phrase.chain()
    return any(n[0].id == entity.id for part in parts for n in scene.named_in(part.start, part.end))


def _is_only_agreed(scene: Scene, frame: Frame, clause: Clause) -> bool:
    """Tell a contract on what another makes: "가나는 다라와 K1 위탁생산 계약을 맺었다"."""
    ordered = frame.predicate == "produces" and clause.lemma in words_in(_WORDS, "ordered")
    return ordered and scene.text.startswith(" 계약", clause.end)


def _only_advises(body: Entity) -> bool:
    return body.cls == "Organization" and body.label.endswith(tuple(words_in(_WORDS, "advisers")))


def uses_own_kind(draft: Draft) -> bool:
    """Tell a kind of technology said to use one of its own: HBM "uses" HBM3."""
    thing = draft.object
    if draft.predicate != "uses" or thing is None:
        return False
    kind, own = sorted((draft.subject.label, thing.label), key=len)
    kinds = {draft.subject.cls, thing.cls} <= {"Technology", "Chip"}
    return kinds and (own.startswith(kind) or own.endswith(f" {kind}"))


def _is_anothers(scene: Scene, subject: Entity, thing: Entity) -> bool:
    """Tell a thing that another firm's name leads: who tries the "다라 칩" has not made it."""
    firms = (n for n in scene.names if n[0].cls in BODIES and n[0].id != subject.id)
    return any(thing.label.startswith(f"{scene.text[n[1] : n[2]]} ") for n in firms)


def _merges_none(scene: Scene, clause: Clause, subject: Entity) -> bool:
    """Tell that nobody is bought: only firms merge, and not while they talk of it."""
    if clause.lemma not in words_in(_WORDS, "merging"):
        return False
    next_word = _NEXT_WORD.match(scene.text, clause.end)
    heard = next_word[1] if next_word else ""
    is_talk = any(
        len(heard.removeprefix(w)) < _AN_ENDING
        for w in words_in(_WORDS, "talked")
        if heard.startswith(w)
    )
    return subject.cls == "Person" or is_talk


_NEXT_WORD = re.compile(r"\s?([가-힣]+)")
_AN_ENDING = 3  # so many syllables behind a noun are no particle of it


def _is_standard(scene: Scene, clause: Clause) -> bool:
    """Tell what another thing is only compared with: "K2가 8개를 얹은 것과 비교하면"."""
    return _COMPARED.match(scene.text, clause.end) is not None


_COMPARED = re.compile(r"\s것(?:과\s(?:비교|견주|달리)|에\s비[하해]|보다)")


def _is_sold(scene: Scene, clause: Clause, target: Entity) -> bool:
    """Tell what is sold to somebody, and memory in general, from what comes to the market."""
    if clause.lemma != "판매":
        return False
    if clause.arg("than") or _DEARER.search(scene.text, 0, clause.start):
        return True  # "가나가 다라보다 비싸게 판매"
    to = clause.arg("to")
    if scene.named_in(clause.start - _BESIDE, clause.start, ("Place",)):
        return True  # "칩의 중국 판매를 추진했다"
    handed = to is not None and (
        bool(scene.named_in(to.start, to.end, (*BODIES, "Place")))
        or scene.masked[to.start : to.end].rstrip().endswith(words_in(_WORDS, "receivers"))
    )
    return handed or is_part(scene, target)


_TRAINED = frozenset({"학습", "훈련", "사전학습"})
_BOUGHT = frozenset({"사", "사들이"})
_BY_SHARES = re.compile(r"어치|주식|순매수")


_SHOWN = ("예시로 ", "사례로 ", "예로 ", "근거로 ")


def _is_lent(scene: Scene, clause: Clause) -> bool:
    """Tell what goes to somebody else, or is shown: "다라에 GPU를 임대했다", "예시로 사용해"."""
    if scene.text.endswith(_SHOWN, 0, clause.start):
        return True
    to = clause.arg("to") if clause.lemma == "임대" else None
    return to is not None and bool(scene.named_in(to.start, to.end, BODIES))


def _is_shown(scene: Scene, clause: Clause, subject: Entity, target: Entity) -> bool:
    """Tell what its maker speaks of, without saying where it is put to use."""
    unnamed = target.label.startswith(f"{subject.label} ") and "자체" not in target.label
    own = unnamed or subject.id in makers().get(target.id, ())
    if target.cls not in THINGS or not own:
        return False
    if clause.lemma == "도입":
        return False
    put = clause.arg("to", "at") or (clause.arg("by") and clause.arg("object"))
    return put is None or _SUPPOSED.match(scene.text, clause.end - 1) is not None


def _stops(clause: Clause, subject: Entity) -> bool:
    """Tell a firm that ends something of its own, which bars nobody: "기능을 중단했다"."""
    return clause.lemma == "중단" and subject.cls == "Company"


def _is_imported(scene: Scene, clause: Clause) -> bool:
    """Tell where goods go that somebody bars: "상품의 북주 수입을 금지했다"."""
    barred = clause.arg("object")
    return barred is not None and scene.text[: barred.end].endswith("수입")


def _is_only_had(scene: Scene, clause: Clause, target: Entity) -> bool:
    """Tell a technique that a firm has, bought from nobody, and a firm bought as a whole."""
    if target.cls == "Company" and clause.lemma in _BOUGHT:
        return _BY_SHARES.search(scene.text, clause.start - 20, clause.start) is None
    return target.cls == "Technology" and clause.lemma in ("갖", "가지", "보유", "갖추", "확보")
