"""A conversation: follow-up questions, commands, history."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from agent.answer import Answer
from agent.linking import Link, Linker

_OPENING = re.compile(
    r"^(그럼|그러면|그렇다면|그리고|또|반면|then|and|what about|how about)\s+", re.I
)
_POINTING = re.compile(
    r"^(거기|그것|그거|그\s?(회사|기업|모델|칩|제품|규칙|곳|사람)|이\s?(회사|모델))(의|은|는|이|가)?\s*"
)
_FOLLOW_UP = re.compile(
    r"^(?P<rest>.+?)(은|는|도|이|가|의 경우)?\s*(어때|어떤가요?|얼마(야|예요)?|요)?\s*\?*$"
)
_SOURCES = re.compile(r"^(출처|근거|어디에? (나와|있)|sources?\b)")
HELP = """/sources  where the last answer stands
/sparql   the query behind the last answer
/save F   write the conversation to a file
/help     this
/quit     leave (also Ctrl-D)"""


@dataclass(slots=True)
class Conversation:
    """Turns of question and answer.

    ``ask`` answers one question that stands alone; ``classes`` gives an entity's class.
    """

    linker: Linker
    ask: Callable[[str], Answer]
    classes: Mapping[str, str] = field(default_factory=dict)
    turns: list[tuple[str, Answer]] = field(default_factory=list)

    def say(self, text: str) -> Answer:
        """Answer one turn, completing a follow-up from the question before."""
        answer = self.ask(self.complete(text))
        self.turns.append((text, answer))
        return answer

    def complete(self, text: str) -> str:
        """Make a follow-up stand alone by what was asked before.

        "그럼 마벨은?" puts the new name into the last question, in place of the name it is
        most like; "가격은 얼마야?" is asked of what the last question was about. A
        question that names things and asks something of them is returned as it is.
        """
        if not self.turns:
            return text
        before = self.turns[-1][1].question
        new, old = self.linker.find(text), self.linker.find(before)
        if not old:
            return text
        rest = _OPENING.sub("", text.strip())
        if not new:
            about = before[old[0].start : old[0].end]
            return f"{about}의 {_POINTING.sub('', rest).strip()}"
        match = _FOLLOW_UP.match(rest)
        left = match["rest"].replace(new[0].text, "").strip() if match else rest
        if left or len(new) != 1:
            return text
        link = self._counterpart(old, new[0])
        return before[: link.start] + new[0].text + before[link.end :]

    def _counterpart(self, old: list[Link], new: Link) -> Link:
        """The name of the last question that the new one replaces: of its class, else the first."""
        wanted = {self.classes.get(e) for e in new.entities}
        alike = (link for link in old if {self.classes.get(e) for e in link.entities} & wanted)
        return next(alike, old[0])

    def command(self, line: str) -> str | None:
        """Run a `/` command and return what to print; ``None`` ends the conversation.

        Raises:
            OSError: when the file of /save cannot be written.
        """
        name, _, argument = line[1:].partition(" ")
        if name in ("quit", "exit", "q"):
            return None
        if name == "save":
            return self._save(argument.strip())
        last = self.turns[-1][1] if self.turns else None
        if name == "sources" and last:
            return (
                "\n".join(f"[{c.n}] {c.place()}\n    “{c.evidence.quote}”" for c in last.citations)
                or "-"
            )
        if name == "sparql" and last:
            return last.sparql or "(답에 쓰인 SPARQL이 없습니다)"
        return HELP

    def _save(self, target: str) -> str:
        if not target:
            return "/save needs a file name: /save chat.md"
        turns = "\n\n".join(f"**{question}**\n\n{answer.text}" for question, answer in self.turns)
        Path(target).write_text(turns + "\n", encoding="utf-8")
        return f"saved {target}"


def converse(
    conversation: Conversation, show: Callable[[Answer], None], *, names: Sequence[str] = ()
) -> None:
    """Run the conversation on the terminal, or over the lines of a pipe."""
    read = _terminal(names) if sys.stdin.isatty() else _pipe
    while True:
        try:
            line = read().encode("utf-8", "replace").decode("utf-8")  # no lone surrogates
        except EOFError:
            return
        except KeyboardInterrupt:
            continue
        if not line.strip():
            continue
        try:
            if not _turn(conversation, line.strip(), show):
                return
        except KeyboardInterrupt:
            print("\n(멈췄습니다)", file=sys.stderr)


def _turn(conversation: Conversation, line: str, show: Callable[[Answer], None]) -> bool:
    if _SOURCES.match(line) and conversation.turns:
        line = "/sources"
    if line.startswith("/"):
        try:
            said = conversation.command(line)
        except OSError as error:
            said = f"cannot save: {error}"
        if said is not None:
            print(said)
        return said is not None
    show(conversation.say(line))
    print()
    return True


def _pipe() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def _terminal(names: Sequence[str]) -> Callable[[], str]:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter

    session: PromptSession[str] = PromptSession(
        completer=WordCompleter(sorted(set(names)), ignore_case=True), complete_while_typing=False
    )
    print("질문을 입력하세요. /help 도움말, Ctrl-D 종료", file=sys.stderr)
    return lambda: session.prompt("› ")
