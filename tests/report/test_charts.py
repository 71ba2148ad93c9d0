"""Charts: all words are within the picture, and each mark is seen."""

import math

import pytest
from matplotlib import pyplot as plt
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from kommunebudsjett.report import charts
from kommunebudsjett.report.charts.letters import FAMILY, size_of
from kommunebudsjett.report.pictures import svg, theme
from kommunebudsjett.report.theme import NARROW, WIDE

# Names as long as those of the party budgets, and the longest words at the largest value.
DUMBBELL = [
    charts.Dumbbell("Gratis hjernehinnebetennelsesvaksine til russ", 5.0, 5.0),
    charts.Dumbbell("Flere ansatte", 20.0, 20.0),
    charts.Dumbbell("Ingen privatisering", -3.9, -2.4),
]
STEPS = [
    charts.Step("Statlig tilskudd til toppet bemanning", 225.3),
    charts.Step("Kultur", -40.1),
    charts.Step("Sum", 185.2, is_sum=True),
]
PAIRS = [charts.Pair("Strategisk ledelse", 1275.0, 1576.0), charts.Pair("Avdelingsledere", 869.0, 901.0)]

STRIPS = [
    charts.Strip(
        "Netto driftsutgifter til kirkegårder, gravlunder og krematorier, per innbygger i kommunen",
        ("2024", 2_184.0),
        ("Trondheim 2025", 2_190.0),
        [("Landet uten Oslo", 2_231.0), ("Oslo", 1_295.0), ("ASSS-snittet", 1_299.0), ("Bergen", 2_217.0)],
        lambda value: f"{value:,.1f} kroner",
    ),
    charts.Strip(
        "Gruppestørrelse",
        None,
        ("Trondheim 2025", 14.4),
        [(name, 14.4) for name in ("Oslo", "Bergen", "Stavanger", "ASSS-snittet")],
        str,
    ),
]


def write(value: float) -> str:
    return f"{value:+,.1f}"


CHARTS = {
    "dumbbell": charts.dumbbell(DUMBBELL, ("2026", "2029"), "byrådets forslag", "#e69f00", write),
    "waterfall": charts.waterfall(STEPS, "#e69f00", write),
    "pyramid": charts.pyramid(PAIRS, ("Kvinner", "Menn"), write, "ingen"),
    "pairs": charts.pairs(PAIRS, ("Kvinner", "Menn"), write),
    "bars": charts.bars(
        ["Kultur, idrett og friluftsliv", "Skole"],
        [
            charts.Series("Rødgrønt forslag til budsjett for 2026", [3.0, None], "#0b4f8a"),
            charts.Series("SV og Rødt", [-2.0, 225.3], "#0b4f8a"),
        ],
        write,
        "ingen beløp",
    ),
    "rules": charts.rules(
        [
            charts.RulePanel("Gjeld", ("2025", 76.3), [("2026", 78.1), ("2027", 81.1)], 80.0, "høyst\n80 %"),
            charts.RulePanel("Netto driftsresultat", None, [("2026", 1.98)], None, ""),
            charts.RulePanel("Fond", None, [("2026", 1.98)], None, ""),
        ],
        ("#6e6e6e", "#e69f00"),
        write,
    ),
    "lines": charts.lines(
        [charts.LinePanel(f"{n} interkommunale selskaper med lån", [(2021, 1024.0), (2025, n)]) for n in range(4)],
        "#6e6e6e",
        write,
    ),
    "strips": charts.strips(STRIPS, "#555555"),
}


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("form", CHARTS)
def test_the_words_of_a_chart_are_within_the_picture(form, width):
    with theme("test", width):
        figure = CHARTS[form](width)
        figure.draw_without_rendering()
        page = figure.bbox
        words = [text for axes in figure.axes for text in axes.texts if text.get_text()]
        boxes = {text.get_text(): text.get_window_extent() for text in words}
    assert len(boxes) > 3
    outside = [
        word
        for word, box in boxes.items()
        if box.x0 < page.x0 or box.x1 > page.x1 or box.y0 < page.y0 or box.y1 > page.y1
    ]
    assert outside == []


def test_panels_beside_each_other_have_one_size():
    with theme("test", WIDE):
        figures = [CHARTS[form](WIDE) for form in ("bars", "rules", "lines")]
    for figure in figures:
        sizes = [axes.get_position().size for axes in figure.axes]
        assert len(sizes) > 1
        assert all(size == pytest.approx(sizes[0]) for size in sizes)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_dot_does_not_hide_the_other(width):
    near, far = charts.Pair("Adjunkt", 713.0, 712.0), charts.Pair("Strategisk ledelse", 500.0, 1576.0)
    with theme("x", width):
        figure = charts.pairs([near, far], ("Kvinner", "Menn"), write)(width)
        figure.draw_without_rendering()
    [axes] = figure.axes
    women, men = (axes.transData.transform(line.get_xydata()) for line in axes.lines)
    assert len(women) == len(men) == 2
    # A dot is 6 points wide; those that are far apart stay on their line.
    points = 72 / figure.dpi
    assert math.dist(women[0], men[0]) * points > 6
    assert women[1][1] == pytest.approx(men[1][1])


@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize("words", ["Økte satser sosialhjelp", "\u2212 1\u00a0234,5 %", "●", "Å"])
def test_words_are_as_large_as_their_letters(words, weight):
    width, height, below = text_to_path.get_text_width_height_descent(
        words, FontProperties(family=FAMILY, weight=weight, size=10), ismath=False
    )
    found = size_of(words, weight)
    assert found.width * 10 == pytest.approx(width, abs=0.5)
    assert ((found.above + found.below) * 10, found.below * 10) == pytest.approx((height, below), abs=0.01)


def test_kerning_only_draws_words_together():
    font = FontProperties(family=FAMILY, size=10)
    width, _, _ = text_to_path.get_text_width_height_descent("AVTo. Ya", font, ismath=False)
    assert width < size_of("AVTo. Ya").width * 10 < width * 1.1


def test_letters_of_other_fonts_have_room():
    assert size_of("漢\x1b").width == 2
    assert size_of("") == (0, 0, 0)


def test_what_is_drawn_with_pyplot_has_room_and_is_not_left_open():
    drawn = []

    def draw(width):
        figure, axes = plt.subplots(figsize=(width, 2))
        axes.barh(["Et tjenesteområde med et langt navn", "Skole"], [3.5, 2.0])
        drawn.append(figure)
        return figure

    svg(draw, NARROW, "own")
    [figure] = drawn
    words = figure.axes[0].get_yticklabels()
    assert [word.get_text() for word in words] == ["Et tjenesteområde med et langt navn", "Skole"]
    figure.draw_without_rendering()
    assert all(figure.bbox.containsx(word.get_window_extent().x0) for word in words)
    assert not plt.get_fignums()
