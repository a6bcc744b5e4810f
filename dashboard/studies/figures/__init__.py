"""The figures of a study, for the page and for its report: pure functions from plain data to what Plotly draws.

A figure is a dictionary that fits into JSON: key, title (says what is seen, with its numbers), sub (quantity and unit),
data and layout for Plotly, height in px. Its colours are names of the theme's, "@accent" or "@accent/0.13", which
whoever draws it replaces by those of light or dark (assets/studies/figure.js).
"""
