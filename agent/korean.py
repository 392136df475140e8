"""Korean surface forms: particles that fit the sound before them.

Source: 국립국어원 한글 맞춤법 (조사의 이형태), and how Koreans read Latin letters
and digits aloud ("MI300X는", "HBM은", "o3는", "Intel은").
"""

from __future__ import annotations

import re
import unicodedata

from corpus.syllables import RIEUL, final

_PAIRS = {
    "은/는": ("은", "는"),
    "이/가": ("이", "가"),
    "을/를": ("을", "를"),
    "과/와": ("과", "와"),
    "으로/로": ("으로", "로"),
    "이라/라": ("이라", "라"),
    "이라고/라고": ("이라고", "라고"),
    "이며/며": ("이며", "며"),
    "이고/고": ("이고", "고"),
    "이었/였": ("이었", "였"),
    "입니다/입니다": ("입니다", "입니다"),
}
# Final sounds of digits 영 일 이 삼 사 오 육 칠 팔 구, then of letter names 에이 비 씨 …
_DIGIT_FINALS = dict(
    zip("0123456789", ["ㅇ", "ㄹ", "", "ㅁ", "", "", "ㄱ", "ㄹ", "ㄹ", ""], strict=True)
)
_ENGLISH_DIGIT_FINALS = {"1": "ㄴ", "7": "ㄴ", "9": "ㄴ"}
_LETTER_FINALS = {"L": "ㄹ", "M": "ㅁ", "N": "ㄴ", "R": "ㄹ"}
_UNIT_FINALS = {"%": "", "℃": "", "$": "", "€": "", "₩": "ㄴ"}
_VOWELS = str.maketrans(
    {
        **{"\u116a": "\u1169\u1161", "\u116f": "\u116e\u1165", "\u1167": "\u1175\u1165"},
        **{"\u116b": "\u116c\u1165"},
    }
)
_CONSONANTS = {
    **dict.fromkeys("ᄀᄁᄏᆨᆩᆿ", "k"),
    **dict.fromkeys("ᄂᆫᆼ", "n"),
    **dict.fromkeys("ᄃᄄᄐᆮᇀᄉᄊᄌᄍᄎᆺᆻᆽᆾ", "t"),
    **dict.fromkeys("ᄅᆯ", "l"),
    **dict.fromkeys("ᄆᆷ", "m"),
    **dict.fromkeys("ᄇᄈᄑᆸᇁ", "p"),
}
# How Latin letters sound in names, the longer first; vowels, h, w and y are not heard.
_LATIN_SOUNDS = (
    ("ng(?![aeiouy])", "n"),
    ("ph", "p"),
    ("tch|dge|sch|sh|th|ch", "t"),
    ("ck|qu|q", "k"),
    ("x", "kt"),
    ("[cg](?=[eiy])|[szjd]", "t"),
    ("[cg]", "k"),
    ("[bfv]", "p"),
    ("r", "l"),
    ("[^kntlmp]", ""),
)
_SLOT = re.compile(r"\{(\w+)(?::([^{}]+))?\}")
_TRAILING = re.compile(r"[\s\"'’”」』)\]】*]+$|\([^()]*\)$")


def final_sound(word: str) -> str:
    """Return the final consonant a Korean reader hears: ``""`` for a vowel, ``"ㄹ"``, or another.

    A parenthesis at the end is not read; digits and capital abbreviations are read
    one by one, Latin words as their usual transliteration.
    """
    while (stripped := _TRAILING.sub("", word)) != word and stripped:
        word = stripped
    last = word[-1:]
    if "가" <= last <= "힣":
        consonant = final(last)
        return "" if consonant == 0 else "ㄹ" if consonant == RIEUL else "ㅇ"
    if last.isdigit():
        return _final_of_number(word)
    if last.isascii() and last.isalpha():
        return _final_of_latin(re.findall(r"[A-Za-z]+", word)[-1])
    return _UNIT_FINALS.get(last, "")


