"""Unknown names where Korean news introduces them: "중국 서버업체 가나정보가", "가나소재, …".

A noun for a kind of firm, outlet or body stands right before the name ("매체 가나포스트");
a headline begins with it ("가나소재, 아산에 공장"); a quoted name carries a version number
(‘가나 2’) or says by its last word what it is; a Latin name with a version is what is put
out ("Gana-2를 공개했다"). The words are ``names.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.alternation import holds_any
from extractors.classes import THINGS
from extractors.language.trimming import unglossed
from extractors.language.words import is_common, is_listed, is_proper, is_unseen, sounds_like
from extractors.lexicon.name_index import ends_word, fold
from extractors.names.descriptions import kinds_of_noun
from extractors.names.explained import explained
from extractors.names.name_patterns import LATIN, Hint, patterns
from extractors.names.naming.candidates import stems
from extractors.names.short_names import load_short_names
from extractors.sparing import sparing
from extractors.word_lists import Worded

_WORDS = "names/introductions.yaml"
_PARTICLES = re.compile(
    r"(?:은|는|이|가|을|를|의|와|과|도|에|에게|에서|로|으로|에는|에도|로부터|측|만)?(?=[\s,(·]|$)"
)
_LEAD = re.compile(
    r"^(?:\[[^\]]{1,20}\]\s?|[^\w\s]+\s?|\d{1,2}[.)]\s?)*"
    r"(?P<name>[가-힣A-Za-z][가-힣A-Za-z0-9&.]{1,11}(?:\s[가-힣A-Za-z]{2,10}(?=\())?)"
    r"(?P<gloss>\([^()]{2,30}\))?(?P<mark>[,:])\s\S"
)
_NUMBERED = sparing(
    r"[‘“'\"「](?P<name>[가-힣A-Za-z][가-힣A-Za-z\-]{1,12}(?:\s[가-힣A-Za-z]{1,10})?"
    r"(?:\([A-Za-z\- ]{2,16}\))?[\s\-]?"
    r"(?:[A-Z]{0,3}[\s\-]?)?\d{1,4}(?:\.\d+)?[A-Za-z]{0,3})(?:\([^()]*\))?[’”'\"」]"
)
_PHRASE = sparing(
    r"[‘“'\"「『《〈](?P<name>(?:[가-힣A-Za-z0-9·\-]{1,12}\s){1,5}(?P<last>[가-힣]{1,10}))"
    r"(?:\s(?:구축|조성|건설|추진|육성))?[’”'\"」』》〉]"
)
_BOASTED = re.compile(
    r"^(?:(?:세계|국내|아시아|업계)\s)?(?:최대|최고|최초)(?:·(?:최대|최고|최초))?(?:의)?\s"
)
"""How a name is praised that it is no part of: "세계 최대 가나 메가 벨트"."""
_PUT_OUT = re.compile(
    rf"(?<![A-Za-z0-9.\-])(?P<name>{LATIN}(?:\s\d{{1,2}}(?:\.\d)?)?)"
    r"(?:\([^()]{2,30}\))?(?:"
    r"[을를]\s(?:[^\s,]+\s){0,3}?(?:공개|출시|발표|선보|내놓|내놨|배포|론칭|런칭)"
    r"|[이가]\s(?:[^\s,]+\s){0,3}?(?:공개|출시|발표|배포)(?:됐|되|된|될|돼)"
    r"|\s(?:정식 |베타 |무료 )?(?:공개|출시|론칭|런칭|배포)(?=[,.)]|\s?[:：]|$))"
)
_NEXT = re.compile(r"\s(?P<word>[가-힣]{3,7})(?![가-힣])")
_PUTTING = re.compile(r"공개|출시|발표|선보|내놓|내놨|배포|론칭|런칭")
_VERSIONED = re.compile(
    r"(?:[\s\-]|(?<=[A-Za-z]))[vV]?(?!(?:19|20)\d\d$)\d{1,4}(?:\.\d+)?[A-Za-z]?$"
)
_MODEL = Worded(_WORDS, r"{of_models}")
_CHIP = re.compile(
    r"나노|공정|TOPS|NPU|GPU|CPU|칩|반도체|가속기|프로세서|메모리|파운드리|테이프아웃"
)
_SUBJECT = sparing(
    r"(?=[A-Z])(?<![A-Za-z.\-])(?P<name>(?:The )?[A-Z][A-Za-z0-9]+"
    r"(?:\s[A-Z][A-Za-z0-9.]+){0,2})(?:이|가|은|는|도)\s"
)
_PERSONAL = Worded(_WORDS, r"^[^,.]{0,40}?{personal}")
_GLOSSED_QUOTE = sparing(
    r"(?:(?<![가-힣])(?P<cue>[가-힣]+)\s?)?[‘“'\"](?P<name>[가-힣][가-힣0-9 ]{1,12})"
    r"\((?P<en>[A-Za-z][A-Za-z0-9 .\-]{2,24})\)[’”'\"]"
)
"""A quoted name with its spelling: "게임 '나래숲(Naraesup)'"."""
_BODY_NAMED = re.compile(
    r"(?<![가-힣A-Za-z])(?P<name>(?P<first>[가-힣]{2,7})\s(?:대학교?|공과대학|연구소|재단))(?=[은는이가을를의와과도에,(]|\s|$)"
)
"""A body of two words, of which the first is in no dictionary: "퍼듀 대학"."""
_BODIES = ("대학", "연구소", "재단")
_FLOATED = Worded(
    _WORDS,
    r"(?<![가-힣A-Za-z])(?P<name>[가-힣A-Za-z]{2,10}?)(?:이|가|은|는|도)\s(?:[^\s]+\s){0,3}?"
    r"{exchanges}에\s{floated}",
)
"""A firm that goes public: "노래가 코스닥에 상장했다"."""
_FOUNDED = re.compile(
    r"(?<![가-힣A-Za-z])(?P<name>[가-힣]{2,8}|[A-Z][A-Za-z0-9]+(?:\s[A-Z][A-Za-z]+)?)(?:\([^()]{2,24}\))?"
    r"(?:을|를)\s(?:공동\s?|직접\s|함께\s)?(?:창업|설립)(?:했|한|하고|하며|하기)"
)
"""A firm by those who founded it: "칼디온을 공동 창업했다"."""
_FLOATING = ("상장", "입성", "데뷔")
_COURT = Worded(
    _WORDS,
    r"(?<![가-힣A-Za-z])(?P<name>[가-힣]{2,8}\s(?:(?:북부|남부|동부|서부|중앙|중부|연방)\s?)?{courts})",
)
"""A court with its place: "캘리포니아 북부 지방법원"."""
_SEATED = re.compile(
    r"(?:본사|본부)를 (?:둔|두고 있는) (?:[가-힣]+ ){0,3}?[‘“'\"]?"
    r"(?P<name>[A-Z][A-Za-z0-9.]+(?: [A-Z][A-Za-z]+)?|[가-힣]{3,8}?)"
    r"(?=[은는이가을를의와과](?![가-힣])|\()"
)
"""A firm by its seat: "서울에 본사를 둔 NaraePix가"."""
_OWNED = sparing(
    r"(?<![가-힣A-Za-z])(?P<name>[가-힣]{3,12})\([A-Z][A-Za-z0-9 .&\-]{1,26}\)"
    r"(?:의\s(?:지분|주식|경영권|신주|최대주주)|(?:을|를)\s(?:[^.,]{0,20}\s)?인수|와의\s합병|과의\s합병)"
)
"""A firm that is bought or owned: "가나마이크로(GNM)의 지분"."""
_LISTED = re.compile(
    r"(?<![가-힣A-Za-z])(?P<name>[가-힣A-Za-z][가-힣A-Za-z&]{1,13})\s?"
    r"\((?:\d{6}|(?:\d{4,6}|[A-Z]{1,5})[ .]"
    r"(?:KS|KQ|TT|TW|JP|JT|HK|CH|SS|SZ|US|UN|UW|NA|GR|FP|LN))\)"
)
"""A name with the code of its share: "가나전자(012340)", "다라(2408 TT)"."""
_STATUS = Worded(
    _WORDS,
    r"(?<![가-힣A-Za-z])(?P<name>[A-Z][A-Za-z0-9&.]+(?: [A-Z][A-Za-z0-9&.]+){0,2}|"
    r"[가-힣A-Za-z]{2,12})\s?\({statuses}(?:[,·:/]\s?[^()]{1,20})?\)",
)
"""A firm by where its shares are traded, if at all: "가나웍스 (비상장)"."""
_MAKER = sparing(
    r"(?<![A-Za-z.])(?P<name>[A-Z][A-Za-z0-9&.]+(?: [A-Z][A-Za-z0-9&.]+){0,2})의 "
    r"(?:[^\s,.()‘“'\"]+ ){0,3}?(?P<kind>[가-힣A-Za-z]+)(?:인)? [‘“'\"][^’”'\"]{2,24}[’”'\"]"
)
"""A firm by the quoted thing that is its: "Gana Works의 로봇 'K2'"."""
_OWN = sparing(
    r"[가-힣A-Za-z](?:의|社의) "
    r"[‘“'\"](?P<name>[A-Z][A-Za-z0-9.\-]+(?: [A-Z0-9][A-Za-z0-9.\-]*){0,3})[’”'\"]"
    r"(?=[은는이가을를도])"
)
"""A thing by whose it is: "가나AI의 'Gana Mini'는 전작보다 빠르다"."""
_GLOSSED_SUBJECT = sparing(
    r"(?<![가-힣A-Za-z])(?P<name>[가-힣]{3,12}(?:\s[가-힣]{2,8})?)"
    r"\((?P<en>[A-Z][A-Za-z0-9 .&\-]{1,26})\)(?:은|는|이|가|도)\s"
)
_REPORTING = re.compile(r"(?:보도|전했|전한|인용|따르면)")
_SYLLABLES = 4
"""From so many on, a compound of common nouns may be a firm's name ("하늘소재")."""


