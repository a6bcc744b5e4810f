"""How a tab begins: with the run its address stands for, and with the settings its sidebar starts from."""

from dashboard import address
from dashboard.draft import Draft
from dashboard.limits import Limits
from dashboard.session import OPENING, Session
from sim.preset import presets


def opened(query: address.Query, limits: Limits) -> tuple[Session, Draft]:
    """The session and the draft of a new tab. SettingError if the server is full."""
    scenarios = {name: preset.scenario for name, preset in presets().items()}
    session = Session(address.read(query, scenarios, OPENING, limits), presets(), limits)
    draft = Draft(session.scenario, limits)
    draft.load(session.wager if session.bet == "open" else session.scenario)
    return session, draft
