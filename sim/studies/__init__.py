"""Studies: one scenario over values, prevalences, seeds and settings; a table of results, and what follows from it.

`design` says what is to be lived, `lives` lives it, `spread` spreads the work, `file` keeps it, `analysis` answers.
"""
