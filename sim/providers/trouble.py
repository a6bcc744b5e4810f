"""What can go wrong with a call, in kinds and in words. Each "compatible" endpoint puts it in words of its own."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from math import isfinite
from typing import Any

import anyio
import httpx2
from openai import APIConnectionError, APIError, APIStatusError, APITimeoutError


class Kind(Enum):
    """Of trouble."""

    BUSY = "the endpoint is busy"
    DOWN = "the endpoint failed"
    AWAY = "nobody answers at this address"
    LOST = "no answer came"
    GARBLED = "the answer cannot be read"
    PAGE = "a web page came, and no answer"
    KEY = "the endpoint does not accept the key"
    UNKNOWN = "the endpoint does not know this model or address"
    REFUSED = "the endpoint does not accept the question"
    LONG = "the question is too long for the model"
    FILTER = "the endpoint's content filter refused the question"
    MONEY = "the endpoint's account has run out"
    TLS = "no safe connection"


_PASSING = {Kind.BUSY, Kind.DOWN, Kind.AWAY, Kind.LOST, Kind.GARBLED, Kind.PAGE}
_BILLED = {Kind.LOST, Kind.GARBLED, Kind.PAGE}  # the endpoint may have done the work, and may charge for it
_LONG = (
    "context length",
    "context_length",
    "context size",
    "context window",
    "too long",
    "too large",
    "too many tokens",
)
_FILTER = ("content_filter", "content filter", "content management policy", "responsibleai")


DROPPED = (httpx2.HTTPError, anyio.EndOfStream, OSError)  # what the package lets through while an answer comes in
_PLAIN = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG", "UNKNOWN_PROTOCOL")
_UNCONNECTED = ("ConnectError", "ConnectTimeout")  # of the package's own wire


class TroubleError(Exception):
    """A try that brought no answer. `told`: Retry-After in seconds; `field`: the parameter it names."""

    def __init__(self, kind: Kind, said: str = "", status: int = 0, told: float | None = None, field: str = "") -> None:
        super().__init__(f"{kind.value}: {said}" if said else kind.value)
        self.kind, self.said, self.status, self.told, self.field = kind, said, status, told, field

    @property
    def passing(self) -> bool:
        """Whether trying again may help."""
        return self.kind in _PASSING

    @property
    def billed(self) -> bool:
        """Whether it may have cost something."""
        return self.kind in _BILLED


def trouble(error: APIError) -> TroubleError:
    """What the client's error means."""
    if isinstance(error, APIStatusError):
        return _status(error)
    causes = list(_causes(error))
    if any(type(cause).__name__ in _UNCONNECTED for cause in causes) and not _untrusted(causes):
        return TroubleError(Kind.AWAY, str(causes[-1]))
    if isinstance(error, APITimeoutError):
        return TroubleError(Kind.LOST, "it did not answer in time")
    if _untrusted(causes):
        return TroubleError(Kind.TLS, _unsafe(causes))
    kind = Kind.LOST if isinstance(error, APIConnectionError) else Kind.GARBLED
    return TroubleError(kind, str(causes[-1]).rstrip(".") or type(causes[-1]).__name__)


def _status(error: APIStatusError) -> TroubleError:
    said, field, code = _told(error.body)
    status, low = error.status_code, f"{said} {code}".lower()
    match status:
        case 401 | 403:
            kind = Kind.KEY
        case 404 | 405:
            kind = Kind.UNKNOWN
        case 402:
            kind = Kind.MONEY
        case 429:
            kind = Kind.MONEY if "insufficient_quota" in low else Kind.BUSY
        case 408 | 409 | 425:
            kind = Kind.BUSY
        case _ if status >= 500:
            kind = Kind.DOWN
        case _ if any(word in low for word in _FILTER):
            kind = Kind.FILTER
        case _ if any(word in low for word in _LONG):
            kind = Kind.LONG
        case 400 if "connected db" in low or "api key" in low:  # a gateway's words for a wrong key
            kind = Kind.KEY
        case _ if status < 400:
            return TroubleError(Kind.UNKNOWN, "it points elsewhere, which is not followed; give that address", status)
        case _:
            kind = Kind.REFUSED
    return TroubleError(kind, f"{said or 'no reason given'} (HTTP {status})", status, _after(error), field)


def _told(body: object) -> tuple[str, str, str]:
    """Message, named parameter and code of an error body of whatever shape."""
    inner: Any = body.get("error", body) if isinstance(body, dict) else body
    if not isinstance(inner, dict):
        return ("a web page" if str(inner).lstrip().startswith("<") else str(inner or "")), "", ""
    said = inner.get("message") or inner.get("detail") or ""
    return str(said), str(inner.get("param") or ""), str(inner.get("code") or "")


def _after(error: APIStatusError) -> float | None:
    """Retry-After in seconds: a number or a date."""
    given = error.response.headers.get("retry-after", "")
    try:
        seconds = float(given)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(given) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return None
    return max(0.0, seconds) if isfinite(seconds) else None


def _unsafe(causes: list[BaseException]) -> str:
    """Why there is no safe connection, without the library's signs."""
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"the server's certificate is not to be trusted ({cause.verify_message.rstrip('.')})"
        if isinstance(cause, ssl.SSLError) and cause.reason in _PLAIN:
            return "the server does not speak https here"
    return str(causes[-1])


def _untrusted(causes: list[BaseException]) -> bool:
    return any(isinstance(cause, ssl.SSLError) for cause in causes)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
