"""Conversations: follow-up questions, commands, piped input."""

from __future__ import annotations

import pytest

from agent.chat import Conversation, run
from agent.errors import AgentError
from agent.terminal import Names, session


@pytest.fixture
def conversation(answerer):
    return Conversation(answerer.linker, answerer.ask, answerer.classes)


def test_a_new_name_takes_the_place_of_the_old(conversation):
    conversation.say("브로드컴의 시가총액은?")
    assert conversation.complete("그럼 마벨은?") == "마벨의 시가총액은?"


def test_a_question_without_a_name_is_about_the_last_one(conversation):
    conversation.say("B200의 메모리 용량은?")
    assert conversation.complete("TDP는?") == "B200의 TDP는?"
    assert conversation.complete("그 칩의 TDP는?") == "B200의 TDP는?"


def test_a_question_that_stands_alone_is_left_alone(conversation):
    conversation.say("브로드컴의 시가총액은?")
    whole = "엔비디아가 인수한 회사는?"
    assert conversation.complete(whole) == whole


def test_follow_up_is_answered_about_the_new_name(conversation):
    conversation.say("브로드컴의 시가총액은?")
    answer = conversation.say("그럼 마벨은?")
    assert "마벨" in answer.text
    assert not answer.abstained


def test_commands(conversation, tmp_path):
    answer = conversation.say("엔비디아가 인수한 회사는?")
    assert conversation.command("/sources").startswith("[1] ")
    assert "kg:acquires" in conversation.command("/sparql")
    saved = tmp_path / "chat.md"
    assert str(saved) in conversation.command(f"/save {saved}")
    assert answer.text in saved.read_text(encoding="utf-8")
    assert "/quit" in conversation.command("/help")
    assert conversation.command("/quit") is None


def test_a_time_alone_asks_the_last_question_of_that_time(conversation):
    conversation.say("2025년 HBM 시장 규모는?")
    assert conversation.complete("2030년에는?") == "2030년 HBM 시장 규모는?"
    conversation.say("마벨의 매출은?")
    assert conversation.complete("작년에는?") == "작년 마벨의 매출은?"


@pytest.mark.parametrize(
    ("before", "said", "whole"),
    [
        ("엔비디아는 누구를 인수해?", "얼마에?", "엔비디아는 얼마에 인수해?"),
        ("엔비디아는 Run:ai를 인수해?", "언제?", "엔비디아는 Run:ai를 언제 인수해?"),
        ("브로드컴의 시가총액은 얼마야?", "왜?", "브로드컴의 시가총액은 왜?"),
        ("브로드컴의 시가총액은?", "왜?", "브로드컴의 시가총액은 왜?"),
        ("브로드컴의 시가총액은?", "얼마에?", "브로드컴의 얼마에?"),
    ],
)
def test_a_bare_word_asks_more_of_the_same_deed(conversation, before, said, whole):
    conversation.say(before)
    assert conversation.complete(said) == whole


def test_what_was_asked_for_is_put_as_the_answer_names_it(conversation):
    answer = conversation.say("엔비디아는 어떤 회사를 인수했어?")
    name = next(n for n in ("Run:ai", "런에이아이") if n in answer.text)
    assert name in conversation.complete("얼마에?")
    assert conversation.complete("얼마에?").endswith("얼마에 인수했어?")


def test_more_asks_the_last_question_for_more(conversation):
    conversation.say("엔비디아가 인수한 회사는?")
    answer = conversation.say("더 자세히")
    assert answer.interpretation["type"] == "summary"
    assert not answer.abstained


def test_that_company_is_what_was_answered(conversation):
    conversation.say("DeepSeek-V3를 개발한 회사는?")
    assert conversation.complete("그 회사의 본사는 어디야?") == "딥시크의 본사는 어디야?"


def test_the_week_asked_about_is_kept(conversation):
    conversation.say("1월 6일자 종목표에서 엔비디아의 시가총액은?")
    assert conversation.complete("주가는?") == "1월 6일자 종목표에서 엔비디아의 주가는?"


def test_saved_conversation_is_resumed(conversation, answerer, tmp_path):
    first = conversation.say("브로드컴의 시가총액은?")
    saved = tmp_path / "chat.json"
    conversation.command(f"/save {saved}")
    other = Conversation(answerer.linker, answerer.ask, answerer.classes)
    assert "1개" in other.command(f"/load {saved}")
    assert other.turns[0][1].text == first.text
    assert other.turns[0][1].citations == first.citations
    assert other.complete("그럼 마벨은?") == "마벨의 시가총액은?"


def test_what_is_no_saved_conversation_is_refused(conversation, tmp_path):
    (tmp_path / "no.json").write_text("[]", encoding="utf-8")
    with pytest.raises(AgentError, match="cannot resume"):
        conversation.load(tmp_path / "no.json")


def test_names_and_commands_are_completed():
    names = Names(["엔비디아", "SK 하이닉스", "SK온", "Run:ai"])
    assert names.completions("그럼 엔비") == [("엔비디아", 2)]
    assert names.completions("sk 하이") == [("SK 하이닉스", 5)]
    assert [name for name, _ in names.completions("SK")] == ["SK온", "SK 하이닉스"]
    assert ("/sources", 3) in names.completions("/so")
    assert names.completions("") == []


def test_ctrl_c_stops_the_answer_and_keeps_the_conversation(answerer, capsys):
    from prompt_toolkit.input import create_pipe_input
    from prompt_toolkit.output import DummyOutput

    def slow_at_first(question):
        if "인수" in question:
            raise KeyboardInterrupt  # what Python makes of Ctrl-C while it works
        return answerer.ask(question)

    conversation = Conversation(answerer.linker, slow_at_first, answerer.classes)
    shown = []
    with create_pipe_input() as keys:
        # a question that is stopped, Ctrl-C at the prompt, another question, Ctrl-D
        keys.send_text("엔비디아가 인수한 회사는?\r\x03B200의 메모리 용량은?\r\x04")
        prompt = session([], source=keys, target=DummyOutput())
        run(conversation, lambda: prompt.prompt("› "), shown.append)
    assert "멈췄습니다" in capsys.readouterr().err
    assert len(conversation.turns) == len(shown) == 1
    assert "192" in shown[0].text


def test_resume_on_the_command_line(kg, tmp_path):
    saved = tmp_path / "chat.json"
    kg("chat", stdin=f"브로드컴의 시가총액은?\n/save {saved}\n")
    result = kg("chat", "--resume", saved, stdin="그럼 마벨은?\n")
    assert result.code == 0
    assert "마벨" in result.out
    assert "cannot resume" in kg("chat", "--resume", tmp_path / "none.json").error()


def test_piped_conversation(kg):
    result = kg("chat", stdin="엔비디아가 인수한 회사는?\n출처는?\n/quit\n")
    assert result.code == 0
    assert "Run:ai" in result.out
    assert result.out.count("[1]") >= 2


def test_explanation_shows_the_query_that_runs(answerer):
    answer = answerer.ask("엔비디아가 인수한 회사는?")
    assert "kg:acquires" in answer.explanation()
    assert answerer.facts.select(answer.sparql)
