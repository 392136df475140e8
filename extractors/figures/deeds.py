"""What a sum or a ratio is called by what is done with it: "지분을 3조 원에 처분했다".

Asked where no metric word and no noun beside the figure tells what it measures; a figure of which
this tells nothing either has no name. The words are data (``deeds.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractors.context.scene import Scene
from extractors.figures.moves import BEATEN
from extractors.figures.moves import FILE as MOVES
from extractors.language.phrases import Clause, Phrase
from extractors.names.descriptions import is_agents
from extractors.values.metric_data import CONVERTED, basis_before, kind_of, load_metrics
from extractors.values.values import FoundValue
from extractors.word_lists import Worded, filled, load_words

_LONGEST = 16
"""So many characters tell at most what is bought or sold."""


@dataclass(frozen=True, slots=True)
class Deeds:
    """The words of ``deeds.yaml``."""

    sums: Mapping[str, str]
    prices: Mapping[str, str]
    settings: frozenset[str]
    estimated: frozenset[str]
    solving: frozenset[str]
    people: Mapping[str, str]
    behind: Mapping[str, str]
    sized: Mapping[str, str]
    follows: re.Pattern[str]
    money: frozenset[str]
    moved: re.Pattern[str]
    ways: Mapping[str, str]
    priced: frozenset[str]
    unshared: frozenset[str]
    whose: frozenset[str]
    unmeasuring: frozenset[str]
    glossed: frozenset[str]
    making: Mapping[str, str]


@lru_cache(maxsize=1)
def load_deeds() -> Deeds:
    """Load the words once a process."""
    data = load_words("figures/deeds.yaml")
    ways = data["ways"]
    nouns = "|".join(sorted(data["behind"], key=len, reverse=True))
    return filled(
        Deeds,
        data,
        sized={noun: name for noun, name in data["behind"].items() if name.startswith(f"{noun} ")},
        follows=re.compile(
            r"(?:\s?(?:규모|상당|어치)의?|의|짜리|에(?=\s(?:인수|매각|매입)\s(?:협상|논의|합의|추진)))?\s"
            r"(?:[이그]\s)?"
            r"(?:[가-힣A-Za-z·]+(?<![을를은는이가에로와과며고])\s){0,4}?"
            rf"(?P<noun>{nouns})(?![가-힣]{{2}})"
        ),
        moved=re.compile(
            rf"(?:(?P<what>[가-힣A-Za-z]+)\s)?(?P<way>{'|'.join(ways)})(?:\s?(?:폭|률|율))?"
        ),
        ways=ways,
    )


def by_deed(scene: Scene, value: FoundValue) -> str | None:
    """Name a sum or a ratio by what is done with it, or what it is a part of."""
    kind = kind_of(value.value)
    if value.value.unit in _PLACES and (extended := _extended(scene, value)):
        return extended
    if value.value.unit in ("명", "인"):
        return _of_people(scene, value)
    if kind == "times":
        return _moving(scene, value)
    if kind == "money" or (kind == "scaled" and value.value.text[-1] in "억조"):
        return _sum(scene, value)
    if kind == "percent" and value.value.unit == "%":
        return _ratio(scene, value)
    return None


_PLACES = ("개", "곳", "개국", "개사")
_EXTENDING = frozenset({"확대", "늘리", "확장", "줄이", "축소"})


def _extended(scene: Scene, value: FoundValue) -> str | None:
    """Name what is brought to a number: "제공 국가를 140개로 확대했다"."""
    found = governor(scene, value)
    thing = found[0].arg("object") if found and found[0].lemma in _EXTENDING else None
    bare = found is not None and found[1].case == "by" and found[1].start >= value.start
    if not bare or thing is None or thing.until > value.start:
        return None  # "단지를 GPU 2만 개로 확장한다": so many of something else
    name = scene.masked[thing.start : thing.end].strip()
    plain = re.fullmatch(r"[가-힣A-Za-z ]{2,16}", name)
    return (name if name.endswith(" 수") else f"{name} 수") if plain else None


def _of_people(scene: Scene, value: FoundValue) -> str | None:
    """Name a number of people by what becomes of them: "300명, 5월 100명을 감원했다"."""
    behind = () if _TO_THEM.match(scene.text, value.end) else scene.parsed.clauses
    clause = next((c for c in behind if c.end > value.end), None)
    return load_deeds().people.get(clause.lemma) if clause else None


def _sum(scene: Scene, value: FoundValue) -> str | None:
    """Name a sum by the noun it is the size of, by its verb, by what it is set as."""
    converted = CONVERTED.match(scene.text, value.end)
    behind = load_deeds().follows.match(scene.text, converted.end() if converted else value.end)
    if behind:
        return load_deeds().behind[behind["noun"]]
    if sized := _SIZED.match(scene.text, converted.end() if converted else value.end):
        return f"{sized['noun']} 규모"
    found = governor(scene, value)
    if found is None:
        return None
    clause, phrase = found
    led = clause.subject or clause.topic
    size = _SIZE if led is not None and led is not phrase and led.head == _SIZE else None
    return size or (
        _estimated(scene, clause)
        or _set_as(scene, clause, phrase)
        or _dealt(scene, clause, phrase)
        or _spent(scene, clause)
        or _taken(clause, phrase)
    )


_SIZED = re.compile(
    r"\s?규모의\s(?:[가-힣A-Za-z]+(?<![을를은는이가에로와과며고])\s){0,3}?(?P<noun>[가-힣]{2,})(?=[을를이가은는]\s)"
)


_SIZE = "규모"
_TO_THEM = re.compile(r"\s?(?:이상|가량|정도)?(?:에게|한테|과|와)\s")  # "1억 명에게 내보낸다"


def is_move(label: str) -> bool:
    """Tell how something moves from what moves: "가격 하락세"."""
    return load_deeds().moved.fullmatch(label) is not None


def governor(scene: Scene, value: FoundValue) -> tuple[Clause, Phrase] | None:
    """Return the clause that a figure is an argument of, and that argument."""
    for clause in scene.parsed.clauses:
        for phrase in clause.args:
            if phrase.start <= value.start and value.end <= max(phrase.end, phrase.until):
                return clause, phrase
    return None


def _estimated(scene: Scene, clause: Clause) -> str | None:
    """Return what is put at a sum: the 소요 자금 of "5조 엔으로 추산되는 소요 자금"."""
    told = clause.modified if clause.ending == "relative" else None
    if told is None or clause.lemma not in load_deeds().estimated:
        return None
    name = re.split(r"\s(?:가운데|중)(?:\s|$)", scene.masked[told.start : told.end].strip())[0]
    return name if _may_be_sum(name) and len(name) <= _LONGEST else None


def _may_be_sum(name: str) -> bool:
    last = name.rsplit(maxsplit=1)[-1] if name else ""
    return last in load_metrics().words or last[-1:] in load_metrics().endings


def _set_as(scene: Scene, clause: Clause, phrase: Phrase) -> str | None:
    """Return what a sum is set as: the 희망 공모가 of "20달러를 희망 공모가로 제시했다"."""
    told = clause.arg("by") if clause.lemma in load_deeds().settings else None
    if told is None or told is phrase:
        return None
    name = scene.masked[told.start : told.end].strip()
    return name if _may_be_sum(name) and len(name) <= _LONGEST else None


def _dealt(scene: Scene, clause: Clause, phrase: Phrase) -> str | None:
    """Return what a sum is that something is bought, sold or let for."""
    deeds = load_deeds()
    if phrase.case == "to" and clause.lemma in deeds.prices:
        return deeds.prices[clause.lemma]
    name = deeds.sums.get(clause.lemma)
    if name is None or phrase.case not in ("to", "object"):
        return None
    thing = clause.arg("object")
    words = scene.masked[thing.start : thing.end].strip() if thing and thing is not phrase else ""
    words = re.sub(r"\s(?:일부|전부|전량)$", "", words)
    plain = re.fullmatch(r"[가-힣A-Za-z ]+", words) and len(words) <= _LONGEST
    return f"{words} {name}" if plain else name


def _spent(scene: Scene, clause: Clause) -> str | None:
    """Return what money is by the verb that tells of it: "서버에 들인 돈이 3억 달러다"."""
    subject = clause.subject or clause.topic
    if subject is None or subject.head not in load_deeds().money:
        return None
    names = {**load_metrics().paid, **load_metrics().raising}
    told = [c.lemma for c in scene.parsed.clauses if c.end <= subject.start]
    return next((names[lemma] for lemma in reversed(told[-2:]) if lemma in names), None)


def _taken(clause: Clause, phrase: Phrase) -> str | None:
    """Return what money is that somebody raises, pays or bears: "5억 달러를 쓴다는 것이다"."""
    if clause.voice == "passive" or phrase.case not in ("object", "bare", "subject", "comma"):
        return None
    return load_metrics().raising.get(clause.lemma) or load_metrics().paid.get(clause.lemma)


_LINK = re.compile(
    r"(?:이?\s?(?:가까운|넘는|이상의|안팎의)|대?의|대)?\s"
    r"(?:(?:넘게|가까이|이상|더|크게|수준으로)\s)?"
)
_BETWEEN = re.compile(r"(?:까지|이상|가량|정도|가까이|넘게|나|씩|\s)*")


def _traded(scene: Scene, value: FoundValue) -> str | None:
    """Name the move of a share: "가나는 9%, 다라는 4% 급등했다"."""
    moved = _TRADED.match(scene.text, _row_end(scene, value))
    led = [
        n
        for n in scene.names
        if n[2] <= value.start and _LED.fullmatch(scene.text, n[2], value.start)
    ]
    if moved is None or not led or led[-1][0].cls != "Company":
        return None
    return f"주가 {'하락률' if moved['down'] else '상승률'}"


def _row_end(scene: Scene, value: FoundValue) -> int:
    """Return where the last of the ratios ends that stand in a row with one."""
    end = value.end
    for following in scene.values:
        between = scene.text[end : following.start] if following.start >= end else ""
        if following.value.unit == "%" and _ROW.fullmatch(between):
            end = following.end
    return end


_ROW = re.compile(r"(?:,|·|고|며)\s[가-힣A-Za-z\s]{1,24}(?:은|는|이|가|도|을|를)\s(?:약\s)?")
_LED = re.compile(r"(?:은|는|이|가|도)\s(?:(?:[가-힣]+\s){0,3}|.{0,12}\s)(?:약\s)?")
_TRADED = Worded(
    MOVES,
    r"(?:\s?(?:가량|정도|가까이|넘게|이상|씩|나|각각))?\s?(?:(?P<down>{traded_down})|{traded_up})",
)
_PARTICLES = ("은", "는", "이", "가", "을", "를", "에서", "의", "에", "로", "까지")
_OF = re.compile(
    r"(?P<whole>(?:[가-힣A-Za-z]+\s){0,2}[가-힣A-Za-z]+)의\s(?:약|최대|최소|무려|\s)*$"
)


_OF_SUM = re.compile(r"(?P<whole>[가-힣A-Za-z]+?)(?:인|\()\s+\)?의\s(?:약\s)?$")
"""The whole with its figure: "매출인 5조 원의 8%", "매출(5조 원)의 8%"."""


def _ratio(scene: Scene, value: FoundValue) -> str | None:
    return (
        _solved(scene, value)
        or _of_what(scene, value)
        or _moving(scene, value)
        or _moved(scene, value)
        or _beaten(scene, value)
        or _raised(scene, value)
        or _traded(scene, value)
        or _compared(scene, value)
    )


def _solved(scene: Scene, value: FoundValue) -> str | None:
    """Name how much of a test is solved: "문항의 25%를 풀었다"."""
    found = governor(scene, value)
    solved = found is not None and found[0].lemma in load_deeds().solving
    return "정확도" if solved and found and found[1].case == "object" else None


def _beaten(scene: Scene, value: FoundValue) -> str | None:
    """Name by how much what was expected is beaten: "예상치(5억 원)를 8% 웃돌았다"."""
    beaten = BEATEN.match(scene.text, value.end)
    what = _measured(scene, value) if beaten else None
    return f"{what} {'상회율' if beaten['over'] else '하회율'}" if beaten and what else None


def _raised(scene: Scene, value: FoundValue) -> str | None:
    """Name a rate by what is raised before it: "판가를 3%, 이용료를 5% 올린다"."""
    object_ = _OBJECT.search(scene.masked[: value.start])
    change = load_metrics().change.match(scene.text, _row_end(scene, value)) if object_ else None
    known = load_metrics().words.get(object_["what"]) if object_ else None
    if change is None or known is None or "money" not in known.kinds:
        return None
    falls = load_metrics().down.search(change.group()) is not None
    return f"{known.name} {_RATES[known.name in ('가격', '주가')][falls]}"


_RATES = (("증가율", "감소율"), ("상승률", "하락률"))
_OBJECT = re.compile(r"(?P<what>[가-힣A-Za-z]+)[을를이가]\s(?:[^,.]{1,20}\s)?(?:약\s)?$")


def _moving(scene: Scene, value: FoundValue) -> str | None:
    """Name a rate by the noun of the move behind it, or that is its subject."""
    deeds = load_deeds()
    link = _LINK.match(scene.text, value.end)
    told = deeds.moved.match(scene.text, link.end()) if link else None
    if told and told["way"] in deeds.priced and not told["what"]:
        return f"가격 {deeds.ways[told['way']]}"
    if told is None:
        clause = scene.parsed.clause_to(value.end + 1)
        subject = (clause.subject or clause.topic) if clause else None
        if subject is None or subject.until > value.start:
            return None
        words = scene.masked[subject.start : subject.end].strip()
        told = next((m for m in deeds.moved.finditer(words) if m.end() == len(words)), None)
    if told is None:
        return None
    before = _NEXT_TO.search(scene.masked[: value.start])
    what = told["what"] or (before["what"] if before else None)
    grows = told["way"] in _ALONE
    if what is None or what in load_metrics().empty:
        what = _measured(scene, value) if grows else None
    rate = deeds.ways[told["way"]]
    return f"{what} {rate}" if what else rate if grows else None


_ALONE = ("성장세", "성장")
"""What grows without saying what is somebody's business as a whole."""
_NEXT_TO = re.compile(r"(?P<what>[가-힣]{2,}(?<![은는이가을를에의로와과도며고서]))\s$")


