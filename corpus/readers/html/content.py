"""Which part of a page is the report: menus, banners and the like are taken out."""

from __future__ import annotations

import re
from typing import Any

_NEVER = frozenset({
    "script", "style", "template", "noscript", "iframe", "svg", "canvas", "object", "embed",
    "audio", "video", "form", "button", "select", "input", "textarea", "nav", "dialog", "menu",
})  # fmt: skip
_OUTSIDE = frozenset({"header", "footer", "aside"})
"""Furniture of a page; inside an article they belong to it."""
_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "dialog"})
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:gnb|lnb|snb|nav|navbar|navigation|menu|sidebar|breadcrumbs?|share|sns|social|cookie"
    r"|advert(?:isement)?|ads?|related|recommend(?:ed)?|comments?|reply|popup|skip(?:nav|-to)?"
    r"|pagination|paging|toc|unsubscribe|preheader|login|copyright-?bar)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_ENOUGH = 0.4
"""A marked main part with so much of the page's text is the report."""


def main_content(root: Any) -> Any:
    """Return the element that holds the report, everything else taken out of it."""
    body = root.find(".//body") if root.tag == "html" else root
    body = root if body is None else body
    _drop(body, lambda e: e.tag in _NEVER or _is_hidden(e))
    best = _marked(body)
    _drop(best, lambda e: _is_furniture(e, best))
    return best


def _drop(root: Any, unwanted: Any) -> None:
    """Take elements out, the text behind each left where it is."""
    gone = [e for e in root.iter() if e is not root and isinstance(e.tag, str) and unwanted(e)]
    for element in gone:
        parent = element.getparent()
        if parent is None:
            continue
        tail = element.tail
        if tail:
            before = element.getprevious()
            if before is None:
                parent.text = (parent.text or "") + tail
            else:
                before.tail = (before.tail or "") + tail
        parent.remove(element)


def _is_hidden(element: Any) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style") or "") is not None
    )


def _is_furniture(element: Any, best: Any) -> bool:
    if element.get("role") in _ROLES:
        return True
    if element.tag in _OUTSIDE:
        return best.tag not in ("article", "main") or element.tag == "aside"
    if element.tag in ("article", "main", "body", "table", "tbody", "tr", "td", "h1", "h2"):
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _FURNITURE.search(names) is not None and _weight(element) < _ENOUGH * _weight(best)


def _marked(body: Any) -> Any:
    """The part that says that it is the main one, if it holds much of the text."""
    whole = _weight(body)
    able = [e for e in body.iter("main", "article") if isinstance(e.tag, str)]
    able += [e for e in body.iter() if isinstance(e.tag, str) and e.get("role") == "main"]
    articles = [e for e in able if e.tag == "article"]
    heavy = [e for e in able if _weight(e) >= _ENOUGH * whole]
    if not heavy:
        return body
    # Of several articles that share a main part, none is the whole report.
    single = [e for e in heavy if e.tag == "article" and len(articles) == 1]
    return (single or heavy)[0]


def _weight(element: Any) -> int:
    """How much text an element holds outside links."""
    letters = sum(len(text.strip()) for text in element.itertext())
    return letters - sum(len("".join(link.itertext()).strip()) for link in element.iter("a"))
