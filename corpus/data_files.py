"""Data files (``*.yaml``) that experts edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from corpus.errors import KgError


def load_yaml(path: Path) -> Any:
    """Read one data file with the C loader (start-up time), errors naming the file."""
    import yaml

    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as exc:
        problem = " ".join(str(exc).split())
        raise KgError(f"data file {str(path)!r} is not valid YAML: {problem}") from exc
