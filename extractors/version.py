"""Which extractor this is: a digest of all that decides what is read in a report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

_ROOMS = ("corpus", "extractors", "kg")
_KINDS = frozenset({".json", ".py", ".ttl", ".yaml"})
_ANALYSER = ("kiwipiepy", "kiwipiepy_model")


@cache
def extractor_version() -> str:
    """Digest the code and data that read reports, and the versions of the analyser.

    Contents, not a number that somebody must count up: whoever adds a line to a lexicon has
    another extractor too. Times and places of files are not asked, so that the same release
    is the same version wherever it is installed. Takes some 40 ms for 9 MB, so only those
    ask who ingest.
    """
    return digest_of(Path(__file__).parent.parent)


def digest_of(root: Path) -> str:
    """Digest an installation whose packages lie in ``root``."""
    digest = hashlib.sha256(" ".join(map(version, _ANALYSER)).encode())
    for name, file in sorted(_files(root)):
        digest.update(f"\n{name}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    for room in _ROOMS:
        for file in (root / room).rglob("*"):
            if file.suffix in _KINDS:
                yield file.relative_to(root).as_posix(), file
