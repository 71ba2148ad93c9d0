"""CSV files as programs write them: what parts their fields, and the lines of text around the table."""

import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.forms import read_file

HEADER = "Område\tRegnskap 2024\tBudsjett 2025"
READ = [
    # Semicolons and decimal commas.
    ("Område;Regnskap 2024;Budsjett 2025\nSkole;1 200,5;1 300,0\nHelse;-12,5;\n",
     [HEADER, "Skole\t1 200,5\t1 300,0", "Helse\t-12,5\t"]),
    # Two fields of decimal commas: commas part as many fields as semicolons do.
    ("Skole;1,5\nHelse;2,5\nKultur;3,5\n", ["Skole\t1,5", "Helse\t2,5", "Kultur\t3,5"]),
    # Commas, with quotations where a number has one, and a quotation mark in a field.
    ('Område,Regnskap 2024,Budsjett 2025\n"Skole, SFO","1,5","2,5"\n"""Helse""",3,4\n',
     [HEADER, "Skole, SFO\t1,5\t2,5", '"Helse"\t3\t4']),
    ("Område\tRegnskap 2024\tBudsjett 2025\nSkole, SFO\t1,5\t2,5\nHelse\t3,5\t4\n",
     [HEADER, "Skole, SFO\t1,5\t2,5", "Helse\t3,5\t4"]),
    ("Område|Regnskap 2024|Budsjett 2025\nSkole|1,5|2,5\n", [HEADER, "Skole\t1,5\t2,5"]),
    # Titles and notes, with and without the fields that Excel adds to them.
    ("Driftsbudsjett;;\nAlle tall i 1000 kr;;\n\nOmråde;Regnskap 2024;Budsjett 2025\nSkole;1;2\n\nKilde: SSB; i dag\n",
     ["Driftsbudsjett", "", "Alle tall i 1000 kr", "", HEADER, "Skole\t1\t2", "", "Kilde: SSB; i dag"]),
    ('"Drift, hele kommunen"\nOmråde,Regnskap 2024,Budsjett 2025\nSkole,1,2\nHelse,3,4\n',
     ["Drift, hele kommunen", "", HEADER, "Skole\t1\t2", "Helse\t3\t4"]),
    ("Drift, hele kommunen\nOmråde,Regnskap 2024,Budsjett 2025\nSkole,1,2\nHelse,3,4\n",
     ["Drift, hele kommunen", "", HEADER, "Skole\t1\t2", "Helse\t3\t4"]),
    # What tells Excel the mark; a byte order mark; ends of lines of all programs; fields that nothing is in.
    ("\ufeffsep=;\r\nOmråde;Regnskap 2024;Budsjett 2025;;\r\nSkole;1;2;;\r\n", [HEADER, "Skole\t1\t2"]),
    ("Område;Regnskap 2024;Budsjett 2025\rSkole;1;2\rHelse;3;4\r", [HEADER, "Skole\t1\t2", "Helse\t3\t4"]),
    # Rows of unequal length: fewer fields are empty at the end.
    ("Område;Regnskap 2024;Budsjett 2025\nSkole;1\nHelse;3;4\n", [HEADER, "Skole\t1\t", "Helse\t3\t4"]),
    # A field of two lines.
    ('Område;"Regnskap\n2024";Budsjett 2025\nSkole;1;2\n', [HEADER, "Skole\t1\t2"]),
    # A part with a mark of its own; lines of text with commas are none.
    ("Drift;2026;2027\nSkole;5;6\nHelse;7;8\nSum;9;9\n\nNy,2026,2027\nVei,3,4\n\nNå, med 5, og 6\nOg, 7, 8\n",
     ["Drift\t2026\t2027", "Skole\t5\t6", "Helse\t7\t8", "Sum\t9\t9", "", "Ny\t2026\t2027",
      "Vei\t3\t4", "", "Nå, med 5, og 6", "", "Og, 7, 8"]),
    # What tells Excel the mark, in vain.
    ("sep=,\nOmråde;2026\nSkole;5\nHelse;6\n", ["Område\t2026", "Skole\t5", "Helse\t6"]),
    # One column is text.
    ("Bygdelista\n- Gratis SFO: 5 mill. kr\nVi vil mer\n",
     ["Bygdelista", "", "- Gratis SFO: 5 mill. kr", "", "Vi vil mer"]),
    ("Sum\n1200\n", ["Sum", "", "1200\t"]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "lines"), READ)
