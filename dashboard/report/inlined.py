"""What a report carries with it: scripts, style, fonts and their licences; and the policy that forbids the network.

A script is named by its place in `assets`, or by VIS.
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from dashboard.report.markup import Html, el, join

ASSETS = Path(__file__).parent.parent.parent / "assets"
FONTS = (("IBM Plex Sans", 400, "sans"), ("IBM Plex Sans", 600, "sans"), ("IBM Plex Mono", 400, "mono"))
PLOTLY = "vendor/plotly-basic.min.js"
VIS = "lib/vis-9.1.2/vis-network.min.js"  # where pyvis keeps it
_MODULE = re.compile(r"^(?:import .*$|export )", re.MULTILINE)  # of a module of the front end
_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)  # a debugger would ask the network for it


@cache
def script(name: str) -> str:
    """One script, as it can stand in a page, after those it imports. Lines end as an HTML parser leaves them."""
    file = resources.files("pyvis").joinpath(VIS) if name == VIS else ASSETS / name
    text = file.read_text("utf-8")
    return _safe(text if name in (PLOTLY, VIS) else _MODULE.sub("", text))


def policy(scripts: Sequence[str]) -> str:
    """Nothing may be fetched, and only these very scripts may run."""
    hashes = " ".join(f"'sha256-{_hash(script(name))}'" for name in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; font-src data:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


@cache
def style(sheets: Sequence[str]) -> Html:
    """Fonts and style sheets, these named by their place in `assets`."""
    faces = "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:block;'
        f"src:url(data:font/woff2;base64,{_font(kind, weight)}) format('woff2')}}\n"
        for family, weight, kind in FONTS
    )
    return Html(f"<style>\n{faces}{''.join((ASSETS / name).read_text('utf-8') for name in sheets)}</style>")


def tail(scripts: Sequence[str]) -> Html:
    """The script elements, for the end of the page."""
    return join(*(Html(f"<script>{script(name)}</script>\n") for name in scripts))


def logo() -> Html:
    """Our mark, as markup."""
    return Html((ASSETS / "logo.svg").read_text("utf-8"))


def icon() -> str:
    """The same as an address that never leaves the page."""
    return f"data:image/svg+xml;base64,{base64.b64encode((ASSETS / 'logo.svg').read_bytes()).decode()}"


@cache
def licences(scripts: Sequence[str]) -> Html:
    """Whose work is inlined, under which licence, with the texts."""
    mit = (ASSETS / "vendor" / "plotly-basic.LICENSE.txt").read_text("utf-8")
    parts = [("Plotly.js, basic bundle (MIT)", mit)]
    if VIS in scripts:
        head = script(VIS).split("*/")[0].removeprefix("/**")
        vis = "\n".join(line.strip().removeprefix("*").strip() for line in head.splitlines()).strip()
        terms = mit[mit.index("Permission is hereby granted") :]
        parts.append(("vis-network, as shipped with pyvis (used under MIT)", f"{vis}\n\n{terms}"))
    parts += [
        ("IBM Plex Sans (OFL 1.1)", (ASSETS / "fonts" / "LICENSE-IBM-Plex-Sans.txt").read_text("utf-8")),
        ("IBM Plex Mono (OFL 1.1)", (ASSETS / "fonts" / "LICENSE-IBM-Plex-Mono.txt").read_text("utf-8")),
    ]
    return join(*(el("details", el("summary", name), el("pre", text.strip())) for name, text in parts))


def _safe(text: str) -> str:
    """A script that cannot end its own element, with line ends as the browser will hash them."""
    plain = _MAP.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return plain.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _font(kind: str, weight: int) -> str:
    path = ASSETS / "fonts" / f"ibm-plex-{kind}-latin-{weight}-normal.woff2"
    return base64.b64encode(path.read_bytes()).decode()
