"""Lines and what was read of them in; the numbers that are left, with their roles, out."""

import pytest

from kommunebudsjett.readers.model.ledger import ledger
from kommunebudsjett.readers.records import Cell, Records, Unread


def roles(text, records=None):
    return [(row.raw, row.role) for row in ledger("d", text.replace("→", "\t").split("\n"), records or Records())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Det var slik i 2024.", [("2024", "year")]),
        ("Planen for 2024-2027 er her.", [("2024", "year"), ("-2027", "year")]),
        ("Vi bruker 2024 kroner.", [("2024", "amount")]),
        ("Møtet er 12.3.2025 på rådhuset", [("12.3", "date"), ("2025", "date")]),
        ("Møtet er 3. mai 2025", [("3", "date"), ("2025", "date")]),
        ("Side 12", [("12", "page")]),
        ("14", [("14", "page")]),
        ("Innledning ........ 4", [("4", "contents")]),
        ("## 2.1. Skole", [("2.1", "numbering")]),
        ("Se tabell 4 for mer.", [("4", "reference")]),
        ("Sentralbord: 73 00 00 00", [("73", "phone"), ("00", "phone"), ("00", "phone"), ("00", "phone")]),
        ("Etter § 14 i loven", [("14", "law")]),
        ("Vedtatt i sak 87/23", [("87", "case"), ("23", "case")]),
        ("Andelen ble 12,5 prosent", [("12,5", "percent")]),
        ("Det koster 1 234 mill. kroner", [("1 234", "amount")]),
        ("Det koster kr 500", [("500", "amount")]),
        ("Vi har 330 deltakere", [("330", "count")]),
        ("Ingen tall her", []),
    ],
)
def test_roles(text, found):
    assert roles(text) == found


def test_what_was_read_or_is_unread_is_not_in_the_ledger():
    records = Records()
    records.cells.append(Cell("d", "x-1", "", "", "", "10. Salg", "2025", 0, "0", "mnok", 0, 1))
    records.unread.append(Unread("d", 2, "1 2 3", "why"))
    assert roles("10. Salg→0→7\nVann 1 2 3", records) == [("10", "numbering"), ("7", "label")]


def test_a_long_line_takes_no_longer_than_it_is():
    records = Records()
    records.unread.extend(Unread("d", 1, "1", "why") for _ in range(5000))
    assert len(roles("1 " * 10_000, records)) < 10_000
