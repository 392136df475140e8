"""Conversations: follow-up questions, commands, piped input."""

from __future__ import annotations

import pytest

from agent.chat import Conversation
from agent.cli.asking import explanation


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
    assert "rdf:predicate kg:acquires" in conversation.command("/sparql")
    saved = tmp_path / "chat.md"
    assert str(saved) in conversation.command(f"/save {saved}")
    assert answer.text in saved.read_text(encoding="utf-8")
    assert "/quit" in conversation.command("/help")
    assert conversation.command("/quit") is None


def test_piped_conversation(kg):
    result = kg("chat", stdin="엔비디아가 인수한 회사는?\n출처는?\n/quit\n")
    assert result.code == 0
    assert "Run:ai" in result.out
    assert result.out.count("[1]") >= 2


def test_explanation_shows_the_query_that_runs(answerer):
    answer = answerer.ask("엔비디아가 인수한 회사는?")
    assert "kg:acquires" in explanation(answer)
    assert answerer.facts.select(answer.sparql)
