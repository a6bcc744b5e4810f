"""Processes of their own for tests: forked, so that they need not load everything again."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import pytest

forks = pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="needs a system that forks")


def start(work: Callable[..., None], *args: object) -> tuple[BaseProcess, Connection]:
    """A process that does `work(told, *args)`, and the end of the pipe at which one hears what it sends to `told`."""
    context = multiprocessing.get_context("fork")
    heard, told = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(told, *args), daemon=True)
    process.start()
    told.close()
    return process, heard


def everything(heard: Connection) -> list[object]:
    """All that was sent until the process was gone."""
    told: list[object] = []
    try:
        while True:
            told.append(heard.recv())
    except EOFError:
        return told