def introductions(text: str) -> Iterator[Hint]:
    """Yield the names that a sentence or heading introduces."""
    yield from _after_cues(text)
    told = explained(text)
    yield from told
    yield from (h for h in _leads(text) if h.name not in {named.name for named in told})
    yield from _acting(text)
    yield from _numbered(text)
    yield from _put_out(text)
    yield from _titled(text)
    yield from _bodies(text)
    yield from _seated(text)
    if "(" in text:
        yield from _glossed_quotes(text)
        yield from _glossed_subjects(text)
    for match in _OWN.finditer(text) if _MODEL.search(text) or _PUTTING.search(text) else ():
        if fold(match["name"]) not in patterns().stop:
            yield Hint(match["name"], kind_near(text, match), True)
    for match in _MAKER.finditer(text) if "의 " in text else ():
        thing = patterns().classes.get(match["kind"]) in THINGS
        if thing and fold(match["name"]) not in patterns().stop:
            yield Hint(match["name"], "Company", True)
    for match in patterns().by_trade.finditer(text):
        if not is_common(match["name"]) and fold(match["name"]) not in patterns().stop:
            yield Hint(match["name"], "Company", is_unseen(match["name"]))
    if "(" in text:
        yield from _owned(text)


def _owned(text: str) -> Iterator[Hint]:
    """Take firms by who owns a part of them, and by the code of their share."""
    for match in _OWNED.finditer(text):
        if not is_common(match["name"]) and fold(match["name"]) not in patterns().stop:
            yield Hint(match["name"], "Company", True)
    for match in (*_LISTED.finditer(text), *_STATUS.finditer(text)):
        if fold(match["name"]) not in patterns().stop:
            yield Hint(match["name"], "Company", True)


