"""`montada` alone says what it can do, in words."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command, load_command_class

from montada.site.management.commands.overview import group_of, our_apps


def overview() -> str:
    out = StringIO()
    call_command("overview", stdout=out)
    return out.getvalue()


def test_every_command_of_ours_has_its_line() -> None:
    lines = [line.split() for line in overview().splitlines() if line.startswith("  ")]

    assert sorted(line[0] for line in lines) == sorted(our_apps())
    assert not [line[0] for line in lines if len(line) < 2], "a command without words"


def test_commands_stand_under_what_they_are_for() -> None:
    said = overview()

    assert said.index("Every day") < said.index("  serve ") < said.index("Facts in")
    assert said.index("\nCare") < said.index("  doctor ") < said.index("  restore ")


def test_a_new_command_that_imports_stands_with_the_facts() -> None:
    assert group_of("import_budgets") == group_of("load-targets") == "Facts in"
    assert group_of("rename_branch") == "For developers"


@pytest.mark.parametrize("name", sorted(our_apps()))
def test_every_command_explains_itself(name: str) -> None:
    command = load_command_class(our_apps()[name], name)

    assert (
        command.create_parser("montada", name)
        .format_help()
        .startswith(f"usage: montada {name}")
    )
