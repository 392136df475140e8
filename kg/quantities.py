"""When do two values say the same: numbers with units, money in two currencies, plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.data_files import load_yaml
from kg.claim import Value
from kg.identity import fold

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_MINUS = re.compile(r"(?<![\w.])[-–](?=\d)")  # a sign, where folding sees a hyphen
_SIGNS = frozenset("+−▲▼↑↓%<>≤≥")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")

Amount = tuple[Decimal, Decimal, str]  # lower end, upper end, unit and currency folded


@lru_cache(maxsize=1)
def settings() -> Mapping[str, Any]:
    """Read ``diff.yaml``: weights, themes, what tells statements apart."""
    loaded: Mapping[str, Any] = load_yaml(Path(__file__).with_name("diff.yaml"))
    return loaded


@lru_cache(maxsize=65536)
def bag(text: str) -> str:
    """Fold a text so that white space and the order of words do not matter."""
    folded = fold(_MINUS.sub("−", text))
    numbers = sorted(n.replace(",", "") for n in _DIGITS.findall(folded))
    rest = sorted(ch for ch in _DIGITS.sub("", folded) if ch.isalnum() or ch in _SIGNS)
    return f"{' '.join(numbers)}|{''.join(rest)}"


def amount_of(value: Value | None) -> Amount | None:
    """Return a value's ends and unit; an open end is the other one; None without numbers."""
    if value is None or (value.minimum is None and value.maximum is None):
        return None
    low = value.minimum if value.minimum is not None else value.maximum
    high = value.maximum if value.maximum is not None else value.minimum
    if low is None or high is None:
        return None
    unit = fold(f"{value.unit or ''}/{value.currency or ''}")
    open_end = (">" if value.maximum is None else "") + ("<" if value.minimum is None else "")
    return (low.normalize(), high.normalize(), unit + open_end)


def comparable(one: Value | None, two: Value | None) -> bool:
    """Tell whether a change from one value to the other could be told at all.

    A number is comparable with a number of its kind: money with money, ``%`` with ``%``;
    words with words. What has no unit may be of any.
    """
    if one is None or two is None:
        return True
    if (amount_of(one) is None) != (amount_of(two) is None):
        return False
    if one.currency and two.currency:
        return True
    units = [fold(f"{v.unit or ''}/{v.currency or ''}") for v in (one, two)]
    return units[0] == units[1] or "/" in units


def same_value(one: Value, two: Value) -> bool | None:
    """Tell whether two numeric values are equal; None unless both are numbers.

    Money in another currency is equal when the rate lies in the currency's usual band
    (``exchange`` of ``diff.yaml``): "8,685억 대만달러" is "268억 8,000만 달러".
    """
    first, second = amount_of(one), amount_of(two)
    if first is None or second is None:
        return None
    if first == second or _hedged(first, second):
        return True
    if one.currency and two.currency and one.currency != two.currency:
        return _exchanged(first, one.currency, second, two.currency)
    return False


def _hedged(first: Amount, second: Amount) -> bool:
    """Tell whether only a "이상" or "최대" sets two amounts apart: in other words, no news."""
    units = {amount[2].rstrip("<>") for amount in (first, second)}
    return first[:2] == second[:2] and len(units) == 1


def rate_of(metric: str) -> str | None:
    """Return the metric whose change a metric tells: 가격 of "가격 전주비"; None for none."""
    known = settings()["rates"].get(metric)
    if known is not None:
        return str(known)
    ending = next((e for e in settings()["rate_endings"] if metric.endswith(e)), None)
    return (metric.removesuffix(ending).strip() or None) if ending else None


def plain_number(text: str | None) -> Decimal | None:
    """Return the number of a text that holds one only ("3위": 3), else None."""
    found = _NUMBER.findall((text or "").replace(",", ""))
    return Decimal(found[0]) if len(found) == 1 else None


def _exchanged(first: Amount, currency: str, second: Amount, other: str) -> bool:
    rates = settings()["exchange"]
    if currency not in rates or other not in rates or not first[0] or not second[0]:
        return False
    low, high = (Decimal(str(rate)) for rate in rates[currency])
    least, most = (Decimal(str(rate)) for rate in rates[other])
    ends = (first[0], second[0]), (first[1], second[1])
    return all(low / most <= a / b <= high / least for a, b in ends)


def number(value: Decimal | None) -> int | float | None:
    """Return a decimal as a JSON number: an integer where it is one."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
