"""An OpenAI-compatible server for tests: real sockets, scripted answers, faults to order. Standard library only.

    with serving() as server:                                  # answers whatever the schema asks for
        Model(base_url=server.url, model="stub")
        server.order(Fault.BUSY, Fault.DROP)                   # what becomes of the next calls, in turn
        server.rates = {Fault.DOWN: 0.1}                       # and of calls not ordered: drawn by `seed`
        server.answer = lambda asked: {"work": "idle"}         # text, or what becomes the text's JSON
        server.calls[-1].messages, server.open, server.peak    # what came in, sockets open, most calls at once
    with serving(certificate=CERTIFICATES / "expired.pem"):    # over TLS, with a certificate nobody trusts

As a process of its own: `python -m tests.llm_server --port 8399 --latency 0.5 --sigma 0.3 --rate busy=0.1`.
"""

import argparse
import asyncio
import json
import math
import random
import ssl
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

CERTIFICATES = Path(__file__).parent / "certificates"  # self-signed, each with its worthless key
LONG = 100_000  # characters of an over-long answer
CACHED_FROM, CACHED_STEP = 1024, 128  # tokens: shortest prefix that is cached, and how it grows


class Fault(Enum):
    """What can go wrong with a call."""

    BUSY = "busy"  # 429 with Retry-After: `retry_after`
    DOWN = "down"  # 503
    HANG = "hang"  # no answer for `hang` seconds
    DROP = "drop"  # the connection closes without an answer
    HALF = "half"  # the connection closes within the answer
    CODED = "coded"  # 200, said to be gzip, which it is not
    HTML = "html"  # 200 with a web page
    MALFORMED = "malformed"  # the answer's JSON is broken
    WRONG = "wrong"  # the answer is JSON of another shape
    TRUNCATED = "truncated"  # half an answer, finish_reason "length"
    LONG = "long"  # an answer of 100 KB
    REFUSAL = "refusal"  # message.refusal, content null
    FILTER = "filter"  # finish_reason "content_filter", content null
    EMPTY = "empty"  # no choices
    LIMIT = "limit"  # 400: the prompt is longer than the context
    MOVED = "moved"  # 307 to /elsewhere


@dataclass(frozen=True)
class Asked:
    """One call as it arrived. `schema`: the JSON schema it came with, if any."""

    path: str
    headers: dict[str, str]  # names in lower case
    body: dict[str, Any]
    fault: Fault | None = None

    @property
    def messages(self) -> list[tuple[str, str]]:
        return [(message["role"], message["content"]) for message in self.body.get("messages", [])]

    @property
    def prompt(self) -> str:
        return "\n".join(text for _, text in self.messages)

    @property
    def schema(self) -> dict[str, Any] | None:
        return (self.body.get("response_format") or {}).get("json_schema", {}).get("schema")


