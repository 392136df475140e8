"""Names in a question that stand nowhere in the reports, in whatever spelling.

A name is heard of when a passage says it in another case, with another hyphen or space, as
part of a longer name, in 한글 for Latin letters or the other way round; or when it only goes
on with a known one ("가나칩코리아" for 가나칩). A word that is no name is none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from agent.korean import may_be_spelt, sounds
from agent.questions.linking import Link, fold
from agent.questions.question import english_periods, quoted_phrases
from agent.questions.spellings import of_editions
from agent.words import (
    data,
    focus_classes,
    long_kinds,
    relation_words,
    stop_words,
    synonyms,
    translations,
    unit_words,
)
from kg.search.analyzer import Morpheme, morphemes

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.questions.guesses import Guesser

_LATIN = re.compile(r"(?<![A-Za-z0-9.\-])[A-Za-z][A-Za-z0-9]*(?:[-‐‑.][A-Za-z0-9]+)*")
_PERIOD = re.compile(r"(?:[QHW]\d{1,2}|[FC]Y\d+|[A-Za-z]{3}\d{2,4})", re.I)
_VERSION = re.compile(
    r"[\s-]?([vV]?\d+(?:\.\d+)+|[vV]\d+|\d{1,2})"
    r"(?=(?:은|는|이|가|을|를|의|와|과|에|도|로|으로|랑|보다)(?![가-힣])|\s?[?,)]|\s*$)"
)
_HANGUL = re.compile(
    r"(?!(?:은|는|이|가|을|를|의|와|과|에|도|로)(?:[\s?,.]|$))"
    r"[가-힣]{1,3}?(?=(?:은|는|이|가|을|를|의|와|과|에|도|로)?(?:[\s?,.]|$))"
)
_FIRMS = frozenset({"Company", "Organization"})
_NUMBERED = frozenset({"Model", "Chip", "Software", "Product"})
_PARTS = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)*|[가-힣]+")
_LATIN_END = re.compile(r"(?<=[가-힣])[A-Za-z]+$")
_WORDS = re.compile(r"[A-Za-z]+|[가-힣]+")
_PASSAGES = 12
_OF_VERSION = 40  # passages more, where it is the number that tells one from others
_KNOWN_START = 3  # letters of a known name that a longer one begins with
_PARTICLE = 3  # letters of a word, at most, that are a particle behind a name
_SOUND = 3  # consonants by which two spellings are told to be one name

Range = tuple[int, int]


def unheard(text: str, answerer: Answerer, scope: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """Return a question and its names that no report of ``scope`` mentions, in their order.

    A name that only is misspelt, and sounds as a known one does, is put right in it.
    """
    missing = []
    for start, end in sorted(_candidates(text, answerer), reverse=True):
        name = text[start:end]
        forms = (*_forms(name), *answerer.naming.spellings.of(name))
        if any(_is_written(form, answerer, scope) for form in forms):
            continue
        if of_editions().fullmatch(name):  # its words may stand apart, each of another name
            missing.append(name)
            continue
        if known := _misspelt(name, answerer) or answerer.guesser.sounding(name):
            text = text[:start] + known + text[end:]
        elif printed := _sounded(name, text, answerer, scope):
            text = text[:start] + printed + text[end:]
        else:
            missing.append(name)
    return text, tuple(dict.fromkeys(reversed(missing)))


def _misspelt(name: str, answerer: Answerer) -> str | None:
    """Return the known name that is meant: spelt nearly so, and with the same consonants."""
    known = None if re.search(r"\d", name) else answerer.guesser.nearest(name)
    return known if known and sounds(known) & sounds(name) else None


def _candidates(text: str, answerer: Answerer) -> set[Range]:
    """Return where a question may have unknown names: outside known names and quotations."""
    links = answerer.linker.find(text)
    editions = set(_editions(text, links, answerer))
    versions = editions | {
        v for v in _versions(text, links, answerer) if not _overlaps(v, editions)
    }
    korean = re.search("[가-힣]", text) is not None
    taken = [(link.start, link.end) for link in links] + quoted_phrases(text) + sorted(versions)
    taken += [(p.start, p.end) for p in english_periods(text, answerer.today(()))]
    spans = [_numbered(m, text) for m in _LATIN.finditer(text) if _is_latin_name(m[0], korean)]
    longer = list(_korean_names(text, links, answerer.guesser)) if korean else []
    longer += _asked_of(text) if korean and not longer else ()
    firms = set(_firms(text, links, answerer))
    spans = [span for span in spans if not _overlaps(span, firms)]
    free = {span for span in spans if not _overlaps(span, taken)}
    return (
        versions
        | firms
        | free
        | {span for span in longer if not _overlaps(span, _before(span, taken))}
    )


def _firms(text: str, links: Sequence[Link], answerer: Answerer) -> Iterator[Range]:
    """Yield firms' names that begin with capitals, also with those of a known one: "AB전자"."""
    from extractors.names.name_patterns import patterns

    for match in patterns().suffix.finditer(text):
        start, end = match.span("name")
        capitals = re.match(r"[A-Z&]{2,4}(?=[가-힣])", match["name"])
        over = [link for link in links if link.start < end and start < link.end]
        own = all(
            link.start == start and answerer.classes.get(e) in _FIRMS
            for link in over
            for e in link.entities
        )
        firm = patterns().suffix_classes[match["suffix"]] == "Company"
        longer = all(link.end < end for link in over)
        if capitals and firm and own and longer and fold(capitals[0]) not in patterns().stop:
            yield start, end


