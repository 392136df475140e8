"""The lexical index: BM25 over morphemes, character bigrams and mentioned entities.

Queries are built from terms and never parsed, so nothing a user types is syntax.
Source: tantivy (https://github.com/quickwit-oss/tantivy-py). Its segment files never
change once written, and ``meta.json`` is replaced by renaming, so an index may share
them with the generation before it by hard links.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from kg.search.analyzer import bigrams
from kg.search.catalogue import reading

if TYPE_CHECKING:
    import tantivy

Field = Literal["morphemes", "bigrams", "entities"]

_AT_ONCE = 512  # hits to take at least: scoring some of the others later costs more
_HEAP = 15_000_000  # bytes; the least tantivy takes, and a report needs less


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage to index; ``ordinal`` is its number in the index, from 0."""

    ordinal: int
    report: str
    text: str
    terms: tuple[str, ...]
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """What a query matches, scores by ordinal: the best, and all that were seen on the way.

    ``whole`` when nothing else matches.
    """

    best: Mapping[int, float]
    seen: Mapping[int, float]
    whole: bool


class LexicalIndex:
    """A lexical index opened for reading; scores are BM25, higher is better."""

    def __init__(self, directory: Path) -> None:
        self._index = _open(directory)
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def best(
        self,
        field: Field,
        terms: Sequence[str],
        limit: int,
        reports: Collection[str] | None = None,
    ) -> Matches:
        """Find at least the ``limit`` best passages.

        Passages that tie with the last one are all among the best, so that the result does
        not depend on the order in which reports came in.
        """
        if not terms or (reports is not None and not reports):
            return Matches({}, {}, whole=True)
        query = self._query(field, terms)
        if reports is not None:
            query = self._within(query, "report", sorted(reports))
        asked, taken = limit, max(limit, _AT_ONCE)
        hits = self._hits(query, taken + 1)
        scores = list(hits.values())
        while asked < len(scores):
            last = _rounded(scores[limit - 1])
            if _rounded(scores[asked]) < last:
                ends = (n for n in range(limit, asked + 1) if _rounded(scores[n]) < last)
                best = dict(islice(hits.items(), next(ends)))
                return Matches(best, hits, whole=len(scores) <= taken)
            asked *= 4
            if taken < asked:
                taken = asked
                hits = self._hits(query, taken + 1)
                scores = list(hits.values())
        return Matches(hits, hits, whole=True)

    def scores(self, field: Field, terms: Sequence[str], among: Sequence[int]) -> dict[int, float]:
        """Return the scores of those of the passages ``among`` that match at all."""
        if not terms or not among:
            return {}
        query = self._within(self._query(field, terms), "ordinal", among)
        return self._hits(query, len(among))

    def frequency(self, field: Field, term: str) -> int:
        """Return how many passages hold a term."""
        return int(self._searcher.doc_freq(field, term))

    def entries(self) -> Iterator[Entry]:
        """Yield everything that was indexed, in no particular order."""
        import tantivy

        for _, address in self._search(tantivy.Query.all_query(), max(1, len(self))):
            stored = self._searcher.doc(address)
            text = stored.get_first("text")
            yield Entry(
                ordinal=int(stored.get_first("ordinal") or 0),
                report=str(stored.get_first("report")),
                text=bytes(text or b"").decode(),
                terms=tuple(str(stored.get_first("morphemes") or "").split()),
                entities=tuple(str(entity) for entity in stored.get_all("entities")),
            )

    def _hits(self, query: tantivy.Query, limit: int) -> dict[int, float]:
        """Return scores by ordinal, best first."""
        found = self._search(query, limit)
        if not found:
            return {}
        scores, addresses = zip(*found, strict=True)
        ordinals = self._searcher.fast_field_values("ordinal", list(addresses))
        return dict(zip(cast("list[int]", ordinals), scores, strict=True))

    def _search(self, query: tantivy.Query, limit: int) -> list[tuple[float, tantivy.DocAddress]]:
        return self._searcher.search(query, limit, count=False).hits

    def _query(self, field: Field, terms: Sequence[str]) -> tantivy.Query:
        from tantivy import Occur, Query

        clauses = []
        for term, count in sorted(Counter(terms).items()):
            query = Query.term_query(self._schema, field, term, "freq")
            clauses.append((Occur.Should, Query.boost_query(query, count) if count > 1 else query))
        return Query.boolean_query(clauses)

    def _within(
        self, query: tantivy.Query, field: str, values: Sequence[str] | Sequence[int]
    ) -> tantivy.Query:
        """Restrict a query to documents with one of the values, without touching scores."""
        from tantivy import Occur, Query

        allowed = Query.const_score_query(
            Query.term_set_query(self._schema, field, list(values)), 0.0
        )
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, allowed)])


def create(target: Path, entries: Iterable[Entry]) -> None:
    """Write a new index of the entries into the folder ``target``, which may not exist."""
    import tantivy

    target.mkdir(parents=True, exist_ok=True)
    _append(tantivy.Index(_schema(), str(target)), entries)


def extend(target: Path, previous: Path, entries: Iterable[Entry]) -> None:
    """Write into ``target`` what ``previous`` holds and the entries; share its files."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(previous.iterdir()):
        if path.suffix != ".lock":  # a lock belongs to the file: linked, it would be shared
            _share(path, target / path.name)
    _append(_open(target), entries)


def rebuild(
    target: Path, previous: Path, ordinals: Mapping[int, int], entries: Iterable[Entry]
) -> None:
    """Write anew those passages of ``previous`` that ``ordinals`` renumbers, and the entries.

    Deletion in place would leave the deleted passages in BM25's statistics.
    """
    kept = (
        replace(entry, ordinal=ordinals[entry.ordinal])
        for entry in LexicalIndex(previous).entries()
        if entry.ordinal in ordinals
    )
    create(target, (entry for group in (kept, entries) for entry in group))


def _open(directory: Path) -> tantivy.Index:
    import tantivy

    with reading(directory):
        return tantivy.Index.open(str(directory))


def _append(index: tantivy.Index, entries: Iterable[Entry]) -> None:
    writer = index.writer(_HEAP, 1)
    for entry in entries:
        writer.add_document(_document(entry))
    writer.commit()
    writer.wait_merging_threads()


def _document(entry: Entry) -> tantivy.Document:
    import tantivy

    document = tantivy.Document()
    document.add_integer("ordinal", entry.ordinal)
    document.add_text("report", entry.report)
    document.add_bytes("text", entry.text.encode())
    document.add_text("morphemes", " ".join(entry.terms))
    document.add_text("bigrams", " ".join(bigrams(entry.text)))
    for entity in entry.entities:
        document.add_text("entities", entity)
    return document


def _schema() -> tantivy.Schema:
    """Terms come ready made: fields are cut at white space, or not at all."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("ordinal", stored=True, indexed=True, fast=True)
    builder.add_text_field("report", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("text", stored=True)
    builder.add_text_field(
        "morphemes", stored=True, tokenizer_name="whitespace", index_option="freq"
    )
    builder.add_text_field("bigrams", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("entities", stored=True, tokenizer_name="raw", index_option="freq")
    return builder.build()


def _share(source: Path, target: Path) -> None:
    """Hard-link a file that nobody changes in place; copy where links are impossible."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _rounded(score: float) -> float:
    """Drop the digits in which the order of addition shows."""
    return float(f"{score:.5g}")
