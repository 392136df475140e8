"""What a quantity is called that no metric word names: by the noun or the verb it stands with.

"트랜지스터 920억 개" is called 트랜지스터, "가격은 3,000달러부터" 가격.
"""

from __future__ import annotations

import re

from extractors.classes import BODIES
from extractors.context.scene import Scene
from extractors.figures.holders import begins_at
from extractors.figures.measures import done_in_times
from extractors.figures.moves import BEATEN
from extractors.figures.moves import FILE as MOVES
from extractors.figures.parts.words import load_parts
from extractors.figures.price_names import is_price_each
from extractors.language.phrases import Clause, Phrase
from extractors.language.trimming import unglossed
from extractors.language.words import is_common
from extractors.names.descriptions import is_agents, kinds_of_noun
from extractors.values.metric_data import CONVERTED, kind_of, load_metrics
from extractors.values.values import FoundValue
from extractors.word_lists import Worded, words_in

_WORDS = "figures/quantity_names.yaml"
_NOUN = re.compile(r"(?P<noun>[가-힣A-Za-z][가-힣A-Za-z]*)\s?(?:\(|약|최대|최소|총|무려|각각|\s)*$")
_AFTER = re.compile(
    r"(?:의|짜리|에 이르는|에 달하는|\s?규모의|\s?분량의|\s?이상의)?\s"
    r"(?P<noun>(?!대비|거의)[가-힣A-Za-z]+?(?:\s[가-힣]+?)?)"
    r"(?=을|를|이\s|가\s|은|는|로|으로|의|에|도|와|과|[,.]|$)"
)
_CHANGE = Worded(MOVES, r"(?P<down>{falling})|(?P<up>{rising})|{differing}")
_SHARE = Worded(
    MOVES, r"(?:나|가량|정도|가까이|넘게|이상|\s)*(?:(?P<down>{share_fell})|{share_rose})"
)
_OF_WHOLE = re.compile(r"(?P<whole>[가-힣A-Za-z]+)의\s?(?:약|최대|무려|절반인|\s)*$")
"""What a share is of: "전체 매출의 약 3분의 1을 차지"."""
_NUMBER_OF = re.compile(r"(?P<what>[가-힣A-Za-z]+)\s수$")
"""A head that tells only that something is counted: "등록 특허 수는"."""
_HIDDEN = re.compile(r"[가-힣]+(?:에서|보다|대비|으로부터|부터)\s*$")


def named_in_clause(
    scene: Scene, value: FoundValue, clause: Clause | None, phrase: Phrase | None
) -> str | None:
    """Name what is counted: a place, a share of something, else what the grammar tells."""
    return (
        _by_form(scene, value, phrase, clause)
        or _part(scene, value, clause, phrase)
        or _by_grammar(scene, value, clause, phrase)
        or _compared(value, clause)
    )


def _by_form(
    scene: Scene, value: FoundValue, phrase: Phrase | None, clause: Clause | None
) -> str | None:
    """Name what its unit and the words right behind it tell: a place, users, downloads."""
    counted = kind_of(value.value) in ("scaled", "count")
    if value.value.currency and is_price_each(scene, value):
        return "가격"
    people = value.value.unit in ("명", "인") and _uses(phrase, clause)
    if value.value.unit == "위":
        return "순위"
    if value.value.currency and _SIZE.match(scene.text, value.end):
        about = _about(scene, value, clause)
        return about if about in load_metrics().words else "규모"
    if value.value.currency and _PER_TIME.match(scene.text, value.end):
        return None if _of_unknown(scene, value) else "가격"
    if people or (counted and _USERS.match(scene.text, value.end)):
        return "사용자 수"
    if tokens := _of_tokens(scene, value):
        return tokens
    if value.value.unit == "건" and (told := _OCCURRED.match(scene.text, value.end)):
        return told["noun"]
    done = done_in_times(scene, value) or _counted(scene, value)
    return f"{done} 수" if done else None


