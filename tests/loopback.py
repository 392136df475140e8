"""A model service on this machine that speaks the OpenAI chat protocol, as scripted.

https://platform.openai.com/docs/api-reference/chat : the real client talks to it, so what
is tested is what users run, errors, limits and streams of the protocol included.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Answer:
    """One answer: a text or tool calls (name, arguments as JSON text), or a failure.

    ``delay`` is in seconds; ``cut`` ends the connection in the middle of a stream.
    """

    text: str = ""
    calls: tuple[tuple[str, str], ...] = ()
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    finish: str = "stop"
    cut: bool = False
    tokens_in: int = 100
    tokens_out: int = 20


Script = Callable[[dict[str, Any]], Answer]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent where the client hung up, be it between two requests: it may."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Loopback:
    """The service: ``script`` answers each request, ``requests`` keeps them in order."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.times: list[float] = []
        self.script: Script = lambda _request: Answer("{}")
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()

    @property
    def url(self) -> str:
        """The base address for a client."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @staticmethod
    def claims(*claims: Mapping[str, Any], **fields: Any) -> Answer:
        """Answer with claims, as the schema of extraction wants them."""
        return Answer(json.dumps({"claims": claims}, ensure_ascii=False), **fields)

    @staticmethod
    def text(text: str, **fields: Any) -> Answer:
        """Answer with this very text."""
        return Answer(text, **fields)

    @staticmethod
    def call(*calls: tuple[str, Any], **fields: Any) -> Answer:
        """Answer with tool calls; arguments that are no text become JSON."""
        made = [
            (n, a if isinstance(a, str) else json.dumps(a, ensure_ascii=False)) for n, a in calls
        ]
        return Answer(calls=tuple(made), finish="tool_calls", **fields)

    @staticmethod
    def failure(status: int, **headers: str) -> Answer:
        """Fail with an HTTP status; ``retry_after`` becomes ``Retry-After``."""
        return Answer(status=status, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def replay(self, answers: Sequence[Answer]) -> None:
        """Answer one after the other, the last one for ever."""
        left = list(answers)

        def script(_request: dict[str, Any]) -> Answer:
            return left.pop(0) if len(left) > 1 else left[0]

        self.script = script

    def _take(self, request: dict[str, Any]) -> Answer:
        with self._lock:
            self.requests.append(request)
            self.times.append(time.monotonic())
            return self.script(request)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers["content-length"])
                request = json.loads(self.rfile.read(length))
                answer = service._take(request)
                time.sleep(answer.delay)
                if answer.status == 200 and request.get("stream"):
                    self._stream(answer)
                else:
                    self._whole(answer)

            def _whole(self, answer: Answer) -> None:
                good = answer.status == 200
                body = json.dumps(_completion(answer) if good else _error(answer)).encode()
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def _stream(self, answer: Answer) -> None:
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.send_header("transfer-encoding", "chunked")
                self.end_headers()
                for chunk in _chunks(answer):
                    if chunk is None:  # hang up without the end that the protocol asks for
                        self.close_connection = True
                        self.connection.close()
                        return
                    data = f"data: {chunk}\n\n".encode()
                    self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
                    self.wfile.flush()
                self.wfile.write(b"0\r\n\r\n")

            def log_message(self, *_: Any) -> None:
                pass

        return Handler


def _error(answer: Answer) -> dict[str, Any]:
    kinds = {401: "invalid_api_key", 429: "rate_limit_exceeded"}
    return {"error": {"message": f"scripted {answer.status}", "code": kinds.get(answer.status)}}


def _usage(answer: Answer) -> dict[str, int]:
    return {
        "prompt_tokens": answer.tokens_in,
        "completion_tokens": answer.tokens_out,
        "total_tokens": answer.tokens_in + answer.tokens_out,
    }


def _calls(answer: Answer) -> list[dict[str, Any]]:
    return [
        {
            "id": f"call_{n}",
            "type": "function",
            "function": {"name": name, "arguments": arguments},
        }
        for n, (name, arguments) in enumerate(answer.calls)
    ]


_HEAD = {"id": "chatcmpl-1", "created": 1, "model": "scripted"}


def _completion(answer: Answer) -> dict[str, Any]:
    message = {"role": "assistant", "content": answer.text, "tool_calls": _calls(answer) or None}
    choice = {"index": 0, "message": message, "finish_reason": answer.finish}
    return _HEAD | {"object": "chat.completion", "choices": [choice], "usage": _usage(answer)}


def _chunks(answer: Answer) -> Iterator[str | None]:
    """Yield the events of a stream; ``None`` where the line goes dead."""

    def event(delta: dict[str, Any], finish: str | None = None, **more: Any) -> str:
        choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
        return json.dumps(
            _HEAD | {"object": "chat.completion.chunk", "choices": choices} | more,
            ensure_ascii=False,
        )

    pieces = [answer.text[i : i + 8] for i in range(0, len(answer.text), 8)]
    yield event({"role": "assistant", "content": ""})
    for n, piece in enumerate(pieces):
        if answer.cut and n * 2 >= len(pieces):
            yield None
            return
        yield event({"content": piece})
    if answer.cut:
        yield None
        return
    calls = [call | {"index": n} for n, call in enumerate(_calls(answer))]
    if calls:
        yield event({"tool_calls": calls})
    yield event({}, answer.finish)
    yield json.dumps(
        _HEAD | {"object": "chat.completion.chunk", "choices": [], "usage": _usage(answer)}
    )
    yield "[DONE]"
