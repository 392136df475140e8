"""What SPARQL a user may run: one read-only query over the graphs of this workspace.

The text is brought to one plain form first (code point escapes expanded, comments
blanked), and that form is both what is parsed here and what Oxigraph runs, so that two
parsers cannot be made to read it differently. Then it must parse as a query (SPARQL 1.1
Query, https://www.w3.org/TR/sparql11-query/, by rdflib's grammar), call no SERVICE, and
name no graph from outside.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from kg import vocab
from kg.errors import QueryRefused

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue

MAX_LENGTH = 100_000
"""The longest query accepted, in code points."""

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_OPAQUE = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | <[^<>"{}|^`\\\x00-\x20]*>
      | '''(?:'{0,2}(?:[^'\\]|\\.))*''' | \"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\"
      | '(?:[^'\\\n]|\\.)*' | "(?:[^"\\\n]|\\.)*"
      | \\.
      | [?$]\w+
      | :[\w:][\w:-]*""",
    re.VERBOSE | re.DOTALL,
)
_SERVICE = re.compile("service", re.IGNORECASE)
_UPDATE = re.compile(
    r"(?<![\w?$:-])(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)(?![\w:-])", re.IGNORECASE
)


def check(text: str, graphs: Collection[str]) -> str:
    """Return the plain form of a query that only reads ``graphs``.

    Raises QueryRefused, with line and column (both from 1) where there is one.
    """
    plain, bare = _plain(text)
    if found := _SERVICE.search(bare):
        raise _refused("SERVICE would call another server", plain, found.start())
    form, prologue = _parse(plain, bare)
    for node in _nodes(form):
        if node.name == "ServiceGraphPattern":
            raise QueryRefused("SERVICE would call another server: expected a local query")
    for graph in _datasets(form, prologue):
        if graph not in graphs:
            raise QueryRefused(
                f"FROM names the graph {graph!r}, which this workspace lacks: expected a "
                "report's IRI; leave FROM out to ask all reports"
            )
    return plain


def _plain(text: str) -> tuple[str, str]:
    """Return the plain form, and the same with all strings, IRIs and names blanked."""
    if len(text) > MAX_LENGTH:
        raise QueryRefused(f"the query has {len(text)} characters: expected {MAX_LENGTH} at most")
    text = _ESCAPE.sub(_code_point, text.removeprefix("\ufeff"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _ESCAPE.search(text):
        raise _refused("an escape stands within an escape", text, found.start())
    if found := _CONTROL.search(text):
        raise _refused(f"the character {found[0]!r} has no place here", text, found.start())

    def blanked(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match[0])

    plain = _OPAQUE.sub(lambda m: blanked(m) if m["comment"] else m[0], text)
    if not plain.strip():
        raise QueryRefused("the query is empty: expected SELECT, ASK, CONSTRUCT or DESCRIBE")
    return plain, _OPAQUE.sub(blanked, plain)


def _code_point(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    if number > 0x10FFFF:
        raise QueryRefused(f"{match[0]!r} is no Unicode code point: expected 10FFFF at most")
    return chr(number)


def _parse(plain: str, bare: str) -> tuple[CompValue, list[CompValue]]:
    """Parse a query with rdflib; return its form and its prologue."""
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        prologue, form = parseQuery(plain)
    except ParseBaseException as exc:
        if found := _UPDATE.search(bare):
            raise _refused(
                f"{found[0].upper()} would change the graph, which is read only",
                plain,
                found.start(),
            ) from exc
        raise _refused(f"no SPARQL query: {exc.msg}", plain, exc.loc) from exc
    except RecursionError as exc:
        raise QueryRefused("the query is nested too deeply: expected a simpler one") from exc
    return form, list(prologue)


def _nodes(value: Any) -> Iterator[CompValue]:
    """Yield every node of a parse tree."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, CompValue):
            yield item
            stack.extend(item.values())
        elif isinstance(item, (list, tuple, set, ParseResults)):
            stack.extend(item)


def _datasets(form: CompValue, prologue: list[CompValue]) -> Iterator[str]:
    """Yield the IRIs of FROM and FROM NAMED."""
    prefixes, base = dict(vocab.PREFIXES), vocab.BASE
    for declaration in prologue:
        iri = urljoin(base, str(_part(declaration, "iri")))
        if declaration.name == "PrefixDecl":
            prefixes[str(_part(declaration, "prefix") or "")] = iri
        elif declaration.name == "Base":
            base = iri
    for node in _nodes(form):
        if node.name == "DatasetClause":
            named = _part(node, "default") or _part(node, "named")
            if getattr(named, "name", None) == "pname":
                prefix = str(_part(named, "prefix") or "")
                yield prefixes.get(prefix, prefix + ":") + str(_part(named, "localname") or "")
            else:
                yield urljoin(base, str(named))


def _part(node: CompValue, name: str) -> Any:
    """Return a part of a parse node or None (``CompValue.get`` gives back the name)."""
    return dict.get(node, name)


def _refused(why: str, text: str, at: int) -> QueryRefused:
    """Make the error that points at a place of the query."""
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    shown = text[at : at + 40].partition("\n")[0].strip()
    return QueryRefused(
        f"line {line}, column {column}, at {shown!r}: {why}; expected one SELECT, ASK, "
        "CONSTRUCT or DESCRIBE query over this workspace"
    )
