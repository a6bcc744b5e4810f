"""One thread at a time: Streamlit starts a rerun while the one it overtakes works on, up to its next call."""

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import Concatenate, ParamSpec, Protocol, TypeVar


class Locked(Protocol):
    """Whose methods are to be called by one thread at a time."""

    lock: RLock


_Own = TypeVar("_Own", bound=Locked)
_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


def alone(method: Callable[Concatenate[_Own, _Given], _Result]) -> Callable[Concatenate[_Own, _Given], _Result]:
    """The method, which waits while another thread is in it or in another such method of the same object."""

    @wraps(method)
    def held(self: _Own, /, *args: _Given.args, **kwargs: _Given.kwargs) -> _Result:
        with self.lock:
            return method(self, *args, **kwargs)

    return held