def _measured(scene: Scene, value: FoundValue) -> str | None:
    """Return the metric told last before a ratio: "거래액은 9억 원으로 4%의 성장세다"."""
    words = load_metrics().words
    told = load_metrics().pattern.finditer(scene.masked, 0, value.start)
    found = [m["word"] for m in told if "percent" not in words[m["word"]].kinds]
    if found:
        return words[found[-1]].name
    led = [p for p in scene.parsed.phrases if p.leads and p.end <= value.start]
    names = [p.head for p in led if p.head[-1:] in load_metrics().endings and len(p.head) > 1]
    return names[-1] if names else None


def _compared(scene: Scene, value: FoundValue) -> str | None:
    """Name a ratio to another time by what the sentence measures: "고정가는 QoQ +8%로"."""
    over = basis_before(scene.text[: value.start])
    what = _measured(scene, value) if over else None
    return f"{what} 증감률" if what else None


def _moved(scene: Scene, value: FoundValue) -> str | None:
    """Name a rate by what moves behind it: "60%까지 비용을 절감한다", "3% 넘게 주가가 뛰었다"."""
    found = scene.parsed.clause_to(value.end + 1)
    phrase = found.arg("object", "subject") if found else None
    if found is None or phrase is None or not phrase.end > value.end:
        return None
    begins = max(phrase.start, value.end)
    near = _BETWEEN.fullmatch(scene.text, value.end, begins) or begins == value.end
    verb = scene.text[phrase.until : found.tail_end]
    change = load_metrics().change.match(verb.strip())
    if not near or change is None:
        return None
    falls = load_metrics().down.search(change.group())
    if phrase.head in load_metrics().shares:
        return f"{phrase.head} {'하락률' if falls else '상승률'}"
    return f"{phrase.head} {'감소율' if falls else '증가율'}"