def _of_unknown(scene: Scene, value: FoundValue) -> bool:
    """Tell what stands in the bracket of something that is no known name: "Solo($9/월)"."""
    opened = scene.text[: value.start].rstrip().removesuffix("(")
    glossed = scene.text[: value.start].rstrip().endswith("(")
    plan = opened.endswith(("플랜", "요금제", "구독", "멤버십"))
    return glossed and not plan and not any(n[2] == len(opened) for n in scene.names)


def _counted(scene: Scene, value: FoundValue) -> str | None:
    """Return what is counted without a counter: "22만 GPU를", "1.4억 고객 규모"."""
    if kind_of(value.value) != "scaled" or not (told := _OF_NOUN.match(scene.text, value.end)):
        return None
    noun = told["noun"]
    known = load_metrics().words.get(noun)
    if known is not None:
        return noun if "count" in known.kinds else None
    may = is_agents(noun) or bool(
        {"Chip", "Product", "Software", "Person"} & {*kinds_of_noun(noun)}
    )
    return noun if may else None


def _uses(phrase: Phrase | None, clause: Clause | None) -> bool:
    """Tell those who use something: "하루 3백만 명이 쓴다"."""
    told = phrase is not None and clause is not None and phrase.case == "subject"
    return (
        told
        and clause is not None
        and clause.lemma in words_in(_WORDS, "using")
        and clause.arg("object") is None
    )


def _part(
    scene: Scene, value: FoundValue, clause: Clause | None, phrase: Phrase | None
) -> str | None:
    """Name a share by its whole, or by its part: "연구 인력이 전체의 40%를 차지한다"."""
    ratio = value.value.unit == "%" or "분의" in value.value.text
    if clause is None or not ratio or clause.lemma not in words_in(_WORDS, "covering"):
        return None
    share = _OF_WHOLE.search(scene.masked[: value.start])
    if share is None:
        return _of_place(scene, value, clause, phrase)
    if share["whole"] not in ("전체", "전부", "모두"):
        return f"{share['whole']} 비중"
    about = _about(scene, value, clause)
    return f"{about} 비중" if about else None


def _of_place(scene: Scene, value: FoundValue, clause: Clause, phrase: Phrase | None) -> str | None:
    """Name a share by where it is one: "서버 매출에서 다라가 40%를 차지한다"."""
    whole = clause.arg("at")
    taken = phrase is not None and phrase.case == "object" and clause.lemma == "차지"
    if whole is None or not taken or whole.until > value.start:
        return None
    words = scene.masked[whole.start : whole.end].strip()
    last = words.rpartition(" ")[2]
    measured = last in load_metrics().words or last[-1:] in load_metrics().endings
    plain = re.fullmatch(r"[가-힣A-Za-z ]{2,20}", words)
    return f"{words} 비중" if plain and measured else None


def _compared(value: FoundValue, clause: Clause | None) -> str | None:
    """Name a ratio by what the verb compares: "K1보다 60% 빠르다" is of the speed."""
    ratio = value.value.unit in ("%", "배")
    return load_metrics().compared_by(clause.lemma, value.value.unit) if clause and ratio else None


def _of_tokens(scene: Scene, value: FoundValue) -> str | None:
    """Name tokens by what is done with them: a second's, what is read at once, what is learnt."""
    after = scene.text[value.end :]
    before = scene.text[: value.start].rstrip()
    if value.value.unit != "토큰" and not (value.value.unit == "개" and _TOKENS.match(after)):
        paced = (
            before.endswith(words_in(_WORDS, "paces"))
            and not value.value.currency
            and value.value.unit != "%"
        )
        return "처리량" if paced and kind_of(value.value) == "count" else None
    if before.endswith(("초당", "초에")):
        return "추론 속도"
    if _LEARNT.match(after) or _LEARNING.search(before):
        return "학습 데이터"
    if _PROCESSED.match(after) and _IN_TIME.search(before):
        return "처리한 토큰 수"
    return "컨텍스트 길이" if _READ.match(after) and not _FREE.search(before) else None


