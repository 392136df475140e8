"""Chat models by name, set up alike whichever provider they are of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agent.errors import ModelFailure

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_SPELLINGS: dict[str, tuple[str, ...]] = {
    "timeout": ("timeout",),
    "max_tokens": ("max_tokens", "num_predict", "max_output_tokens"),
    "max_retries": ("max_retries",),
    "temperature": ("temperature",),
}
"""What providers call a setting; the first that a model's class has is taken."""


def chat_model(name: str, **settings: float | int) -> BaseChatModel:
    """Make a LangChain chat model from ``provider:name``.

    ``settings`` are ``timeout`` (seconds), ``max_tokens`` (of an answer), ``max_retries``
    and ``temperature``; a provider that lacks one goes without it.

    Raises:
        ModelFailure: when the provider's package or key is missing.
    """
    from langchain.chat_models import init_chat_model

    try:
        model: BaseChatModel = init_chat_model(name)
        fitting = _fitting(type(model), settings)
        return init_chat_model(name, **fitting) if fitting else model
    except Exception as error:  # providers raise errors of their own kinds here
        provider = name.partition(":")[0] or "openai"
        raise ModelFailure(
            f"cannot make the model {name!r}: {' '.join(str(error).split())[:200]}; expected "
            "provider:name with the provider's package installed, e.g. pip install "
            f"langchain-{provider}, and its key in the environment"
        ) from error


def _fitting(kind: type[BaseChatModel], settings: dict[str, float | int]) -> dict[str, Any]:
    """Spell settings as a model's class does."""
    known = {
        spelling
        for name, field in kind.model_fields.items()
        for spelling in (name, field.alias)
        if spelling
    }
    fitting: dict[str, Any] = {}
    for name, value in settings.items():
        spelling = next((s for s in _SPELLINGS[name] if s in known), None)
        if spelling is not None:
            fitting[spelling] = value
        elif name == "timeout" and "client_kwargs" in known:  # Ollama hands them to httpx
            fitting["client_kwargs"] = {"timeout": value}
    return fitting
