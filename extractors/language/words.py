"""What Kiwi's dictionary knows of a Korean word: common noun, proper noun, or never seen."""

from __future__ import annotations

import re
from functools import lru_cache

_UNSEEN = 2
"""Kiwi's morpheme id of a noun it made up: the word is in no dictionary."""

_COMMON = frozenset({"NNG", "XSN", "XPN", "MM", "XR"})
_NAMED = frozenset({"NNP", "NNG", "NR", "MAG", "IC", "NNB", "XSN", "XPN"})


@lru_cache(maxsize=8192)
def _analysed(word: str) -> tuple[tuple[str, str, bool], ...]:
    from kg.search.analyzer import kiwi

    return tuple((t.form, t.tag, t.id == _UNSEEN) for t in kiwi().tokenize(word))


def is_common(words: str) -> bool:
    """Tell whether Korean words are common nouns only ("헤지펀드", "비상장")."""
    if not re.fullmatch(r"[가-힣\s]+", words):
        return False
    return all(tag in _COMMON and not unseen for _, tag, unseen in _analysed(words))


def is_listed(word: str) -> bool:
    """Tell whether a Korean word as a whole is a common noun of the dictionary."""
    tokens = _analysed(word)
    return len(tokens) == 1 and tokens[0][1] in _COMMON and not tokens[0][2]


def is_compound(word: str) -> bool:
    """Tell whether a Korean word is made of nouns alone, known or not."""
    return all(tag in _NAMED for _, tag, _ in _analysed(word))


def is_inflected(word: str) -> bool:
    """Tell whether a Korean word is a verb before its noun ("돌린"), not a name."""
    tags = [tag for _, tag, _ in _analysed(f"{word} 것")]
    return "ETM" in tags


def noun_tags(word: str) -> str:
    """Return the tags of a word as one string, "?" for what is in no dictionary."""
    return "+".join("?" if unseen else tag for _, tag, unseen in _analysed(word)[:4])


def is_proper(word: str) -> bool:
    """Tell whether a Korean word is a proper noun, or nouns with one among them."""
    tokens = _analysed(word)
    if len(tokens) == 1:
        return tokens[0][1] == "NNP" or tokens[0][2]
    return all(tag in _NAMED for _, tag, _ in tokens) and any(tag == "NNP" for _, tag, _ in tokens)


def is_unseen(word: str) -> bool:
    """Tell whether a Korean word is in no dictionary, as a whole ("칼디온")."""
    tokens = _analysed(word)
    return len(tokens) == 1 and tokens[0][2]


_SOUNDS = {
    **dict.fromkeys("ᄀᄁᄏᆨᆩᆿ", "k"),
    **dict.fromkeys("ᄂᆫ", "n"),
    **dict.fromkeys("ᄃᄄᄐᆮᇀ", "t"),
    **dict.fromkeys("ᄅᆯ", "l"),
    **dict.fromkeys("ᄆᆷ", "m"),
    **dict.fromkeys("ᄇᄈᄑᆸᇁ", "p"),
    **dict.fromkeys("ᄉᄊᄌᄍᄎᆺᆻᆽᆾ", "s"),
    "ᆼ": "n",
    "ᄒ": "h",
}
_LETTERS = {
    **dict.fromkeys("kgcqx", "k"),
    "n": "n",
    **dict.fromkeys("td", "t"),
    **dict.fromkeys("lr", "l"),
    "m": "m",
    **dict.fromkeys("pbfv", "p"),
    **dict.fromkeys("sjz", "s"),
    "h": "h",
}
_EITHER = {("k", "s"), ("s", "k"), ("t", "s"), ("s", "t")}
"""c and g are 시옷 or 키읔 (Cisco, Gemini), th and t are 시옷 or 티읕."""


_FEWEST = 3


def spelt_out(words: str, letters: str) -> str:
    """Return the last 한글 words of a text that capitals are short for: one word a letter."""
    last = words.split()[-len(letters) :]
    if not _FEWEST <= len(letters) == len(last) or any(map(is_common, last)):
        return ""
    return " ".join(last) if all(map(_begins_with, last, letters)) else ""


def _begins_with(word: str, letter: str) -> bool:
    import unicodedata

    first = unicodedata.normalize("NFD", word[0])[0]
    sound, heard = _LETTERS.get(letter.lower()), _SOUNDS.get(first)
    return first == "ᄋ" if sound is None else heard == sound or (sound, heard) in _EITHER


def sounds_like(korean: str, english: str) -> bool:
    """Tell whether 한글 may transcribe Latin letters: most consonants, in their order."""
    import unicodedata

    left = [_SOUNDS[ch] for ch in unicodedata.normalize("NFD", korean) if ch in _SOUNDS]
    right = [_LETTERS[ch] for ch in english.lower() if ch in _LETTERS]
    opens = english[0].lower() not in "aeiou" or unicodedata.normalize("NFD", korean)[0] == "ᄋ"
    if not left or not right or not opens:
        return False
    row = [0] * (len(right) + 1)
    for one in left:
        above, row = row, [0]
        for at, two in enumerate(right, 1):
            alike = one == two or (one, two) in _EITHER
            row.append(max(above[at], row[-1], above[at - 1] + alike))
    return row[-1] >= 0.6 * max(min(len(left), len(right)), 0.6 * max(len(left), len(right)))
