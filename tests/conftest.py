"""What holds for every test: runs are kept in a folder of the tests' own."""

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """COMMONWEAL_RUNS, for this process and all it starts."""
    os.environ["COMMONWEAL_RUNS"] = str(tmp_path_factory.mktemp("runs"))
    yield
    del os.environ["COMMONWEAL_RUNS"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The type checker takes a minute on a fresh machine: begun last, all others would be done and wait for it."""
    items.sort(key=lambda item: item.path.name != "test_style.py")
