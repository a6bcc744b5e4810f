"""The cockpit component: registered once, mounted by the Community page (contract: docs/cockpit.md)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

ASSETS = Path(__file__).resolve().parents[2] / "assets" / "cockpit"

# The shim travels with every message, so it only imports the modules served as static files. Modules import each
# other by plain names, which a browser may have cached from an earlier version: when the version is new to this
# browser, every file is fetched past the cache first, and all later imports find the new ones there.
LOAD = """
const base = new URL('app/static/cockpit/', document.baseURI), version = %(version)s, files = %(files)s;
const known = () => { try { return localStorage.getItem('cockpit') === version; } catch { return false; } };
const load = async () => {
  const href = new URL('../vendor/plotly-basic.min.js', base).href;
  document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'script', href }));
  if (!known()) {
    await Promise.all(files.map((file) => fetch(new URL(file, base), { cache: 'reload' })));
    try { localStorage.setItem('cockpit', version); } catch {}
  }
  const styles = files.filter((file) => file.endsWith('.css')).map((file) => new Promise((done) => {
    const href = new URL(file, base).href;
    if (document.querySelector(`link[href="${href}"]`)) { done(); return; }
    const link = document.createElement('link');
    document.head.append(Object.assign(link, { rel: 'stylesheet', href, onload: done, onerror: done }));
  }));
  const [module] = await Promise.all([import(new URL('cockpit.js', base)), ...styles]);
  return module;
};
const loaded = () => (globalThis.cockpit ||= load());
"""
AHEAD = "export default function () { loaded().catch(() => { globalThis.cockpit = null; }); }"
SHIM = """
export default function (component) {
  let close = null;
  const { parentElement } = component;
  loaded().then((module) => { if (parentElement.isConnected) close = module.view(component); }, () => {
    globalThis.cockpit = null;
    parentElement.querySelector('.cockpit').textContent = 'The live page could not be loaded. Reload to try again.';
  });
  return () => close?.();
}
"""

# The shape of the page until the modules are here: grey blocks where headline, run bar, timeline and tiles will stand.
_BLOCKS = (
    "0 6px/44% 22px",
    "0 44px/60% 32px",
    "140px 90px/calc(100% - 156px) 36px",
    "0 182px/100% 1px",
    "0 262px/100% 1px",
)
_GREY = "linear-gradient(color-mix(in srgb,var(--st-text-color) 7%,transparent) 0 0)"
SHAPE = "min-height:calc(100vh - 80px);background:" + ",".join(f"{_GREY} {block} no-repeat" for block in _BLOCKS)


@cache
def _load() -> str:
    """The part of the shim that loads the modules, once in a page."""
    files = sorted(path for path in ASSETS.iterdir() if path.suffix in {".js", ".css"})
    version = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
    return LOAD % {"version": json.dumps(version), "files": json.dumps([path.name for path in files])}


@cache
def _mount() -> Callable[..., Any]:
    """Register the component; its styles stay in the page, not in a shadow root, because Plotly's rules live there."""
    html = f'<div class="cockpit" style="{SHAPE}"></div>'
    return st.components.v2.component("cockpit", html=html, js=_load() + SHIM, isolate_styles=False)


@cache
def _mount_ahead() -> Callable[..., Any]:
    return st.components.v2.component("ahead", js=_load() + AHEAD)


def ahead() -> None:
    """Have the browser load the cockpit's modules while Python is still at work on what they will show."""
    with st.container(key="ahead"):
        _mount_ahead()(key="ahead_loader")


def cockpit(data: dict[str, Any], key: str, on_ask: Callable[[], None] | None = None) -> Any:
    """Mount the cockpit with `data`; the result's `ask` is the page's question of this run of the script, or None."""
    # As bytes: a dictionary Streamlit would write out twice, and load pandas to look for tables in it.
    told = json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode()
    return _mount()(key=key, data=told, on_ask_change=on_ask or (lambda: None))
