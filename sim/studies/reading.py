"""A design as a file a person can write: TOML or JSON. Holds what differs from the defaults. Bounded, never executed.

name = "less-talk"
scenario = "original-community"    # a preset's, or a table of settings: [scenario]
seeds = "1000-1063"

[[factors]]
field = "talk"
levels = [0.1, 0.35, 0.7]
"""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.errors import SettingError
from sim.preset import preset
from sim.scenario import Scenario
from sim.studies.design import Study, study

LARGEST = 256 * 1024  # bytes of a design
ENDINGS = (".toml", ".json")


def load(path: Path) -> Study:
    """The design in a file. SettingError says what is wrong and where."""
    _ending(path)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise SettingError(f"{path} cannot be read ({error.strerror}); check the name") from None
    try:
        return read(raw, path.suffix)
    except SettingError as error:
        raise SettingError(f"{path.name}: {error}") from None


def save(path: Path, design: Study) -> None:
    """Write a design. SettingError if that is not possible."""
    text = write(design, path.suffix)
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise SettingError(f"{path} cannot be written ({error.strerror}); choose another place") from None


def read(raw: bytes, ending: str = ".toml") -> Study:
    """The design in a file's content. SettingError says what is wrong and where."""
    _ending(Path(f"design{ending}"))
    if len(raw) > LARGEST:
        raise SettingError(f"a design is at most {LARGEST // 1024} KB long; this is something else")
    try:
        text = raw.decode("utf-8-sig")
        if ending.casefold() == ".toml":
            fields = tomllib.loads(text)
        else:
            fields = json.loads(text, parse_constant=_no_number, object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise SettingError("this is not text; a design is a TOML or JSON file in UTF-8") from None
    except RecursionError:
        raise SettingError("this is nested too deeply to be a design") from None
    except ValueError as error:
        raise SettingError(f"this is not {ending[1:].upper()}: {str(error)[:200]}") from None
    if not isinstance(fields, dict):
        raise SettingError("a design is a table of name, title, scenario, factors and seeds")
    if isinstance(named := fields.get("scenario"), str):
        fields["scenario"] = preset(named).scenario
    return study(fields)


def write(design: Study, ending: str = ".toml") -> str:
    """The content of a design's file: what differs from the defaults, and the seeds. `read` gives the design again."""
    _ending(Path(f"design{ending}"))
    fields = design.model_dump(mode="json", exclude_defaults=True)
    for fixed in ("name", "title"):
        fields[fixed] = getattr(design, fixed)
    fields["seeds"] = _spans(design.seeds)
    ordered = {name: fields[name] for name in Study.model_fields if name in fields}
    if ending.casefold() == ".json":
        return json.dumps(ordered, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    return _toml(ordered)


def change(design: Study, settings: Mapping[str, Any]) -> Study:
    """The design with other levels of a factor, or another setting of all its runs. SettingError names what is wrong.

    Levels are a list or text: "BE, PO", of mixes "25% without BE; 75% with PO, 25% original". `seeds`, `name`, `title`
    and `question` are the design's own; all else is the scenario's.
    """
    fields = dict(design.model_dump(exclude={"scenario", "factors"}))
    factors = {factor.field: list(factor.levels) for factor in design.factors}
    changes: dict[str, Any] = {}
    for name, value in settings.items():
        if name in factors:
            between = ";" if name == "mix" else ","
            factors[name] = [part.strip() for part in value.split(between)] if isinstance(value, str) else value
        elif name in ("seeds", "name", "title", "question"):
            fields[name] = value
        else:
            changes[name] = value
    if "seed" in changes:
        raise SettingError("a study has many seeds: set seeds, for example seeds=1000-1063")
    fields["scenario"] = design.scenario.with_(**changes) if changes else design.scenario
    fields["factors"] = [{"field": name, "levels": levels} for name, levels in factors.items()]
    return study(fields)


def with_scenario(design: Study, scenario: Scenario) -> Study:
    """The design with another scenario; what its factors vary stays as it was. SettingError if they do not fit."""
    kept = {factor.field for factor in design.factors} & set(Scenario.model_fields)
    scenario = scenario.with_(**{name: getattr(design.scenario, name) for name in kept})
    return study({**design.model_dump(exclude={"scenario"}), "scenario": scenario})


def _ending(path: Path) -> None:
    if path.suffix.casefold() not in ENDINGS:
        raise SettingError(f"{path.name[:60]}: a design is a .toml or a .json file; give it one of these endings")


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is not a number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"'{next(name for name in names if names.count(name) > 1)[:60]}' is there twice")
    return found


def _spans(seeds: tuple[int, ...]) -> str:
    """ "1000-1063, 7": what `read_seeds` reads."""
    spans: list[list[int]] = []
    for seed in seeds:
        if spans and seed == spans[-1][1] + 1:
            spans[-1][1] = seed
        else:
            spans.append([seed, seed])
    return ", ".join(f"{first}-{last}" if last > first else str(first) for first, last in spans)


def _toml(fields: Mapping[str, Any]) -> str:
    """Tables and lists of tables at the top stand apart; those inside them are written in line."""
    lines = [f"{name} = {_value(value)}" for name, value in fields.items() if not _apart(value)]
    for name, value in fields.items():
        for table in (value if isinstance(value, list) else [value]) if _apart(value) else []:
            lines += ["", f"[[{name}]]" if isinstance(value, list) else f"[{name}]"]
            lines += [f"{key} = {_value(part)}" for key, part in table.items()]
    return "\n".join(lines) + "\n"


def _apart(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(part) for part in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")  # JSON's text and numbers are TOML's too
