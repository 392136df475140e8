"""Morphemes that a sentence means otherwise than they were analysed: "A뿐 아니라 B", "10%를"."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from kg.search.analyzer import Morpheme

_TURNS = frozenset({"뿐", "물론", "잇"})
_FORM = attrgetter("form")
_NOUNS = ("N", "SL", "XSN")
_SEASONS = ("상반기", "하반기", "분기", "봄", "여름", "가을", "겨울", "연말", "주말", "주")


_AFTER_SIGN = {"가": ("가", "JKS"), "늘": ("는", "JX"), "의": ("의", "JKG"), "은": ("은", "JX")}
"""What Kiwi takes a particle right behind a "%" for, by its first morpheme, and what it is."""


def reread(tokens: Sequence[Morpheme]) -> list[Morpheme]:
    """Read turns that join nouns as 와, words before a date as one, and particles after signs."""
    return _with_particles(_after_percents(_with_dates(_with_supplying(_with_joiners(tokens)))))


def _with_supplying(tokens: Sequence[Morpheme]) -> Sequence[Morpheme]:
    """Read the verb of "가나에 대는 칩", which is taken for a noun and its particle."""
    if "대" not in map(_FORM, tokens):
        return tokens
    kept = list(tokens)
    for i in range(1, len(kept) - 2):
        before, noun, ending, after = kept[i - 1 : i + 3]
        told = (before.tag, noun.form, noun.tag, ending.form) == ("JKB", "대", "NNG", "는")
        if told and ending.start == noun.end and after.tag.startswith(_NOUNS):
            kept[i] = Morpheme("대", "VV", noun.start, noun.end)
            kept[i + 1] = Morpheme("는", "ETM", ending.start, ending.end)
    return kept


def _with_joiners(tokens: Sequence[Morpheme]) -> Sequence[Morpheme]:
    """Read such a turn as the particle 와: "A와 B"."""
    if _TURNS.isdisjoint(map(_FORM, tokens)):
        return tokens
    kept: list[Morpheme] = []
    i = 0
    while i < len(tokens):
        end = _end_of_turn(tokens, i) if kept and kept[-1].tag.startswith(_NOUNS) else i
        if end > i:
            kept.append(Morpheme("와", "JC", tokens[i].start, tokens[end - 1].end))
            i = end
        else:
            kept.append(tokens[i])
            i += 1
    return kept


def _end_of_turn(tokens: Sequence[Morpheme], i: int) -> int:
    """Return where a turn that begins at a token ends, else that token itself."""
    forms = [t.form for t in tokens[i : i + 4]]
    if tokens[i].tag == "JX" and forms[0] == "뿐":
        verb = 2 if forms[1:2] == ["만"] else 1
        denied = forms[verb : verb + 1] == ["아니"] and len(forms) > verb + 1
        return i + verb + 2 if denied and forms[verb + 1] in ("라", "라서") else i
    if forms[:3] == ["에", "잇", "어"] and len(forms) > 3:
        return i + 3 if tokens[i + 3].tag.startswith(_NOUNS) else i
    if forms[:2] in (["은", "물론"], ["는", "물론"]):
        return i + (4 if forms[2:4] == ["이", "고"] else 2)
    return i


def _with_dates(tokens: Sequence[Morpheme]) -> list[Morpheme]:
    """Make "오는" and "지난" before a date one word: no verb of the sentence's subject."""
    kept = list(tokens)
    for i in range(len(kept) - 2, 0, -1):
        if kept[i].tag != "ETM":
            continue
        verb, ending, after = kept[i - 1 : i + 2]
        dated = after.tag == "SN" or after.form in _SEASONS or after.form.endswith("요일")
        if dated and verb.tag == "VV" and verb.form in ("오", "지나"):
            kept[i - 1 : i + 1] = [Morpheme(verb.form + ending.form, "MM", verb.start, ending.end)]
    return kept


def _after_percents(tokens: list[Morpheme]) -> list[Morpheme]:
    """Read a lone syllable behind "%" as the particle it is: "70%가" goes nowhere."""
    if "%" not in map(_FORM, tokens):
        return tokens
    kept: list[Morpheme] = []
    for i, token in enumerate(tokens):
        before = kept[-1] if kept else None
        if before is not None and before.end == token.end and before.tag in ("JKS", "JX"):
            continue  # the ending of the verb that the particle was taken for
        signed = before is not None and before.form == "%" and before.end == token.start
        alone = signed and token.end - token.start == 1 and _ends_word(tokens, i)
        if alone and token.form in _AFTER_SIGN:
            kept.append(Morpheme(*_AFTER_SIGN[token.form], token.start, token.end))
        elif alone and token.form == "이" and token.tag == "VV":
            kept.append(Morpheme("이", "VCP", token.start, token.end))
        else:
            kept.append(token)
    return kept


def _ends_word(tokens: Sequence[Morpheme], i: int) -> bool:
    """Tell a morpheme after which nothing stands in its word but what is of its last syllable."""
    end = tokens[i].end
    behind = (t for t in tokens[i + 1 : i + 3] if t.end != end)
    return all(t.start > end or t.tag in ("SP", "SF", "SS", "SSC") for t in behind)


def _with_particles(tokens: list[Morpheme]) -> list[Morpheme]:
    """Read "를" after a sign as the particle it is: in "10%를" it is taken for 르 + ㄹ."""
    if "르" not in map(_FORM, tokens):
        return tokens
    kept: list[Morpheme] = []
    for token in tokens:
        split = kept and token.form == "ᆯ" and kept[-1].form == "르" and kept[-1].tag == "NNG"
        if split:
            kept[-1] = Morpheme("를", "JKO", kept[-1].start, token.end)
        else:
            kept.append(token)
    return kept
