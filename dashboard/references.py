"""Where rules, formulas and findings come from: the list the Method page ends with."""

REFERENCES = (
    (
        "Zhang et al. 2026, *Human Values Matter: Investigating How Misalignment Shapes Collective Behaviors in LLM "
        "Agent Communities*, arXiv 2604.05339. The community, its day, its values, its measures: “CIVA” on this page."
    ),
    (
        "De Marzo, Bellina, Castellano, Priesemann & Garcia 2026, *Conformity Generates Collective Misalignment in AI "
        "Agents Societies*, arXiv 2605.10721. The conformity lab: its model, its protocols, nine models’ medians."
    ),
    (
        "Schwartz 1992, *Universals in the content and structure of values*, Advances in Experimental Social "
        "Psychology 25. The ten values and their circle."
    ),
    (
        "Schwartz 2012, *An overview of the Schwartz theory of basic values*, Online Readings in Psychology and "
        "Culture 2(1). The defining goals."
    ),
    (
        "Schwartz & Bardi 2001, *Value hierarchies across cultures*, Journal of Cross-Cultural Psychology 32(3). The "
        "mean importance of each value."
    ),
    (
        "McFadden 1974, *Conditional logit analysis of qualitative choice behavior*, in Frontiers in Econometrics. "
        "Random utility."
    ),
    (
        "Dai et al. 2012, *Generic indicators for loss of resilience before a tipping point leading to population "
        "collapse*, Science 336. The distance to the fold bifurcation."
    ),
    "Scheffer et al. 2009, *Early-warning signals for critical transitions*, Nature 461. Early warning.",
    (
        "Dakos et al. 2012, *Methods for detecting early warnings of critical transitions in time series*, PLoS ONE 7. "
        "The trend of an indicator."
    ),
    "Cohen 1960, *A coefficient of agreement for nominal scales*, Educational and Psychological Measurement 20. Kappa.",
    "Landis & Koch 1977, *The measurement of observer agreement for categorical data*, Biometrics 33. Words for kappa.",
    "Efron & Tibshirani 1993, *An Introduction to the Bootstrap*. The interval of kappa: the jackknife.",
    "Gardiner 2009, *Stochastic Methods*, 4th edition. The birth-death chain and its first passages.",
    "McCullagh & Nelder 1989, *Generalized Linear Models*. The likelihood of the measured curve.",
    "Wilson 1927, *Probable inference, the law of succession, and statistical inference*, JASA 22. Shares’ intervals.",
    "Watts & Strogatz 1998, *Collective dynamics of small-world networks*, Nature 393. The small world.",
    "Barabási & Albert 1999, *Emergence of scaling in random networks*, Science 286. The scale-free network.",
    "Condon & Karp 2001, *Algorithms for graph partitioning on the planted partition model*. Five communities.",
    "Steele, Lea & Flood 2014, *Fast splittable pseudorandom number generators*, OOPSLA. The mixer behind all chance.",
)
