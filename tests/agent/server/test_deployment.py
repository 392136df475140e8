"""docs/Dockerfile and docs/kg.service: what they copy exists, what they start starts."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest

from agent.cli import run
from agent.server.settings import Settings

ROOT = Path(__file__).parents[3]
UNIT = ROOT / "docs" / "kg.service"


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, each with what follows it, continued lines joined."""
    text = (ROOT / "docs" / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines()
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in joined)]


def told(name: str) -> list[str]:
    return [rest for instruction, rest in instructions() if instruction == name]


def unit() -> ConfigParser:
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[method-assign,assignment]  # configparser's own idiom
    parser.read(UNIT, encoding="utf-8")
    return parser


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Any:
    """``started(command, home)``: the settings with which ``kg serve`` would serve."""
    seen: list[Settings] = []

    def serve(_app: Any, settings: Settings, **_options: Any) -> None:
        seen.append(settings)

    monkeypatch.setattr("agent.server.run.serve", serve)

    def start(command: list[str], home: str) -> Settings:
        monkeypatch.setenv("KG_HOME", home)
        assert Path(command[0]).name == "kg"
        assert run(command[1:]) == 0
        return seen.pop()

    return start


def test_the_image_is_built_of_what_there_is() -> None:
    known = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "VOLUME", "EXPOSE", "HEALTHCHECK",
             "STOPSIGNAL", "ENTRYPOINT"}  # fmt: skip
    assert {name for name, _ in instructions()} <= known
    assert instructions()[0] == ("FROM", "python:3.11-slim AS build")
    copied = [word for line in told("COPY") if "--from" not in line for word in line.split()[:-1]]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["setuptools"]["packages"]["find"]["include"]
    assert {name.removesuffix("*") for name in packages} <= set(copied)
    assert {"pyproject.toml", project["project"]["readme"], "constraints.txt"} <= set(copied)


def test_the_image_starts_the_server_on_its_port(started: Any) -> None:
    (environment,) = told("ENV")
    home = re.search(r"KG_HOME=(\S+)", environment)
    assert home
    (entry,) = told("ENTRYPOINT")
    settings = started(json.loads(entry), home[1])
    assert told("VOLUME") == [str(settings.home)]
    assert told("EXPOSE") == [str(settings.port)]
    assert settings.host == "0.0.0.0"
    assert settings.called == ["*"]
    assert [signal.Signals[name] for name in told("STOPSIGNAL")] == [signal.SIGTERM]


def test_the_health_check_tells_a_server_from_none(server: Any) -> None:
    (check,) = told("HEALTHCHECK")
    (exposed,) = told("EXPOSE")
    command = check.partition("CMD ")[2]
    assert f"127.0.0.1:{exposed}/" in command

    def exit_code(port: int) -> int:
        python, *arguments = shlex.split(command.replace(f":{exposed}/", f":{port}/"))
        assert python == "python"
        return subprocess.run(
            [sys.executable, *arguments], check=False, capture_output=True, timeout=60
        ).returncode

    assert exit_code(server.port) == 0
    assert exit_code(1) != 0


def test_the_unit_starts_the_server_behind_a_proxy(started: Any) -> None:
    service = unit()["Service"]
    name, _, home = service["Environment"].partition("=")
    assert name == "KG_HOME"
    assert Path(home) == Path("/var/lib") / service["StateDirectory"]  # all that it may write
    settings = started(shlex.split(service["ExecStart"]), home)
    assert settings.loopback
    assert settings.home == Path(home)
    assert settings.hosts == ("kg.example.com",)
    assert service["KillSignal"] == "SIGTERM"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    program = tmp_path / "kg"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    text = UNIT.read_text(encoding="utf-8")
    command = shlex.split(unit()["Service"]["ExecStart"])[0]
    copy = tmp_path / UNIT.name
    copy.write_text(text.replace(f"ExecStart={command}", f"ExecStart={program}"), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert [line for line in done.stderr.splitlines() if UNIT.name in line] == []
    assert done.returncode == 0
