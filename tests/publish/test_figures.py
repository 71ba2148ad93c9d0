"""The data of a figure as a file that any spreadsheet can open."""

import csv
import io

import pytest

from kommunebudsjett.publish.figures import data_file, figures, inert
from kommunebudsjett.report.blocks import Cell, Column
from kommunebudsjett.report.charts import Series, bars
from kommunebudsjett.report.pictures import figure
from tests.publish.reports import page, report, shown


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-kutt", "'-kutt"),
        (" =1+1", "' =1+1"),
        ("\t=1+1", "'\t=1+1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("\uff20SUM(A1)", "'\uff20SUM(A1)"),
        ("\r\n=1+1", "'\r\n=1+1"),
        ("-5", "-5"),
        ("+1 257,4", "+1 257,4"),
        ("-8,1%", "-8,1%"),
        ("Skole", "Skole"),
        ("", ""),
    ],
)
def test_text_that_a_spreadsheet_would_run_is_marked_as_text(text, written):
    assert inert(text) == written


def test_a_figure_has_its_pictures_and_its_data(monkeypatch):
    draw = bars(["=Skole $x$ \x1b"], [Series("Endring", [1.0], "#000000")], str, "ingen")
    rows = [['=Skole, "x" \x1b', Cell("−1,3", (("d", "3"), ("d", "5")), value=-1.25)], ["Annet", Cell("ingen")]]
    [block] = shown(
        monkeypatch,
        lambda: figure(
            "endring",
            draw,
            caption="Endring",
            alt="Skole får mest, én million kroner.",
            columns=[Column("=Hva", numeric=False), Column("Beløp")],
            rows=rows,
        ),
    )
    found = report([block])
    files = figures(found)
    assert sorted(files) == [f"figures/prove-endring{end}" for end in ("-narrow.svg", "-wide.svg", ".csv")]
    assert b"\x1b" not in files["figures/prove-endring-wide.svg"]
    assert list(csv.reader(io.StringIO(data_file(block)))) == [
        ["'=Hva", "Beløp", "sources"],
        ['\'=Skole, "x" ␛', "-1.25", "d:3 d:5"],
        ["Annet", "ingen", ""],
    ]
    assert '<a href="figures/prove-endring.csv" download>tallene som CSV</a>' in page(found)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (5.684341886e-14, "0"),
        (-5.684341886e-14, "0"),
        (0.1 + 0.2, "0.3"),
        (sum([83.9, -100.0, 16.1]), "0"),
        (1e-7, "0.0000001"),
        (12345678901.0, "12345678901"),
        (-1.25, "-1.25"),
        (float("nan"), "ingen"),
    ],
)
def test_the_last_bits_of_a_sum_are_not_published(monkeypatch, value, written):
    draw = bars(["a"], [Series("b", [1.0], "#000000")], str, "ingen")
    rows = [["a", Cell("ingen", value=value)]]
    [block] = shown(
        monkeypatch,
        lambda: figure(
            "f", draw, caption="c", alt="Det er bare ett tall her", columns=[Column("A"), Column("B")], rows=rows
        ),
    )
    assert list(csv.reader(io.StringIO(data_file(block))))[1][1] == written