def test_the_table_and_the_text_around_it(tmp_path, content, lines):
    path = tmp_path / "budsjett.csv"
    path.write_text(content, encoding="utf-8", newline="")
    assert read_file(path).lines == lines


def test_lines_say_where_they_stand_in_the_file(tmp_path):
    path = tmp_path / "budsjett.csv"
    path.write_text('Drift\n\nOmråde;"Regnskap\n2024"\nSkole;1\nHelse;2\n', encoding="utf-8")
    text = read_file(path)
    assert text.places == [(1, "linje 1"), (3, "linje 3"), (4, "linje 5"), (5, "linje 6")]


def test_a_row_of_too_many_fields_is_listed(tmp_path):
    path = tmp_path / "budsjett.csv"
    path.write_text("Område,2025,2026\nSkole,10,12\nHelse,1,5,2,5\nKultur,3,4\n", encoding="utf-8")
    text = read_file(path)
    assert text.lines == ["Område\t2025\t2026", "Skole\t10\t12", "Kultur\t3\t4"]
    assert [(left.raw, left.reason) for left in text.left_out] == [
        ("Helse; 1; 5; 2; 5", "line 3 has 5 fields, and the others have 3")
    ]


DECIMALS = [
    # Commas that part fields and decimals, or thousands: all rows have more fields than their header has names.
    (
        "Område,2026\nSkole,1,5\nHelse,-2,5\nKultur,4\n",
        ["Område\t2026", "Kultur\t4"],
        [
            ("Skole; 1; 5", "line 2 has 3 fields, and its header names 2"),
            ("Helse; -2; 5", "line 3 has 3 fields, and its header names 2"),
        ],
    ),
    (
        "Område,2026,2027\nSkole,1,234,2,345\nHelse,3,4\n\nOmråde,A,B,C,D\nHelse,1,2,3,4\n",
        ["Område\t2026\t2027", "Helse\t3\t4", "", "Område\tA\tB\tC\tD", "Helse\t1\t2\t3\t4"],
        [("Skole; 1; 234; 2; 345", "line 2 has 5 fields, and its header names 3")],
    ),
    # Words beside the last column, and a header of two rows.
    ("Område,2026\nSkole,1,ny\nHelse,2,som før\n", ["Område\t2026\t", "Skole\t1\tny", "Helse\t2\tsom før"], []),
    ("Område,2026,,\n,Inn,Ut,Netto\nSkole,1,2,3\n", ["Område\t2026\t\t", "\tInn\tUt\tNetto", "Skole\t1\t2\t3"], []),
]


@pytest.mark.parametrize(("content", "lines", "left_out"), DECIMALS)
def test_commas_in_numbers_between_commas_are_never_guessed(tmp_path, content, lines, left_out):
    path = tmp_path / "budsjett.csv"
    path.write_text(content, encoding="utf-8")
    text = read_file(path)
    assert text.lines == lines
    assert [(left.raw, left.reason) for left in text.left_out] == left_out


def test_what_was_assumed_of_the_encoding_is_said(tmp_path):
    path = tmp_path / "budsjett.csv"
    path.write_bytes("Område;2026\nTromsø;5\n".encode("cp1252"))
    text = read_file(path)
    assert text.lines == ["Område\t2026", "Tromsø\t5"]
    assert text.remarks == ["the text is not UTF-8; it was read as Windows-1252"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'A;B\n"Skole;1\n' + b"Helse;2\n" * 5000, "a quotation mark is not closed"),
        (b'A;B\nSkole;1\n"Helse;2\nKultur;3\n', "line 3 .* a quotation mark is not closed"),
        (b'A;B\nSkole;1\n"Helse;2', "line 3 .* a quotation mark is not closed"),
        (b";".join([b"1"] * 17000) + b"\n" + b";".join([b"1"] * 17000), "17000 columns"),
        (b"A;B\n\0;1\n", "binary"),
        (b"PK\x03\x04rest", "damaged"),
        (b"a;1\n" * 100_001, "more than 100000 lines"),
    ],
)
def test_what_is_no_csv_is_refused(tmp_path, content, message):
    path = tmp_path / "budsjett.csv"
    path.write_bytes(content)
    with pytest.raises(UserError, match=message) as raised:
        read_file(path)
    assert raised.value.file == path and raised.value.remedy
