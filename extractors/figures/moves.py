"""By how much figures beat or miss what was expected; its file tells how figures move at all."""

from __future__ import annotations

from extractors.word_lists import Worded

FILE = "figures/moves.yaml"
BEATEN = Worded(FILE, r"\s?(?:가량|정도|가까이|넘게|이상|나)?\s?(?:(?P<over>{beating})|{missing})")
"""By how much what was expected is beaten: "예상치를 8% 웃돌았다"."""
PASSING = Worded(FILE, r"\s?{passing}\s(?:약\s)?")
"""What tells how far the figure behind it is from what was expected: "3% 웃도는 8조 원"."""
GROWN_TO = Worded(FILE, r"\s?{grown_to}\s(?:약\s)?")
"""What tells by how much the figure behind it has grown: "12% 증가한 8조 원"."""
