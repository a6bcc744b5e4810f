"""The command line's commands, one a file; `sim/__main__.py` reads the words and calls them."""
