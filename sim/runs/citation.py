"""How to cite a run: BibTeX for Commonweal and the works behind it, and a paragraph for a methods section."""

from collections.abc import Sequence
from typing import Any

from sim.interventions import ChangeSetting, NewLuck
from sim.models import PERSON
from sim.runs.facts import Facts
from sim.runs.minds import asked_in_words, minds, model_of
from sim.scenario import Scenario
from sim.speech.quantities import count, joined

Work = tuple[str, str, dict[str, str]]  # key, kind, fields

# The works behind the rules, measures and detectors.
WORKS: tuple[Work, ...] = (
    ("zhang2026human", "misc", {
        "author": "Zhang and others",
        "title": "Human Values Matter: Investigating How Misalignment Shapes Collective Behaviors in LLM Agent "
                 "Communities",
        "year": "2026",
        "eprint": "2604.05339",
        "archiveprefix": "arXiv",
    }),
    ("schwartz1992universals", "article", {
        "author": "Schwartz, Shalom H.",
        "title": "Universals in the content and structure of values",
        "journal": "Advances in Experimental Social Psychology",
        "volume": "25",
        "year": "1992",
    }),
    ("schwartz2001value", "article", {
        "author": "Schwartz, Shalom H. and Bardi, Anat",
        "title": "Value hierarchies across cultures: Taking a similarities perspective",
        "journal": "Journal of Cross-Cultural Psychology",
        "volume": "32",
        "number": "3",
        "year": "2001",
    }),
    ("mcfadden1974conditional", "incollection", {
        "author": "McFadden, Daniel",
        "title": "Conditional logit analysis of qualitative choice behavior",
        "booktitle": "Frontiers in Econometrics",
        "year": "1974",
    }),
    ("scheffer2009early", "article", {
        "author": "Scheffer, Marten and others",
        "title": "Early-warning signals for critical transitions",
        "journal": "Nature",
        "volume": "461",
        "year": "2009",
    }),
    ("dai2012generic", "article", {
        "author": "Dai, Lei and others",
        "title": "Generic indicators for loss of resilience before a tipping point leading to population collapse",
        "journal": "Science",
        "volume": "336",
        "year": "2012",
    }),
    ("dakos2012methods", "article", {
        "author": "Dakos, Vasilis and others",
        "title": "Methods for detecting early warnings of critical transitions in time series",
        "journal": "PLoS ONE",
        "volume": "7",
        "number": "7",
        "year": "2012",
    }),
    ("steele2014fast", "inproceedings", {
        "author": "Steele, Guy L. and Lea, Doug and Flood, Christine H.",
        "title": "Fast splittable pseudorandom number generators",
        "booktitle": "OOPSLA",
        "year": "2014",
    }),
)  # fmt: skip
_SETTLED = {
    "name",
    "size",
    "days",
    "seed",
    "mind",
    "models",
    "records",
    "mix",
    "interventions",
}  # told in sentences of their own
_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "&%$#_{}"} | {"\\": r"\textbackslash{}"})


def bibtex(facts: Facts, digest: str) -> str:
    """Entries for this program and the works behind it. `digest`: of the run's last day."""
    return entries(facts.version, facts.created, f"Run {facts.id}, code {facts.code}, SHA-256 {digest}", WORKS)


def entries(version: str, created: str, note: str, works: Sequence[Work]) -> str:
    """BibTeX for this program and these works. `note`: what of it is cited."""
    program = {
        "author": "{Commonweal contributors}",
        "title": f"Commonweal {version}: a live laboratory for communities of agents and their values",
        "year": created[:4],
        "note": note,
    }
    return "\n".join(_entry(*work) for work in [("commonweal", "misc", program), *works])


