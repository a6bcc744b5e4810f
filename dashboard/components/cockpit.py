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
SHIM = """
const base = new URL('app/static/cockpit/', document.baseURI), version = %(version)s, files = %(files)s;
const known = () => { try { return localStorage.getItem('cockpit') === version; } catch { return false; } };
const load = async () => {
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
let loading;
export default function (component) {
  loading ||= load();
  let close = null;
  const { parentElement } = component;
  loading.then((module) => { if (parentElement.isConnected) close = module.view(component); }, () => {
    loading = null;
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
def _mount() -> Callable[..., Any]:
    """Register the component; its styles stay in the page, not in a shadow root, because Plotly's rules live there."""
    files = sorted(path for path in ASSETS.iterdir() if path.suffix in {".js", ".css"})
    version = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
    js = SHIM % {"version": json.dumps(version), "files": json.dumps([path.name for path in files])}
    html = f'<div class="cockpit" style="{SHAPE}"></div>'
    return st.components.v2.component("cockpit", html=html, js=js, isolate_styles=False)


def cockpit(data: dict[str, Any], key: str, on_ask: Callable[[], None] | None = None) -> Any:
    """Mount the cockpit with `data`; the result's `ask` is the page's question of this run of the script, or None."""
    return _mount()(key=key, data=data, on_ask_change=on_ask or (lambda: None))
