"""Prices, waits and odd bodies, without a server."""

import json
from typing import Any

import pytest

from sim.asking import Outcome
from sim.errors import SettingError
from sim.models import Model
from sim.providers.answer import BODY, read
from sim.providers.prices import Price, Prices, table
from sim.providers.retries import Retries
from sim.providers.trouble import Kind, TroubleError

OPENAI = "https://api.openai.com/v1"


def test_a_price_is_dollars_per_million_tokens() -> None:
    assert Price(prompt=2.0, completion=8.0, cached=0.5).cost(1_000_000, 400_000, 100_000) == pytest.approx(2.2)
    assert Price(prompt=2.0, completion=8.0).cost(1_000_000, 400_000, 0) == 2.0


def test_the_table_is_dated_and_a_persons_price_goes_first() -> None:
    (base_url, name), price = next(iter(table().items()))
    assert price.date is not None
    listed = Model(model=name, base_url=base_url)
    assert Prices().of(listed) == price
    own = Price(prompt=0, completion=0)
    assert Prices({"llm": own}).of(listed) is own
    assert Prices({name: own}).of(listed) is own


def test_what_is_not_listed_has_no_price() -> None:
    name = next(iter(table()))[1]
    assert Prices().of(Model(model="never-heard-of", base_url=OPENAI)) is None
    assert Prices().of(Model(model=name, base_url="http://127.0.0.1:1/v1")) is None, "another endpoint, another price"


@pytest.mark.parametrize("dollars", [-1.0, float("nan"), float("inf")])
def test_prices_are_checked(dollars: float) -> None:
    with pytest.raises(SettingError, match="dollars per million"):
        Price(prompt=dollars, completion=1.0)


def test_waits_grow_and_end() -> None:
    retries = Retries(tries=6, seconds=1000, first=1.0, longest=8.0)
    for tries, most in ((1, 1), (2, 2), (3, 4), (4, 8), (5, 8)):
        wait = retries.wait(tries, 0, None)
        assert wait is not None
        assert most / 2 <= wait <= most
    assert retries.wait(6, 0, None) is None
    assert retries.wait(1, 999.9, None) is None


def test_waits_differ() -> None:
    assert len({Retries().wait(1, 0, None) for _ in range(20)}) > 10


def test_told_waits_are_kept_within_bounds() -> None:
    assert 3 <= (Retries().wait(1, 0, 3.0) or 0) < 4
    assert 30 <= (Retries().wait(1, 0, 9999.0) or 0) < 31


def body(**choice: Any) -> bytes:
    return json.dumps({"choices": [{"finish_reason": "stop", **choice}], "model": None}).encode()


def test_content_in_parts() -> None:
    parts = [{"type": "text", "text": "{"}, {"type": "text", "text": "}"}, {"type": "image"}, 5]
    assert read(body(message={"content": parts})).text == "{}"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"choices": null}',
        b'{"choices": [null]}',
        b'{"choices": [{"message": "hello"}]}',
        b"[" * 100_000,
        b"\xff\xfe",
        b"1" * 5000,
        body(message={"content": None}),
        body(message={"content": 5}),
        body(message={"content": ""}),
    ],
)
def test_odd_bodies_are_trouble_that_may_pass(raw: bytes) -> None:
    with pytest.raises(TroubleError) as caught:
        read(raw)
    assert caught.value.kind is Kind.GARBLED
    assert caught.value.passing


def test_an_error_with_status_200() -> None:
    with pytest.raises(TroubleError, match="overloaded"):
        read(b'{"error": {"message": "overloaded", "code": 502}}')


def test_endless_bodies_are_cut() -> None:
    assert read(b" " * (BODY + 1)).outcome is Outcome.CUT


@pytest.mark.parametrize(
    ("usage", "counted"),
    [
        ({"prompt_tokens": 9, "completion_tokens": 3, "prompt_tokens_details": {"cached_tokens": 4}}, (9, 4, 3)),
        ({"prompt_tokens": 9, "completion_tokens": 3, "prompt_tokens_details": {"cached_tokens": 40}}, (9, 9, 3)),
        ({"prompt_tokens": 9, "completion_tokens": 3, "prompt_tokens_details": None}, (9, 0, 3)),
        ({"prompt_tokens": -9, "completion_tokens": 3}, None),
        ({"prompt_tokens": "9", "completion_tokens": 3}, None),
        ({"prompt_tokens": True, "completion_tokens": 3}, None),
        (None, None),
        ([], None),
    ],
)
def test_counts_are_read_with_distrust(usage: Any, counted: tuple[int, int, int] | None) -> None:
    whole = json.dumps({"choices": [{"message": {"content": "x"}}], "usage": usage}).encode()
    assert read(whole).counted == counted