def _asked_of(text: str) -> Iterator[Range]:
    """Yield whose saying or possession is asked for, by a name that no dictionary has.

    A firm that is asked about may be called by any word: "가온은 어떤 회사야?".
    """
    from extractors.language.words import is_common

    if firm := re.match(data("unheard")["firm"], text):
        yield firm.span("name")
    for shape in _asking():
        match = shape.search(text)
        if match and not any(is_common(w) or _is_general(w) for w in match["name"].split()):
            yield match.span("name")


@cache
def _asking() -> tuple[re.Pattern[str], re.Pattern[str]]:
    from extractors.alternation import any_of

    first = r"(?:[가-힣]{1,2}|[가-힣]{2,5}(?![은는이가을를에의와과도로서한된할인])[가-힣])\s"
    said, owned = any_of(data("unheard")["said"]), any_of(data("unheard")["owned"])
    return (
        re.compile(
            rf"(?:^|(?<=\s))(?P<name>(?:{first})?[가-힣]{{2,6}}?)[은는이가]\s(?:[가-힣]+\s)?{said}"
        ),
        re.compile(rf"^(?P<name>[가-힣]{{3,8}})의\s(?:[\d가-힣]+\s)?{owned}"),
    )


def _before(span: Range, taken: Iterable[Range]) -> list[Range]:
    """Leave out what is only the end of a longer name: the AI of "가온AI"."""
    return [(start, end) for start, end in taken if not (span[0] < start and end == span[1])]


def _numbered(word: re.Match[str], text: str) -> Range:
    """Return the range of a Latin word with the number behind it, if that is of its name.

    A single letter goes on in Hangul: D램.
    """
    number = None if word[0][-1].isdigit() else _VERSION.match(text, word.end())
    goes_on = _HANGUL.match(text, word.end()) if len(word[0]) == 1 else None
    behind = number or goes_on
    return word.start(), behind.end() if behind else word.end()


def _overlaps(span: Range, taken: Iterable[Range]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)


def _versions(text: str, links: Sequence[Link], answerer: Answerer) -> Iterator[Range]:
    """Yield known names of things with a number behind them that is none of theirs ("가나 9")."""
    for link in links:
        match = _VERSION.match(text, link.end)
        if match and any(answerer.classes.get(e) in _NUMBERED for e in link.entities):
            yield link.start, match.end()


def _editions(text: str, links: Sequence[Link], answerer: Answerer) -> Iterator[Range]:
    """Yield names with a number and a word that tells them from their like ("가나 9 프로")."""
    for match in of_editions().finditer(text):
        word = match["first"]
        whole = any(k.start <= match.start() and match.end() <= k.end for k in links)
        latin = word.isascii() and not _is_general(word.lower())
        if not whole and (latin or answerer.naming.spellings.has(word)):
            yield match.span()


