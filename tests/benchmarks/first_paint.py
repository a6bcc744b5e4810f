"""First paint: from starting the server, kernels compiled and snapshot taken, until the opening page is drawn whole.

Side by side in the same minutes: a browser that has been here before, one that has not, and both with an app of one
line, which is the floor that Streamlit and this machine set.
"""

import os
import statistics
import time
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ViewportSize

from tests.browser.server import free_port, running

TARGET = 2.5  # s
SIZE: ViewportSize = {"width": 1440, "height": 900}
WORDS = "What happens if"  # of the bet's question, and of the empty app
APPS = {"opening page": "dashboard/app.py", "an empty app": ""}
DRAWN = """words => document.body.innerText.includes(words) &&
  (!document.querySelector('.cockpit') || !!document.querySelector('.cockpit .main-svg'))"""
FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def report(browser: Browser, folder: Path, starts: int) -> None:
    """Print medians over so many starts of each, after one of each that is not counted."""
    empty = folder / "empty.py"
    empty.write_text(f"import streamlit as st\nst.title({WORDS!r})\n", "utf-8")
    apps = {name: app or str(empty) for name, app in APPS.items()}
    ports = {name: free_port() for name in apps}  # a browser's cache goes by the address
    known = {name: browser.new_context(viewport=SIZE) for name in apps}
    took: dict[tuple[str, str], list[float]] = {(name, cache): [] for name in apps for cache in ("warm", "cold")}
    for turn in range(starts + 1):
        for (name, cache), times in took.items():
            context = known[name] if cache == "warm" else browser.new_context(viewport=SIZE)
            seconds = _start(context, folder / "first.txt", apps[name], ports[name])
            if cache == "cold":
                context.close()
            if turn:
                times.append(seconds)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"first paint after a start, median of {starts} (least to most), load {load:.1f}:")
    for (name, cache), times in took.items():
        middle = statistics.median(times)
        verdict = "" if name == "an empty app" else f", target {TARGET} s: {'met' if middle <= TARGET else 'MISSED'}"
        print(f"  {name}, cache {cache}: {middle:.2f} s ({min(times):.2f} to {max(times):.2f}){verdict}")
    for context in known.values():
        context.close()


def _start(context: BrowserContext, log: Path, app: str, port: int) -> float:
    """Seconds of one start."""
    page = context.new_page()
    page.set_default_timeout(120_000)
    start = time.perf_counter()
    with running(log, app=app, port=port) as server:
        page.goto(server.url, wait_until="commit")
        page.wait_for_function(DRAWN, arg=WORDS, polling="raf")
        page.evaluate(FRAME)
        took = time.perf_counter() - start
        page.close()
    return took
