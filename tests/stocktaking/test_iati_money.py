"""Money: one flow, one currency, one level at a time; nothing twice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from montada.stocktaking.engine.iati.values import Activity, Finding, Flows
from montada.stocktaking.engine.record import Money
from tests.stocktaking.iati import a_file, activity, an_activity, findings, read


def a_transaction(code: str, amount: str, currency: str = "") -> str:
    stated = f'currency="{currency}"' if currency else ""
    return (
        f'<transaction><transaction-type code="{code}"/>'
        f'<value value-date="2020-01-01" {stated}>{amount}</value></transaction>'
    )


def a_budget(amount: str, year: int, kind: str = "1", end: str = "") -> str:
    return (
        f'<budget type="{kind}"><period-start iso-date="{year}-01-01"/>'
        f'<period-end iso-date="{end or f"{year}-12-31"}"/>'
        f'<value value-date="{year}-01-01">{amount}</value></budget>'
    )


def test_flows_are_summed_each_for_itself() -> None:
    found = activity(
        a_transaction("11", "100")
        + a_transaction("1", "40")
        + a_transaction("IF", "50")
        + a_transaction("2", "70")
        + a_transaction("C", "-10")
        + a_transaction("3", "20")
        + a_transaction("D", "5.50")
        + a_transaction("E", "1")
        + a_transaction("6", "1000")
    )

    assert found.flows == Flows(
        currency="USD",
        incoming_commitments=Decimal(100),
        incoming=Decimal(90),  # 40 + 50
        commitments=Decimal(60),  # 70 - 10
        disbursements=Decimal("25.5"),  # 20 + 5.50
        expenditures=Decimal(1),
    )
    # No budget: cost is what is committed; it is promised too, so nothing is missing.
    assert found.record.money == Money(Decimal(60), "USD", Decimal(60))
    assert findings(found) == {}


def test_a_revised_budget_takes_the_place_of_the_original() -> None:
    found = activity(
        a_budget("100", 2020)
        + a_budget("150", 2020, kind="2")
        + a_budget("200", 2021)
        + a_transaction("11", "90")
    )

    # 150 for 2020, 200 for 2021; 90 promised: 260 are missing.
    assert found.record.money == Money(Decimal(350), "USD", Decimal(90))
    assert found.record.money.gap == Decimal(260)


def test_planned_disbursements_are_the_cost_if_nothing_else_is() -> None:
    found = activity(
        '<planned-disbursement><value value-date="2020-01-01">7</value>'
        "</planned-disbursement>"
    )

    assert found.record.money == Money(Decimal(7), "USD", None)


def test_amounts_in_the_default_currency_are_summed_and_nothing_converted() -> None:
    found = activity(
        a_transaction("2", "10", "EUR")
        + a_transaction("2", "20", "eur")
        + a_transaction("2", "5")
    )

    assert found.flows == Flows(currency="USD", commitments=Decimal(5))
    assert findings(found) == {Finding.SEVERAL_CURRENCIES: "EUR, USD"}


def test_without_a_default_the_most_frequent_currency_is_summed() -> None:
    content = an_activity(
        a_transaction("2", "10", "EUR")
        + a_transaction("2", "20", "EUR")
        + a_transaction("2", "5", "CHF")
        + a_transaction("2", "5")
    ).replace('default-currency="USD"', "")
    [found] = read(a_file(content))

    assert isinstance(found, Activity)
    assert found.flows == Flows(currency="EUR", commitments=Decimal(30))
    assert findings(found) == {
        Finding.NO_CURRENCY: "",
        Finding.SEVERAL_CURRENCIES: "CHF, EUR",
    }


@pytest.mark.parametrize(
    "amount", ["", "a lot", "NaN", "Infinity", "1e9", "9" * 16, "1,0", "٣"]
)
def test_an_amount_that_is_no_number_is_not_counted(amount: str) -> None:
    found = activity(a_transaction("2", amount))

    assert found.flows == Flows()
    assert findings(found) == {Finding.BROKEN_AMOUNT: amount}


@pytest.mark.parametrize(
    ("amount", "value"),
    [("1,234,567.80", "1234567.8"), ("+5", "5"), (" 100000000.00 ", "100000000")],
)
def test_amounts_are_read_as_people_write_them(amount: str, value: str) -> None:
    assert str(activity(a_transaction("2", amount)).flows.commitments) == value


def test_a_sum_below_nothing_says_nothing() -> None:
    found = activity(a_transaction("2", "-10") + a_transaction("1", "3"))

    assert found.flows.commitments == Decimal(-10)
    assert found.record.money == Money(None, "USD", Decimal(3))
    assert findings(found) == {Finding.NEGATIVE_TOTAL: "commitments -10"}


def test_odd_budgets_and_transactions_are_remarked_on() -> None:
    found = activity(
        a_budget("1", 2020, end="2021-06-30")
        + a_budget("1", 2020, end="2019-06-30")
        + a_transaction("99", "5")
        + '<transaction><transaction-type code="2"/><value>5</value></transaction>'
        + "<budget><value>x</value></budget><planned-disbursement/>"
    )

    assert findings(found) == {
        Finding.LONG_BUDGET: "2020-01-01 / 2021-06-30",
        Finding.DATES_REVERSED: "2020-01-01 / 2019-06-30",
        Finding.BROKEN_AMOUNT: "x",
        Finding.UNKNOWN_TRANSACTION_TYPE: "99",
        Finding.NO_VALUE_DATE: "",
    }


def test_a_year_is_no_long_budget() -> None:
    assert findings(activity(a_budget("1", 2020))) == {}


def related(identifier: str, *relations: tuple[str, str], amount: str = "10") -> str:
    links = "".join(
        f'<related-activity type="{kind}" ref="{ref}"/>' for kind, ref in relations
    )
    money = a_transaction("2", amount) if amount else ""
    return an_activity(links + money, identifier=identifier)


PARENT, CHILD, SIBLING = "1", "2", "3"


@pytest.mark.parametrize(
    ("activities", "counted"),
    [
        # Both know each other: the lower level counts, whichever comes first.
        ([related("A-p", (CHILD, "A-c")), related("A-c", (PARENT, "A-p"))], ["A-c"]),
        ([related("A-c", (PARENT, "A-p")), related("A-p", (CHILD, "A-c"))], ["A-c"]),
        # Only the child knows: the one that comes first.
        ([related("A-c", (PARENT, "A-p")), related("A-p")], ["A-c"]),
        ([related("A-p"), related("A-c", (PARENT, "A-p"))], ["A-p"]),
        # A parent without money takes nobody's place, and a child without none.
        ([related("A-p", amount=""), related("A-c", (PARENT, "A-p"))], ["A-p", "A-c"]),
        ([related("A-c", (PARENT, "A-p"), amount=""), related("A-p")], ["A-c", "A-p"]),
        # Three levels: the lowest.
        (
            [
                related("A-1", (CHILD, "A-2")),
                related("A-2", (PARENT, "A-1"), (CHILD, "A-3")),
                related("A-3", (PARENT, "A-2")),
            ],
            ["A-3"],
        ),
        # Siblings are other work.
        ([related("A-1", (SIBLING, "A-2")), related("A-2")], ["A-1", "A-2"]),
    ],
)
def test_money_is_counted_at_one_level(
    activities: list[str], counted: list[str]
) -> None:
    found = [one for one in read(a_file(*activities)) if isinstance(one, Activity)]

    assert [one.identifier for one in found if one.counts_money] == counted
    assert all(one.record.money.budget is None for one in found if not one.counts_money)


def test_a_secondary_reporter_is_marked_and_its_money_not_counted() -> None:
    content = an_activity(
        a_transaction("2", "10")
        + '<participating-org role="1"><narrative>D</narrative></participating-org>'
    ).replace('type="21"', 'type="21" secondary-reporter="1"')
    [found] = read(a_file(content))

    assert isinstance(found, Activity)
    assert (found.is_secondary, found.counts_money) == (True, False)
    assert found.record.money == Money(donors=("D",))
    assert found.flows.commitments == Decimal(10)
    assert findings(found) == {Finding.SECONDARY: ""}
