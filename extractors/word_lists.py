"""The words of a data file (``*.yaml``) as the record that a rule reads them from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from corpus.data_files import load_yaml
from extractors.errors import ExtractionError

T = TypeVar("T")


def load_words(name: str) -> Any:
    """Read a data file of this room by its name ("figures/deeds.yaml")."""
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


def inverted(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the key of each word of groups; a word of two has the last one's."""
    return {word: key for key, words in groups.items() for word in words}


def _as(kind: Any, told: Any) -> Any:
    origin = get_origin(kind)
    if origin is frozenset or origin is tuple:
        return origin(told)
    if origin is re.Pattern:
        return re.compile(told if isinstance(told, str) else "|".join(told))
    if origin is Mapping:
        return {key: _as(get_args(kind)[1], value) for key, value in told.items()}
    return told
