"""Which Chromium to drive, and how a page is watched: what it asks of the network, what it complains about."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
# Each window would load pages of Chromium's own for its address bar, at a third of what ours costs. The others are
# those that Playwright turns off lest Chromium asks its maker's hosts: its list gives way to this one.
_OFF = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AimEnabled",
    "HttpsUpgrades",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
)
ARGUMENTS = [
    f"--disable-features={','.join(_OFF)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",  # what was compiled of our page for one test is there for the next
]


def executable(playwright: Playwright) -> str | None:
    """Path of an installed Chromium, or None. CHROMIUM in the environment overrules the search."""
    named = [os.environ.get("CHROMIUM"), *(shutil.which(name) for name in NAMES), *PLACES]
    return next((p for p in [*named, playwright.chromium.executable_path] if p and Path(p).exists()), None)


@dataclass
class Watch:
    """What a page did that a user would not see."""

    asked: list[str] = field(default_factory=list)  # addresses of all requests, web sockets too
    complaints: list[str] = field(default_factory=list)  # errors on its console, and uncaught ones

    def on(self, page: Page) -> None:
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("websocket", lambda socket: self.asked.append(socket.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)

    def elsewhere(self, host: str) -> list[str]:
        """Requests to anything but this host; addresses that never leave the browser do not count."""
        local = ("data:", "blob:", f"http://{host}/", f"ws://{host}/")
        return [address for address in self.asked if not address.startswith(local)]