def _seated(text: str) -> Iterator[Hint]:
    """Take firms by their seat or listing, and courts by their place."""
    for match in _FLOATED.finditer(text) if holds_any(text, _FLOATING) else ():
        if not is_common(match["name"]) and fold(match["name"]) not in patterns().stop:
            yield Hint(match["name"], "Company", True)
    for match in _FOUNDED.finditer(text) if "창업" in text or "설립" in text else ():
        latin = match["name"].isascii() and fold(match["name"]) not in patterns().stop
        if latin or is_unseen(match["name"]):
            yield Hint(match["name"], "Company", True)
    for match in _COURT.finditer(text) if "법원" in text else ():
        if is_proper(match["name"].split()[0]):
            yield Hint(match["name"], "Organization", True)
    for match in _SEATED.finditer(text) if "본사" in text or "본부" in text else ():
        if match["name"].isascii() or is_unseen(match["name"]):
            yield Hint(match["name"], "Company", True)


def _bodies(text: str) -> Iterator[Hint]:
    for match in _BODY_NAMED.finditer(text) if holds_any(text, _BODIES) else ():
        first = match["first"]
        if is_unseen(first) or (is_proper(first) and not is_common(first)):
            yield Hint(match["name"], "Organization", is_unseen(first))


def _glossed_quotes(text: str) -> Iterator[Hint]:
    for match in _GLOSSED_QUOTE.finditer(text):
        cue = match["cue"] or ""
        told = patterns().classes.get(cue) or next(iter(kinds_of_noun(cue)), None)
        if sounds_like(match["name"].replace(" ", ""), match["en"]):
            yield Hint(match["name"], told or kind_near(text, match), True)


