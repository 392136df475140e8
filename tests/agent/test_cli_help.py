"""Every command is documented: what it does, an example that its options understand."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from typing import Any

import pytest
import typer

from agent.cli.app import app

Kg = Callable[..., Any]

GROUP: Any = typer.main.get_command(app)
COMMANDS: dict[str, Any] = dict(GROUP.commands)
DOCUMENTED = {
    "demo", "ingest", "remove", "reports", "stats", "text", "ask", "chat", "search", "entity",
    "path", "sparql", "diff", "series", "weekly", "watch", "log", "rollback", "validate", "export",
    "serve", "mcp",
}  # fmt: skip
_EXAMPLE = re.compile(r"`(kg [^`]+)`")


def options_of(command: Any) -> dict[str, Any]:
    return {
        name: parameter
        for parameter in command.params
        for name in (*parameter.opts, *parameter.secondary_opts)
        if name.startswith("-")
    }


def test_every_documented_command_exists() -> None:
    assert set(COMMANDS) >= DOCUMENTED


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_says_what_it_does_and_shows_an_example(name: str, kg_anywhere: Kg) -> None:
    command = COMMANDS[name]
    first = (command.help or "").strip().splitlines()[0]
    assert first.endswith((".", ":")) or first[0].isupper()
    assert any(example.startswith(f"kg {name}") for example in _EXAMPLE.findall(command.help))
    shown = kg_anywhere(name, "--help")
    assert (shown.code, shown.err) == (0, "")
    assert f"kg {name}" in shown.out


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_says_what_it_is_for(name: str) -> None:
    for parameter in COMMANDS[name].params:
        assert getattr(parameter, "help", None), (name, parameter.name)


@pytest.mark.parametrize(
    ("name", "example"),
    [(n, e) for n, c in sorted(COMMANDS.items()) for e in _EXAMPLE.findall(c.help or "")],
)
def test_examples_name_existing_commands_and_options(name: str, example: str) -> None:
    line = re.split(r"\s[|<>]\s", example)[0].replace("…", "x")
    _, called, *words = shlex.split(line)
    assert called in COMMANDS, example
    known = options_of(COMMANDS[called])
    for word in words:
        if word.startswith("--"):
            assert word.partition("=")[0] in known, example
    with COMMANDS[called].make_context(called, words, resilient_parsing=False) as context:
        assert context.command is COMMANDS[called]


@pytest.mark.parametrize("name", sorted(DOCUMENTED))
def test_the_workspace_is_an_option_of_every_command(name: str) -> None:
    option = options_of(COMMANDS[name])["--home"]
    assert name == "demo" or "KG_HOME" in str(option.envvar)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("ingest", "--date --title --publisher --dry-run --jobs --embedder --json"),
        ("reports", "--json"),
        ("stats", "--json"),
        ("ask", "--as-of --report --explain --model --json --jsonl"),
        ("search", "--k --report --json --jsonl"),
        ("entity", "--json --as-of"),
        ("path", "--json --as-of"),
        ("sparql", "--file --format --timeout --limit"),
        ("diff", "--format --exit-code"),
        ("validate", "--json"),
        ("export", "--format"),
        ("chat", "--model"),
        ("serve", "--host --port --write-token --cors --allowed-host --model --timeout --log"),
        ("mcp", "--transport --host --port"),
    ],
)
def test_options_of_the_contract(name: str, options: str) -> None:
    assert set(options.split()) <= set(options_of(COMMANDS[name]))


def test_help_and_version(kg_anywhere: Kg) -> None:
    for flag in ("--help", "-h"):
        shown = kg_anywhere(flag)
        assert shown.code == 0
        assert all(name in shown.out for name in DOCUMENTED)
    assert re.fullmatch(r"kg \d+\.\d+\.\d+\n", kg_anywhere("--version").out)


def test_shell_completion_script(kg_anywhere: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_KG_COMPLETE", "source_bash")
    result = kg_anywhere()
    assert result.code == 0
    assert "complete" in result.out
    assert "_KG_COMPLETE" in result.out


@pytest.mark.parametrize(
    ("words", "expected"),
    [("kg re", {"remove", "reports"}), ("kg sparql --fo", {"--format"}), ("kg di", {"diff"})],
)
def test_shell_completion(
    kg_anywhere: Kg, monkeypatch: pytest.MonkeyPatch, words: str, expected: set[str]
) -> None:
    monkeypatch.setenv("_KG_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
    result = kg_anywhere()
    assert result.code == 0
    assert set(result.out.split()) == expected
