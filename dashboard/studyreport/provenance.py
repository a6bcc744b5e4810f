"""How a study is known and how to repeat it: methods, the one command, the design, versions, hashes, works to cite."""

from importlib.metadata import version

from dashboard.report import frame
from dashboard.report.markup import Html, el
from sim.studies.citation import bibtex, command, method, seeds
from sim.studies.facts import Facts
from sim.studies.reading import write
from sim.studies.results import Results


def provenance(results: Results, facts: Facts, kind: frame.Kind) -> Html:
    """The end of the report."""
    study = results.study
    rows = (
        ("Made", facts.created.replace("T", " ").replace("Z", " UTC")),
        ("Program", f"Commonweal {facts.version}, code {facts.code}"),
        ("Packages", ", ".join(f"{name} {number}" for name, number in sorted(facts.packages.items()))),
        ("Statistics", ", ".join(f"{name} {version(name)}" for name in ("scipy", "statsmodels"))),
        ("Seeds", seeds(study.seeds)),
        ("Design", study.digest),
        ("Results", results.digest),
    )  # fmt: skip
    again = "With the same code and packages this gives the same results, and prints the same digest:"
    return el(
        "section",
        el("h2", "How to check it and do it again"),
        el("p", method(facts, results), class_="method"),
        el("p", again, class_="again"),
        el("pre", command(study)),
        frame.facts(rows),
        el("details", el("summary", f"The design, {study.name}.json"), el("pre", write(study, ".json"))),
        el("details", el("summary", "BibTeX"), el("pre", bibtex(facts, results))),
        frame.inside(kind),
        class_="provenance",
    )