def _glossed_subjects(text: str) -> Iterator[Hint]:
    """Take a glossed Korean subject by what it does: "가나인쇄(GNP)는 … 라인을 신설"."""
    for match in _GLOSSED_SUBJECT.finditer(text):
        name = match["name"]
        person = len(match["en"].split()) > 1 and name[0] in patterns().surnames and len(name) < 4
        led = " " in name and is_common(name.split()[-1]) and not is_unseen(name.split()[0])
        other = person or led or is_common(name) or fold(name) in patterns().stop
        if not other and patterns().doing.search(text[match.end() : match.end() + 120]):
            yield Hint(name, "Company", True)


def _after_cues(text: str) -> Iterator[Hint]:
    if patterns().introducer.search(text) is None:
        return
    for match in patterns().introduced.finditer(text):
        cls = patterns().introducing[match["cue"]]
        name, rest = _cut(match["name"])
        at = match.start("name") + len(name)
        if not name or not _PARTICLES.match(text, at) or fold(name) in patterns().stop:
            continue
        if name.isascii() or (is_unseen(name) or (is_proper(name) and not is_common(name))):
            if len(name) > 2 and not is_common(name):
                yield Hint(name + ("" if rest else _second(text, at)), cls, True)
        elif len(name) >= _SYLLABLES and rest:
            yield Hint(name, cls, not is_common(name))
        elif len(name) == _SYLLABLES - 1 and rest and not is_listed(name):
            yield Hint(name, cls, False)


def _second(text: str, end: int) -> str:
    """Return the strange word that a name without a particle goes on with: "나래 월즈가"."""
    match = _NEXT.match(text, end)
    parted = stems(match["word"]) if match else ()
    return next((f" {stem}" for stem, particle in parted if particle and is_unseen(stem)), "")


def _cut(word: str) -> tuple[str, str]:
    """Part a word from its particle: the longest name that dictionary and particles allow."""
    for end in range(len(word), 1, -1):
        name, rest = word[:end], word[end:]
        if rest and not ends_word(word, end):
            continue
        if _is_name(name):
            return name, rest
    bare = re.sub(r"(?<=[가-힣]{3})(?:은|는|이|가|을|를|와|과|도|의)$", "", word)
    return bare, word[len(bare) :]


def _is_name(name: str) -> bool:
    if not re.fullmatch(r"[가-힣]+", name):
        return re.search(r"[A-Z]", name) is not None
    return len(name) > 2 and (is_unseen(name) or (is_proper(name) and not is_common(name)))


