"""Names are the same for the same seed, never twice, never changed by later ones, and easily told apart."""

from itertools import combinations

from sim.speech.names import BYNAMES, FACTORIES, GIVEN, factory_name, name, names


def test_more_people_never_change_a_name() -> None:
    assert names(7, 30)[:25] == names(7, 25)
    assert names(7, 3) == [name(7, 0), name(7, 1), name(7, 2)]


def test_no_name_comes_twice() -> None:
    assert len(set(names(1907, 100_000))) == 100_000


def test_seeds_differ() -> None:
    assert names(1, 25) != names(2, 25)
    assert names(1, 25) == names(1, 25)


def test_first_single_names_then_two_then_a_number() -> None:
    many = names(3, len(GIVEN) * (len(BYNAMES) + 1) + 1)
    assert sorted(many[: len(GIVEN)]) == sorted(GIVEN)
    assert all(len(one.split()) == 2 for one in many[len(GIVEN) : -1])
    assert many[-1].split()[2] == "2"
    assert max(map(len, names(3, 100_000))) <= 24


def test_names_are_easily_told_apart() -> None:
    assert len(set(GIVEN)) == len(GIVEN) >= 230
    assert len(set(BYNAMES)) == len(BYNAMES) >= 100
    assert {"Ada", "Wren", "Goro", "Mina", "Bo"} <= set(GIVEN)
    for one, other in combinations(GIVEN, 2):
        assert distance(one.lower(), other.lower()) > 1, f"{one} and {other}"


def test_factories_have_names_without_end() -> None:
    assert [factory_name(n) for n in range(3)] == ["Mill", "Forge", "Orchard"]
    assert factory_name(len(FACTORIES)) == "Mill 2"
    assert len({factory_name(n) for n in range(500)}) == 500


def distance(one: str, other: str) -> int:
    """Levenshtein's: letters to change, add or leave out."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[:], i
        for j, second in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != second))
    return row[-1]