@dataclass
class LlmServer:
    """How it answers; every field can be changed while it runs."""

    answer: Callable[[Asked], Any] = field(default=lambda asked: instance(asked.schema or {}))
    latency: float = 0.0  # seconds, median
    sigma: float = 0.0  # of the latency's logarithm
    rates: dict[Fault, float] = field(default_factory=dict)  # probabilities of faults not ordered
    seed: int = 0
    retry_after: str = "0.05"
    hang: float = 30.0
    json_schema: Literal["kept", "ignored", "refused", "breaks"] = "kept"  # ignored: prose; refused: 400; breaks: 500
    json_object: Literal["kept", "refused"] = "kept"
    refuses: set[str] = field(default_factory=set)  # parameters answered with 400
    nameless: bool = False  # refuses parameters without naming them, with 422
    usage: Literal["full", "plain", "null", "missing"] = "full"  # plain: without cached tokens
    refusal: str = "I'm sorry, I can't help with that."
    page: int = 0  # a web page with this status is all it has; 0: it has none
    key: str | None = None  # any other gets 401
    models: set[str] | None = None  # any other gets 404
    url: str = ""  # filled in by `serving`
    calls: list[Asked] = field(default_factory=list)  # of chat completions, in the order of arrival
    answered: int = 0  # with status 200
    flying: int = 0
    peak: int = 0
    faults: Counter[Fault] = field(default_factory=Counter)
    sockets: set[asyncio.Transport] = field(default_factory=set)
    _ordered: deque[Fault | None] = field(default_factory=deque)
    _prefixes: set[int] = field(default_factory=set)
    _dice: random.Random | None = None

    @property
    def open(self) -> int:
        """Sockets."""
        return len(self.sockets)

    def left(self, seconds: float = 2.0) -> bool:
        """Whether nobody is connected and no call under way, within so long: word of a closed socket takes a while."""
        return _soon(lambda: not self.sockets and not self.flying, seconds)

    def let_go(self, seconds: float = 2.0) -> bool:
        """Whether no call is under way, within so long."""
        return _soon(lambda: not self.flying, seconds)

    def order(self, *faults: Fault | None) -> None:
        """What becomes of the next calls, in turn. None: nothing goes wrong."""
        self._ordered.extend(faults)

    async def reply(self, asked: Asked) -> tuple[int, dict[str, str], bytes] | None:
        """Status, headers and body; None: hang up."""
        if self.key is not None and asked.headers.get("authorization") != f"Bearer {self.key}":
            return _error(401, f"Incorrect API key provided: {asked.headers.get('authorization')}")
        if self.page:
            return self.page, {"Content-Type": "text/html"}, b"<!doctype html><html><body>Welcome</body></html>"
        if asked.path == "/v1/models":
            return _json(200, {"object": "list", "data": [{"id": name} for name in sorted(self.models or {"stub"})]})
        if asked.path != "/v1/chat/completions":
            return _error(404, f"no such path: {asked.path}")
        asked = Asked(asked.path, asked.headers, asked.body, self._fault())
        self.calls.append(asked)
        self.flying += 1
        self.peak = max(self.peak, self.flying)
        try:
            return await self._complete(asked)
        finally:
            self.flying -= 1

    async def _complete(self, asked: Asked) -> tuple[int, dict[str, str], bytes] | None:
        dice, fault = self._dice or random.Random(self.seed), asked.fault
        self._dice = dice
        if fault is not None:
            self.faults[fault] += 1
        early = self._refusal(asked)
        if early is not None:
            return early
        if self.latency:
            await asyncio.sleep(self.latency * math.exp(self.sigma * dice.gauss(0, 1)))
        if fault is Fault.HANG:
            await asyncio.sleep(self.hang)
        if fault is Fault.DROP:
            return None
        self.answered += 1
        if fault is Fault.HTML:
            return 200, {"Content-Type": "text/html"}, b"<html><body>upstream error</body></html>"
        if fault is Fault.CODED:
            return 200, {"Content-Encoding": "gzip"}, b"this is not gzip"
        status, headers, body = _json(200, self._completion(asked))
        return status, headers | ({"Content-Length": str(len(body) + 1)} if fault is Fault.HALF else {}), body

    def _fault(self) -> Fault | None:
        if self._ordered:
            return self._ordered.popleft()
        self._dice = self._dice or random.Random(self.seed)
        drawn = self._dice.random()
        for fault, rate in self.rates.items():
            drawn -= rate
            if drawn < 0:
                return fault
        return None

    def _refusal(self, asked: Asked) -> tuple[int, dict[str, str], bytes] | None:
        match asked.fault:
            case Fault.BUSY:
                return _error(429, "Rate limit reached", {"Retry-After": self.retry_after})
            case Fault.DOWN:
                return _error(503, "overloaded")
            case Fault.MOVED:
                return 307, {"Location": "/elsewhere"}, b""
            case Fault.LIMIT:
                return _error(400, "This model's maximum context length is 4096 tokens", code="context_length_exceeded")
        form = (asked.body.get("response_format") or {}).get("type")
        if self.models is not None and asked.body.get("model") not in self.models:
            return _error(404, f"The model '{asked.body.get('model')}' does not exist", code="model_not_found")
        if form == "json_schema" and self.json_schema == "refused":
            return _error(400, "response_format json_schema is not supported")
        if form == "json_schema" and self.json_schema == "breaks":
            return _error(500, "Internal Server Error")
        if form == "json_object" and self.json_object == "refused":
            return _error(400, "response_format is not supported")
        refused = sorted(self.refuses & asked.body.keys())
        if refused and self.nameless:
            return _json(422, {"detail": "Unprocessable Entity"})
        return _error(400, f"Unsupported parameter: '{refused[0]}'", param=refused[0]) if refused else None

    def _completion(self, asked: Asked) -> dict[str, Any]:
        given = self.answer(asked)
        text: str | None = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
        finish, refusal = "stop", None
        if asked.schema is not None and self.json_schema == "ignored":
            text = "I would rather talk about the weather."
        match asked.fault:
            case Fault.MALFORMED:
                text = str(text)[:-1] + ",}"
            case Fault.WRONG:
                text = '{"unexpected": 1}'
            case Fault.TRUNCATED:
                text, finish = str(text)[: max(1, len(str(text)) // 2)], "length"
            case Fault.LONG:
                text = json.dumps({"text": "x" * LONG})
            case Fault.REFUSAL:
                text, refusal = None, self.refusal
            case Fault.FILTER:
                text, finish = None, "content_filter"
        message = {"role": "assistant", "content": text, "refusal": refusal}
        choices = [{"index": 0, "message": message, "finish_reason": finish}]
        body = {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 0,
            "model": asked.body.get("model"),
            "choices": [] if asked.fault is Fault.EMPTY else choices,
        }
        return body if self.usage == "missing" else body | {"usage": self._usage(asked, text or "")}

    def _usage(self, asked: Asked, text: str) -> dict[str, Any] | None:
        """Four characters are a token; equal beginnings are cached, schema first, as real endpoints do."""
        if self.usage == "null":
            return None
        told = json.dumps([asked.body.get("response_format"), asked.messages])
        steps = range(0, len(told) + 1, 4 * CACHED_STEP)
        hit, known = 0, True
        running = 0
        for start, end in pairwise(steps):
            running = hash((running, told[start:end]))
            known = known and running in self._prefixes
            hit = end // 4 if known else hit
            self._prefixes.add(running)
        prompt, completion = len(told) // 4, len(text) // 4 + 1
        usage: dict[str, Any] = {"prompt_tokens": prompt, "completion_tokens": completion}
        cached = {"prompt_tokens_details": {"cached_tokens": hit if hit >= CACHED_FROM else 0}}
        return usage | {"total_tokens": prompt + completion} | (cached if self.usage == "full" else {})


def instance(schema: dict[str, Any], root: dict[str, Any] | None = None) -> Any:
    """The first thing that fits a JSON schema: first of each choice, shortest list, least number."""
    root = root or schema
    if "$ref" in schema:
        return instance(root["$defs"][schema["$ref"].rsplit("/", 1)[-1]], root)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return instance(schema[choice][0], root)
    match schema.get("type", "object"):
        case "object":
            return {name: instance(part, root) for name, part in schema.get("properties", {}).items()}
        case "array":
            return [instance(schema.get("items", {}), root)] * schema.get("minItems", 0)
        case "string":
            return "water for all".ljust(schema.get("minLength", 0), ".")[: schema.get("maxLength", 100)]
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
    return None


class _Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive and Content-Length, as much as the client speaks."""

    def __init__(self, server: LlmServer) -> None:
        self.server, self.buffer = server, b""
        self.task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.server.sockets.add(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.server.sockets.discard(self.transport)
        if self.task is not None:
            self.task.cancel()

    def data_received(self, data: bytes) -> None:
        if data[:1] == b"\x16":  # TLS, which is not spoken here
            self.transport.write(b"HTTP/1.1 400 .\r\nContent-Length: 0\r\n\r\n")
            self.transport.close()
            return
        self.buffer += data
        head, end, body = self.buffer.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
        length = int(headers.get("content-length", 0))
        if end and len(body) >= length:
            self.buffer = body[length:]
            asked = Asked(lines[0].split(" ")[1], headers, json.loads(body[:length]) if length else {})
            self.task = asyncio.get_running_loop().create_task(self.serve(asked))

    async def serve(self, asked: Asked) -> None:
        result = await self.server.reply(asked)
        if result is None:
            self.transport.abort()
            return
        status, headers, body = result
        told = {"Content-Length": str(len(body))} | headers
        head = [f"HTTP/1.1 {status} .", *(f"{name}: {value}" for name, value in told.items()), "", ""]
        self.transport.write("\r\n".join(head).encode("latin-1") + body)
        if told["Content-Length"] != str(len(body)):
            self.transport.close()


def _json(status: int, body: Any, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    return status, {"Content-Type": "application/json", **(headers or {})}, json.dumps(body).encode()


def _soon(holds: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    return holds()


def _error(status: int, text: str, headers: dict[str, str] | None = None, **more: Any) -> Any:
    return _json(status, {"error": {"message": text, "type": "error", "param": None, "code": None} | more}, headers)


@contextmanager
def serving(server: LlmServer | None = None, port: int = 0, certificate: Path | None = None) -> Iterator[LlmServer]:
    """The server, listening on a port of 127.0.0.1 from a thread of its own."""
    server, ready, secure = server or LlmServer(), threading.Event(), None
    if certificate is not None:
        secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        secure.load_cert_chain(certificate)
    loop, stop = asyncio.new_event_loop(), asyncio.Event()

    async def run() -> None:
        listener = await loop.create_server(lambda: _Connection(server), "127.0.0.1", port, backlog=1024, ssl=secure)
        server.url = f"http{'s' if secure else ''}://127.0.0.1:{listener.sockets[0].getsockname()[1]}/v1"
        ready.set()
        await stop.wait()
        listener.close()
        for transport in list(server.sockets):
            transport.abort()
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    def live() -> None:
        loop.run_until_complete(run())
        loop.close()

    thread = threading.Thread(target=live, daemon=True)
    thread.start()
    if not ready.wait(10):
        raise RuntimeError(f"the server could not listen on port {port}: it is taken, choose another")
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8399)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--sigma", type=float, default=0.0)
    parser.add_argument("--rate", action="append", default=[], metavar="FAULT=PROBABILITY")
    parser.add_argument("--seconds", type=float, default=300.0, help="stops by itself")
    args = parser.parse_args()
    rates = {Fault(name): float(rate) for name, rate in (each.split("=") for each in args.rate)}
    with serving(LlmServer(latency=args.latency, sigma=args.sigma, rates=rates), args.port) as own:
        print(own.url, flush=True)
        threading.Event().wait(args.seconds)
