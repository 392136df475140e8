"""Answers by a language model, under the same checks; models here are scripted."""

from __future__ import annotations

QUESTION = "엔비디아가 인수한 회사는?"


def asked(answerer, *replies):
    from langchain_core.language_models import GenericFakeChatModel
    from langchain_core.messages import AIMessage

    from agent.llm import ask_model

    model = GenericFakeChatModel(messages=iter(AIMessage(text) for text in replies))
    return ask_model(answerer, QUESTION, model)


def test_a_supported_sentence_is_kept_with_its_citation(answerer):
    answer = asked(answerer, "엔비디아는 Run:ai를 인수했습니다. [1]")
    assert answer.text == "엔비디아는 Run:ai를 인수했습니다. [1]"
    assert "Run:ai" in answer.citations[0].evidence.quote


def test_made_up_and_missing_citations_are_dropped(answerer):
    built_in = answerer.ask(QUESTION)
    answer = asked(answerer, "엔비디아는 Run:ai를 인수했습니다. [99] 좋은 회사입니다.")
    assert answer.sentences == built_in.sentences
    assert len(answer.dropped) >= 2


def test_an_unsupported_number_is_dropped(answerer):
    answer = asked(answerer, "엔비디아는 Run:ai를 인수했습니다. [1] 금액은 987억 달러였습니다. [1]")
    assert "987" not in answer.text
    assert any("987" in line for line in answer.dropped)


def test_no_answer_falls_back(answerer):
    assert asked(answerer, "NO_ANSWER").sentences == answerer.ask(QUESTION).sentences


def test_a_failing_model_falls_back_and_says_so(answerer, capsys):
    answer = asked(answerer)  # the scripted model has nothing to say: it raises
    assert answer.sentences == answerer.ask(QUESTION).sentences
    assert "built-in answer" in capsys.readouterr().err


def test_a_model_without_its_provider_is_one_line(kg):
    result = kg("ask", QUESTION, "--model", "nosuchprovider:x")
    assert result.error(3).startswith("kg: cannot make the model")


def test_retriever_gives_documents_with_their_place(home):
    from agent.retriever import WorkspaceRetriever

    documents = WorkspaceRetriever(home=home, k=3).invoke("HBM 공급")
    assert len(documents) == 3
    assert all("HBM" in d.page_content for d in documents[:1])
    assert {"report", "date", "section", "start", "end", "score"} <= documents[0].metadata.keys()
