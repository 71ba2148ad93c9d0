"""Shapes of tables that documents have, each as a small PDF: which rows and cells are read."""

from itertools import pairwise

import pytest

from kommunebudsjett.core.texts import Text
from kommunebudsjett.pdf.extraction import extract
from tests.pdfs.raw import at, form, level, table, width, written

PROSE = (
    "Kommunen har lagt vekt på gode tjenester og trygg drift i året som har gått nå",
    "og innbyggerne har fått den hjelpen som de trenger når de trenger den i hverdag",
    "mens økonomien er blitt bedre enn den var ventet å bli da budsjettet ble vedtatt",
)


def rows(text: Text) -> list[list[str]]:
    return [line.split("\t") for line in text.lines if "\t" in line]


def read(tmp_path, *contents: str, **more) -> list[list[str]]:
    return rows(extract(str(written(tmp_path / "t.pdf", *contents, **more))))


def right(x: float, y: float, text: str, size: float = 10) -> str:
    """Text that ends at a place."""
    return at(x - width(text, size), y, text, size)


def centred(x: float, y: float, text: str, size: float = 10) -> str:
    return at(x - width(text, size) / 2, y, text, size)


def figures(
    body: list[tuple[str, ...]], ends: tuple[float, ...] = (300, 380, 460), y: float = 340, step: float = 18
) -> str:
    """Rows of a label and of values that end at the same places."""
    return "".join(
        at(50, y - step * number, label)
        + "".join(right(x, y - step * number, v) for x, v in zip(ends, values, strict=False) if v)
        for number, (label, *values) in enumerate(body)
    )


BODY = [("Skole", "350", "1 000", "-650"), ("Barnehage", "20", "", "12,5"), ("Sum", "370", "1 000", "-637,5")]
WITH_EMPTY = [list(row) for row in BODY]
HEAD = [("Område", "2026", "2027", "Avvik")]
HEADED = [list(row) for row in HEAD + BODY]


def test_empty_cells_stay_cells_in_both_forms(tmp_path):
    file = written(tmp_path / "t.pdf", figures(HEAD + BODY))
    assert rows(extract(str(file))) == HEADED


@pytest.mark.parametrize("x", [56, 220, 346, 470])
def test_one_upright_rule_leaves_the_search_by_white_space(tmp_path, x):
    rule = f"{x} 350 m {x} 280 l S\n"
    assert read(tmp_path, figures(HEAD + BODY) + rule) == HEADED


GRID_X, GRID_Y = (45, 230, 305, 385, 470), (355, 335, 317, 299, 280)


def _lines(draw) -> str:
    level_rules = "".join(draw(GRID_X[0], y, GRID_X[-1], y) for y in GRID_Y)
    return level_rules + "".join(draw(x, GRID_Y[0], x, GRID_Y[-1]) for x in GRID_X)


def _box(x: float, y: float, right: float, top: float) -> str:
    return f"{x} {min(y, top)} {max(0.5, right - x)} {max(0.5, abs(top - y))} re f\n"


