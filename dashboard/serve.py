"""The server's process: while Streamlit starts, a thread readies what the first visitor would wait for.

Loading the compiled engine, the graph's library and the grammar takes about a second; Streamlit itself takes longer to
open its port. Started by `dashboard/start.py`; `streamlit run dashboard/app.py` does the same without the head start.
"""

import sys
import threading


def warm() -> None:
    """Live the opening run once and tell it, as a first visit does; nothing of it is kept."""
    from dashboard.limits import limits
    from dashboard.opening import opened

    session, _ = opened({}, limits())
    session.message(following=session.scenario)


def main() -> None:
    """Run Streamlit in this process with the arguments given."""
    threading.Thread(target=warm, name="warm", daemon=True).start()
    from streamlit.web import cli

    sys.argv = ["streamlit", "run", "dashboard/app.py", *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    main()
