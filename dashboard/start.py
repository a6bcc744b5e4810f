"""Start the dashboard on any machine with Python and git: `python3 dashboard/start.py`.

The first time this sets up an environment and compiles the engine; then it opens the page. What stands behind the
command goes to Streamlit, for example `--server.port 9000`.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard import bootstrap


def main() -> int:
    try:
        python = bootstrap.prepare()
    except bootstrap.SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return bootstrap.become(python, ["-m", "streamlit", "run", "dashboard/app.py", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