def _is_latin_name(word: str, korean: bool) -> bool:
    """Whether a Latin word is a code with digits, or in a Korean question a name in capitals."""
    if _PERIOD.fullmatch(word):
        return False
    if any(char.isdigit() for char in word):
        return True
    return korean and word[0].isupper() and not _is_general(word.lower())


def _is_general(word: str) -> bool:
    """Whether a word is of the language, not a name, by what questions are asked in."""
    listed = (stop_words(), relation_words(), focus_classes(), data("unheard")["general"])
    spoken = synonyms(word) or translations(word) or unit_words(word)
    return bool(spoken) or any(word in words for words in listed)


def _korean_names(text: str, links: Sequence[Link], guesser: Guesser) -> Iterator[Range]:
    """Yield runs of nouns that no dictionary has, where a name stands: before a particle.

    Those that end in a kind of thing, or in Latin letters ("가온AI"), are names where only
    something named can be meant, where no dictionary has their beginning, or where a known
    name sounds so.
    """
    tokens = morphemes(text, [(link.start, link.end) for link in links])
    at = 0
    while at < len(tokens):
        stop = at
        while stop < len(tokens) and _goes_on(tokens, at, stop):
            stop += 1
        if stop > at:
            stop += _ends_in_latin(tokens, stop)
            start, end = tokens[at].start, tokens[stop - 1].end
            word = text[start:end]
            named = _stands_as_name(tokens, stop) and _is_korean_name(word)
            if named or (
                _is_longer_kind(word)
                and (_is_strange(word) or _is_asked_as_named(text, end) or guesser.sounding(word))
            ):
                yield start, end
        at = max(stop, at + 1)


def _goes_on(tokens: Sequence[Morpheme], first: int, at: int) -> bool:
    glued = at == first or tokens[at].start == tokens[at - 1].end
    return glued and tokens[at].tag in ("NNG", "NNP", "XSN", "XPN", "XR")


def _ends_in_latin(tokens: Sequence[Morpheme], at: int) -> bool:
    return at < len(tokens) and tokens[at].tag == "SL" and tokens[at].start == tokens[at - 1].end


def _stands_as_name(tokens: Sequence[Morpheme], after: int) -> bool:
    """Whether a particle or the end follows, or the word that says what it is ("가나 칩")."""
    if after == len(tokens):
        return True
    follows = tokens[after]
    if follows.tag.startswith(("J", "VCP", "SF")):
        return True
    things = _NUMBERED & set(focus_classes().get(follows.form, ()))
    return bool(things) or follows.form in data("forms")["sayings"]["titles"]


def _is_korean_name(word: str) -> bool:
    from extractors.language.words import is_proper

    plain = len(word) < 2 or not re.fullmatch("[가-힣]+", word) or _is_general(word)
    return not plain and not word.endswith(_kinds()) and is_proper(word)


def _is_asked_as_named(text: str, end: int) -> bool:
    """Whether something is asked for that only what is named has, or is dealt with it."""
    return re.compile(_asked()).match(text, end) is not None


@cache
def _asked() -> str:
    from extractors.alternation import any_of

    return rf"의?\s(?:{any_of(data('unheard')['owned'])})|{any_of(data('unheard')['dealt'])}"


def _is_longer_kind(word: str) -> bool:
    """Whether a word ends with a kind of thing, and begins with more than one letter."""
    return len(word) - len(_kind_of(word)) > 1 and bool(_kind_of(word)) and not _is_general(word)


def _kind_of(word: str) -> str:
    """Return the kind of thing, or the Latin letters, that a word ends with, if it does."""
    latin = _LATIN_END.search(word)
    own = latin[0] if latin else ""
    return max((own, *(kind for kind in _kinds() if word.endswith(kind))), key=len)


def _is_strange(word: str) -> bool:
    """Whether a word, or what it begins with before the kind, is in no dictionary: "미랑칩셋"."""
    from extractors.language.words import is_unseen

    return is_unseen(word) or is_unseen(word.removesuffix(_kind_of(word)))


