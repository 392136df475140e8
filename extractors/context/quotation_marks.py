"""Quotation marks: what stands in them, whether it is said, and by what it is told from a name."""

from __future__ import annotations

import re

from extractors.context.scene import Scene
from extractors.language.phrases import Clause
from extractors.sparing import sparing

QUOTE = sparing(
    r"“(?P<a>[^“”]{2,})”|\"(?!(?:이?라)?(?:고|며|면서|는)[\s,])(?P<b>[^\"]{2,})\""
    r"|‘(?P<c>[^‘’]{2,})’|(?<![A-Za-z])'(?P<d>[^']{2,})'"
)
_MARK = re.compile(r"[“\"‘']")
AFTER_QUOTE = re.compile(
    r"\s?(?:이?라고|이?라며|고[\s,]|며[\s,]|이?라는|이?라?면서|(?<=[것망중][”\"])으로\s"
    r"|는 (?:것|점|취지|말|뜻|의견|입장|평가|생각|주장)(?!(?:이|은|는|까지는)?\s?아니))"
)
SENTENCE = re.compile(r"(?:[다요죠까라자것]|[음함임됨])[.!?…]*$")
"""How a quotation ends that is a statement, no title or term."""
_ENGLISH = re.compile(
    r"^(?=.*\b(?:is|are|was|were|be|been|will|would|can|can't|won't|have|has|had|do|does|don't|"
    r"we|I|it|they|there|our|you|its|it's|we're|we've|that's)\b)(?:[^\s가-힣]+\s){3,}[^\s가-힣]+$"
)
"""An English sentence of four words or more, no title: it has a verb or somebody who speaks."""
GOING_ON = re.compile(r"\s?이?라(?:며|면서)[\s,]")
"""What follows what somebody says, be it a noun alone: "“대만은 AI의 중심”이라며"."""
TOLD_ON = re.compile(r"\s?(?:이?라)?(?:고|며|면서)[\s,]")
"""What follows words in single quotes that somebody says; they may be a title, too."""


def is_sentence(words: str) -> bool:
    """Tell a statement from a title or a term, in Korean or English."""
    return SENTENCE.search(words) is not None or _ENGLISH.match(words) is not None


def is_quoted(scene: Scene, clause: Clause) -> bool:
    """Tell what stands within a quotation that is said: "“…”고 말했다", "“…”라며"."""
    if not _MARK.search(scene.text, 0, clause.start):
        return False
    return any(
        match.start() <= clause.start and AFTER_QUOTE.match(scene.text, match.end())
        for match in QUOTE.finditer(scene.text)
        if clause.start < match.end()
    )


def names_it(quote: re.Match[str], after: str) -> bool:
    """Tell a name from what is said: "‘가나(Gana)’라는 새 기능을 공개했다"."""
    return after.strip() in ("라는", "이라는") and not SENTENCE.search(quote[0].strip("“”‘’\"'"))


def after_opening(text: str, start: int, end: int) -> int:
    """Begin behind a quotation mark that is not closed: "회의에서 “물량을 확보했다고 판단해"."""
    opened = max(text.rfind("“", start, end), text.rfind('"', start, end))
    single = text.count('"', start, end) % 2 if text[opened : opened + 1] == '"' else True
    return opened + 1 if opened >= 0 and single and "”" not in text[opened:end] else start


def in_quotes(text: str, at: int) -> bool:
    """Tell what stands in a quotation: in another one than what is asked about, too."""
    before = text[:at]
    return before.count('"') % 2 == 1 or before.rfind("“") > before.rfind("”")
