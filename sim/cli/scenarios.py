"""`python -m sim scenarios`: what can be run."""

import json
import textwrap

from sim.preset import presets


def scenarios(*, as_json: bool) -> None:
    """Print all presets: as a JSON list of objects, or to be read."""
    if as_json:
        print(
            json.dumps([preset.model_dump(mode="json") for preset in presets().values()], ensure_ascii=False, indent=1)
        )
        return
    for preset in presets().values():
        print(f"{preset.slug}\n    {preset.title}")
        for text in (preset.viewer, f"Look for: {preset.look_for}"):
            print(textwrap.fill(text, 96, initial_indent="    ", subsequent_indent="    "))
        print()
