"""Writing the search files of a generation from those of the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from corpus.report import Report
from kg.claim import Extraction
from kg.errors import EmbedderMismatch
from kg.search import lexical
from kg.search.analyzer import morphemes_of_all, terms
from kg.search.catalogue import Catalogue
from kg.search.dense import write_dense
from kg.search.embedders import DEFAULT, Embedder, embedder, version
from kg.search.lexical import Entry


class SearchIndexWriter:
    """Writes indexes whose vectors come from the embedder of that name."""

    def __init__(self, embedder_name: str = DEFAULT) -> None:
        self._name = embedder_name

    @property
    def embedder(self) -> str:
        """The name of the embedding model."""
        return self._name

    @cached_property
    def _model(self) -> Embedder:
        return embedder(self._name)

    def write(
        self,
        target: Path,
        previous: Path | None,
        added: Sequence[tuple[Report, Extraction]],
        removed: Sequence[str] = (),
    ) -> None:
        """Write into the folder ``target`` the index ``previous`` with reports changed.

        Reports of ``removed`` that the index does not hold are ignored; one of ``added``
        replaces the report of its id. ``previous`` is only read; files that stay the same
        are shared with it by hard links.

        Raises EmbedderMismatch when ``previous`` was made with another model, GraphError
        when the model cannot be loaded.
        """
        before = None if previous is None else _catalogue(previous, self._name)
        gone = {*removed, *(report.id for report, _ in added)}
        held = {} if before is None else before.reports
        stay = {report: passages for report, passages in held.items() if report not in gone}
        fresh = {report.id: tuple(p.id for p in report.passages) for report, _ in added}
        catalogue = Catalogue(self._name, version(self._name), stay | fresh)
        kept = [] if before is None else before.ordinals(stay)
        entries = list(_entries(added, len(kept)))
        target.mkdir(parents=True, exist_ok=True)
        _write_lexical(target, previous, kept, entries, is_whole=len(stay) == len(held))
        write_dense(
            target,
            previous,
            kept=kept,
            entries=entries,
            catalogue=catalogue,
            embedder=self._model,
        )
        catalogue.save(target)


def _catalogue(previous: Path, name: str) -> Catalogue:
    catalogue = Catalogue.load(previous)
    if (catalogue.embedder, catalogue.version) != (name, version(name)):
        raise EmbedderMismatch(
            f"cannot add vectors of {name!r} {version(name)} to an index made with "
            f"{catalogue.embedder!r} {catalogue.version}: use that model, "
            "or ingest all reports into a new workspace"
        )
    return catalogue


def _write_lexical(
    target: Path,
    previous: Path | None,
    kept: Sequence[int],
    entries: Sequence[Entry],
    *,
    is_whole: bool,
) -> None:
    folder = target / "lexical"
    if previous is None:
        lexical.create(folder, entries)
    elif is_whole:
        lexical.extend(folder, previous / "lexical", entries)
    else:
        ordinals = {old: new for new, old in enumerate(kept)}
        lexical.rebuild(folder, previous / "lexical", ordinals, entries)


def _entries(added: Sequence[tuple[Report, Extraction]], first: int) -> Iterator[Entry]:
    ordinal = first
    for report, extraction in added:
        analysed = passage_terms(report, extraction)
        for passage in report.passages:
            mentioned = (
                mention.entity
                for mention in extraction.mentions
                if passage.span.start <= mention.start and mention.end <= passage.span.end
            )
            yield Entry(
                ordinal=ordinal,
                report=report.id,
                text=passage.span.of(report.text),
                terms=analysed[passage.id],
                entities=tuple(mentioned),
            )
            ordinal += 1


def passage_terms(report: Report, extraction: Extraction) -> Mapping[str, tuple[str, ...]]:
    """Return the terms of each passage; Kiwi is asked only for those the extractor left out."""
    given = extraction.passage_terms
    missing = [passage for passage in report.passages if passage.id not in given]
    texts = [passage.span.of(report.text) for passage in missing]
    found = morphemes_of_all(texts) if texts else []
    return {**given} | {
        passage.id: terms(analysed, text)
        for passage, analysed, text in zip(missing, found, texts, strict=True)
    }
