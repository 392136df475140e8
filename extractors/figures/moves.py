"""By how much figures beat or miss what was expected; its file tells how figures move at all."""

from __future__ import annotations

from extractors.word_lists import Worded

FILE = "figures/moves.yaml"
BEATEN = Worded(FILE, r"\s?(?:가량|정도|가까이|넘게|이상|나)?\s?(?:(?P<over>{beating})|{missing})")
"""By how much what was expected is beaten: "예상치를 8% 웃돌았다"."""
