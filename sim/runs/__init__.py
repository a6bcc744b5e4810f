"""A run as one SQLite file: written day by day, read, continued, branched, checked, exported (docs/run-file.md)."""