def _of_what(scene: Scene, value: FoundValue) -> str | None:
    """Name a share by its whole: "전 세계 인구의 53%"."""
    before = scene.masked[: value.start]
    told = _OF.search(before) or _OF_SUM.search(before)
    if told is None:
        return None
    inside = [n[2] for n in scene.names if told.start() < n[2] <= told.end("whole")]
    if inside and inside[-1] == told.end("whole"):
        return _made(scene, value, told)
    words = scene.masked[max([told.start(), *inside]) : told.end("whole")].split()
    loose = [i for i, word in enumerate(words[:-1]) if word.endswith(_PARTICLES)]
    words = words[loose[-1] + 1 :] if loose else words
    while words and words[0] in load_metrics().empty:
        words.pop(0)
    empty = load_deeds().unshared | load_metrics().empty
    if not words or words[-1] in empty or is_agents(words[-1]):
        return None
    return "점유율" if words[-1] == "시장" else f"{' '.join(words)} 비중"


def _made(scene: Scene, value: FoundValue, told: re.Match[str]) -> str | None:
    """Name which part of a thing is made or sold somewhere: "낸드의 40%를 시안에서 만든다"."""
    found = governor(scene, value)
    deed = load_deeds().making.get(found[0].lemma) if found else None
    if found is None or deed is None or found[1].case != "object" or not found[0].arg("at"):
        return None
    led = (p for p in scene.parsed.phrases if p.leads and value.end <= p.start)
    if any(p.end <= found[0].start for p in led):
        return None  # "가나는 낸드의 40%를, 다라는 D램의 40%를 만든다"
    named = next((n for n in scene.names if n[2] == told.end("whole")), None)
    return f"{scene.text[named[1] : named[2]]} {deed} 비중" if named else None
