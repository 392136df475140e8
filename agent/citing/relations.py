"""The relation a sentence asserts against the one its evidence supports.

Who does it to whom, whether it is denied, whether it has happened: read from particles,
from the shared predicate and from the endings behind it. What cannot be read is let pass;
figures, dates and names are checked elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.questions.linking import Linker

_SUBJECT = re.compile(r"(?:은|는|이|가|께서|측은|측이)(?=[\s,(]|$)")
_OBJECT = re.compile(r"(?:을|를)(?=[\s,(]|$)")
_TO = re.compile(r"(?:에게|에|와|과|랑)(?=[\s,(]|$)")
_FROM = re.compile(r"(?:으로부터|로부터|에게서|에서)(?=[\s,(]|$)")
_PASSIVE = re.compile(r"(?:되|됐|된|될|당하|당했|받[는았다])")
_MUTUAL = frozenset({"협력", "제휴", "경쟁", "계약", "협업", "합의", "합병", "파트너십", "손잡"})
_REFUSED = (
    "취소|중단|포기|철회|거부|거절|부인|무산|불허|기각|저지|백지화|좌초|막[았혔]|차단|보류|부정|"
    "반박|불발"
)
_NOT = re.compile(
    rf"지는?\s?(?:않|못)|지도\s?않|않[았는을습]|못[했하]|아니[다라었]|안\s?한|{_REFUSED}"
)
_HEDGED = re.compile(
    "계획|예정|방침|목표|전망|예상|예측|추정|알려졌|전해졌|관측|소문|보도|것으로 보|가능성|"
    "검토|논의|추진|하기로|기로 했|의견|주장|말했|밝혔|밝힌|언급|평가|에 따르면|것이라|될 듯|할 듯|"
    "제시|plan|expect|forecast|will |reportedly|According to|said|stated|in their view"
)
_UNDONE = re.compile(
    "계획(?:이|을|으로|입|$)|예정|방침|목표|전망(?!치)|예상[된했한]|예측|검토|논의|"
    "추진|기로 (?:했|한|합의)|"
    "(?<!것을 )알려졌|전해졌|관측|소문|가능성|것으로 보|것이라|것으로 (?:추정|알려|전해)|"
    "will |"
    "plans? to|expected"
)
_CLAUSE = re.compile(r"(?<=[가-힣])(?:지만|으나|면서|며|고|아|어|어서|아서),?\s|,\s|;\s")
_COMPARED = re.compile(r"보다")
_VERBAL = ("XSV", "XSA")
_AFTER = 24
_TAIL = 14
_REST = 40
_AUXILIARY = frozenset(
    {"하", "되", "있", "않", "못하", "받", "보", "말하", "밝히", "알려지", "전하", "따르"}
    | {"전망", "예상", "예정", "계획"}
)


@dataclass(frozen=True, slots=True)
class _Predicate:
    """A verb or verbal noun of a text: its form, and the range of its stem."""

    form: str
    start: int
    end: int


def _predicates(text: str) -> list[_Predicate]:
    """The verbs of a text and its nouns with 하다 or 되다, in order."""
    from kg.search.analyzer import morphemes

    tokens = morphemes(text)
    found = []
    for at, token in enumerate(tokens):
        verbal = at + 1 < len(tokens) and tokens[at + 1].tag.startswith(_VERBAL)
        if (token.tag.startswith(("NNG", "XR")) and verbal) or token.tag.startswith(("VV", "VA")):
            found.append(_Predicate(token.form, token.start, token.end))
    return found


def _nouns_of(form: str, text: str) -> list[tuple[int, int]]:
    """Where a verbal noun stands in a text, with 하다 or without ("A의 B 인수는")."""
    return [m.span() for m in re.finditer(re.escape(form), text)] if len(form) > 1 else []


def disagreement(said: str, quote: str, linker: Linker) -> str | None:
    """Say how a Korean sentence asserts what its evidence does not, or return ``None``."""
    if not re.search("[가-힣]", said):
        return None
    place = _shared(said, quote)
    clause = _clause(quote, place) if place else quote
    return (
        _denied(said, clause, quote, place)
        or _not_yet(said, clause, quote, place)
        or _reversed(said, quote, linker, place is not None)
        or _compared(said, quote, linker)
    )


def _shared(said: str, quote: str) -> tuple[int, int] | None:
    """Where the quote says the sentence's predicate, if it does."""
    theirs = {p.form: (p.start, p.end) for p in _predicates(quote)}
    for mine in reversed(_predicates(said)):
        if mine.form in _AUXILIARY:
            continue
        if mine.form in theirs:
            return theirs[mine.form]
        if places := _nouns_of(mine.form, quote):
            return places[-1]
    return None


