"""A conversation: follow-up questions, commands, history."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from agent.answer import Answer
from agent.errors import AgentError
from agent.korean import particle
from agent.questions.anchors import dated_words
from agent.questions.linking import Link, Linker
from agent.questions.namesakes import Sense, question_back
from kg.iris import entity_iri

_OPENING = re.compile(
    r"^(그럼|그러면|그렇다면|그리고|또|반면|then|and|what about|how about)\s+", re.I
)
_POINTING = re.compile(
    r"(?:(?<=\s)|^)(거기|그것|그거|그\s?(?P<kind>회사|기업|업체|모델|칩|제품|규칙|곳|사람)"
    r"|이\s?(?:회사|모델))(?P<particle>의|은|는|이|가)?(?=\s|$)\s*"
)
_FOLLOW_UP = re.compile(
    r"^(?P<rest>.+?)(은|는|도|이|가|의 경우)?\s*(어때|어떤가요?|얼마(야|예요)?|요)?\s*\?*$"
)
_BARE = re.compile(
    r"(?P<word>얼마에|언제|어디에?서|왜|누구(?:에게서?|한테서?|와|랑)|몇 개나?)\s*요?\s*\?*$"
)
_ASKED_FOR = re.compile(
    r"(?<=\s)(?:(?:어떤|무슨|어느)\s(?P<kind>\S+?)[을를]|무엇을|뭘|뭐를|누구를|어디[를에]|어디에서"
    r"|얼마에|언제|왜)\s"
)
_FIGURE = re.compile(r"(?P<name>.+[은는])(?:\s(?:얼마|몇)\S*)?\s*\?*$")
_DEED = re.compile(
    r"(?<=\s)(?!얼마|몇|뭐|무엇|누구|언제|어디|왜|어때)\S*[^\s은는이가을를의?]\s*\?*$"
)
_QUOTED = re.compile(r"“[^”]*”")
_BACK = 4  # answers, in which what "그 회사" means may have been asked about
_SOURCES = re.compile(r"^(출처|근거|어디에? (나와|있)|sources?\b)")
_MORE = re.compile(
    r"^(더 |좀 더 |조금 더 )?(자세히|상세히|구체적으로|길게)|^more\b|^tell me more", re.I
)
_TIME_LEFT = re.compile(r"(에는|에선|에서는|에|엔|은|는|도|의 경우)?\s*(어때|어땠어|요)?\s*\?*$")
_CLASSES = {
    "회사": ("Company", "Organization"), "기업": ("Company", "Organization"),
    "업체": ("Company", "Organization"), "곳": ("Company", "Organization"),
    "모델": ("Model", "Software"), "칩": ("Chip",), "제품": ("Product", "Chip", "Software"),
    "규칙": ("Policy",), "사람": ("Person",),
}  # fmt: skip
HELP = """/sources  where the last answer stands
/sparql   the query behind the last answer
/explain  how the last question was read
/more     more of what the reports say on it
/history  the questions so far
/save F   write the conversation to a file; F.json can be resumed
/load F   go on with a conversation saved as F.json
/clear    forget the conversation
/help     this
/quit     leave (also Ctrl-D; Ctrl-C stops an answer)"""


@dataclass(slots=True)
class Conversation:
    """Turns of question and answer.

    ``ask`` answers one question that stands alone; ``classes`` gives an entity's class;
    ``today`` resolves "작년".
    """

    linker: Linker
    ask: Callable[[str], Answer]
    classes: Mapping[str, str] = field(default_factory=dict)
    turns: list[tuple[str, Answer]] = field(default_factory=list)
    today: dt.date = field(default_factory=dt.date.today)
    senses: Callable[[str], Sequence[Sense]] = lambda _: ()
    _open: tuple[Sense, ...] = ()

    def say(self, text: str) -> Answer:
        """Answer one turn, completing a follow-up from the question before.

        A name that several things share is asked back for; the next turn chooses.
        """
        chosen = self._chosen(text)
        question = chosen or self.complete(text)
        self._open = () if chosen else tuple(self.senses(question))
        answer = _asked_back(question, self._open) if self._open else self.ask(question)
        self.turns.append((text, answer))
        return answer

    def _chosen(self, text: str) -> str | None:
        """The question that was asked back for, put for the sense that this turn chooses."""
        said = text.strip().rstrip(".!?")
        for number, sense in enumerate(self._open, 1):
            word = sense.told.partition("(")[2].rstrip(")")
            if re.fullmatch(rf"{number}(?:번|번째)?(?:요|이요|이야|입니다)?", said) or said == word:
                return sense.question
        return None

    def complete(self, text: str) -> str:
        """Make a follow-up stand alone by what was asked before.

        "그럼 마벨은?" puts the new name into the last question, in place of the name it is
        most like; "작년에는?" the new time; "그 회사의 가격은?" asks about what was answered,
        "가격은 얼마야?" about what the last question was about; "더 자세히" asks it again for
        more. A question that names things and asks something of them is left as it is.
        """
        if not self.turns:
            return text
        before = self.turns[-1][1].question
        rest = _OPENING.sub("", text.strip())
        if _MORE.match(rest):
            return f"{before.rstrip('? ')} 정리해줘"
        if retimed := self._retimed(before, rest):
            return retimed
        new, old = self.linker.find(text), self.linker.find(before)
        if pointing := _POINTING.search(rest):
            return self._pointed(old, rest, pointing)
        if not new and (deed := self._of_the_deed(before, old, rest)):
            return deed
        if not new:
            return self._about(before, old, rest) if old else text
        match = _FOLLOW_UP.match(rest)
        left = match["rest"].replace(new[0].text, "").strip() if match else rest
        if left or len(new) != 1 or not old:
            return text
        link = self._counterpart(old, new[0])
        return before[: link.start] + new[0].text + before[link.end :]

    def _retimed(self, before: str, rest: str) -> str | None:
        """The last question at another time, where the new one only names a time."""
        from extractors.values.periods import find_periods

        found = find_periods(rest, self.today)
        if len(found) != 1 or _TIME_LEFT.sub("", rest[found[0].end :]) or found[0].start > 0:
            return None
        time = rest[: found[0].end]
        old = find_periods(before, self.today)
        if not old:
            return f"{time} {before}"
        return before[: old[0].start] + time + before[old[0].end :]

    def _of_the_deed(self, before: str, old: list[Link], rest: str) -> str | None:
        """The last question's deed, asked about by the bare word of the new one ("얼마에?").

        What was asked for then is put as the answer names it: "어떤 칩을" becomes "MI450을".
        """
        bare, deed = _BARE.match(rest), _DEED.search(before)
        if bare is None or not old:
            return None
        if deed is None:
            figure = _FIGURE.match(before) if bare["word"] == "왜" else None
            return f"{figure['name']} 왜?" if figure else None
        stem, asked = before[: deed.start()], _ASKED_FOR.search(before, 0, deed.start())
        if asked:
            told = _QUOTED.sub("", self.turns[-1][1].text)
            named = {e for link in old for e in link.entities}
            name = next(self._named(told, _CLASSES.get(asked["kind"] or "", ()), named), "")
            thing = f"{name}{particle(name, '을/를')} " if name else ""
            stem = stem[: asked.start()] + thing + stem[asked.end() :]
        return f"{stem}{bare['word']} {deed[0]}"

    def _pointed(self, old: list[Link], rest: str, pointing: re.Match[str]) -> str:
        """Put in place of "그 회사" what was answered, else what was asked about."""
        wanted = _CLASSES.get(pointing["kind"] or "", ())
        asked = {e for link in old for e in link.entities}
        name = next(self._meant(wanted, asked, old), None) or (old[0].text if old else None)
        if name is None:
            return rest
        particle = pointing["particle"] or "의"
        gap = " " if rest[pointing.end() :] else ""
        return f"{rest[: pointing.start()]}{name}{particle}{gap}{rest[pointing.end() :]}"

    def _meant(
        self, wanted: Sequence[str], asked: Collection[str], old: list[Link]
    ) -> Iterator[str]:
        """Yield what "그 회사" may mean, the likeliest first.

        What the last answer says itself, or quotes where that was asked for; what was asked
        about, now or a few questions ago; what it only quotes.
        """
        answer = self.turns[-1][1]
        told = _QUOTED.sub("", answer.text)
        was_asked = set(answer.interpretation.get("constraints", {}).get("class", ())) & set(wanted)
        yield from self._named(answer.text if was_asked else told, wanted, asked)
        yield from (link.text for link in old if self._fits(link, wanted, frozenset()))
        for _, earlier in reversed(self.turns[-_BACK:-1]):
            yield from self._named(earlier.question, wanted, frozenset())
        yield from self._named(answer.text, wanted, asked)

    def _named(self, text: str, wanted: Sequence[str], asked: Collection[str]) -> Iterator[str]:
        links = self.linker.find(text) if wanted else []
        return (link.text for link in links if self._fits(link, wanted, asked))

    def _fits(self, link: Link, wanted: Sequence[str], asked: Collection[str]) -> bool:
        return any(self.classes.get(e) in wanted and e not in asked for e in link.entities)

    @staticmethod
    def _about(before: str, old: list[Link], rest: str) -> str:
        """Ask the new thing of what the last question was about, in the same week's report."""
        about = before[old[0].start : old[0].end]
        when = dated_words(before)
        return f"{when} {about}의 {rest}".strip() if when else f"{about}의 {rest}"

    def _counterpart(self, old: list[Link], new: Link) -> Link:
        """The name of the last question that the new one replaces: of its class, else the first."""
        wanted = {self.classes.get(e) for e in new.entities}
        alike = (link for link in old if {self.classes.get(e) for e in link.entities} & wanted)
        return next(alike, old[0])

    def command(self, line: str) -> str | None:
        """Run a `/` command and return what to print; ``None`` ends the conversation.

        Raises:
            OSError: when a file cannot be read or written.
            AgentError: when the file of /load is no saved conversation.
        """
        name, _, argument = line[1:].partition(" ")
        if name in ("quit", "exit", "q"):
            return None
        if name == "save":
            return self._save(argument.strip())
        if name == "load":
            return self.load(Path(argument.strip()))
        if name == "clear":
            self.turns.clear()
            return "(새 대화입니다)"
        if name == "history":
            return "\n".join(f"{n}. {said}" for n, (said, _) in enumerate(self.turns, 1)) or "-"
        last = self.turns[-1][1] if self.turns else None
        return _of_last(name, last) if last else HELP

    def _save(self, target: str) -> str:
        if not target:
            return "/save needs a file name: /save chat.md, or chat.json to go on later"
        if target.endswith(".json"):
            turns = [{"said": said, "answer": answer.to_json()} for said, answer in self.turns]
            text = json.dumps({"turns": turns}, ensure_ascii=False, indent=1)
        else:
            text = "\n\n".join(f"**{said}**\n\n{answer.text}" for said, answer in self.turns)
        Path(target).write_text(text + "\n", encoding="utf-8")
        return f"saved {target}"

    def load(self, source: Path) -> str:
        """Go on with a conversation saved as JSON; returns what to print.

        Raises:
            OSError: when the file cannot be read.
            AgentError: when it is no saved conversation.
        """
        try:
            saved = json.loads(source.read_text(encoding="utf-8"))
            turns = [(str(t["said"]), Answer.from_json(t["answer"])) for t in saved["turns"]]
        except (ValueError, KeyError, TypeError) as error:
            raise AgentError(
                f"cannot resume {str(source)!r}: {error}; expected a file written by /save F.json"
            ) from error
        self.turns[:] = turns
        return f"({len(turns)}개 질문을 이어 갑니다)"


