"""Files of a generation: written as UTF-8, hard-linked, flushed to the disk."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def link(source: str | Path, target: str | Path) -> None:
    """Hard-link a file; copy it where the file system cannot."""
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copyfile(source, target)


def unshare(path: Path) -> None:
    """Make a linked file one of its own, as one that stands for something else now."""
    held = path.read_bytes()
    path.unlink()
    path.write_bytes(held)


def write(path: Path, text: str) -> None:
    """Write a text, its line ends as they are."""
    path.write_text(text, encoding="utf-8", newline="\n")


def sync(path: Path) -> None:
    """Flush a file or a directory to the disk (Windows cannot flush directories)."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
