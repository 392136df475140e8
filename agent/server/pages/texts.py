"""The words of the interface, in Korean and English (``texts.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from corpus.data_files import load_yaml
from kg import vocab

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = ("ko", "en")


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = load_yaml(Path(__file__).with_name("texts.yaml"))
    return data


class Words:
    """What the interface says in one language: ``words("ask.title")``."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **slots: object) -> str:
        """Return a text with its slots filled; raises KeyError for one that is not there."""
        found: Any = _data()
        for part in key.split("."):
            found = found[part]
        return str(found[self.language]).format(**slots)

    def relation(self, predicate: str) -> str:
        """Return the label of a relation."""
        known = vocab.PREDICATES.get(predicate)
        return predicate if known is None else getattr(known, self.language)

    def asked(self, kind: str) -> str:
        """Return the label of a kind of question."""
        return self(f"ask.kinds.{kind}") if kind in _data()["ask"]["kinds"] else kind

    def kind(self, cls: str) -> str:
        """Return the label of an ontology class."""
        return self(f"classes.{cls}") if cls in _data()["classes"] else cls


def questions(language: str) -> Mapping[str, str]:
    """Return a question by relation, with slots for a claim's parts."""
    return cast("Mapping[str, str]", _data()["questions"][language])


def queries(language: str) -> Mapping[str, str]:
    """Return example queries by what they ask."""
    return {item[language]: item["query"] for item in _data()["queries"]}


def preferred(cookie: str | None, accept: str) -> Language:
    """Return the language chosen before, else the browser's first that we speak, else Korean."""
    if cookie in LANGUAGES:
        return cookie
    for part in accept.split(","):
        code = part.split(";")[0].strip().lower()[:2]
        if code in LANGUAGES:
            return code
    return "ko"