_OF_NOUN = re.compile(
    r"(?:여|\s?이상의)?\s(?P<noun>[A-Z]{2,5}|[가-힣]{2,}?)(?=[을를이가은는의로]\s|\s규모|[,.)]|$)"
)
_OCCURRED = re.compile(
    r"(?:의|\s?(?:이상|가량|정도)(?:의)?)?\s(?P<noun>[가-힣]{2,}(?:[·/][가-힣]+)*?)(?=[을를이가은는]\s)"
)
_SIZE = re.compile(r"\s?규모(?:다|이다|였|입니다|이며|이고)")
_PER_TIME = re.compile(r"\s?(?:/|per\s)\s?(?:월|년|달|연|인|명|개월|user|month|year|mo\b|yr\b)")
"""What is paid for in time, or by each user: "$20/월"."""
_USERS = Worded(
    _WORDS, r"(?:의)?\s(?:월간\s|일간\s|주간\s|활성\s)?{users}(?:를|가|의|\s[‘“'\"]|\s[가-힣A-Z])"
)
_PROCESSED = Worded(
    _WORDS,
    r"(?:(?:가|를)? ?(?:이상|가량|넘는|넘게|정도)?의?\s?토큰)?\s?(?:이상|가량|정도)?[을를]?"
    r"\s(?:[가-힣]+\s)?{processed}",
)
_IN_TIME = re.compile(
    r"(?:매[일주월달년]|하루|일주일|한 ?[달해]|[\d한두세]+ ?[년월달일주]\S*)"
    r"(?:에|간| 동안)?(?:\s약)?$"
)
"""What is done with tokens in a time: "한 달에 3조 토큰을 처리한다"."""
_TOKENS = re.compile(r"(?:가 넘는|를 넘는|이상의|의)?\s?토큰")
_LEARNT = Worded(
    _WORDS, r"[^.,]{0,30}?(?:으로|로|에서|을|를)\s(?:[가-힣]+\s){0,2}?(?:사전\s?)?{learning}"
)
_LEARNING = Worded(_WORDS, r"{learning}(?:에|에는|에만|에선|용으로)\s(?:약|총|무려|모두)?$")
_READ = Worded(_WORDS, r"(?:까지|을|를)?\s?(?:한\s?번에|한꺼번에|동시에)?\s?{read}")
_FREE = re.compile(r"(?:매일|하루|매달|월|무료로)$")


def _by_grammar(
    scene: Scene, value: FoundValue, clause: Clause | None, phrase: Phrase | None
) -> str | None:
    """Name what is counted: by the noun before, the clause's subject, the noun after, the verb."""
    percent = value.value.unit in ("%", "%p", "배", "bp")
    before = _before(scene, value, phrase)
    if before and not _is_held(
        next((c for c in scene.parsed.clauses if phrase in c.args), clause), phrase
    ):
        before = None
    if before and not percent:
        return before
    if _is_aside(value, clause, phrase):
        return None
    about = None if _is_deed(clause, phrase) else _about(scene, value, clause)
    if about and percent and (rate := _rate(scene, about, value, clause)):
        return f"{about} {rate}"
    if about or percent:
        return about or before or _of_share(scene, value, clause)
    governor = next((c for c in scene.parsed.clauses if phrase in c.args), clause)
    behind = CONVERTED.match(scene.text, value.end)
    begins = behind.end() if behind else value.end
    after = _AFTER.match(scene.text, begins) if _is_held(governor, phrase) else None
    if (
        after
        and len(after["noun"]) > 1
        and not any(start < after.end("noun") < end for _, start, end in scene.names)
        and after["noun"] not in load_metrics().empty
        and not is_agents(after["noun"].split()[-1])
        and not _is_verb(scene, *after.span("noun"))
        and not after["noun"].endswith(("하", "되"))
        and not is_common(after["noun"].split()[-1] + scene.text[after.end() : after.end() + 1])
    ):
        return after["noun"]
    verbs = [c.lemma for c in (governor, clause) if c]
    given = load_metrics().delivering
    if (
        value.value.unit in words_in(_WORDS, "pieces")
        and phrase
        and _is_delivered(scene, value, phrase)
    ):
        told = [given[v] for v in verbs if v in given]
        if told:
            return told[0]
    raised = load_metrics().raising
    if governor and governor.voice == "passive":
        raised = {**raised, **load_metrics().received}
    named = {**load_metrics().paid, **raised}
    spent = [named.get(v, v) for v in verbs if v in load_metrics().spending or v in raised]
    return spent[0] if spent and value.value.currency else None