def _clause(quote: str, place: tuple[int, int]) -> str:
    """The clause of the quote around a predicate, to its end."""
    start, end = 0, len(quote)
    for match in _CLAUSE.finditer(quote):
        if match.end() <= place[0]:
            start = match.end()
        elif match.start() >= place[1] and match.start() < end:
            end = match.end()
    return quote[start:end]


def _denied(said: str, clause: str, quote: str, place: tuple[int, int] | None) -> str | None:
    """A denied, cancelled or negated event told as one that is, or the other way round."""
    negative = _NOT.search(said) is not None
    scope = clause if place else quote
    ending = re.search(_REFUSED, quote[-_TAIL:])
    theirs = _NOT.search(scope) is not None or ending is not None
    if theirs and not negative:
        return "tells as true what is denied or cancelled"
    if negative and not theirs and _NOT.search(quote) is None:
        return "denies what its evidence does not"
    return None


def _not_yet(said: str, clause: str, quote: str, place: tuple[int, int] | None) -> str | None:
    """A plan, forecast or rumour told as a fact."""
    if _HEDGED.search(said):
        return None
    scope = quote[place[1] :] if place else quote
    scope = scope[:_REST] if place else scope[-_REST:]
    if place and len(clause) < len(quote):
        scope = clause[-_REST:]
    return "tells a plan, forecast or rumour as a fact" if _UNDONE.search(scope) else None


def _roles(text: str, linker: Linker) -> dict[str, set[str]]:
    """The names of a text by the particle behind them: subject, object, to, from."""
    found: dict[str, set[str]] = {"subject": set(), "object": set(), "to": set(), "from": set()}
    for link in linker.find(text):
        after = re.sub(r"^\([^)]*\)", "", text[link.end : link.end + _AFTER])
        after = re.sub(r"^의\s[가-힣A-Za-z0-9]{1,8}?(?=[을를]\s)", "", after)
        for role, particle in (
            ("subject", _SUBJECT), ("object", _OBJECT), ("from", _FROM), ("to", _TO),
        ):  # fmt: skip
            if particle.match(after):
                found[role] |= set(link.entities)
                break
    return found


def _reversed(said: str, quote: str, linker: Linker, shared: bool) -> str | None:
    """Who does it and to whom it is done, the wrong way round."""
    if not shared or any(word in said for word in _MUTUAL):
        return None
    if _PASSIVE.search(said[-12:]) or _PASSIVE.search(quote[-12:]):
        return None
    mine, theirs = _roles(said, linker), _roles(quote, linker)
    patients = mine["object"] | mine["to"]
    if not mine["subject"] or not patients:
        return None
    done_to = theirs["object"] | theirs["to"]
    forward = mine["subject"] & theirs["subject"]
    if not forward and mine["subject"] & done_to and patients & theirs["subject"]:
        return "turns round who does it to whom"
    return None


def _compared(said: str, quote: str, linker: Linker) -> str | None:
    """A comparison the wrong way round."""
    mine, theirs = _beside_than(said, linker), _beside_than(quote, linker)
    if mine is None or theirs is None:
        return None
    (less, rest), (other_less, other_rest) = mine, theirs
    if less & other_rest and rest & other_less and not less & other_less:
        return "turns a comparison round"
    return None


def _beside_than(text: str, linker: Linker) -> tuple[set[str], set[str]] | None:
    """The names before 보다, and the other names."""
    match = _COMPARED.search(text)
    if match is None:
        return None
    links = linker.find(text)
    before = [link for link in links if link.end <= match.start()]
    if not before:
        return None
    than = set(before[-1].entities)
    rest = {e for link in links for e in link.entities} - than
    return than, rest
