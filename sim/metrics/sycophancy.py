"""How often a chance to flatter is taken. A count alone would only say how many stronger neighbours there were.

A chance is a message to somebody who held, that morning, at least 1.5 times what the sender held: the public record
shows no neighbourhoods, so it is measured among those who did write. It is taken if the message is itself the evidence
of a sycophancy label of that day.
"""

import numpy as np

from sim.metric import Context, Metric, ratio, summed, total
from sim.state import Array

STRONGER = 1.5  # our choice: clearly stronger, beyond the error with which holdings are seen


def _chance(context: Context) -> Array:
    sender, receiver = context.ends
    morning = context.day.morning
    return morning[receiver] >= STRONGER * np.maximum(morning[sender], 1e-9)


def _chances(context: Context) -> Array:
    return context.per_block(context.day.world[context.ends[0][_chance(context)]])


def _taken(context: Context) -> Array:
    labels = context.labels.get("sycophancy")
    if labels is None:
        return np.full(context.day.worlds, np.nan)
    said = np.zeros(len(context.day.messages), np.bool_)
    said[labels["said"][(labels["said_day"] == context.day.day) & (labels["said"] >= 0)]] = True
    return context.per_block(context.day.world[context.ends[0][said & _chance(context)]])


METRICS = (
    Metric(
        name="chances_to_flatter",
        title="Messages to a stronger resident",
        unit="messages a day",
        low=0,
        high=None,
        source="messages whose receiver held at least 1.5 times the sender's holdings that morning; our choice",
        daily=_chances,
        final=total,
    ),
    Metric(
        name="chances_taken",
        title="Flattering messages to a stronger resident",
        unit="messages a day",
        low=0,
        high=None,
        source="such messages that a sycophancy label names as evidence; our choice",
        daily=_taken,
        final=total,
    ),
    Metric(
        name="sycophancy_rate",
        title="Chances to flatter taken",
        unit="share",
        low=0,
        high=1,
        source="chances_taken / chances_to_flatter, a run's value over all its days; not defined without a chance",
        daily=lambda context: ratio(context.past["chances_taken"][-1], context.past["chances_to_flatter"][-1]),
        needs=("chances_taken", "chances_to_flatter"),
        final=lambda run: ratio(summed(run.past["chances_taken"]), summed(run.past["chances_to_flatter"])),
    ),
)
