"""How a component gets its JavaScript: a small shim, which travels with every message, imports modules served as files.

Modules import each other by plain names, which a browser may have cached from an earlier version: when a version is new
to this browser, every file is fetched past the cache first, and all later imports find the new ones there.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[2] / "assets"

_LOAD = """
const base = new URL('app/static/', document.baseURI), name = %(name)s, version = %(version)s, files = %(files)s;
const known = () => { try { return localStorage.getItem(name) === version; } catch { return false; } };
const load = async () => {
  for (const file of %(soon)s) {
    const href = new URL(file, base).href;
    document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'script', href }));
  }
  if (!known()) {
    await Promise.all(files.map((file) => fetch(new URL(file, base), { cache: 'reload' })));
    try { localStorage.setItem(name, version); } catch {}
  }
  const styles = files.filter((file) => file.endsWith('.css')).map((file) => new Promise((done) => {
    const href = new URL(file, base).href;
    if (document.querySelector(`link[href="${href}"]`)) { done(); return; }
    const link = document.createElement('link');
    document.head.append(Object.assign(link, { rel: 'stylesheet', href, onload: done, onerror: done }));
  }));
  const [module] = await Promise.all([import(new URL(%(entry)s, base)), ...styles]);
  return module;
};
const loads = globalThis.commonweal ||= {};
const loaded = () => (loads[name] ||= load());
const lost = () => { loads[name] = null; };
"""
_AHEAD = "export default function () { loaded().catch(lost); }"
_VIEW = """
export default function (component) {
  let close = null;
  const { parentElement } = component;
  loaded().then((module) => { if (parentElement.isConnected) close = module.view(component); }, () => {
    lost();
    const place = parentElement.querySelector('.cockpit') ?? parentElement;
    place.textContent = 'This part of the page could not be loaded. Reload to try again.';
  });
  return () => close?.();
}
"""


def shim(name: str, entry: str, *more: str, soon: Sequence[str] = ()) -> str:
    """JavaScript of the component `name`, whose module `entry` exports `view`: "runs/shelf.js".

    All files of its folder come with it, styles too; `more`: modules of other folders that these import. `soon`:
    scripts that will be wanted next, fetched meanwhile.
    """
    return _load(name, entry, more, soon) + _VIEW


def ahead(name: str, entry: str, *more: str, soon: Sequence[str] = ()) -> str:
    """JavaScript of a component that shows nothing and only has the browser load those modules before they are used."""
    return _load(name, entry, more, soon) + _AHEAD


def _load(name: str, entry: str, more: Sequence[str], soon: Sequence[str]) -> str:
    folder = (ASSETS / entry).parent
    own = sorted(path for path in folder.iterdir() if path.suffix in {".js", ".css"})
    files = [*own, *(ASSETS / path for path in more)]
    version = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
    said = {
        "name": name,
        "version": version,
        "entry": entry,
        "files": [path.relative_to(ASSETS).as_posix() for path in files],
        "soon": list(soon),
    }
    return _LOAD % {key: json.dumps(value) for key, value in said.items()}