def _asked_back(question: str, found: Sequence[Sense]) -> Answer:
    """A question in place of an answer: which of several things of one name is meant?"""
    language = "ko" if re.search("[가-힣]", question) else "en"
    interpretation = {"type": "namesakes", "entities": [entity_iri(s.entity) for s in found]}
    return Answer(
        question=question,
        language=language,
        sentences=(question_back(found, language),),
        abstained=True,
        reason="several things have this name",
        citations=(),
        interpretation={**interpretation, "relation": None, "constraints": {}},
    )


def _of_last(name: str, last: Answer) -> str:
    """What a command says of the last answer."""
    if name == "sources":
        lines = (f"[{c.n}] {c.place()}\n    “{c.evidence.quote}”" for c in last.citations)
        return "\n".join(lines) or "-"
    if name == "sparql":
        return last.sparql or "(답에 쓰인 SPARQL이 없습니다)"
    if name == "explain":
        return last.explanation()
    return HELP


def converse(
    conversation: Conversation, show: Callable[[Answer], None], *, names: Sequence[str] = ()
) -> None:
    """Run the conversation on the terminal, or over the lines of a pipe.

    Ctrl-C stops the answer under way and keeps the conversation; Ctrl-D ends it.
    """
    if sys.stdin.isatty():
        from agent.terminal import reader

        print("질문을 입력하세요. /help 도움말, Ctrl-D 종료", file=sys.stderr)
        run(conversation, reader(names), show)
    else:
        run(conversation, _pipe, show)


def run(
    conversation: Conversation, read: Callable[[], str], show: Callable[[Answer], None]
) -> None:
    """Take turns until ``read`` raises EOFError or a command ends the conversation."""
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
    if line.startswith("/more"):
        line = "더 자세히"
    if line.startswith("/"):
        try:
            said = conversation.command(line)
        except (OSError, AgentError) as error:
            said = f"kg: {error}"
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
