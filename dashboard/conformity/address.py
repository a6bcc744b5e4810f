"""The lab's settings in the page's address, and populations borrowed from elsewhere: `?n=25&share=0.6&beta=1.2`."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from dashboard.conformity.dials import FIELDS, Setting, changed
from dashboard.payload.wording import percent
from sim.errors import SettingError

NAMES = (*FIELDS, "sign", "network")
LONGEST = 40  # characters of a value that are looked at


@dataclass(frozen=True)
class Said:
    """What an address asks for. `illustration`: the label of a population borrowed from a community, or None."""

    setting: Setting
    illustration: str | None
    complaint: str
    query: str  # as it came


def read(query: Mapping[str, str]) -> Said | None:
    """The settings an address names; None if it names none. What cannot be used is told and left out."""
    fields: dict[str, object] = {name: query[name][:LONGEST] for name in NAMES if name in query}
    complaints = []
    share = None
    if "share" in query:
        try:
            share = _share(query["share"][:LONGEST])
            fields["start"] = 2 * share - 1
        except SettingError as error:
            complaints.append(str(error))
    if not fields and not complaints:
        return None
    setting, wrong = changed(Setting(), fields)
    complaints += wrong.values()
    complaint = f"Part of the address could not be used. {' '.join(complaints)}" if complaints else ""
    return Said(setting, None if share is None else _label(setting, share), complaint, urlencode(dict(query)))


def write(setting: Setting) -> str:
    """The query of these settings, without what is as on the opening page; "" for that page."""
    usual = Setting()
    said = {name: getattr(setting, name) for name in NAMES if getattr(setting, name) != getattr(usual, name)}
    return urlencode({name: value for name, value in said.items() if value is not None})


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = float("nan")
    if not 0 <= share <= 1:
        raise SettingError(f"share is “{text}”; it must be a number from 0 to 1.")
    return share


def _label(setting: Setting, share: float) -> str:
    return (
        f"An illustration, not a result: N {setting.n:,}, a start of {percent(share)} and beta {setting.beta:g} are "
        f"taken from a community; h {setting.h:g} is this page's choice. Its residents do not decide by this formula."
    )
