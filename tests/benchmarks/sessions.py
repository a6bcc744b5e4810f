"""How fast the server answers many who play at once: `python -m tests.benchmarks.sessions [--sessions 20] [--size 25]`.

No browser: a client in this process speaks Streamlit's own protocol to a real server in another, as the page does while
it plays at one day a second. Measured is from sending the question `step` until the cockpit's data of that day have
arrived whole: the server's work and its serialisation, but no painting. Clients and server share the machine's cores.
"""

import argparse
import asyncio
import itertools
import json
import re
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from tests.benchmarks.page import VIEWER_P95, against
from tests.browser.server import Server, running

SIZES = (25, 200)  # residents
LIVED = 40  # days already lived when measuring starts
BEAT = 1.0  # seconds between two days
WARM, DAYS = 3, 30  # days not counted, and counted
FRONTIER = re.compile(rb'"frontier":(\d+)')
WHOLE = 10  # of so many answers one is read whole
EVENTS = "$$STREAMLIT_INTERNAL_KEY_{}__events"  # the widget that carries a component's questions
_numbers = itertools.count(1)


class Visitor:
    """One open page: what it must know to ask, and how long its answers took, in ms."""

    def __init__(self, socket: ClientConnection, query: str) -> None:
        self.socket, self.query = socket, query
        self.states: dict[str, WidgetState] = {}  # of the sidebar's fields, which a browser sends with every question
        self.cockpit = self.fragment = self.page = ""
        self.day = -1
        self.took: list[float] = []
        self.size = 0  # bytes of the last answer

    async def arrive(self) -> None:
        """Open the page and read it to its end."""
        await self._send(BackMsg())
        while True:
            message = ForwardMsg.FromString(await self._bytes())
            match message.WhichOneof("type"):
                case "delta" if message.delta.WhichOneof("type") == "new_element":
                    self._saw(message)
                case "script_finished" if self.day >= 0:
                    return

    async def step(self) -> None:
        """Ask for the next day and wait until it is here."""
        day = self.day + 1
        question = {"type": "step", "days": 1, "until": day, "n": next(_numbers)}
        asked = BackMsg()
        asked.rerun_script.fragment_id = self.fragment
        asked.rerun_script.widget_states.widgets.add(
            id=EVENTS.format(self.cockpit), json_trigger_value=json.dumps([{"event": "ask", "value": question}])
        )
        start = time.perf_counter()
        await self._send(asked)
        while True:
            answer = await self._bytes()
            if (found := FRONTIER.search(answer)) and int(found[1]) >= day:
                break
        self.took.append(1_000 * (time.perf_counter() - start))
        self.day, self.size = day, len(answer)
        if day % WHOLE == 0:
            check(json.loads(ForwardMsg.FromString(answer).delta.new_element.bidi_component.bytes), day)

    async def play(self, wait: float, days: int) -> None:
        """Live so many days, one a beat; a late answer puts off the next question, as in the page."""
        await asyncio.sleep(wait)
        due = time.perf_counter()
        for _ in range(days):
            await self.step()
            due = max(due + BEAT, time.perf_counter())
            await asyncio.sleep(due - time.perf_counter())

    def _saw(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        match element.WhichOneof("type"):
            case "bidi_component" if element.bidi_component.component_name == "cockpit":
                self.cockpit, self.fragment = element.bidi_component.id, message.delta.fragment_id
                self.page = message.metadata.active_script_hash
                self.day = int(json.loads(element.bidi_component.bytes)["frontier"])
            case "number_input":
                field = element.number_input
                self.states[field.id] = WidgetState(id=field.id, double_value=field.default)
                if field.data_type == field.INT:
                    self.states[field.id] = WidgetState(id=field.id, int_value=int(field.default))
            case "selectbox" if element.selectbox.HasField("default"):
                field = element.selectbox
                self.states[field.id] = WidgetState(id=field.id, string_value=field.options[field.default])

    async def _send(self, message: BackMsg) -> None:
        rerun = message.rerun_script
        rerun.query_string, rerun.page_script_hash = self.query, self.page
        rerun.widget_states.widgets.extend(self.states.values())
        await self.socket.send(message.SerializeToString())

    async def _bytes(self) -> bytes:
        received = await self.socket.recv()
        assert isinstance(received, bytes)
        return received


def check(told: dict[str, Any], day: int) -> None:
    """Fail if the cockpit's data are not those of a new day: its row, and its graph and lines."""
    assert told["frontier"] == told["show"] == told["series"][-1]["day"] == day, told["frontier"]
    assert told["details"][-1]["day"] == day
    assert told["details"][-1]["nodes"] and told["details"][-1]["lines"]


@asynccontextmanager
async def visitors(server: Server, count: int, size: int) -> AsyncIterator[list[Visitor]]:
    """So many pages, each with a run of its own that has lived a while."""
    found = []
    for k in range(count):
        days = {"size": size, "seed": k + 1, "days": 365, "day": LIVED, "lived": LIVED}
        query = urlencode({"run": "original-community", **days})
        socket = await connect(f"ws://{server.host}/_stcore/stream", max_size=None, ping_interval=None)
        found.append(Visitor(socket, query))
        await found[-1].arrive()
    yield found
    for visitor in found:
        await visitor.socket.close()


async def measure(server: Server, count: int, size: int) -> None:
    """Print how long a step takes while so many play, spread over the beat."""
    async with visitors(server, count, size) as playing:
        await asyncio.gather(*(visitor.play(k * BEAT / count, WARM) for k, visitor in enumerate(playing)))
        start, used = time.perf_counter(), time.process_time()
        await asyncio.gather(*(visitor.play(k * BEAT / count, DAYS) for k, visitor in enumerate(playing)))
        elapsed, used = time.perf_counter() - start, time.process_time() - used
    took = [ms for visitor in playing for ms in visitor.took[WARM:]]
    late = statistics.quantiles(took, n=20)[-1]
    target = VIEWER_P95 if count > 1 else None
    print(
        f"{size:>6} residents, {count:>2} playing: step {statistics.median(took):.0f} ms, p95 {late:.0f}"
        f"{against(late, target)}; {len(took) / elapsed:.1f} days/s in all, "
        f"{playing[0].size / 1_000:.0f} kB an answer; clients took {used / elapsed:.0%} of a core",
        flush=True,
    )


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--size", type=int, nargs="*", default=list(SIZES))
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running(Path(folder, "log.txt")) as server:
        for size in words.size:
            for count in (1, words.sessions):
                asyncio.run(measure(server, count, size))
        assert not server.tracebacks()


if __name__ == "__main__":
    main()
