"""Ctrl-C while residents are asked: stops the asking, so that all answers are kept. Pressed again, it ends."""

import signal
from types import FrameType
from typing import Self

from sim.engine import Engine


class Brake:
    """In force within `with`, for runs whose residents are asked in words; others end as any program does."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.pulled = False

    def __enter__(self) -> Self:
        if self.engine.scenario.worded:
            self._before = signal.signal(signal.SIGINT, self._pull)
        return self

    def __exit__(self, *_: object) -> None:
        if self.engine.scenario.worded:
            signal.signal(signal.SIGINT, self._before)

    def _pull(self, number: int, frame: FrameType | None) -> None:
        if self.pulled:
            raise KeyboardInterrupt
        self.pulled = True
        self.engine.pause()
