"""A workspace of three sample reports, built once, and the command line run in this process."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

from agent.cli import run

if TYPE_CHECKING:
    from agent.answerer import Answerer

WEEKS = ("weekly-2024-12-30", "weekly-2025-01-06", "weekly-2025-01-13")


@dataclass(frozen=True)
class Result:
    """What one command line did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document printed."""
        return json.loads(self.out)

    @property
    def jsonl(self) -> list[Any]:
        """The JSON objects printed, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    def error(self, code: int = 2) -> str:
        """The one line on stderr of a command that failed with nothing on stdout."""
        assert self.code == code, self
        assert self.out == ""
        assert self.err.startswith("kg: ")
        assert self.err.count("\n") == 1
        assert "Traceback" not in self.err
        return self.err


Kg = Callable[..., Result]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run in an empty folder, without settings of whoever runs the tests."""
    for name in [n for n in os.environ if n.startswith(("KG_", "_KG", "_TYPER"))]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "nice", lambda more: more, raising=False)  # it would stay for all tests


def build_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """Build a folder once for all processes of a test run (pytest-xdist) and return it."""
    base = factory.getbasetemp()
    base = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = base / f"shared-{name}"
    with FileLock(base / f"shared-{name}.lock"):
        if not folder.exists():
            building = base / f"building-{name}"
            shutil.rmtree(building, ignore_errors=True)
            build(building)
            building.rename(folder)
    return folder


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, samples: dict[str, Path]) -> Path:
    """A workspace of three weeks. Never written to: tests that write take ``own_home``."""
    from agent.ingest import ingest
    from kg.workspace import Workspace

    def build(folder: Path) -> None:
        ingest(Workspace(folder), [samples[week] for week in WEEKS])

    return build_once(tmp_path_factory, "three-weeks", build)


@pytest.fixture(scope="session")
def texts(samples: dict[str, Path]) -> dict[str, str]:
    return {id_: path.read_text("utf-8") for id_, path in samples.items()}


# reports, stats, text


@pytest.fixture
def own_home(home: Path, tmp_path: Path) -> Path:
    """A copy of the workspace, to be changed."""
    return Path(shutil.copytree(home, tmp_path / "own.kg"))


@pytest.fixture(scope="session")
def answerer(home: Path) -> Answerer:
    """The answerer over the three weeks."""
    from agent.answerer import Answerer
    from kg.workspace import Workspace

    return Answerer(Workspace(home).generation())


@pytest.fixture(scope="session")
def written_reports(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Answerer]:
    """Build a workspace of reports written in a test and return what answers from it."""
    from agent.answerer import Answerer
    from agent.ingest import ingest
    from kg.workspace import Workspace

    def build(*texts: str) -> Answerer:
        folder = tmp_path_factory.mktemp("written")
        files = [folder / f"brief-{n}.md" for n, _ in enumerate(texts, 1)]
        for file, text in zip(files, texts, strict=True):
            file.write_text(text, encoding="utf-8")
        workspace = Workspace(folder / "kg")
        ingest(workspace, files)
        return Answerer(workspace.generation())

    return build


@pytest.fixture
def kg_anywhere(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Kg:
    """Run a command line in this process as it stands."""

    def run_line(*args: str | Path, stdin: str = "") -> Result:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        capsys.readouterr()
        code = run([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Result(code, out, err)

    return run_line


@pytest.fixture
def kg(kg_anywhere: Kg, home: Path) -> Kg:
    """Run a command on the workspace of three weeks (for commands that only read)."""

    def run_line(*args: str | Path, stdin: str = "") -> Result:
        return kg_anywhere(*args, "--home", home, stdin=stdin)

    return run_line