def _is_verb(scene: Scene, start: int, end: int) -> bool:
    """Tell "점포를 30곳 늘렸다" from what is counted: "30곳의 점포"."""
    return any(start <= t.start < end and t.tag in ("EP", "EF") for t in scene.tokens)


def _rate(scene: Scene, about: str, value: FoundValue, clause: Clause | None) -> str | None:
    """Name the rate by which something moved, is compared or beats what was expected."""
    known = load_metrics().words.get(about)
    ratio = value.value.unit == "%" and (known is None or "percent" in known.kinds)
    if ratio and _REACHED.match(scene.text, value.end):
        return None  # "3%에서 9%로 뛰었다"
    over = _OVER.match(scene.text, value.end)  # no clause of its own: "8% 넘게 늘었다"
    moved = clause is not None and _CHANGE.search(scene.text, value.end, clause.tail_end)
    if over and moved:
        moved = _CHANGE.match(scene.text, over.end()) or moved
    if moved:
        return _way_of(moved, about, value)
    return _rated(scene, about, value)


def _way_of(moved: re.Match[str], about: str, value: FoundValue) -> str:
    """Name how far something rose or fell; what has no price grows or shrinks."""
    priced = _PRICED.search(about) is not None or value.value.unit == "%p"
    end = "폭" if value.value.unit == "%p" else "률" if priced else "율"
    if moved["down"]:
        return f"{'하락' if priced else '감소'}{end}"
    if moved["up"]:
        return f"{'상승' if priced else '증가'}{end}"
    return "증감률"


_PRICED = Worded(_WORDS, r"(?:{priced}|(?<![수발])주)$")
_OVER = re.compile(r"\s?넘게\s")
_REACHED = re.compile(r"(?:\s?\([^()]*\))?(?:로|으로)[\s,](?!성장)|에서\s(?:[가-힣\d]+\s){0,2}\d")


def _rated(scene: Scene, about: str, value: FoundValue) -> str | None:
    """Tell which rate of a sum a figure is: "가격은 3나노보다 66% 비싸다", "예상을 9% 웃돌았다"."""
    known = load_metrics().words.get(about)
    if known is None or kind_of(value.value) in known.kinds or value.value.unit == "배":
        return None
    beaten = BEATEN.match(scene.text, value.end)
    if beaten:
        return "상회율" if beaten["over"] else "하회율"
    compared = re.search(r"(?:보다|대비|비해)\s(?:약\s)?$", scene.text[: value.start])
    return "증감률" if compared else None


_RANGED = re.compile(r"(?:에서)?,?\s(?:최대|많게는)\s")


def _is_delivered(scene: Scene, value: FoundValue, phrase: Phrase) -> bool:
    """Tell what is delivered, or the least of it: "최소 10만 개, 최대 35만 개를 생산"."""
    return phrase.case in ("object", "bare") or _RANGED.match(scene.text, value.end) is not None


def _is_deed(clause: Clause | None, phrase: Phrase | None) -> bool:
    """Tell "연구진은 2,000개를 조사했다" (no metric) from "가격은 3,000달러를 넘는다"."""
    if clause is None or phrase is None or phrase.case != "object":
        return False
    return clause.voice == "active" and clause.lemma not in load_metrics().reaching