def _final_of_number(word: str) -> str:
    """Digits as read: 삼, 십, 백, 천; in English after a letter (o3 쓰리, R1 원, GPT-4 포)."""
    if re.search(r"[A-Za-z][- ]?\d(\.\d)?$", word):
        return _ENGLISH_DIGIT_FINALS.get(word[-1], "")
    return _DIGIT_FINALS[word[-1]]


def _final_of_latin(word: str) -> str:
    """Abbreviations by letter names; words by their last letters (Intel 텔, Anthropic 픽)."""
    if word.isupper() or len(word) == 1:
        return _LETTER_FINALS.get(word[-1].upper(), "")
    tail = word.lower()
    if tail.endswith(("l", "le")):
        return "ㄹ"
    if re.search(r"(m|n|ng|me|[aeiou]ne)$", tail):
        return "ㄴ"
    if re.search(r"([aeiou](ck|c|k|p)|[aeiou]t|[^s]ic)$", tail):
        return "ㄱ"
    return ""


def particle(word: str, pair: str) -> str:
    """Choose from a pair such as ``"은/는"`` the particle that follows ``word``.

    Raises:
        KeyError: when the pair is not a known one.
    """
    with_final, without = _PAIRS[pair]
    final = final_sound(word)
    if pair == "으로/로" and final == "ㄹ":
        return without
    return with_final if final else without


def fill(template: str, **slots: str) -> str:
    """Fill ``"{subject:이/가} {object:을/를} 인수했습니다"``, each slot with its particle."""

    def one(match: re.Match[str]) -> str:
        text = slots[match[1]]
        return text + (particle(text, match[2]) if match[2] else "")

    return _SLOT.sub(one, template)


def jamo(text: str) -> str:
    """Return a text in letters, contracted vowels apart: "세웠" holds all of "세우"."""
    return unicodedata.normalize("NFD", text).translate(_VOWELS)


def stem(verb: str) -> str:
    """Return what all inflections of a verb's stem share, in letters ("만들": that of 만드)."""
    return jamo(verb).removesuffix("\u11af")


def sounds(name: str) -> frozenset[str]:
    """Return the consonants by which a name is known in either script, in all readings.

    "마벨" and "Marvell" are both "mpl": an r before a consonant may or may not be heard, and
    g before e or i is read in two ways.
    """
    if not name.isascii():
        heard = (_CONSONANTS.get(letter, "") for letter in unicodedata.normalize("NFD", name))
        return frozenset({_once("".join(heard))})
    low = name.lower()
    spelt = {low, low.removesuffix("s"), re.sub(r"r(?![aeiouy])", "", low)}
    spelt |= {re.sub(r"g(?=[eiy])", "k", word) for word in spelt}
    return frozenset(map(_latin_sounds, spelt))


_VOWELS_OF = {
    **dict.fromkeys("ᅡᅣ", "aiouy"),
    **dict.fromkeys("ᅥᅧ", "aeiouy"),
    **dict.fromkeys("ᅩᅭ", "aouw"),
    **dict.fromkeys("ᅮᅲ", "eiouwy"),
    **dict.fromkeys("ᅢᅤᅦᅨ", "aeiy"),
    "ᅵ": "aeiy",
}
"""How the first vowel of a Korean spelling may be written in Latin letters."""


def may_be_spelt(korean: str, latin: str) -> bool:
    """Tell whether two spellings may be of one name, besides their consonants.

    As many syllables as "코레아로보" has are not written in the letters of "Corp", and what
    begins like "미르칩스" is not "Moltbot". Initials ("AI") say nothing.
    """
    if latin.isupper():
        return True
    letters = unicodedata.normalize("NFD", korean)
    heard = next((v for v in letters if "ᅡ" <= v <= "ᅵ"), "")
    seen = re.search("[aeiouwy]", latin.lower())
    alike = heard not in _VOWELS_OF or seen is None or seen[0] in _VOWELS_OF[heard]
    return alike and len(korean) <= len(latin)


def _latin_sounds(word: str) -> str:
    for letters, sound in _LATIN_SOUNDS:
        word = re.sub(letters, sound, word)
    return _once(word)


def _once(sounds: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sounds)
