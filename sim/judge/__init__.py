"""A strong model as judge of behaviour, and how far judges, detectors and people agree."""
