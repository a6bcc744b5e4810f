"""How a component gets its JavaScript: a shim, which travels with every message, imports what is served as a file."""

import json
import logging
from collections.abc import Sequence
from pathlib import PurePosixPath

from dashboard.components import bundle

_LOAD = """
const base = new URL('app/static/', document.baseURI), name = %(name)s;
const load = async () => {
  for (const file of %(soon)s) {
    const href = new URL(file, base).href;
    document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'script', href }));
  }
  const styles = %(styles)s.map((file) => new Promise((done) => {
    const href = new URL(file, base).href;
    if (document.querySelector(`link[href="${href}"]`)) { done(); return; }
    const link = document.createElement('link');
    document.head.append(Object.assign(link, { rel: 'stylesheet', href, onload: done, onerror: done }));
  }));
  const [module] = await Promise.all([import(new URL(%(script)s, base)), ...styles]);
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


def shim(entry: str, *styles: str, soon: Sequence[str] = ()) -> str:
    """JavaScript of the component whose module `entry` exports `view`: "runs/shelf.js", a path below the assets.

    `styles`: its style sheets, the more general first. `soon`: scripts that will be wanted next, fetched meanwhile.
    """
    return _load(entry, styles, soon) + _VIEW


def ahead(entry: str, *styles: str, soon: Sequence[str] = ()) -> str:
    """JavaScript of a component that shows nothing and only has the browser load those files before they are used."""
    return _load(entry, styles, soon) + _AHEAD


def _load(entry: str, styles: Sequence[str], soon: Sequence[str]) -> str:
    script, sheets = entry, list(styles)
    try:
        script = bundle.place(PurePosixPath(entry).stem, ".js", bundle.script(entry))
        # Named by the sheet and not by the component: two on one page share it.
        sheets = [bundle.place(PurePosixPath(styles[-1]).stem, ".css", bundle.style(styles))] if styles else []
    except OSError as error:  # of an installation nobody may write to: as many files as there are, then
        logging.getLogger(__name__).warning("%s is served in single files, which takes longer: %s", entry, error)
    said = {"name": entry, "script": script, "styles": sheets, "soon": list(soon)}
    return _LOAD % {key: json.dumps(value) for key, value in said.items()}