def method(facts: Facts, last: int, digest: str) -> str:
    """What was done, with all that is needed to do it again, as one paragraph of plain text.

    `last`, `digest`: the last day lived and its digest.
    """
    scenario = facts.scenario
    planned = "" if last == scenario.days else f" of {scenario.days} planned"
    known = f"scenario “{scenario.name}”, seed {scenario.seed}"
    program = f"Commonweal {facts.version} (code {facts.code})"
    sentences = [
        f"We simulated {count(scenario.size, 'resident')} with {program} for {count(last, 'day')}{planned}",
        f"Its {whose(scenario)}residents act by Schwartz's ten values ({known})",
        *asked(scenario, facts.prompts),
        f"The mix of values was {mixed(scenario)}",
        parameters(scenario),
    ]
    if facts.parent:
        sentences.append(
            f"The run is a branch of run {facts.parent.id}, with which it is identical up to and including day "
            f"{facts.parent.day} (SHA-256 {facts.parent.digest})"
        )
    sentences.append(_interventions(scenario))
    packages = joined([f"{name} {version}" for name, version in sorted(facts.packages.items())])
    sentences.append(f"It ran under {packages}")
    sentences.append(f"The SHA-256 digest of all days is {digest}; equal settings and seed give equal days")
    return ". ".join(sentence for sentence in sentences if sentence) + "."


def whose(scenario: Scenario) -> str:
    """ "scripted " where no other mind takes part."""
    (first, *others) = minds(scenario)
    return "" if others or asked_in_words(scenario, first) else f"{first.replace('_', ' ')} "


def asked(scenario: Scenario, prompts: str) -> list[str]:
    """Sentences on those who are asked in words. `prompts`: hash of the wording, if known."""
    told = []
    records = {record.name: record.run for record in scenario.records}
    for mind in minds(scenario):
        model = model_of(scenario, mind)
        if model:
            heat = (
                "the endpoint's usual temperature"
                if model.temperature is None
                else f"temperature {model.temperature:g}"
            )
            told.append(
                f"{model.model} at {model.base_url} ({model.protocol} protocol, phrasing {model.phrasing}, {heat}, "
                f"at most {model.max_tokens} tokens an answer)"
            )
        else:
            said = (
                f"the answers of run {record}" if (record := records.get(mind)) else f"{mind.replace('_', ' ')} rules"
            )
            told.append("a person at the screen" if mind == PERSON else said)
    if len(told) == 1 and not scenario.models and not scenario.records:
        return []
    wording = f"; the wording of prompts has the hash {prompts}" if prompts else ""
    return [f"Their minds were {joined(told)}{wording}"]


def mixed(scenario: Scenario) -> str:
    """Who lives by what, in per cent and in residents."""
    groups = zip(scenario.mix, scenario.counts(), strict=True)
    return joined([f"{group.share:g} % {_label(group)} ({number} of {scenario.size})" for group, number in groups])


def _label(group: Any) -> str:
    if group.weights is None:
        return str(group.label)
    return f"{group.label} [{', '.join(f'{weight:g}' for weight in group.weights)}]"


def parameters(scenario: Scenario) -> str:
    """What is not as by default, as a sentence."""
    changed = []
    for name, field in Scenario.model_fields.items():
        value = getattr(scenario, name)
        if name in _SETTLED or value == field.default:
            continue
        extra = field.json_schema_extra
        unit = extra.get("unit", "") if isinstance(extra, dict) else ""
        changed.append(f"{name} {value:g}{f' {unit}' if unit else ''} (default {field.default:g})")
    if not changed:
        return "All parameters had their defaults"
    return f"Other than by default were {joined(changed)}; all others had their defaults"


def _interventions(scenario: Scenario) -> str:
    orders = sorted(scenario.interventions, key=lambda order: order.day)
    if not orders:
        return "Nobody intervened"
    return "Interventions: " + "; ".join(f"day {order.day}: {_order(order)}" for order in orders)


def _order(order: Any) -> str:
    """The order in words and, exactly, as its fields."""
    told = order.summary()
    if isinstance(order, ChangeSetting | NewLuck):
        return str(told)
    given = order.model_dump(exclude={"day", "kind"}, exclude_none=True)
    fields = ", ".join(
        f"{name} {value:g}" if isinstance(value, float) else f"{name} {value}" for name, value in given.items()
    )
    return f"{told} ({fields})"


def _entry(key: str, kind: str, fields: dict[str, str]) -> str:
    lines = ",\n".join(f"  {name} = {{{_escaped(name, value)}}}" for name, value in fields.items())
    return f"@{kind}{{{key},\n{lines}\n}}\n"


def _escaped(name: str, value: str) -> str:
    return value if name == "author" else value.translate(_ESCAPED)
