"""An intervention in one sentence, a factory by its name."""

from sim.interventions import Intervention, ScaleFactory
from sim.speech.names import factory_name


def in_words(order: Intervention) -> str:
    """ "The Orchard makes half of what it could"; any other order by its own summary."""
    if not isinstance(order, ScaleFactory):
        return order.summary()
    share = "half" if order.factor == 0.5 else f"{order.factor:g} times"
    return f"The {factory_name(order.factory)} makes {share} of what it could"