def _leads(text: str) -> Iterator[Hint]:
    """Take the word that a headline begins with: "가나소재, 아산에 공장"."""
    headed = len(text) < 90 and not text.endswith("다.") and ("," in text or ":" in text)
    match = _LEAD.match(text) if headed else None
    if match and fold(match["name"]) not in patterns().stop and len(match["name"]) > 2:
        name = match["name"]
        latin = name.isascii() and name[0].isupper() and not name.isupper() and len(name) > 4
        glossed = bool(match["gloss"]) and re.fullmatch(r"\([A-Z][A-Za-z &.]+\)", match["gloss"])
        rubric = match["mark"] == ":" and not glossed and is_common(name)  # "위험: …", of each
        if not rubric:
            yield Hint(name, "Company", bool(latin or glossed))


def _acting(text: str) -> Iterator[Hint]:
    """Take a Latin subject by what it does: "Mira Solen이 창업한", "The Bay Wire는 … 전했다"."""
    for match in _SUBJECT.finditer(text):
        name, rest = match["name"], text[match.end() :]
        words = name.split()
        first = words[1:2] if words[0] == "The" else words[:1]
        if not first or fold(first[0]) in patterns().stop or fold(name) in patterns().stop:
            continue
        pair = len(words) == 2 and all(re.fullmatch(r"[A-Z][a-z]+", w) for w in words)
        if pair and words[-1] not in patterns().suffix_classes and _PERSONAL.search(rest[:60]):
            yield Hint(name, "Person", True)
        elif words[0] == "The" and _REPORTING.search(rest):
            yield Hint(name, "Organization", True)
        elif patterns().deed.search(rest[:40]):
            yield Hint(name, "Company", False)


def _numbered(text: str) -> Iterator[Hint]:
    for match in _NUMBERED.finditer(text):
        name = match["name"]
        if re.search(r"(?:19|20)\d\d$", name) or not re.search(r"[가-힣A-Za-z]{2}", name):
            continue
        cls = kind_near(text, match)
        yield Hint(name, cls, True)
        if "(" in name:
            yield Hint(unglossed(name), cls, True)


def _titled(text: str) -> Iterator[Hint]:
    """Take a quoted phrase whose last word says what it is: ‘반도체 수출 임시 규정’."""
    for match in _PHRASE.finditer(text):
        last = match["last"]
        kinds = patterns().named_kinds
        ends = next((last[at:] for at in range(len(last)) if last[at:] in kinds), None)
        if ends and not ((len(ends) == 1 and ends == last) or _is_of_many(match, kinds[ends])):
            yield Hint(_BOASTED.sub("", match["name"]), kinds[ends], True)


def _is_of_many(match: re.Match[str], cls: str) -> bool:
    """Tell a quoted kind of site, which is only spoken of: ‘AI 데이터센터’."""
    words = match["name"].split()[:-1]
    return cls == "Facility" and all(fold(w) in load_short_names().everyday for w in words)


def _put_out(text: str) -> Iterator[Hint]:
    """Take what a firm puts out, when it carries a version: "Gana-2를 공개했다"."""
    for match in _PUT_OUT.finditer(text) if _PUTTING.search(text) else ():
        if fold(match["name"]) not in patterns().stop and re.search("[A-Za-z]{3}", match["name"]):
            versioned = _VERSIONED.search(match["name"]) is not None
            yield Hint(match["name"], kind_near(text, match), versioned)


def kind_near(text: str, match: re.Match[str]) -> str:
    """Tell a model from a chip and any other product by the words around its name."""
    near = text[max(0, match.start() - 40) : match.end() + 40]
    return "Model" if _MODEL.search(near) else "Chip" if _CHIP.search(near) else "Product"


def corroborated(hints: Sequence[Hint]) -> Iterator[Hint]:
    """Keep hints that are sure, or that come twice in a report."""
    counted: dict[str, int] = {}
    for hint in hints:
        counted[fold(hint.name)] = counted.get(fold(hint.name), 0) + 1
    for hint in hints:
        if hint.sure or counted[fold(hint.name)] > 1:
            yield hint
