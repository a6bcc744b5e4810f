"""The conformity lab: populations that follow their majority, and where that locks them in.

Source of the model: De Marzo, Bellina, Castellano, Priesemann & Garcia 2026, "Conformity Generates Collective
Misalignment in AI Agents Societies" (arXiv 2605.10721), cited below as De Marzo et al.
"""
