"""What a report carries with it: scripts, style, fonts and their licences; and the policy that forbids the network."""

import base64
import hashlib
import re
from functools import cache
from importlib import resources
from pathlib import Path

from dashboard.report.markup import Html, el, join

ASSETS = Path(__file__).parent.parent.parent / "assets"
FONTS = (("IBM Plex Sans", 400, "sans"), ("IBM Plex Sans", 600, "sans"), ("IBM Plex Mono", 400, "mono"))
VIS = "lib/vis-9.1.2/vis-network.min.js"  # where pyvis keeps it
_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)  # a debugger would ask the network for it


@cache
def scripts() -> tuple[str, ...]:
    """The scripts in order: Plotly, vis-network, ours. Lines end as an HTML parser leaves them."""
    plotly = (ASSETS / "vendor" / "plotly-basic.min.js").read_text("utf-8")
    vis = resources.files("pyvis").joinpath(VIS).read_text("utf-8")
    ours = (ASSETS / "report" / "report.js").read_text("utf-8")
    return tuple(_safe(text) for text in (plotly, vis, ours))


def policy() -> str:
    """Nothing may be fetched, and only these very scripts may run."""
    hashes = " ".join(f"'sha256-{_hash(text)}'" for text in scripts())
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; font-src data:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


@cache
def style() -> Html:
    """Fonts and style sheet."""
    faces = "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:block;'
        f"src:url(data:font/woff2;base64,{_font(kind, weight)}) format('woff2')}}\n"
        for family, weight, kind in FONTS
    )
    return Html(f"<style>\n{faces}{(ASSETS / 'report' / 'report.css').read_text('utf-8')}</style>")


def tail() -> Html:
    """The script elements, for the end of the page."""
    return join(*(Html(f"<script>{text}</script>\n") for text in scripts()))


def logo() -> Html:
    """Our mark, as markup."""
    return Html((ASSETS / "logo.svg").read_text("utf-8"))


def icon() -> str:
    """The same as an address that never leaves the page."""
    return f"data:image/svg+xml;base64,{base64.b64encode((ASSETS / 'logo.svg').read_bytes()).decode()}"


@cache
def licences() -> Html:
    """Whose work is inlined, under which licence, with the texts."""
    vis_head = scripts()[1].split("*/")[0].removeprefix("/**")
    vis = "\n".join(line.strip().removeprefix("*").strip() for line in vis_head.splitlines()).strip()
    mit = (ASSETS / "vendor" / "plotly-basic.LICENSE.txt").read_text("utf-8")
    terms = mit[mit.index("Permission is hereby granted") :]
    parts = (
        ("Plotly.js, basic bundle (MIT)", mit),
        ("vis-network, as shipped with pyvis (used under MIT)", f"{vis}\n\n{terms}"),
        ("IBM Plex Sans (OFL 1.1)", (ASSETS / "fonts" / "LICENSE-IBM-Plex-Sans.txt").read_text("utf-8")),
        ("IBM Plex Mono (OFL 1.1)", (ASSETS / "fonts" / "LICENSE-IBM-Plex-Mono.txt").read_text("utf-8")),
    )
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
