"""Content negotiation for SPARQL results and RDF (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence

from kg.sparql import Format, Kind

TYPES: dict[Format, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
_ALSO: dict[str, Format] = {
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/plain": "ntriples",
    "application/x-turtle": "turtle",
}
OFFERS: dict[Kind, tuple[Format, ...]] = {
    "select": ("json", "xml", "csv", "tsv"),
    "ask": ("json", "xml", "csv", "tsv"),
    "graph": ("turtle", "ntriples", "rdfxml", "jsonld"),
}


def choose(accept: str, offers: Sequence[Format]) -> Format | None:
    """Return the format that a client likes best, ours first among equals; None for none.

    ``application/json``, ``application/xml`` and the like stand for the format of that
    syntax; an empty header accepts anything.
    """
    ranges = _ranges(accept)
    best = max(offers, key=lambda offer: (_quality(offer, ranges), -offers.index(offer)))
    return best if _quality(best, ranges) > 0 else None


def wants_html(accept: str) -> bool:
    """Tell whether a browser asks: HTML is named, and no format of ours before it."""
    ranges = _ranges(accept)
    html = max((q for name, q in ranges if name == "text/html"), default=0.0)
    named = [q for name, q in ranges if name in TYPES.values()]
    return html > 0 and html > max(named, default=0.0)


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name:
            found.append((name.lower(), _weight(parameters)))
    return found or [("*/*", 1.0)]


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _quality(offer: Format, ranges: Sequence[tuple[str, float]]) -> float:
    """The quality of the most specific range that covers an offer."""
    exact = TYPES[offer]
    alike = {name for name, format in _ALSO.items() if format == offer}
    ranked = (
        lambda name: name == exact,
        lambda name: name in alike,
        lambda name: name == exact.split("/")[0] + "/*",
        lambda name: name == "*/*",
    )
    for covers in ranked:
        qualities = [q for name, q in ranges if covers(name)]
        if qualities:
            return max(qualities)
    return 0.0
