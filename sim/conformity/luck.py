"""Purposes of the lab's chance, for `sim.randomness`: a block of its own, far from the community's."""

PICK, DECLARE, LISTEN, WIRING, OPENING, NAMING = range(1_000, 1_006)
