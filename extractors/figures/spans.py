"""Over which time a price or a share has moved: "12개월 수익률 54%", "2주간 27% 급등"."""

from __future__ import annotations

from extractors.context.scene import Draft, Scene
from extractors.sparing import sparing

_SPAN = sparing(
    r"(?<![\d.,A-Za-z가-힣])(?:(?P<span>\d{1,2}(?:개월|거래일|주|년))(?:간|\s?동안)?"
    r"|YTD|연초\s?(?:대비|이후)|올해?\s들어)"
    r"(?:\s(?!대비)[가-힣A-Za-z]+){0,3}[은는이가]?:?\s(?:약\s|최대\s)?$"
)
_PRICED = ("주가", "지수", "가격", "수익률", "현물가", "고정가")
_RATE = "률"
_THIS_YEAR = "YTD"


def settle_span(scene: Scene, draft: Draft) -> None:
    """Let the change of a price be of the span that stands before it, if of no other time."""
    metric = draft.qualifiers.get("metric", "")
    if not (metric.startswith(_PRICED) and metric.endswith(_RATE)) or "period" in draft.qualifiers:
        return
    value = scene.value_of(draft)
    found = _SPAN.search(scene.text[: value.start].rstrip("+▲▼-")) if value else None
    if found:
        draft.qualifiers["period"] = found["span"] or _THIS_YEAR
