"""A run as one HTML file that needs no network: what happened, how it is known, and how to do it again."""
