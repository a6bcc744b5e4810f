"""A study as one HTML file that needs no network: what it found, how it is known, and how to do it again."""