def _dots(x: float, y: float, right: float, top: float) -> str:
    steps = int(max(right - x, abs(top - y)) // 3)
    across, down = (3, 0) if right > x else (0, 3)
    return "".join(f"{x + across * n} {min(y, top) + down * n} 0.8 0.8 re f\n" for n in range(steps))


def _cells() -> str:
    return "".join(
        f"{x} {below} {right - x} {above - below} re S\n"
        for x, right in pairwise(GRID_X)
        for above, below in pairwise(GRID_Y)
    )


GRIDS = {
    "strokes": _lines(lambda *to: "{} {} m {} {} l S\n".format(*to)),
    "one path": _lines(lambda *to: "{} {} m {} {} l\n".format(*to)) + "S\n",
    "filled boxes": _lines(_box),
    "stroked cells": _cells(),
    "dots": _lines(_dots),
    "a form": "/X0 Do\n",
}


@pytest.mark.parametrize("grid", GRIDS)
def test_rules_are_seen_however_they_are_drawn(tmp_path, grid):
    """Names of columns that stand near each other are parted by the rules alone."""
    body = [("Skole", "350", "1 000", "-650"), ("Natur og miljø", "i alt", "ca. 20", "-"), ("Sum", "370", "1 000", "0")]
    heads = (
        at(50, 341, "Område")
        + at(232, 341, "Budsjett vedtatt")
        + at(307, 341, "Budsjett endret")
        + at(387, 341, "Avvik")
    )
    drawn = GRIDS[grid]
    more = (form(GRIDS["strokes"]),) if grid == "a form" else ()
    found = read(
        tmp_path, drawn + heads + figures(body, y=323), more=more, resources="/XObject<</X0 5 0 R>>" if more else ""
    )
    assert found == [["Område", "Budsjett vedtatt", "Budsjett endret", "Avvik"], *map(list, body)]


@pytest.mark.parametrize(
    "value",
    [
        *("(1 234)", "1.234.567", "kr 1 234", "1 234 kr", "12-", "1 234,-"),
        *("1'234", "5*", "-5,5", "1 234,50", "74 %", "1,234,567"),
    ],
)
def test_values_are_known_by_their_form(tmp_path, value):
    """Set near the next column, they are parted from it."""
    body = [(f"Tiltak {name}", value, value, value) for name in "abc"]
    ends = tuple(200 + number * (width(value) + 5) for number in range(1, 4))
    assert read(tmp_path, figures(body, ends)) == [list(row) for row in body]


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("label", ["", "og barnehage"])
@pytest.mark.parametrize(
    ("one", "two", "read_as"),
    [
        ("1 044", "940", "1 044 940"),
        ("-1 044", "940,5", "-1 044 940,5"),
        *(("1 044 9", "40", None), ("1044", "940", None), ("1 044", "94", None), ("1 044,", "5", None)),
        *(("-", "350", None), ("10", "%", None), ("12", "34", None)),
    ],
)
def test_a_number_that_a_narrow_cell_breaks_is_whole_or_unread(tmp_path, one, two, read_as, label, ruled):
    grid = "".join(level(45, 470, y) for y in (355, 335, 300, 275, 250)) if ruled else ""
    said = figures(HEAD) + figures([("Skole", "350", one, "7")], y=322)
    said += at(50, 310, label) + right(380, 310, two)
    said += figures([("Vei", "350", "1", "7"), ("Sum", "350", "1", "7")], y=285, step=25)
    text = extract(str(written(tmp_path / "t.pdf", said + grid)))
    name = f"Skole {label}".strip()
    assert rows(text) == [
        list(HEAD[0]),
        [name, "350", read_as or "", "7"],
        ["Vei", "350", "1", "7"],
        ["Sum", "350", "1", "7"],
    ]
    left_out = "".join(found.raw for found in text.left_out).replace(" ", "")
    assert left_out == ("" if read_as else (one + two).replace(" ", ""))


def test_running_heads_of_two_lines_are_left_out(tmp_path):
    pages = [
        at(50, 385, "Nordvik kommune", 8)
        + at(50, 375, "Handlings- og økonomiplan", 8)
        + figures(HEAD + BODY, y=330 - 20 * n)
        for n in range(4)
    ]
    text = extract(str(written(tmp_path / "t.pdf", *pages)))
    assert not [line for line in text.lines if "Nordvik" in line or "økonomiplan" in line]
    assert len([row for row in rows(text) if row[0] == "Skole"]) == 4


def test_rows_that_return_on_each_page_are_no_running_heads(tmp_path):
    """Three pages of the same table with room between its rows, and one value at the head of pages."""
    pages = [at(50, 385, f"Sum for side {37 * n} mill.", 8) + figures(BODY, y=330, step=30) for n in range(1, 4)]
    text = extract(str(written(tmp_path / "t.pdf", *pages)))
    assert rows(text) == [list(row) for row in BODY * 3]
    assert [line for line in text.lines if "Sum for side" in line] != []


def test_codes_are_columns(tmp_path):
    body = [
        ("1", "", "Skole og barnehage", ""),
        ("1", "01", "Lønn", "350"),
        ("", "10", "Drift", "20"),
        ("2", "", "Vei", ""),
        ("2", "01", "Drift", "7"),
    ]
    said = "".join(at(x, 360, name) for x, name in ((50, "Kap."), (90, "Post"), (130, "Formål")))
    said += right(400, 360, "Budsjett")
    for number, (chapter, post, name, value) in enumerate(body):
        y = 342 - 18 * number
        said += "".join(at(x, y, cell) for x, cell in ((50, chapter), (90, post), (130, name)) if cell)
        said += right(400, y, value) if value else ""
    assert read(tmp_path, said) == [["Kap.", "Post", "Formål", "Budsjett"], *map(list, body)]


def test_a_label_of_two_lines_with_its_amount_on_the_second_is_one_row(tmp_path):
    said = figures(HEAD) + at(50, 322, "Skole og skolefritidsordning") + at(50, 310, "med leirskole")
    said += right(300, 310, "350") + right(380, 310, "1 000") + right(460, 310, "-650")
    said += figures([("Barnehage", "20", "5", "12,5"), ("Sum", "370", "1 005", "-637,5")], y=292)
    assert read(tmp_path, said)[1] == ["Skole og skolefritidsordning med leirskole", "350", "1 000", "-650"]


def test_leaders_in_a_table_are_no_text(tmp_path):
    body = [("Skole", "350", "1 000"), ("Barnehage", "20", "15"), ("Sum", "370", "1 015")]
    said = "".join(
        at(50, 340 - 18 * n, label + "." * int((250 - 50 - width(label)) / width(".")))
        + right(300, 340 - 18 * n, one)
        + right(380, 340 - 18 * n, two)
        for n, (label, one, two) in enumerate(body)
    )
    assert read(tmp_path, said) == [list(row) for row in body]


def test_two_columns_of_text_with_few_lines(tmp_path):
    left, right_ = (
        [f"Venstre spalte er den første {n} av dem" for n in range(4)],
        [f"Høyre spalte er den andre {n} av dem" for n in range(4)],
    )
    said = "".join(
        at(50, 340 - 12 * n, one) + at(320, 340 - 12 * n, two)
        for n, (one, two) in enumerate(zip(left, right_, strict=True))
    )
    text = " ".join(extract(str(written(tmp_path / "t.pdf", said))).lines)
    assert " ".join(left) in text and " ".join(right_) in text


def test_a_table_beside_prose(tmp_path):
    prose = "".join(at(50, 345 - 12 * n, line[:50], 9) for n, line in enumerate(PROSE * 4))
    body = [("Skole", "350"), ("Barnehage", "20"), ("Vei", "4"), ("Sum", "374")]
    grid = "".join(level(330, 480, 352 - 18 * n) for n in range(5))
    said = "".join(
        at(335, 340 - 18 * n, label) + right(475, 340 - 18 * n, value) for n, (label, value) in enumerate(body)
    )
    text = extract(str(written(tmp_path / "t.pdf", prose + grid + said)))
    assert rows(text) == [list(row) for row in body]
    assert " ".join(line[:50].strip() for line in PROSE) in " ".join(text.lines)


def test_letters_printed_twice_are_read_once(tmp_path):
    shifted = "q 1 0 0 1 0.4 0.1 cm\n" + figures(HEAD + BODY) + "Q\n"
    assert read(tmp_path, figures(HEAD + BODY) + shifted)[1:] == [
        [f"<b>{c}</b>" if c else "" for c in row] for row in BODY
    ]


def test_letterspaced_words_are_words(tmp_path):
    said = at(50, 370, "REGNSKAP FOR SKOLEN", before="3 Tc") + "BT 0 Tc ET\n" + figures(HEAD + BODY)
    assert any("REGNSKAP FOR SKOLEN" in line for line in extract(str(written(tmp_path / "t.pdf", said))).lines)


def test_a_table_of_text_without_rules(tmp_path):
    body = [
        ("Tilsyn", "Enhet", "Tema"),
        ("Arbeidstilsynet", "Nordlia skole", "Inneklima"),
        ("Mattilsynet", "Kjøkkenet", "Renhold"),
        ("Statsforvalteren", "Barnevernet", "Frister"),
    ]
    assert read(tmp_path, table(body, xs=(50, 200, 350), step=14)) == [list(row) for row in body]


def test_a_header_in_which_every_column_wraps(tmp_path):
    said = at(50, 358, "Område og") + at(50, 346, "tjeneste")
    for x, one, two in ((300, "Revidert", "budsjett"), (380, "Regnskap", "hittil i år"), (460, "Avvik i", "prosent")):
        said += right(x, 358, one) + right(x, 346, two)
    found = read(tmp_path, said + figures(BODY, y=328))
    assert found == [
        ["Område og tjeneste", "Revidert budsjett", "Regnskap hittil i år", "Avvik i prosent"],
        *WITH_EMPTY,
    ]


def test_names_over_names_are_a_row_of_their_own(tmp_path):
    said = centred(300, 372, "Budsjett") + centred(460, 372, "Regnskap")
    said += "".join(right(x, 358, name) for x, name in ((280, "2025"), (340, "Andel"), (440, "2026"), (500, "Andel")))
    body = [("Skole", "350", "1 %", "1 000", "2 %"), ("Vei", "20", "3 %", "15", "4 %")]
    found = read(tmp_path, said + figures(body, (280, 340, 440, 500)))
    assert found == [["", "Budsjett", "", "Regnskap", ""], ["", "2025", "Andel", "2026", "Andel"], *map(list, body)]


def test_a_name_over_names_beside_names_at_the_side_of_one_column(tmp_path):
    """As in HTML: what spans columns stands in the middle, the rest at the right like the values."""
    ends = (220, 280, 350, 410, 470, 560)
    said = right(220, 372, "2024") + centred(350, 372, "2025") + right(560, 372, "Snitt av byene")
    places = ("Nordvik", "Nordvik", "Oslofjord", "Fjordby", "Sandnes")
    said += "".join(right(x, 358, name) for x, name in zip(ends, places, strict=False))
    body = [("Skole", "35", "100", "2", "5", "6", "7"), ("Vei", "20", "15", "4", "8", "9", "8")]
    found = read(tmp_path, said + figures(body, ends))
    assert found[:2] == [["", "2024", "2025", "", "", "", "Snitt av byene"], ["", *places, ""]]


def test_the_name_of_a_group_in_the_middle_is_a_row(tmp_path):
    said = figures(HEAD + BODY) + centred(255, 268, "Investeringer i alt") + figures(BODY, y=250)
    found = read(tmp_path, said)
    assert ["Investeringer i alt", "", "", ""] in found
    assert found[-3:] == WITH_EMPTY


SECOND = [("Andre inntekter (beløp i 1000 kr)", "Regnskap 2018", "Regnskap 2017")]


@pytest.mark.parametrize("ends", [(430, 540), (340, 425), (345,)])
def test_names_over_numbers_that_stand_elsewhere_begin_a_table(tmp_path, ends):
    """Two tables with no more room between them than between their rows."""
    first = [("Brukerbetalinger", "Regnskap 2018", "Regnskap 2017"), ("Skole", "350", "1 000"), ("Sum", "350", "1 000")]
    named = [row[: len(ends) + 1] for row in [*SECOND, ("Avgifter", "870", "869"), ("Sum i alt", "1 870", "1 869")]]
    said = figures(first, (290, 380)) + figures(named, ends, y=340 - 3 * 18)
    assert read(tmp_path, said) == [list(row) for row in [*first, *named]]


def test_a_title_and_a_header_of_two_lines_begin_a_table(tmp_path):
    first = [("Brukerbetalinger", "Regnskap", "Budsjett"), ("Skole", "350", "1 000"), ("Sum", "350", "1 000")]
    said = figures(first, (250, 330)) + figures([("Andre", "Revidert", "Regnskap")], (430, 520), y=282)
    body = [("Avgifter", "870", "869"), ("Leie", "100", "323"), ("Sum", "970", "1 192")]
    said += figures([("inntekter", "budsjett", "i fjor")], (430, 520), y=270) + figures(body, (430, 520), y=252)
    found = read(tmp_path, said)
    assert found == [*map(list, first), ["Andre inntekter", "Revidert budsjett", "Regnskap i fjor"], *map(list, body)]


@pytest.mark.parametrize("over_page", [True, False])
@pytest.mark.parametrize("ruled", [True, False])
def test_columns_that_go_on_elsewhere_are_the_same(tmp_path, ruled, over_page):
    """As where a program sets the rows of each page for themselves: no header comes again."""
    more = [("Vei og park", "280", "267", "353"), ("Kultur", "43", "48", "29"), ("I alt", "323", "315", "382")]
    full = [("Skole", "350", "100", "650"), ("Barnehage", "20", "15", "125")]
    others = (280, 345, 430)
    one, two = figures(HEAD + full, (300, 380, 460)), figures(more, others, y=286)
    if ruled:
        one += "".join(f"{x} 352 m {x} 299 l S\n" for x in (46, 230, 304, 384, 464))
        two += "".join(f"{x} 298 m {x} 244 l S\n" for x in (46, 210, 284, 349, 434))
        one += "".join(level(46, 464, y) for y in (352, 334, 316, 299))
        two += "".join(level(46, 434, y) for y in (298, 280, 262, 244))
    found = read(tmp_path, one, two) if over_page else read(tmp_path, one + two)
    assert found == [list(row) for row in [*HEAD, *full, *more]]


def test_rows_of_other_columns_are_not_shifted(tmp_path):
    """Each half has numbers in other columns: the header has a name for each."""
    said = figures([("Område", "2025", "2026", "2027", "2028")], (280, 340, 400, 460))
    body = [
        ("Skole", "350", "", "1 000", ""),
        ("Vei", "20", "", "15", ""),
        ("Vann", "", "7", "", "8"),
        ("Sum", "", "9", "", "6"),
    ]
    said += figures(body, (280, 340, 400, 460), y=322)
    assert read(tmp_path, said)[1:] == [list(row) for row in body]


def test_words_in_a_row_begin_no_table(tmp_path):
    body = [*BODY[:2], ("Avtale", "fast", "fast", "fri"), ("Vei", "1 234 567", "2", "3"), ("Sum", "370", "1", "2")]
    centre = "".join(
        at(50, 340 - 18 * n, label)
        + "".join(centred(x, 340 - 18 * n, v) for x, v in zip((300, 380, 460), values, strict=True) if v)
        for n, (label, *values) in enumerate([*HEAD, *body])
    )
    assert read(tmp_path, centre) == [list(row) for row in [*HEAD, *body]]


@pytest.mark.parametrize("step", [13, 16])
@pytest.mark.parametrize("place", ["left", "right", "centre"])
def test_a_name_of_two_lines_beside_a_name_of_one(tmp_path, place, step):
    """The column of notes has its name on the second line alone, and the next one begins right beside it."""
    set_ = {"left": lambda x, y, text: at(x - width("Opprinnelig"), y, text), "right": right}.get(
        place, lambda x, y, text: centred(x - width("Opprinnelig") / 2, y, text)
    )
    ends = (310, 400, 490)
    said = at(50, 346 + step, "Drift (beløp i") + at(50, 346, "1000 kr)") + right(235, 346, "Note")
    for x, one, two in zip(
        ends, ("Regnskap", "Opprinnelig", "Regnskap"), ("2020", "budsjett 2020", "2019"), strict=True
    ):
        said += set_(x, 346 + step, one) + set_(x, 346, two)
    body = [
        ("Gebyrer", "1", "931 168", "932 472", "921 384"),
        ("Leie", "1", "1 362 380", "7", "8"),
        ("Sum", "", "5", "6", "7"),
    ]
    found = read(tmp_path, said + figures(body, (235, *ends), y=326, step=20))
    names = [" ".join(filter(None, cells)) for cells in zip(*found[:-3], strict=True)]
    assert names == ["Drift (beløp i 1000 kr)", "Note", "Regnskap 2020", "Opprinnelig budsjett 2020", "Regnskap 2019"]
    assert found[-3:] == [list(row) for row in body]


AFTER = at(50, 340, "Kommunen brukte mindre enn budsjettet.")


@pytest.mark.parametrize("body", [BODY, BODY[:1]])
def test_a_header_at_the_foot_of_a_page_heads_the_rows_of_the_next(tmp_path, body):
    """No rule and no name is printed again: without its header a single row would be no table."""
    foot = AFTER + right(300, 52, "Vedtatt") + right(380, 52, "Revidert") + right(460, 52, "Avvik")
    foot += at(50, 40, "Område") + right(300, 40, "budsjett") + right(380, 40, "budsjett") + right(460, 40, "i år")
    rest = at(50, 348 - 18 * len(body) - 8, "Året endte bedre enn ventet.")
    names = ["Område", "Vedtatt budsjett", "Revidert budsjett", "Avvik i år"]
    assert read(tmp_path, foot, figures(body, y=360) + rest) == [names, *map(list, body)]


def test_names_over_names_at_the_foot_of_a_page(tmp_path):
    foot = AFTER + at(50, 40, "Område") + right(300, 40, "2025") + right(460, 40, "2026")
    names = [("", "Nordvik", "Nordvik", "Fjordby")]
    body = [("Skole", "350", "1 000", "650"), ("Vei", "20", "15", "12")]
    found = read(tmp_path, foot, figures(names + body, y=360))
    assert found[-3:] == [list(row) for row in names + body]
    assert found[0] == ["Område", "2025", "", "2026"]


def test_text_at_the_foot_of_a_page_is_no_header(tmp_path):
    foot = AFTER + at(50, 52, "Skole og barnehage") + at(50, 40, "Ansvar") + right(200, 40, "Kari Nordmann")
    assert read(tmp_path, foot, figures(BODY, y=360)) == WITH_EMPTY


@pytest.mark.parametrize("ruled", [True, False])
def test_the_name_of_the_labels_goes_on_in_a_second_line(tmp_path, ruled):
    grid = "".join(level(45, 470, y) for y in (322, 304, 286, 268)) if ruled else ""
    said = figures([("EIENDELER OG GJELD", "2025", "2024")], y=340) + at(50, 328, "(MNOK)")
    said += at(50, 310, "Anlegg") + figures([("Bygg", "350", "1 000"), ("Vei", "20", "15")], y=292)
    assert read(tmp_path, grid + said) == [
        ["EIENDELER OG GJELD (MNOK)", "2025", "2024"],
        ["Anlegg", "", ""],
        ["Bygg", "350", "1 000"],
        ["Vei", "20", "15"],
    ]


def test_one_name_of_three_lines_over_names_of_one(tmp_path):
    said = right(300, 364, "2024") + right(380, 364, "2025") + right(460, 364, "gjennom-")
    said += right(460, 352, "snitt") + right(460, 340, "2025") + figures(BODY[:1] + BODY[2:], y=322)
    assert read(tmp_path, said) == [["", "2024", "2025", "gjennomsnitt 2025"], WITH_EMPTY[0], WITH_EMPTY[2]]


def test_names_with_a_space_between_them_under_names_over_columns(tmp_path):
    """Each name ends where the values of its column do, and a name above them stands where they meet."""
    said = at(50, 372, "Tema") + centred(246, 372, "2024") + centred(370, 372, "2025")
    said += right(250, 358, "Sandnes") + right(294, 358, "Sandnes") + right(370, 358, "Oslo") + right(440, 358, "Moss")
    body = [("Skole", "350", "10", "20", "30"), ("Vei", "60", "15", "4", "8")]
    found = read(tmp_path, said + figures(body, (250, 294, 370, 440)))
    assert found[1:] == [["", "Sandnes", "Sandnes", "Oslo", "Moss"], *map(list, body)]


def test_a_name_in_the_middle_of_cells_whose_values_end_flush(tmp_path):
    """As a browser sets it: the middle of the cells is left of the middle of what they hold."""
    ends = (279.0, 334.4, 391.6, 447.0, 523.5)
    said = at(50, 372, "Kjønn") + centred(281.4, 372, "Fast") + centred(394.6, 372, "Midlertidig")
    said += right(523.5, 372, "Sluttsum") + figures([("", "Antall", "Andel", "Antall", "Andel", "Antall")], ends, y=356)
    body = [("Kvinne", "10 364", "91%", "1 050", "9%", "11 414"), ("Mann", "3 515", "89%", "435", "11%", "3 950")]
    found = read(tmp_path, said + figures(body, ends))
    assert found[0] == ["Kjønn", "Fast", "", "Midlertidig", "", "Sluttsum"]


LABELS = [("Antall barn med plass i", "350", "1 000"), ("Antall elever med hjelp av", "20", "15")]


@pytest.mark.parametrize("end", ["Tolketjenesten", "(prosent)", "3 måneder"])
def test_the_last_label_ends_with_a_line_of_its_own(tmp_path, end):
    said = figures(LABELS[:1]) + at(50, 330, "Nordvik") + figures(LABELS[1:], y=312) + at(50, 302, end)
    found = read(tmp_path, said + at(50, 286, "Tallene viser en økning."))
    assert found == [["Antall barn med plass i Nordvik", "350", "1 000"], [f"{LABELS[1][0]} {end}", "20", "15"]]


@pytest.mark.parametrize(
    ("y", "note"), [(302, "* Anslag"), (297, "Kilde: Statistikk"), (302, "Kilde: " + "tall " * 20)]
)
def test_a_note_below_a_table_is_no_label(tmp_path, y, note):
    said = figures(LABELS[:1]) + at(50, 330, "Nordvik") + figures(LABELS[1:], y=312) + at(50, y, note)
    assert read(tmp_path, said)[-1] == list(LABELS[1])


@pytest.mark.parametrize("ruled", [True, False])
def test_the_name_of_a_group_at_the_head_of_a_page(tmp_path, ruled):
    more = [("Vei og park", "280", "267", "353"), ("Kultur", "43", "48", "29")]
    grids = ["".join(level(46, 464, y) for y in ys) if ruled else "" for ys in ((352, 334, 316), (362, 344, 326))]
    one = AFTER.replace("340", "380") + figures([*HEAD, ("Skole", "350", "100", "650")], y=340)
    two = at(50, 368, "Teknisk") + figures(more, y=350)
    assert read(tmp_path, grids[0] + one, grids[1] + two) == [
        *map(list, HEAD),
        ["Skole", "350", "100", "650"],
        ["Teknisk", "", "", ""],
        *map(list, more),
    ]


def test_a_line_that_is_set_to_fill_its_column_is_no_row(tmp_path):
    """Right below a table of one row, with figures in it and spaces as wide as those between cells."""
    prose = "Året 2025 endte med 16 millioner kroner i mindreforbruk og 4 i avvik"
    said = figures(HEAD + BODY[:1]) + at(50, 300, prose, before="6 Tw") + "BT 0 Tw ET\n" + at(50, 288, "ved skolene.")
    text = extract(str(written(tmp_path / "t.pdf", said)))
    assert rows(text) == [list(HEAD[0]), WITH_EMPTY[0]]
    assert f"{prose} ved skolene." in text.lines


def test_a_row_on_its_own_is_a_table(tmp_path):
    """Else its numbers would be those of a sentence, and would be in no list."""
    said = AFTER + figures([("Millioner kroner", "646,7", "661,2")], y=310) + at(50, 280, "Resultatet ble bedre.")
    assert read(tmp_path, said) == [["Millioner kroner", "646,7", "661,2"]]


UPPER = [("Brukerbetalinger", "Regnskap", "Budsjett"), ("Skole", "350", "1 000"), ("Sum", "350", "1 000")]
LOWER = [("Avgifter", "870", "869"), ("Sum i alt", "870", "869")]


def split(text: Text) -> list[list[list[str]]]:
    """The tables of a text: rows with no line between them."""
    tables: list[list[list[str]]] = [[]]
    for line in text.lines:
        if "\t" in line:
            tables[-1].append(line.split("\t"))
        elif tables[-1]:
            tables.append([])
    return [table for table in tables if table]


@pytest.mark.parametrize(
    ("names", "step", "parted"),
    [
        (("Andre inntekter", "Regnskap", "Budsjett"), 18, True),
        (("Andre inntekter", "Vedtatt", "Endret"), 26, True),
        (("Andre inntekter", "Vedtatt", "Endret"), 18, False),
        (("Andre inntekter", "fast", "fast"), 26, False),
    ],
)
def test_names_over_numbers_at_the_same_places_begin_a_table_where_they_are_set_as_names(tmp_path, names, step, parted):
    y = 340 - 2 * 18 - step
    said = figures(UPPER) + figures([names], y=y) + figures(LOWER, y=y - 18)
    found = split(extract(str(written(tmp_path / "t.pdf", said))))
    below = [list(row) for row in (names, *LOWER)]
    assert found == ([[*map(list, UPPER)], below] if parted else [[*map(list, UPPER), *below]])


@pytest.mark.parametrize("bold_rows", [True, False])
def test_bold_names_over_numbers_at_the_same_places_begin_a_table(tmp_path, bold_rows):
    names = figures([("Andre inntekter", "Vedtatt", "Endret")], y=286)
    said = figures(UPPER) + names + figures(LOWER, y=268)
    twice = names + (figures(UPPER[1:2], y=322) if bold_rows else "")
    found = split(extract(str(written(tmp_path / "t.pdf", said + f"q 1 0 0 1 0.4 0 cm\n{twice}Q\n"))))
    assert len(found) == (1 if bold_rows else 2)


def test_rows_of_text_whose_second_lines_stand_near(tmp_path):
    """Values on the second line of one row don't say how far apart rows stand."""
    xs = (50, 200, 320, 420)
    body = [("Arbeidstilsynet", "Trondheim", "23.01.25", "Arbeidsmiljø"), ("", "bydrift", "", "og lov")]
    last = [("Mattilsynet", "Kjøkkenet", "01.01.25 -", "Matloven"), ("", "sentralt", "31.12.25", "")]
    said = table([("Tilsyn", "Enhet", "Dato", "Tema")], xs=xs)
    for place, pair in enumerate([body, body, body, last]):
        said += table(pair, xs=xs, y=324 - 27 * place, step=11)
    whole = ["Arbeidstilsynet", "Trondheim bydrift", "23.01.25", "Arbeidsmiljø og lov"]
    found = read(tmp_path, said)
    assert found[1:4] == [whole] * 3 and found[4][:2] == ["Mattilsynet", "Kjøkkenet sentralt"]


def test_a_name_over_columns_that_stands_over_one_name_alone_is_not_joined_to_it(tmp_path):
    """Lines of one cell would begin or end at the same place, or stand in its middle. The lines stand near."""
    said = centred(310, 352, "Budsjett") + centred(470, 352, "Regnskap")
    names = [("Område", "2025", "2026", "2025", "2026")]
    body = [("Skole", "350", "10", "20", "30"), ("Vei", "60", "15", "4", "8")]
    found = read(tmp_path, said + figures(names + body, (300, 380, 460, 540), step=12))
    assert found == [["", "Budsjett", "", "Regnskap", ""], *map(list, names + body)]
