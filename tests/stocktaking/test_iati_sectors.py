"""Sectors and tags become lines, goals and targets, and say which code it was."""

from __future__ import annotations

import csv
import re

import pytest

from montada.stocktaking.adapters.iati_sectors import FILE, sectors
from montada.stocktaking.engine.iati.values import Derived, Labels
from tests.stocktaking.iati import FILES, LINES_AT, activity, findings, tables

needs_lists = pytest.mark.skipif(
    not FILES.is_dir(), reason="the data beside the repository are absent"
)


def labels(parts: str) -> Labels:
    return activity(parts).labels


def lines(parts: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(line.code, line.codes) for line in labels(parts).lines]


def listed(name: str) -> set[str]:
    content = (FILES / "codelists" / "non_embedded" / name).read_text("utf-8")
    return set(re.findall(r"<code>(.*?)</code>", content))


@needs_lists
def test_the_table_speaks_of_official_codes_and_of_every_category() -> None:
    categories = listed("SectorCategory.xml")
    table = set(sectors())

    assert table - listed("Sector.xml") - categories == set()
    assert categories - table == set()


def test_the_table_names_lines_and_goals_that_exist_and_gives_a_reason() -> None:
    with FILE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    named = {line for row in sectors().values() for line in row.lines}
    named |= {line for row in sectors().values() for line in row.lines_with_ict}
    goals = {goal for row in sectors().values() for goal in row.goals}

    assert named - tables().lines == set()
    assert goals - {str(number) for number in range(1, 18)} == set()
    assert [row["code"] for row in rows if not row["reason"]] == []
    assert len(rows) == len(sectors())


def test_a_part_in_ict_is_infrastructure_and_its_goal() -> None:
    assert labels('<sector vocabulary="1" code="22040"/>') == Labels(
        lines=(Derived("C2", "sector", ("22040",)),),
        goals=(Derived("9", "sector", ("22040",)),),
    )


def test_a_health_project_is_e_health_only_with_a_part_in_communications() -> None:
    health = '<sector code="12110" percentage="60"/>'
    ict = '<sector code="22040" percentage="40"/>'

    assert lines(health) == []
    assert lines(health + ict) == [
        ("C7-ehealth", ("12110", "22040")),
        ("C2", ("22040",)),
    ]


def test_a_code_of_five_digits_falls_back_on_its_first_three() -> None:
    assert [goal.code for goal in labels('<sector code="11220"/>').goals] == ["4"]
    # 15153 has a row of its own; all else of 151 is government.
    assert lines('<sector code="15153"/>') == [("C3", ("15153",)), ("C9", ("15153",))]


@pytest.mark.parametrize(
    "sector",
    [
        '<sector vocabulary="DAC" code="22020"/>',
        '<sector vocab="DAC" code="22020"/>',
        '<sector code="22020"/>',
        '<sector vocabulary="2" code="220"/>',
        '<sector vocabulary="DAC-3" code="220"/>',
        '<sector code="220"/>',
        '<transaction><transaction-type code="3"/><sector code="22020"/>'
        '<value value-date="2020-01-01">1</value></transaction>',
    ],
)
def test_every_way_of_naming_a_sector_is_read(sector: str) -> None:
    found = activity(sector)

    assert [line.code for line in found.labels.lines] == ["C2"]
    assert findings(found) == {}


def test_other_vocabularies_say_nothing() -> None:
    assert labels('<sector vocabulary="99" code="22040"/>') == Labels()


def test_goals_and_targets_are_taken_as_they_are() -> None:
    assert labels(
        '<tag vocabulary="2" code="05"/><tag vocabulary="3" code="9.C"/>'
        '<sector vocabulary="7" code="3"/><sector vocabulary="8" code="3.8"/>'
    ) == Labels(
        goals=(
            Derived("5", "goal", ("05",)),
            Derived("9", "target", ("9.c",)),
            Derived("3", "goal", ("3",)),
        ),
        targets=(
            Derived("9.c", "target", ("9.c",)),
            Derived("3.8", "target", ("3.8",)),
        ),
    )


def test_lines_come_back_from_our_own_vocabulary_only() -> None:
    ours = f'<tag vocabulary="99" vocabulary-uri="{LINES_AT}" code="C5"/>'
    unknown = f'<tag vocabulary="99" vocabulary-uri="{LINES_AT}" code="C99"/>'
    foreign = '<tag vocabulary="99" vocabulary-uri="https://x.org" code="C6"/>'

    assert labels(ours + unknown + foreign) == Labels(
        lines=(Derived("C5", "line", ("C5",)),)
    )
