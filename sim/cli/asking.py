"""From words on the command line to a scenario's models and the terms on which they are asked."""

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf
from typing import Any

from sim.errors import SettingError
from sim.interview import Terms
from sim.models import Model
from sim.providers.budget import Caps
from sim.providers.keys import own_endpoint
from sim.providers.prices import Price
from sim.scenario import Scenario

_SHAPING = ("base_url", "protocol", "phrasing", "temperature", "max_tokens", "replicate")


def with_model(scenario: Scenario, words: argparse.Namespace) -> Scenario:
    """The scenario with the model and mind asked for. SettingError in words.

    A model named here is called as `--mind` says, "llm" if that is not given, and all live by it who have no mind of
    their own. Without `--model` the other words change the models that the scenario has.
    """
    shaped = {name: value for name in _SHAPING if (value := getattr(words, name)) is not None}
    if words.model is None:
        if shaped and not scenario.models:
            raise SettingError("no model is named: say which with --model, for example --model gpt-5.4-mini")
        models = [{**model.model_dump(), **shaped} for model in scenario.models]
        changes: dict[str, Any] = {"models": models} if shaped else {}
        known = {"scripted", *scenario.asked}
        if words.mind and words.mind not in known:
            raise SettingError(
                f"mind: '{words.mind}' needs a model; name it with --model, and its endpoint with --base-url"
            )
        changes |= {"mind": words.mind} if words.mind else {}
        return scenario.with_(**changes) if changes else scenario
    if words.mind == "scripted":
        raise SettingError("mind: scripted residents ask no model; leave out --mind or --model")
    name = words.mind or "llm"
    if "base_url" not in shaped and (os.environ.get("OPENAI_API_KEY") or os.environ.get("OPENAI_BASE_URL")):
        shaped["base_url"] = own_endpoint()
    others = [model.model_dump() for model in scenario.models if model.name != name]
    return scenario.with_(mind=name, models=[*others, {"name": name, "model": words.model, **shaped}])


def lone_model(words: argparse.Namespace, name: str, **how: Any) -> Model:
    """The model of `--model` and `--base-url` for work beside a run: judging, measuring. SettingError in words."""
    own = os.environ.get("OPENAI_API_KEY") or os.environ.get("OPENAI_BASE_URL")
    base_url = words.base_url or (own_endpoint() if own else None)
    given = {"base_url": base_url} if base_url else {}
    try:
        return Model(name=name, model=words.model, **how, **given)
    except ValueError as error:
        raise SettingError(f"--model, --base-url: {str(error).splitlines()[-2].strip()[:200]}") from None


def terms(words: argparse.Namespace, models: Sequence[Model], kept: Caps | None = None) -> Terms:
    """Caps, prices and speed. `kept`: caps that hold where the words name none. SettingError in words."""
    said = {"money": words.budget, "tokens": words.tokens, "calls": words.calls, "minutes": words.minutes}
    told = {name: None if cap == inf else cap for name, cap in said.items() if cap is not None}
    return Terms(
        caps=replace(kept or Caps(), **told),
        concurrency=words.concurrency,
        timeout=words.timeout,
        prices=prices(words.prices, models),
        cached=not words.no_cache,
    )


def prices(given: Sequence[str], models: Sequence[Model]) -> Mapping[str, Price]:
    """A person's prices by name of the model: "NAME=IN,CACHED,OUT", or "IN,CACHED,OUT" for all others."""
    found: dict[str, Price] = {}
    for text in given:
        name, equals, numbers = text.rpartition("=")
        known = [model.name for model in models]
        if equals and name not in known:
            raise SettingError(f"--price: no model is called '{name[:40]}'; the models: {', '.join(known) or 'none'}")
        found |= dict.fromkeys([name] if equals else [model for model in known if model not in found], _price(numbers))
    return found


def _price(text: str) -> Price:
    try:
        prompt, cached, completion = (float(number) for number in text.split(","))
    except ValueError:
        raise SettingError(
            f"--price: cannot read '{text[:60]}'; write dollars per million tokens as IN,CACHED,OUT, "
            "for example 0.75,0.075,4.50"
        ) from None
    return Price(prompt, completion, cached)