def _forms(name: str) -> tuple[str, ...]:
    """Return a name, and the same with a space before its kind: "메모리 반도체"."""
    stem = name.removesuffix(_kind_of(name)) if " " not in name else ""
    return (name, f"{stem} {name[len(stem) :]}") if 0 < len(stem) < len(name) else (name,)


@cache
def _kinds() -> tuple[str, ...]:
    """The nouns that say what a thing is, which a word of the language may end with."""
    return (*long_kinds(), *data("unheard")["kinds"])


def _is_written(name: str, answerer: Answerer, scope: frozenset[str]) -> bool:
    """Whether a passage says a name in these letters, or it goes on with a known one."""
    within = _within(answerer, scope)
    if within is None and answerer.index.frequency(_as_term(name)):
        return True
    if " " not in name and answerer.linker.begins(name, _KNOWN_START):
        return True
    most = _OF_VERSION if re.search(r"\d", name) else _PASSAGES
    said = _pattern(name)
    return any(said.search(passage) for passage in _texts(answerer, name, most, within))


def _sounded(name: str, text: str, answerer: Answerer, scope: frozenset[str]) -> str | None:
    """Return how a passage that the name or the question finds says it in the other script."""
    within = _within(answerer, scope)
    found = (_texts(answerer, query, _PASSAGES, within) for query in (name, text))
    said = (_sounds_in(name, passage) for passages in found for passage in passages)
    return next(filter(None, said), None)


def _within(answerer: Answerer, scope: frozenset[str]) -> frozenset[str] | None:
    return None if len(scope) == len(answerer.generation.reports) else scope


def _texts(answerer: Answerer, query: str, most: int, within: frozenset[str] | None) -> list[str]:
    hits = answerer.passages(query, most, within)
    return [hit.passage.span.of(answerer.report(hit.report).text) for hit in hits]


def _as_term(name: str) -> str:
    return re.sub(r"[\W_]", "", fold(name))


def _pattern(name: str) -> re.Pattern[str]:
    """A name with any hyphens and spaces between its parts, in a longer one too.

    A number ends where its digits do: "가나 3" is not in "가나 30".
    """
    parts = [re.escape(part) for part in _PARTS.findall(name)]
    between = r"[\s\-‐‑–.·]*" if len(parts) > 1 and len(parts[0]) > 1 else r"[\-‐‑]?"
    body = between.join(parts) if parts else re.escape(name)
    before = r"(?<![A-Za-z0-9])" if name[0].isascii() and name[0].isalpha() else ""
    return re.compile(before + body + (r"(?![0-9])" if name[-1].isdigit() else ""), re.I)


def _sounds_in(name: str, passage: str) -> str | None:
    """Return how a text says a name in the other script, its number the same."""
    if whole := _word_sounds_in(name, passage):
        return whole
    first, _, rest = name.partition(" ")
    if not re.search(r"[^\W\d]", rest):
        return None
    said = first if first in passage else _word_sounds_in(first, passage)
    following = rest if rest in passage else _sounds_in(rest, passage)
    return f"{said} {following}" if said and following else None


def _word_sounds_in(name: str, passage: str) -> str | None:
    """Return how a text says a name that is one word there."""
    letters = "".join(_WORDS.findall(name))
    mine = {s for s in sounds(letters) if len(s) >= _SOUND}
    number = "".join(re.findall(r"[\d.]+", name))
    other = r"[가-힣]{2,}" if letters.isascii() else r"[A-Za-z]{2,}"
    tail = rf"(?=[\s-]?{re.escape(number)}(?!\d))" if number else ""
    if not mine:
        return None
    for said in dict.fromkeys(re.findall(other + tail, passage)):
        for stop in range(
            len(said), max(len(said) - _PARTICLE, 1) if letters.isascii() else len(said) - 1, -1
        ):
            pair = (said[:stop], letters) if letters.isascii() else (letters, said[:stop])
            if not (mine & sounds(said[:stop]) and may_be_spelt(*pair)):
                continue
            if _may_be_name(said[:stop]):
                return f"{said[:stop]} {number}".strip()
    return None


def _may_be_name(word: str) -> bool:
    from extractors.language.words import is_proper

    return word[0].isupper() if word.isascii() else is_proper(word)
