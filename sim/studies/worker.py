"""A worker of this machine: how a process begins that lives communities for a study. Loads nothing that takes time."""

import os
import signal
import threading
import time

POLITENESS = 10  # niceness: whoever watches a page comes first


def settle_in(parent: int) -> None:
    """Begin a process of ours: be polite, leave Ctrl-C to the parent, and do not outlive it."""
    if hasattr(os, "nice"):
        os.nice(max(0, POLITENESS - os.nice(0)))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End once the parent is gone: one that was killed cannot say so, and nobody would take what is found."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
