"""A CSV of fits from elsewhere is hostile until shown otherwise."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.conformity import table
from sim.conformity.medians import medians
from sim.errors import SettingError

HEAD = "model,pair,beta,h\n"


def test_columns_may_come_in_any_order_and_case() -> None:
    found = table.parse("\ufeffH, Extra,Beta ,PAIR,model\n0.3,x,2.5,a vs b,Some model\n".encode())
    assert found.points == (table.Point("Some model", "a vs b", 2.5, 0.3),) and found.notes == ()


def test_intervals_come_back_where_they_are_known() -> None:
    points = (table.Point("m", "a / b", 2.0, 0.1, (1.5, 2.5), (-0.1, float("inf"))), table.Point("m", "c", 3.0, 0.2))
    assert table.parse(table.written(points)).points == points
    wrong = table.parse("model,pair,beta,h,beta_low,beta_high,h_low,h_high\nm,a,2,0,3,4,0,0\nm,b,2,0,,,,\n")
    assert len(wrong.points) == 1 and "not within its interval" in wrong.notes[0]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "lacks the columns model, pair, beta, h"),
        ("model,beta,h\na,2,0.1\n", "lacks the column pair"),
        (HEAD, "holds no fit"),
        (HEAD + "a,b,=2+2,0.1\n", "'=2\\+2', which is no number"),
        (HEAD + "a,b,nan,0.1\n", "no number"),
        (HEAD + "a,b,1e999,0.1\n", "not finite"),
        (HEAD + "a,b,0,0.1\n", "above 0"),
        (HEAD + "a,b,-3,0.1\n", "above 0"),
        (HEAD + "a,b,2\n", "cells"),
        (HEAD + '"' + "x" * 200_000, "CSV"),
        ("\ud7ff".encode("utf-16"), "UTF-8"),
    ],
)
def test_what_is_wrong_is_told(text: str | bytes, word: str) -> None:
    with pytest.raises(SettingError, match=word):
        table.parse(text)


def test_wrong_rows_are_left_out_and_counted() -> None:
    found = table.parse(HEAD + "a,b,two,0.1\na,b,2,0.1\na,b,50,16\na,b,2,text\n")
    assert len(found.points) == 2 and found.points[1].at_bound
    assert "Rows left out: 2; the first is line 2" in found.notes[0] and found.notes[1].endswith(": 1.")


def test_a_million_rows_are_bounded() -> None:
    text = HEAD + "a,b,2.0,0.1\n" * 1_000_000
    start = time.process_time()
    found = table.parse(text)
    assert len(found.points) == table.MOST_ROWS and "first 50,000 rows" in found.notes[0]
    assert time.process_time() - start < 5
    with pytest.raises(SettingError, match="larger than 20 MB"):
        table.parse(text * 2)


def test_names_are_tamed() -> None:
    found = table.parse(HEAD + '"=cmd|\' /C calc\'!A0","@x\x07\ny",2,0.1\n' + "m" * 5_000 + ",b,2,0.1\n")
    assert found.points[0].pair == "@x y" and len(found.points[1].model) == 200
    lines = table.written(found.points).splitlines()
    assert lines[1].startswith("'=cmd") and ",'@x y," in lines[1]


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_text_crashes_it(text: str) -> None:
    for whole in (text, HEAD + text):
        try:
            table.parse(whole)
        except SettingError as error:
            assert str(error)


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "fits.csv"
    with pytest.raises(SettingError, match="cannot be read"):
        table.load(path)
    points = (table.Point("a", "b", 1 / 3, -0.1),)
    path.write_text(table.written(points))
    assert table.load(path).points == points


def test_nine_models_have_their_medians() -> None:
    found = {one.model: one[1:] for one in medians()}
    assert len(found) == 9
    assert found["Llama 3.1 8B"] == (1.87, 0.53) and found["Gemma 3 27B"] == (3.90, 0.35)
