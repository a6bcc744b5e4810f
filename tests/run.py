"""Run all checks on any machine with Python and git: `python3 tests/run.py`.

The first time this sets up the environment, as the dashboard's start does. Then pytest runs everything, linter and
types included. What stands behind the command goes to pytest, for example `-k engine` or `-m "not browser"`.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard import bootstrap


def main() -> int:
    try:
        python = bootstrap.prepare("test")
    except bootstrap.SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    workers = [
        "-n",
        "2",
        "--dist",
        "loadgroup",
    ]  # browser tests go by module: one window and one server for each worker
    return bootstrap.become(python, ["-m", "pytest", "-q", *workers, *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
