"""How to cite a study and how to repeat it: a paragraph for a methods section, BibTeX, and the one command."""

from sim.runs.citation import WORKS, Work, asked, entries, mixed, parameters, whose
from sim.speech.quantities import count, joined
from sim.studies.analysis.effects import SHOWN
from sim.studies.design import Study
from sim.studies.factor import OF_MIX, Factor
from sim.studies.facts import Facts
from sim.studies.preset import presets
from sim.studies.results import COLLAPSE, Results

# The works behind the statistics.
STATISTICS: tuple[Work, ...] = (
    ("holm1979simple", "article", {
        "author": "Holm, Sture",
        "title": "A simple sequentially rejective multiple test procedure",
        "journal": "Scandinavian Journal of Statistics",
        "volume": "6",
        "year": "1979",
    }),
    ("kaplan1958nonparametric", "article", {
        "author": "Kaplan, Edward L. and Meier, Paul",
        "title": "Nonparametric estimation from incomplete observations",
        "journal": "Journal of the American Statistical Association",
        "volume": "53",
        "year": "1958",
    }),
    ("wilson1927probable", "article", {
        "author": "Wilson, Edwin B.",
        "title": "Probable inference, the law of succession, and statistical inference",
        "journal": "Journal of the American Statistical Association",
        "volume": "22",
        "year": "1927",
    }),
    ("efron1979bootstrap", "article", {
        "author": "Efron, Bradley",
        "title": "Bootstrap methods: another look at the jackknife",
        "journal": "The Annals of Statistics",
        "volume": "7",
        "year": "1979",
    }),
)  # fmt: skip


def bibtex(facts: Facts, results: Results) -> str:
    """Entries for this program and the works behind it, the statistics' among them."""
    note = f"Study {facts.study.name}, code {facts.code}, SHA-256 {results.digest}"
    return entries(facts.version, facts.created, note, (*WORKS, *STATISTICS))


def command(study: Study) -> str:
    """What repeats it on a terminal. `<name>.json` is its design, as it is in the report and in the tables."""
    known = presets().get(study.name)
    first, last = study.seeds[0], study.seeds[-1]
    usual = known is not None and known.study.seeds[:1] == (first,) and study.seeds == tuple(range(first, last + 1))
    if known is not None and usual and known.study.model_copy(update={"seeds": study.seeds}) == study:
        return f"python -m sim study {study.name} --seeds {len(study.seeds)} --out {study.name}.study"
    return f"python -m sim study {study.name}.json --out {study.name}.study"


def method(facts: Facts, results: Results) -> str:
    """What was done, with all that is needed to do it again, as one paragraph of plain text."""
    study = facts.study
    base = study.conditions[0].scenario
    planned = "" if results.whole else f" of {study.runs:,} planned"
    unlived = f"; {count(len(results.failures), 'run')} could not be lived" if results.failures else ""
    packages = joined([f"{name} {version}" for name, version in sorted(facts.packages.items())])
    lived = (
        f"We lived {len(results.runs):,}{planned} communities with Commonweal {facts.version} (code {facts.code}), "
        f"each for {count(base.days, 'day')}: {count(len(study.conditions), 'condition')} on "
        f"{count(len(study.seeds), 'seed')} ({seeds(study.seeds)}){unlived}"
    )
    compared = (
        "Each condition is compared with its reference by differences paired by seed: mean, 95 % interval (Student's "
        "t), Cohen's d_z, and p by the paired t-test, corrected by Holm over all conditions and "
        f"{joined(list(SHOWN))}"
    )
    resampled = (
        "Intervals of rankings and correlations are percentiles of studies whose seeds are drawn anew; those of "
        "thresholds cover the curves that fit as well, too"
    )
    collapsed = (
        f"A community has collapsed once fewer than {100 * COLLAPSE:g} % of its founders are alive; shares have "
        "Wilson's interval, survival is estimated by Kaplan and Meier and compared by the log-rank test"
    )
    digests = (
        f"The SHA-256 digest of the design is {study.digest}, that of its results {results.digest}; equal design, code "
        "and packages give equal results, whatever computers shared the work"
    )
    sentences = [
        lived,
        _varied(study.factors),
        _common(study),
        f"Their {whose(base)}residents act by Schwartz's ten values",
        *asked(base, ""),
        parameters(base),
        compared,
        resampled,
        "The distance to the edge is measured as docs/distance.md defines it" if study.edges else "",
        collapsed,
        f"It ran under {packages}",
        digests,
    ]
    return ". ".join(sentence for sentence in sentences if sentence) + "."


def _varied(factors: tuple[Factor, ...]) -> str:
    told = [
        f"{factor.field.replace('_', ' ')} ({'; '.join(str(level) for level in factor.levels)})" for factor in factors
    ]
    return f"Varied were {joined(told)}, in every combination" if told else "Nothing but the seed was varied"


def _common(study: Study) -> str:
    """Size, mix and scenario, as far as no factor sets them."""
    base, fields = study.conditions[0].scenario, {factor.field for factor in study.factors}
    told = [] if "size" in fields else [count(base.size, "resident")]
    told += [] if fields & {*OF_MIX, "mix"} else [f"the mix {mixed(base)}"]
    named = "" if study.scenario.name == "custom" else f", by the scenario “{study.scenario.name}”"
    return f"All had {joined(told)}{named}" if told else ""


def seeds(given: tuple[int, ...]) -> str:
    """ "1000 to 1063", or all of them where they are no row."""
    if given == tuple(range(given[0], given[-1] + 1)):
        return f"{given[0]} to {given[-1]}" if len(given) > 1 else str(given[0])
    return ", ".join(map(str, given))