def _is_aside(value: FoundValue, clause: Clause | None, phrase: Phrase | None) -> bool:
    """Tell a count that only says of how many something is true ("3개 유형에 대하여")."""
    if phrase is None or clause is None or value.value.currency or value.value.unit in ("%", "배"):
        return False
    return phrase.case in ("about", "with", "at", "via", "for") or (
        phrase.case == "to" and clause.lemma not in load_metrics().reaching
    )


def _is_held(clause: Clause | None, phrase: Phrase | None) -> bool:
    """Tell what somebody has ("GPU 3개를 보유") from what a deed is done to."""
    if phrase is None or clause is None:
        return True
    if phrase.case in ("with", "at", "from", "about", "source", "via", "for", "and", "than"):
        return False
    return phrase.case != "object" or clause.lemma in load_metrics().holding


def _of_share(scene: Scene, value: FoundValue, clause: Clause | None) -> str | None:
    """ "가나도 17% 떨어졌다": what of a company rises and falls by itself is its share price."""
    end = clause.tail_end if clause else len(scene.text)
    moved = _SHARE.match(scene.text[value.end : end])
    if moved is None or value.value.unit != "%" or (clause and clause.arg("object")):
        return None
    told = (clause.subject, clause.topic) if clause else ()
    led = next((p for p in told if p and p.head not in ("이", "그", "이것")), None)
    if any(p and p.head in load_metrics().words for p in told):
        return None  # "ASP는 3% 상승"
    if led and not (scene.named_in(led.outer_start, led.end) or scene.refer(led, BODIES)):
        return None  # "시험 평균은 3% 올랐다"
    return "주가 하락률" if moved["down"] else "주가 상승률"


def _before(scene: Scene, value: FoundValue, phrase: Phrase | None) -> str | None:
    start = phrase.start if phrase else value.start
    match = _NOUN.search(scene.masked[start : value.start])
    if match is None or match["noun"] in load_metrics().empty or _HIDDEN.search(match["noun"]):
        return None
    at = start + match.start("noun")
    ends = start + match.end("noun")
    last = [t for t in scene.tokens if t.end == ends]
    if any(t.tag.startswith("J") or (t.form, t.tag) == _PER for t in last):
        return None  # "기회로 3억 달러를", "스택당 64GB"
    inside = [n for n in scene.names if n[1] <= at < n[2]]
    nobody = ("Company", "Person", "Place", "Organization")
    if inside and not scene.is_generic(inside[0][0]) and inside[0][0].cls in nobody:
        return None
    return inside[0][0].label if inside else _bare(match["noun"])


_PER = ("당", "XSN")


def _bare(noun: str) -> str:
    """Take off the particle of a metric that the analyser left on: "가이던스로"."""
    bare = noun.removesuffix("로").removesuffix("으")
    return bare if bare in load_metrics().words else noun


def _about(scene: Scene, value: FoundValue, clause: Clause | None) -> str | None:
    """The head of the clause's own subject, when that is a plain noun ("가격은")."""
    if clause is None:
        return None
    begins = begins_at(scene, value)
    for phrase in (clause.subject, clause.topic):
        if phrase is None or phrase.start < begins or phrase.until > value.start:
            continue
        told = unglossed(scene.masked[phrase.start : phrase.end]).strip()
        word = _NUMBER_OF.search(told) or re.search(r"[가-힣A-Za-z]+$", told)
        named = scene.named_in(phrase.start, phrase.end, generic=True)
        ends_named = any(
            not unglossed(scene.text[n[2] : phrase.end]).strip(" ’”'\"") for n in named
        )
        if (
            word
            and not ends_named
            and len(word.group()) > 1
            and word.group() not in load_metrics().empty
            and not is_agents(word.group())
            and not word.group().endswith(load_parts().offices)
        ):
            noun = _bare(word.group())
            return None if noun.endswith("로") and not is_common(noun) else noun
    return None
