"""One activity read: dates, codes, people, places, evidence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from montada.stocktaking.engine.iati.values import Activity, Finding, Organisation
from montada.stocktaking.engine.record import Evidence, Partner, Place
from tests.stocktaking.iati import a_file, activity, an_activity, findings, read


@pytest.mark.parametrize(
    ("dates", "start", "end"),
    [
        (
            '<activity-date type="1" iso-date="2020-01-01"/>'
            '<activity-date type="2" iso-date="2020-02-01"/>'
            '<activity-date type="3" iso-date="2022-01-01"/>',
            date(2020, 2, 1),
            date(2022, 1, 1),
        ),
        (
            '<activity-date type="start-planned">2020-01-01</activity-date>'
            '<activity-date type="End-Actual" iso-date="2021-05-01Z"/>',
            date(2020, 1, 1),
            date(2021, 5, 1),
        ),
        ('<activity-date type="4" iso-date="2021-05-01T00:00:00Z"/>', None,
         date(2021, 5, 1)),
    ],
)  # fmt: skip
def test_actual_dates_win_over_planned_ones(
    dates: str, start: date | None, end: date | None
) -> None:
    found = activity(dates)

    assert (found.record.starts_on, found.record.ends_on) == (start, end)
    assert findings(found) == {}


@pytest.mark.parametrize("stated", ["2020", "2020-13-01", "", "soon", "0001-01-01"])
def test_a_broken_date_is_remarked_on(stated: str) -> None:
    found = activity(f'<activity-date type="1" iso-date="{stated}"/>')

    assert found.record.starts_on is None
    assert findings(found) == {Finding.BROKEN_DATE: stated}


def test_an_end_before_the_start_is_left_out() -> None:
    found = activity(
        '<activity-date type="2" iso-date="2020-02-01"/>'
        '<activity-date type="4" iso-date="2020-01-01"/>'
        '<activity-date type="9" iso-date="2020-01-01"/>'
    )

    assert (found.record.starts_on, found.record.ends_on) == (date(2020, 2, 1), None)
    assert findings(found) == {
        Finding.DATES_REVERSED: "2020-02-01 / 2020-01-01",
        Finding.UNKNOWN_DATE_TYPE: "9",
    }


@pytest.mark.parametrize(
    ("code", "status"),
    [("1", "planned"), ("2", "ongoing"), ("3", "completed"), ("4", "completed"),
     ("5", "cancelled"), ("6", "suspended")],
)  # fmt: skip
def test_status(code: str, status: str) -> None:
    assert activity(f'<activity-status code="{code}"/>').record.status == status


@pytest.mark.parametrize(
    ("code", "coverage"),
    [("1", "international"), ("2", "regional"), ("4", "national"), ("8", "local")],
)
def test_scope(code: str, coverage: str) -> None:
    assert activity(f'<activity-scope code="{code}"/>').record.coverage == coverage


def test_unknown_codes_are_remarked_on_and_say_nothing() -> None:
    found = activity(
        '<activity-status code="77"/><activity-scope code=""/>'
        '<participating-org role="boss"><narrative>B</narrative></participating-org>'
        '<recipient-country code="ZZ"/><recipient-country code="eg"/>'
        '<sector code="99999"/><sector code="abc"/><sector vocabulary="7" code="18"/>'
        '<tag vocabulary="3" code="9.Z"/>'
    )

    assert found.record.places == (Place(country_id="EGY"),)
    assert found.record.partners == (Partner("B"),)
    assert findings(found) == {
        Finding.UNKNOWN_STATUS: "77",
        Finding.UNKNOWN_SCOPE: "",
        Finding.UNKNOWN_ROLE: "boss",
        Finding.UNKNOWN_COUNTRY: "ZZ",
        Finding.UNKNOWN_SECTOR: "99999",
        Finding.UNKNOWN_GOAL: "18",
        Finding.UNKNOWN_TARGET: "9.z",
    }


def test_who_pays_and_who_takes_part() -> None:
    found = activity(
        '<participating-org role="1" ref="X"/>'
        '<participating-org role="Funding">Us</participating-org>'
        '<participating-org role="2" ref="A">We</participating-org>'
        '<participating-org role="Implementing">They</participating-org>'
        '<participating-org role="4"><narrative>They</narrative></participating-org>'
        '<participating-org role="4"/>'
    )

    # The owner pays too, but is no partner of itself; one partner is named twice.
    assert found.record.money.donors == ("X", "Us")
    assert found.record.partners == (Partner("They", "implementing"),)


def test_the_organisation_with_its_group() -> None:
    found = activity()
    [nobody] = read(
        a_file(
            an_activity().replace(
                '<reporting-org ref="A" type="21"><narrative>Us</narrative>'
                "</reporting-org>",
                "",
            )
        )
    )
    [odd] = read(a_file(an_activity().replace('ref="A" type="21"', 'type="x"')))

    assert found.organisation == Organisation(
        found.organisation.name, "A", "21", "civil"
    )
    assert found.organisation.name.by_language == {"en": "Us"}
    assert isinstance(nobody, Activity)
    assert isinstance(odd, Activity)
    assert findings(nobody) == {Finding.NO_ORGANISATION: ""}
    assert findings(odd) == {
        Finding.NO_ORGANISATION_REF: "",
        Finding.UNKNOWN_ORGANISATION_TYPE: "x",
    }


def test_an_identifier_of_somebody_else_or_with_odd_signs_is_remarked_on() -> None:
    content = an_activity("<iati-identifier>C</iati-identifier>", identifier="B/ 1")
    [found] = read(a_file(content))

    assert isinstance(found, Activity)
    assert findings(found) == {
        Finding.SEVERAL_IDENTIFIERS: "B/ 1, C",
        Finding.IDENTIFIER_SIGNS: "/",
        Finding.FOREIGN_IDENTIFIER: "A",
    }


@pytest.mark.parametrize(
    ("location", "place"),
    [
        (
            "<name><narrative>Luxor</narrative></name>"
            '<administrative vocabulary="A4" code="EG"/>'
            "<point><pos>25.7 32.65</pos></point>",
            Place("Luxor", "EGY", 25.7, 32.65),
        ),
        (
            '<name>Kabul</name><administrative country="AF"/>'
            '<coordinates latitude="34.5" longitude="69.2"/>',
            Place("Kabul", "AFG", 34.5, 69.2),
        ),
        ("<point><pos>-1.5,30</pos></point>", Place("", None, -1.5, 30.0)),
    ],
)
def test_places(location: str, place: Place) -> None:
    found = activity(f"<location>{location}</location><location/>")

    assert found.record.places == (place,)
    assert findings(found) == {}


@pytest.mark.parametrize("pos", ["91 0", "0 181", "0 0", "12", "1 2 3", "north 5"])
def test_a_point_that_is_nowhere_is_remarked_on(pos: str) -> None:
    found = activity(f"<location><point><pos>{pos}</pos></point></location>")

    assert found.record.places == ()
    assert findings(found) == {Finding.BROKEN_POINT: pos}


@pytest.mark.parametrize(
    ("shares", "remarks"),
    [
        (["50", "50"], {}),
        (["33.33", "33.33", "33.33"], {}),  # 99.99, within 0.1
        (["50", "49"], {Finding.PERCENTAGES: "99"}),
        (["40"], {}),
        (["101"], {Finding.BROKEN_PERCENTAGE: "101"}),
        (["half"], {Finding.BROKEN_PERCENTAGE: "half"}),
    ],
)
def test_shares_of_countries_add_up(
    shares: list[str], remarks: dict[Finding, str]
) -> None:
    codes = ["EG", "SD", "TN"]
    found = activity(
        "".join(
            f'<recipient-country code="{code}" percentage="{share}"/>'
            for code, share in zip(codes, shares, strict=False)
        )
    )

    assert findings(found) == remarks


def test_countries_stand_with_the_transactions_where_not_above() -> None:
    found = activity(
        '<transaction><transaction-type code="3"/><recipient-country code="EG"/>'
        '<recipient-region code="189"/><value>1</value></transaction>'
    )

    assert [share.code for share in found.countries] == ["EG"]
    assert [share.code for share in found.regions] == ["189"]


INDICATOR = (
    '<result><indicator measure="{measure}">'
    "<title><narrative>Clinics</narrative></title>{rest}</indicator></result>"
)


def measured(rest: str, measure: str = "1", attributes: str = "") -> Activity:
    return activity(INDICATOR.format(measure=measure, rest=rest), attributes)


def a_period(end: str, *actuals: str) -> str:
    return f'<period><period-end iso-date="{end}"/>{"".join(actuals)}</period>'


def test_the_latest_actual_value_counts() -> None:
    found = measured(
        '<document-link url="https://example.org/report"/>'
        '<baseline year="2019" value="1,000"/>'
        + a_period("2021-12-31", '<actual value="30"/>')
        + a_period("2020-12-31", '<actual value="20"/>')
        + a_period("2022-12-31", '<target value="40"/>'),
        measure="2",
    )

    assert found.record.evidence == (
        Evidence(
            "Clinics",
            Decimal(1000),
            Decimal(30),
            "%",
            date(2021, 12, 31),
            "https://example.org/report",
        ),
    )


def test_parts_of_a_value_are_not_added_up() -> None:
    found = measured(
        a_period(
            "2020-12-31",
            '<actual value="5"><dimension name="sex" value="f"/></actual>',
            '<actual value="6"><location ref="x"/></actual>',
        )
    )
    with_total = measured(
        a_period(
            "2020-12-31",
            '<actual value="5"><dimension name="sex" value="f"/></actual>',
            '<actual value="11"/>',
        )
    )

    assert found.record.evidence == ()
    assert findings(found) == {Finding.ONLY_PARTS: "5"}
    assert [row.value for row in with_total.record.evidence] == [Decimal(11)]


def test_words_instead_of_a_number_are_remarked_on() -> None:
    found = measured(
        '<baseline value="none yet"/>' + a_period("x", '<actual value="1"/>')
    )

    assert [(row.baseline, row.value) for row in found.record.evidence] == [
        (None, Decimal(1))
    ]
    assert findings(found) == {
        Finding.BROKEN_NUMBER: "none yet",
        Finding.BROKEN_DATE: "x",
    }


def test_a_period_that_ends_after_the_file_was_written_gives_no_date() -> None:
    found = measured(
        a_period("2030-12-31", '<actual value="1"/>'),
        attributes='last-updated-datetime="2024-05-01T00:00:00Z"',
    )

    assert [(row.value, row.measured_on) for row in found.record.evidence] == [
        (Decimal(1), None)
    ]
    assert findings(found) == {Finding.NOT_YET: "2030-12-31"}


def a_link(address: str, category: str) -> str:
    return (
        f'<document-link url="{address}"><category code="{category}"/></document-link>'
    )


PAGE = "https://example.org/p"


@pytest.mark.parametrize(
    "page",
    [
        a_link(PAGE, "A12"),
        f"<activity-website>{PAGE}</activity-website>",
        a_link("www", "A12") + f"<activity-website>{PAGE}</activity-website>",
    ],
)
def test_the_page_of_the_activity(page: str) -> None:
    other = a_link("https://example.org/report", "A01")

    assert activity(other + page).record.website == PAGE


def test_a_finding_is_counted_and_shows_its_first_value() -> None:
    found = activity(
        '<activity-date type="1" iso-date="x"/><activity-date type="3" iso-date="y"/>'
    )

    [broken] = [one for one in found.remarks if one.finding is Finding.BROKEN_DATE]
    assert (broken.value, broken.n_times) == ("x", 2)


@pytest.mark.parametrize(("stated", "level"), [("2", 2), ("", 1), ("x", 1), ("²", 1)])
def test_the_level_is_one_if_none_is_stated(stated: str, level: int) -> None:
    assert activity(attributes=f'hierarchy="{stated}"').hierarchy == level
