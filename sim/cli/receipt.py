"""`python -m sim receipt`: all that fixes a kept run, as JSON."""

from pathlib import Path

from sim.cli.files import opened
from sim.runs.receipt import receipt_text


def receipt(path: Path) -> None:
    """Print the receipt. SettingError, RunError if the file does not hold."""
    with opened(path) as stored:
        print(receipt_text(stored), end="")
