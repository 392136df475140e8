"""What a page says of itself in its head: title, date, publisher, authors."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

from corpus.dates import dates_in
from corpus.readers.flow import Known, tidy

_TITLE = ("og:title", "twitter:title", "dc.title", "citation_title")
_DATE = (
    "article:published_time", "datepublished", "citation_publication_date", "dc.date",
    "dc.date.issued", "dcterms.issued", "pubdate", "parsely-pub-date", "date",
)  # fmt: skip
_PUBLISHER = (
    "og:site_name",
    "citation_publisher",
    "dc.publisher",
    "publisher",
    "og:article:author",
)
_AUTHOR = ("article:author", "author", "dc.creator", "citation_author", "byl")
_PARTED = re.compile(r"\s+[|·–—:-]\s+|\s*[|]\s*")
_ADDRESS = re.compile(r"https?://|@")


def facts_of(root: Any) -> Known:
    """Read ``meta`` elements and JSON-LD; what the text itself says is not looked at."""
    meta = dict(_metas(root))
    linked = next(iter(_linked(root)), {})
    publisher = _first(meta, _PUBLISHER) or _name(linked.get("publisher"))
    title = _first(meta, _TITLE) or tidy(str(linked.get("headline") or "")) or _titled(root)
    author = _first(meta, _AUTHOR) or _name(linked.get("author"))
    return Known(
        title=_without(title, publisher) or None,
        date=_day(_first(meta, _DATE) or str(linked.get("datePublished") or "")),
        publisher=publisher,
        authors=(author,) if author and not _ADDRESS.search(author) else (),
    )


def _metas(root: Any) -> Iterator[tuple[str, str]]:
    for meta in root.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        value = tidy(meta.get("content") or "")
        if key and value:
            yield key.strip().casefold(), value
    for time in root.iter("time"):
        if time.get("itemprop") == "datePublished" or time.get("pubdate") is not None:
            yield "datepublished", tidy(time.get("datetime") or "")


def _first(meta: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((meta[key] for key in keys if meta.get(key)), None)


def _linked(root: Any) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD that tell when they were published."""
    for script in root.iter("script"):
        if (script.get("type") or "").casefold() != "application/ld+json":
            continue
        try:
            data = json.loads("".join(script.itertext()))
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for item in graph if isinstance(graph, list) else ():
            if isinstance(item, dict) and item.get("datePublished"):
                yield item


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return tidy(value) or None if isinstance(value, str) else None


def _titled(root: Any) -> str:
    found = next(iter(root.iter("title")), None)
    return tidy("".join(found.itertext())) if found is not None else ""


def _without(title: str, publisher: str | None) -> str:
    """Take the name of the site off a title ("… | 하늘증권")."""
    parts = _PARTED.split(title)
    if publisher and len(parts) > 1 and parts[-1].casefold() == publisher.casefold():
        return title[: title.rindex(parts[-1])].rstrip(" |·–—:-")
    return title


def _day(text: str) -> dt.date | None:
    """The day of a timestamp, in the zone it is written in."""
    try:
        return dt.date.fromisoformat(text.strip()[:10])
    except ValueError:
        found = next(dates_in(text), None)
        return found[0] if found else None
