"""The words of a data file (``*.yaml``) as the record that a rule reads them from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from corpus.data_files import load_yaml
from extractors.errors import ExtractionError
from extractors.sparing import sparing

T = TypeVar("T")
_METHODS = ("match", "search", "fullmatch", "finditer")
_SLOT = re.compile(r"\{([a-z_]+)\}")


@cache
def load_words(name: str) -> Any:
    """Read a data file of this room by its name ("figures/deeds.yaml"), once a process.

    Whoever asks gets the same lists, and changes none of them.
    """
    return load_yaml(Path(__file__).parent / name)


def filled(kind: type[T], data: Mapping[str, Any], /, **made: Any) -> T:
    """Make a record of lists of words: ``made``, else what the data holds by a field's name.

    The type of a field tells what a list becomes: a set, a tuple, a pattern of any of them.
    """
    types = get_type_hints(kind)
    try:
        return kind(**made, **{key: _as(types[key], data[key]) for key in types if key not in made})
    except KeyError as exc:
        raise ExtractionError(f"data of {kind.__name__!r}: {exc} is missing; add it") from exc


class Worded:
    """A pattern in which "{verbs}" stands for any of the ``verbs`` of a data file.

    The file is read and the pattern compiled when it is first used. The first word that
    matches is taken: the longer of two that begin alike comes first.
    """

    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]

    def __init__(self, file: str, template: str) -> None:
        """Take the name of the file, as ``load_words`` does, and what stands around its words."""
        self.file, self.template = file, template

    def __getattr__(self, name: str) -> Any:
        """Compile the pattern as one of its methods is first asked for, and have them all."""
        if name not in _METHODS:
            raise AttributeError(name)
        for method in _METHODS:
            setattr(self, method, getattr(self.compiled, method))
        return getattr(self.compiled, name)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern with its words."""
        return sparing(
            _SLOT.sub(lambda slot: f"(?:{'|'.join(words_in(self.file, slot[1]))})", self.template)
        )


@cache
def words_in(file: str, key: str) -> tuple[str, ...]:
    """Return one of the lists of words of a data file."""
    try:
        return tuple(load_words(file)[key])
    except KeyError as exc:
        raise ExtractionError(f"data file {file!r}: {exc} is missing; add it") from exc


def inverted(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the key of each word of groups; a word of two has the last one's."""
    return {word: key for key, words in groups.items() for word in words}


def _as(kind: Any, told: Any) -> Any:
    origin = get_origin(kind)
    if origin is frozenset or origin is tuple:
        return origin(told)
    if origin is re.Pattern:
        return sparing(told if isinstance(told, str) else "|".join(told))
    if origin is Mapping:
        return {key: _as(get_args(kind)[1], value) for key, value in told.items()}
    return told
