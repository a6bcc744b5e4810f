"""The real dashboard on a free port, as a process of its own."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60  # seconds until the server must answer


class Server(NamedTuple):
    """Where it answers ("127.0.0.1:8123"), its process number, and the file it writes its messages to."""

    host: str
    pid: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://{self.host}/"

    def tracebacks(self) -> list[str]:
        """Ends of the tracebacks in its log."""
        return tracebacks(self.log.read_text("utf-8", "replace"))


def tracebacks(log: str) -> list[str]:
    """Ends of the tracebacks, but for Streamlit's own when a window closes while it is being written to.

    Streamlit 1.67 takes Starlette's WebSocketDisconnected, a RuntimeError, for word of a frame of text.
    """
    parts = log.split("Traceback")[1:]
    ours = [part for part in parts if not ("in _websocket_endpoint" in part and "WebSocketDisconnected:" in part)]
    return [part.strip()[-600:] for part in ours]


@contextmanager
def running(log: Path, *options: str, app: str = "dashboard/app.py", port: int | None = None) -> Iterator[Server]:
    """Start the dashboard, wait until it answers, and stop it at the end."""
    host = f"127.0.0.1:{port or free_port()}"
    command = [sys.executable, "-m", "streamlit", "run", app, "--server.headless=true"]
    command += [f"--server.port={host.split(':')[1]}", "--server.address=127.0.0.1", "--server.fileWatcherType=none"]
    with log.open("wb") as output:
        process = subprocess.Popen([*command, *options], cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait(f"http://{host}/_stcore/health", process, log)
            yield Server(host, process.pid, log)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"the dashboard did not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")
