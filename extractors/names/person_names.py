"""Korean names of people that no lexicon has, told by the titles beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from extractors.language.words import is_common, is_listed, is_proper, is_unseen, sounds_like
from extractors.lexicon.name_index import NameIndex, ends_word
from extractors.names.name_patterns import has_title, patterns

_NO_NAMES = "과국계권급형측회사부청원인자당단팀군별용품식적화력들랩칩텍넷봇팹콤톡앱웍닷큐"
"""Last syllables of common words and firms that look like a name ("주요국", "한국계", "나래랩")."""
_INFLECTED = re.compile(
    r"(?:[은는을를의던한된할될길진킨린난든운적로에게고며서도만와과]|라고|다고|했던|하는|되는)$"
)
"""What a foreign name seldom ends in, unlike verbs and nouns with particles."""
_FIRST_NAME = 3
"""So many syllables a foreign first name mostly has at most."""
_OFFICE = re.compile(r"[가-힣]{2}(?:부|청|처|위원회)$")
"""How a ministry ends: "해양전환부 장관"."""


def is_full_name(word: str) -> bool:
    """Tell a Korean surname with a given name of two syllables: "이수정"."""
    return is_surnamed(word) and {word[1], word[2]} <= patterns().given


def is_surnamed(word: str) -> bool:
    """Tell three syllables of which the first is a surname."""
    return len(word) == 3 and word[0] in patterns().surnames


class PersonNames:
    """Finds people by their titles; ``known`` names of other classes are none."""

    def __init__(self, known: NameIndex, classes: Mapping[str, str]) -> None:
        self._known = known
        self._classes = classes

    def find(self, text: str) -> Iterator[str]:
        """Yield the unknown Korean names that stand beside a title in a sentence."""
        p = patterns()
        titled = has_title(text)
        if titled:
            for match in p.korean_person.finditer(text):
                yield from self._titled(match)
        for match in p.korean_before.finditer(text):
            yield from self._after_role(text, match)
        if titled:
            for match in p.role_called.finditer(text):
                yield from self._called(match)
        if "(" in text:
            yield from self._glossed(text)
        yield from self._rarer(text, titled=titled)

    def _glossed(self, text: str) -> Iterator[str]:
        """Take names by their gloss: "카를로 벤티(Carlo Venti) 장관", "우가람(吳假藍) 위원"."""
        for match in patterns().glossed_person.finditer(text):
            if sounds_like(match["name"].replace(" ", ""), match["en"]):
                yield match["name"]
        for match in patterns().korean_hanja.finditer(text):
            yield match["name"]

    def _rarer(self, text: str, *, titled: bool) -> Iterator[str]:
        """Take "한가람 정책기획과장", "CEO 판젠청은", "카를로 벤티 산업부 장관"."""
        p = patterns()
        for match in p.korean_titled.finditer(text):
            name = match["name"]
            fits = is_surnamed(name) and self._may_be_person(name) and name not in p.not_people
            if fits and not _is_verb(text, match.start("name"), name):
                yield name
        for match in p.called_chief.finditer(text) if titled else ():
            name = match["name"]
            fits = self._may_be_person(name) or (is_unseen(name) and not self._known.get(name))
            if fits and not is_common(name) and name not in p.not_people:
                yield name
        for match in p.chief_called.finditer(text) if titled else ():
            words = match["name"].split()
            firm = len(words) > 1 and is_full_name(words[1]) and self._is_employer(words[0])
            if self._is_strange(words):
                yield words[1] if firm else match["name"]

    def _called(self, match: re.Match[str]) -> Iterator[str]:
        """Take "전략가 카를로 벤티는": a title, a first and a last name."""
        words = match["name"].split()
        if self._is_person_name(words) and words[1] not in patterns().roles:
            yield match["name"]

    def _titled(self, match: re.Match[str]) -> Iterator[str]:
        """Take "민서라 대표", "조지 호츠 대표", "민서라 가나랩스 대표"."""
        words = match["name"].split()
        if any(word in patterns().not_people for word in words):
            return
        if len(words) == 2 and words[1] + match["role"] in patterns().roles:
            words = words[:1]
        if len(words) == 2 and (
            self._is_firm(words[1]) or _OFFICE.search(words[1]) or is_full_name(words[0])
        ):
            words = words[:1]
        if match["rest"] and not ends_word(match["role"] + match["rest"], len(match["role"])):
            return
        last = words[-1]
        surnamed = is_surnamed(last) and self._may_be_person(last)
        if len(words) == 2 and surnamed and self._is_employer(words[0]):
            yield last
        elif len(words) == 2 and self._is_person_name(words):
            yield " ".join(words)
        elif surnamed or self._is_somebodys(last, match):
            yield last

    def _is_somebodys(self, name: str, match: re.Match[str]) -> bool:
        """Tell "가나의 루린위 사장은": a word of no dictionary, between a firm and a title."""
        before = match.string[: match.end("name") - len(name)].rstrip()
        owned = before.endswith("의") or self._is_firm(before.rpartition(" ")[2])
        strange = is_proper(name) and not is_common(name) and not self._is_firm(name)
        return owned and strange and len(name) > 2 and not self._known.get(name)

    def _after_role(self, text: str, match: re.Match[str]) -> Iterator[str]:
        """Take "창업자인 장이밍(…" and "개발자인 조지 호츠는": the name ends before a particle."""
        words = match["name"].split()
        first = _bare(words[0])
        if first != words[0] or len(words) == 1:
            if is_surnamed(first) and not self._known.get(first):
                yield first
            return
        if _bare(words[1]) in patterns().roles:
            if is_surnamed(first):
                yield first
            return
        last = words[1] if ends_word(text, match.end()) and not _bare(words[1]) else _bare(words[1])
        name = f"{first} {last}".strip()
        if len(last) == 1 and last not in patterns().surnames:
            return
        if len(first) >= 2 and last and not self._known.get(first) and is_proper(first):
            yield name

    def _is_strange(self, words: list[str]) -> bool:
        """Tell "장펑 CEO는", "시드 셰스 CEO는": names that no dictionary has, and no firm's."""
        known = any(self._known.get(word) or word in patterns().not_people for word in words)
        if known or self._known.get("".join(words)) or self._is_firm(words[-1]):
            return False
        cues = tuple(patterns().introducing)
        if words[0].endswith(cues) or (len(words) > 1 and _INFLECTED.search(words[0])):
            return False
        return any(is_unseen(word) or is_proper(word) for word in words)

    def _is_firm(self, word: str) -> bool:
        """Whether a word between name and title is the employer: "민서라 가나랩스 대표"."""
        known = {self._classes.get(key) for key, _ in self._known.get(word)}
        suffixed = word[1:].endswith(tuple(patterns().suffix_classes))
        return suffixed or bool(known & {"Company", "Organization", "Place"})

    def _is_taken(self, first: str, last: str) -> bool:
        """Tell a name of something else from a first name that a product bears, too."""
        known = {self._classes.get(key) for key, _ in self._known.get(first)}
        return bool(known) and not (known == {"Product"} and is_proper(last) and last[1:])

    def _is_employer(self, word: str) -> bool:
        """Tell "가나트론 민서라 대표" from "조지 오웰라 대표": a firm's name, then a person's."""
        taught = word.endswith(("대", "대학")) and len(word) > 2  # "한빛대 문가람 교수"
        return len(word) > _FIRST_NAME or taught or self._is_firm(word) or not is_proper(word)

    def _may_be_person(self, name: str) -> bool:
        particled = name[-1] in "은는이가을를의" and not is_proper(name)
        known = self._known.get(name) or self._is_firm(name)
        return not (particled or known or is_listed(name) or name[-1] in _NO_NAMES)

    def _is_person_name(self, words: list[str]) -> bool:
        first, last = words
        particled = first[-1] in "은는이가을를의도에로과와인" and len(first) > 2
        if particled or self._is_taken(first, last):
            return False
        if len(last) == 1:
            return is_proper(first) and last in patterns().surnames
        if self._known.get(last) or any(word in patterns().not_people for word in words):
            return False
        strange = [is_proper(w) or not (is_common(w) or _INFLECTED.search(w)) for w in words]
        return all(strange) or (is_proper(first) and not _INFLECTED.search(last))


def _is_verb(text: str, start: int, name: str) -> bool:
    """Tell "회의를 주재한 배경훈 장관", where a verb takes its object, from a name."""
    return name.endswith(("한", "된", "은", "는", "던")) and text[:start].endswith(("을 ", "를 "))


def _bare(word: str) -> str:
    """Strip one subject particle of a name ("호츠는" is 호츠)."""
    return (
        re.sub(r"(?<=[가-힣])(?:은|는|이|가|을|를|의|에게|와|과|도)$", "", word)
        if len(word) > 1
        else word
    )
