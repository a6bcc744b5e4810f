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
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href, onload: done, onerror: done });
    document.head.append(link);
  }));
  const [module] = await Promise.all([import(new URL('cockpit.js', base)), ...styles]);
  return module;
};
let loading;
export default function (component) {
  loading ||= load();
  let close = null;
  loading.then((module) => { if (component.parentElement.isConnected) close = module.view(component); });
  return () => close?.();
}
"""


@cache
def _mount() -> Callable[..., Any]:
    """Register the component; its styles stay in the page, not in a shadow root, because Plotly's rules live there."""
    files = sorted(path for path in ASSETS.iterdir() if path.suffix in {".js", ".css"})
    version = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
    js = SHIM % {"version": json.dumps(version), "files": json.dumps([path.name for path in files])}
    html = '<div class="cockpit" style="min-height:calc(100vh - 80px)"></div>'
    return st.components.v2.component("cockpit", html=html, js=js, isolate_styles=False)


def cockpit(data: dict[str, Any], key: str, on_ask: Callable[[], None] | None = None) -> Any:
    """Mount the cockpit with `data`; the result's `ask` is the page's question of this run of the script, or None."""
    return _mount()(key=key, data=data, on_ask_change=on_ask or (lambda: None))
