"""What follows from a study's runs: pure functions from Results to frozen records and tables, and to words.

`docs/studies.md` states each statistic with its source. Whatever is not defined says why; no NaN reaches a sentence.
"""
