"""Cells as people of six languages write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.stocktaking.engine.tables import cells
from montada.stocktaking.engine.tables.outgoing import written_names
from montada.stocktaking.engine.tables.values import CellFault


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1234", ("1234", "")),
        ("1,234,567.50", ("1234567.50", "")),
        ("1.234.567,50", ("1234567.50", "")),
        ("1 234,5", ("1234.5", "")),
        ("1,234", ("1234", "")),
        ("1.234.567", ("1234567", "")),
        ("١٬٢٣٤٫٥", ("1234.5", "")),
        ("١٢٣٤", ("1234", "")),
        ("1.5E+07", ("15000000", "")),
        ("USD 5 000", ("5000", "USD")),
        ("€5,5", ("5.5", "EUR")),
        ("100000000.0", ("100000000", "")),
        ("-5", ("-5", "")),
    ],
)
def test_amounts(cell: str, amount: tuple[str, str]) -> None:
    assert cells.amount(cell) == (Decimal(amount[0]), amount[1])


@pytest.mark.parametrize(
    "cell", ["many", "1e999999", "12 apples", "1.2.3.4x", "9" * 99]
)
def test_what_is_no_number_is_a_fault(cell: str) -> None:
    with pytest.raises(CellFault) as fault:
        cells.number(cell)

    assert fault.value.code == "no_number"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2025-07-09", date(2025, 7, 9)),
        ("2025-07-09T10:00:00", date(2025, 7, 9)),
        ("9/7/2025", date(2025, 7, 9)),
        ("09.07.2025", date(2025, 7, 9)),
        ("٩/٧/٢٠٢٥", date(2025, 7, 9)),
        ("2025年7月9日", date(2025, 7, 9)),
        # 45847 days after 30 December 1899
        ("45847", date(2025, 7, 9)),
        ("2024-02", date(2024, 2, 1)),
        ("2024", date(2024, 1, 1)),
    ],
)
def test_days(cell: str, day: date) -> None:
    assert cells.day(cell) == day


def test_a_month_or_a_year_ends_on_its_last_day() -> None:
    assert cells.day("2024-02", is_end=True) == date(2024, 2, 29)
    assert cells.day("2024", is_end=True) == date(2024, 12, 31)


@pytest.mark.parametrize("cell", ["soon", "12/25/2024", "2024-13-01", "9999999"])
def test_what_is_no_day_is_a_fault(cell: str) -> None:
    with pytest.raises(CellFault, match="no_date"):
        cells.day(cell)


@given(st.text())
def test_no_cell_breaks_the_readers(cell: str) -> None:
    quoted = [
        fault.details["value"]
        for read in (cells.amount, cells.day, cells.year, cells.currency)
        if (fault := fault_of(read, cell))
    ]

    assert all(len(value) <= cells.LONGEST_SHOWN + 1 for value in quoted)


def fault_of(read: Callable[[str], object], cell: str) -> CellFault | None:
    try:
        read(cell)
    except CellFault as fault:
        return fault
    return None


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), unique=True))
def test_names_in_one_cell_are_read_as_they_were_written(names: list[str]) -> None:
    told = [stripped for name in names if (stripped := name.strip())]
    told = list(dict.fromkeys(told))

    assert cells.names(written_names(told)) == told


def test_codes_are_parted_by_commas_unless_the_whole_is_one() -> None:
    known = {"refugees migrants": "refugees", "women": "women", "youth": "youth"}

    assert cells.codes("Refugees, migrants | Women", known) == [
        ("Refugees, migrants", "refugees"),
        ("Women", "women"),
    ]
    assert cells.codes("women، youth، X", known) == [
        ("women", "women"),
        ("youth", "youth"),
        ("X", ""),
    ]
