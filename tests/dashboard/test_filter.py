"""A filter comes back from an address as it was; anything else than a filter is dropped or told."""

import pytest

from dashboard import filter as filters

WHOLE = {"q": "“Ada”", "kinds": ["help"], "labels": ["power-seeking"], "residents": [0, 7], "from": 3, "to": 9}


def test_it_comes_back_as_it_was() -> None:
    assert filters.read(filters.write(WHOLE)) == WHOLE
    assert filters.read(filters.write({})) == {}


def test_what_the_page_leaves_empty_is_not_kept() -> None:
    empty: dict[str, object] = {"q": " ", "kinds": [], "labels": [], "residents": [], "from": None, "to": None}
    assert filters.checked(empty) == {}


@pytest.mark.parametrize("raw", [None, 3, [], {"q": 3}, {"kinds": ["<script>"]}, {"residents": [-1, True, "1"]}])
def test_nonsense_is_dropped(raw: object) -> None:
    assert filters.checked(raw) == {}


@pytest.mark.parametrize("text", ["{", "3", '{"evil":1}', '{"q":"' + "x" * 500 + '"}', "[" * 300])
def test_what_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(ValueError):
        filters.read(text)
