"""A server for each test, of which nothing is known yet."""

from collections.abc import Iterator

import pytest

from sim.providers.dialect import KNOWN
from tests.llm_server import LlmServer, serving
from tests.sim.providers.asked import model


@pytest.fixture
def server() -> Iterator[LlmServer]:
    with serving() as server:
        KNOWN.forget(model(server))  # its port may have been another test's
        yield server
