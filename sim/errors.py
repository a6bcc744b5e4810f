"""The two families of errors: what a person set wrongly, and what a run could not do."""


class CommonwealError(Exception):
    """Base of every error this project raises on purpose. The message names the cause and the remedy."""


class SettingError(CommonwealError):
    """The user's mistake: a value out of range, an unknown name. Nothing has started, nothing is lost."""


class RunError(CommonwealError):
    """The run's failure: something that was rightly asked for could not be done."""
