"""Names that dense lines tell by their form, without a sentence around them.

"다온로봇, 시리즈A 90억원(가나벤처스 단독)" tells who raised money and who gave it, "가나 ✕ 다라"
and "가나 → 다라 인수" two firms, "Maru 7B (Gana Labs) : …" a thing and its maker. The words
are ``line_names.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of
from extractors.classes import BODIES
from extractors.context.label_parts import label_parts, lead_of
from extractors.context.profiles import load_profiling
from extractors.language.words import is_common, is_listed, is_proper, noun_tags
from extractors.lexicon.name_index import fold
from extractors.names.labels import is_named_by_version, named_kind
from extractors.names.latin_names import is_plain
from extractors.names.name_patterns import ClassOf, Hint, patterns
from extractors.names.person_names import is_full_name
from extractors.values.metric_data import load_metrics
from extractors.word_lists import filled, load_words

_LONGEST = 160
_BODY = (
    r"(?:[가-힣]{2,12}(?:[A-Z]{1,3}|\sAI)?|(?=[A-Z])[A-Za-z0-9]+(?:[.&\-][A-Za-z0-9]+)*"
    r"(?:\s[A-Z][A-Za-z0-9&.\-]*){0,3})"
)
_GLOSS = r"(?:\s?\([^()]{1,30}\))?"
_SIGNS = "✕×↔→←+⇔"
_PARTICLED = ("JX", "JKS", "JKO", "JKB", "JKG", "JC", "EC", "EF")
"""How words end that are no nouns."""
_DEALS = r"(?:인수|합병|합작|투자|협력|M&A)\s?[:：]\s"
_OPENS = rf"^[^\w(\[]*(?:[(\[][^()\[\]]{{1,10}}[)\]]\s?|{_DEALS})?[‘“'\"]?"
_SPLIT = re.compile(r",\s|·|/|\s및\s|(?<=[가-힣])[와과]\s")
_CALLED = re.compile(rf"\s*(?:주식회사\s|㈜\s?|\(주\)\s?)?(?P<name>{_BODY})(?:\s?\([^()]+\))?\s*")
_PLACE = re.compile(r"(?:[가-힣]{2,7}\s){1,2}(?P<name>[가-힣]{1,4}[^\W구동읍면로길])")
_AT = ("본사", "소재지", "본점", "본사 위치", "본사 소재지")
_CHIEFS = ("대표", "대표이사", "CEO", "창업자", "설립자")
_OWN = 2
"""Labels of single firms that a line has at least, and how ``profiles.yaml`` weighs them."""
_PARTED = re.compile(r"\s?[(…—–|]\s?|\.\s|\)|/\s")
_ROLE = r"(?:(?:리드|참여|투자사|투자자|주도)(?:는|은|:)?\s)?"
_GIVER = re.compile(rf"{_ROLE}(?P<name>{_BODY})(?:\s(?P<rest>.*))?")
_ACTING = re.compile(rf"{_ROLE}(?P<name>[가-힣]{{2,12}}?|{_BODY})(?:이|가|은|는|도)\s(?P<rest>.*)")
"""Who acts, with a particle that is no part of the name: "가나벤처스가 이끌고"."""


@dataclass(frozen=True, slots=True)
class LineNames:
    """The words of ``line_names.yaml``, and the patterns of the forms."""

    rounds: re.Pattern[str]
    backing: re.Pattern[str]
    joined: re.Pattern[str]
    handed: re.Pattern[str]
    labelled: re.Pattern[str]
    maker: re.Pattern[str]
    bought: re.Pattern[str]
    tails: tuple[str, ...]


@lru_cache(maxsize=1)
def load_line_names() -> LineNames:
    """Load and compile the words once a process."""
    data = load_words("names/line_names.yaml")
    rounds = f"(?:{'|'.join(data['rounds'])})"
    version = r"[가-힣A-Za-z][가-힣A-Za-z0-9.\-]*(?:\s[가-힣A-Za-z0-9.\-]+){0,3}"
    sides = rf"(?P<one>{_BODY}){_GLOSS}\s(?P<sign>[{_SIGNS}])\s(?P<other>{_BODY})(?![가-힣A-Za-z])"
    return filled(
        LineNames,
        data,
        rounds=re.compile(
            rf"{_OPENS}(?P<name>{_BODY}){_GLOSS}\s?[,:—–|/]?\s?{rounds}"
            r"[^\d$€£]{0,12}[$€£]?\d[\d,.]*\s?(?:[만억조천]|[MB](?![A-Za-z]))?[^(,.…—–|/]*(?P<rest>.*)"
        ),
        backing=re.compile(any_of(data["backing"])),
        joined=re.compile(rf"{_OPENS}{sides}(?P<rest>.*?{any_of(data['joint'])}|\s?:\s)"),
        handed=re.compile(
            rf"{_OPENS}{sides}{_GLOSS}\s(?:[^\s,.:]+\s){{0,4}}?{any_of(data['given'])}"
        ),
        labelled=re.compile(rf"^[^\w(\[]*{_DEALS}{sides}"),
        bought=re.compile(
            rf"(?<![가-힣A-Za-z0-9.])(?P<name>[가-힣]{{2,12}}?|{_BODY})(?:을|를)?{_GLOSS}(?:을|를)?\s(?:약\s|총\s)?"
            r"[$€£]?\d[\d,.]*\s?[만억조BM][^,(]{0,12}에\s(?:[가-힣]+\s)?인수"
        ),
        maker=re.compile(
            rf"{_OPENS}[‘“'\"]?(?P<thing>{version}?)[’”'\"]?\s(?:"
            rf"\((?:(?:만든 곳|개발사|제작사|제작)\s?:\s)?(?P<firm>{_BODY})\)\s?[:—–]\s"
            rf"|[—–-]\s(?P<by>{_BODY})(?:의)?\s{any_of(data['made'])}(?=[.,]|\s?$))"
        ),
    )


def line_names(text: str, class_of: ClassOf, before: str = "") -> Iterator[Hint]:
    """Yield the names that the form of a line tells; ``before`` is the sentence before it."""
    if len(text) > _LONGEST:
        return
    words = load_line_names()
    told = words.rounds.match(text)
    if told is not None and _is_firm(told["name"]):
        yield Hint(told["name"], "Company", True)
        yield from _givers(told["rest"])
    elif words.rounds.match(before):
        yield from _givers(text)
    yield from _of_labels(text, class_of)
    for bought in words.bought.finditer(text) if "인수" in text else ():
        if _is_firm(bought["name"]):
            yield Hint(bought["name"], "Company", True)
    if any(sign in text for sign in _SIGNS):
        forms = (words.joined, words.handed, words.labelled)
        yield from _joined(next(filter(None, (f.match(text) for f in forms)), None), class_of)
    made = words.maker.match(text)
    firm = (made["firm"] or made["by"]) if made else ""
    if made is not None and firm and is_named_by_version(made["thing"]) and _is_firm(firm):
        yield Hint(firm, "Company", True)
        yield Hint(made["thing"], named_kind(made["thing"], text[made.end() :]) or "Product", True)


def _of_labels(text: str, class_of: ClassOf) -> Iterator[Hint]:
    """Yield whom a line of labels is of, and the place that stands behind 본사."""
    parts = label_parts(text)
    own = sum(("Company", _OWN) in load_profiling().labels.get(p.label, ()) for p in parts)
    lead = lead_of(text) if own >= _OWN else None
    if lead is not None:
        match = _CALLED.fullmatch(text, *lead)
        name = match["name"] if match else ""
        if name and class_of(name) is None and not (is_listed(name) or _is_term(name)):
            yield Hint(name, "Company", True)
    for part in parts:
        told = text[part.start : part.end].strip(" ,./")
        if part.label in _CHIEFS and is_full_name(told) and class_of(told) is None:
            yield Hint(told, "Person", True)
        place = _PLACE.fullmatch(told) if part.label in _AT else None
        if place and class_of(place["name"]) is None and not is_listed(place["name"]):
            yield Hint(place["name"], "Place", True)


def _givers(rest: str) -> Iterator[Hint]:
    """Yield who gave the money of a round: what a bracket or the next part lists."""
    for part in _PARTED.split(rest):
        listed_alone = any(f"{mark}{part}" in rest for mark in ("(", "/ ", "| "))
        if not (load_line_names().backing.search(part) or listed_alone or "투자사" in part):
            continue
        for piece in _SPLIT.split(part):
            words = piece.strip(" .,:")
            match = _ACTING.fullmatch(words) or _GIVER.fullmatch(words)
            if match is None or not _is_firm(match["name"]):
                continue
            left = (match["rest"] or "").strip(" .")
            if not left or load_line_names().backing.match(left):
                yield Hint(match["name"], "Company", True)


def _joined(match: re.Match[str] | None, class_of: ClassOf) -> Iterator[Hint]:
    """Yield the firms that a sign stands between; a known name of another kind is none."""
    if match is None:
        return
    sides = [(name, class_of(name)) for name in (match["one"], match["other"])]
    if all(cls in BODIES if cls else _is_firm(name) for name, cls in sides):
        yield from (Hint(name, "Company", True) for name, cls in sides if cls is None)


def _is_firm(name: str) -> bool:
    """Tell a word that may be a firm's name from a term, a metric or a plain noun."""
    if _is_term(name):
        return False
    if name[0].isascii():
        words = name.split()
        mixed = any(ch.islower() for ch in name) or len(words) > 1
        return mixed and not all(map(is_plain, words)) and not is_plain(words[0])
    if is_listed(name) or name in patterns().loanwords:
        return False
    if is_common(name):
        return any(name.endswith(tail) for tail in load_line_names().tails)
    tags = noun_tags(name)
    return "?" in tags or is_proper(name) or not tags.endswith(_PARTICLED)


def _is_term(name: str) -> bool:
    return name in load_metrics().words or fold(name) in patterns().stop or name.isdigit()
