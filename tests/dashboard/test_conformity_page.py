"""The Conformity page as Streamlit runs it: it opens, takes addresses and files, and tells what cannot be."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    from dashboard.failure import Boundary
    from dashboard.views.conformity import show

    with Boundary("show the page Conformity"):
        show()


def visit(**query: str) -> AppTest:
    test = AppTest.from_function(page, default_timeout=300)
    for key, value in query.items():
        test.query_params[key] = value
    test.run()
    assert not test.exception
    return test


def told(test: AppTest) -> dict[str, Any]:
    (mounted,) = [element for element in test.main if element.type == "bidi_component"]
    data: dict[str, Any] = json.loads(mounted.proto.bytes)
    return data


def words(test: AppTest) -> str:
    return " ".join(element.proto.body for element in test.get("html"))


def test_it_opens_on_an_aligned_population_with_a_prediction_to_make() -> None:
    data = told(visit())
    assert (data["state"]["word"], data["sweep"], data["notice"]) == ("aligned", 0, None)
    assert data["lesson"]["question"] and data["lesson"]["answers"]
    assert len(data["models"]) == 9 and data["diagram"]["n"] == 100


def test_a_link_from_a_community_is_an_illustration() -> None:
    data = told(visit(n="25", share="0.76", beta="0.7"))
    assert data["setting"]["n"] == 25 and "illustration" in data["illustration"]


def test_a_bad_address_is_told_in_words() -> None:
    data = told(visit(n="1000000000", beta="-2"))
    assert "could not be used" in data["notice"]["text"]
    assert data["setting"]["n"] == 100


def test_after_a_full_run_of_the_script_the_page_is_told_everything() -> None:
    test = visit()
    first = told(test)
    test.run()
    again = told(test)
    assert again["whole"] and again["visit"] == first["visit"], "the same population"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"model,pair,beta,h\nA,p,2,0.1\n", ""),
        (b"a,b\n1,2\n", "lacks the columns"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
    ],
)
def test_a_file_of_fits(content: bytes, said: str) -> None:
    test = visit()
    uploader: Any = test.get("file_uploader")[0]
    uploader.set_value(("fits.csv", content, "text/csv")).run()
    assert not test.exception
    if said:
        assert said in words(test) and told(test)["fits"] is None
    else:
        assert "1 of 1, 100 %" in told(test)["fits"]["title"]
