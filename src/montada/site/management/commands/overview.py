"""`montada --help`: our commands, grouped by what a person wants to do."""

from __future__ import annotations

from typing import Any

from django.core.management import get_commands, load_command_class
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada import __version__
from montada.djangokit.terminal import TerminalCommand

DATA_IN = gettext_noop("Facts in")
OTHERS = gettext_noop("For developers")
GROUPS: dict[str, tuple[str, ...]] = {
    gettext_noop("Every day"): ("setup", "serve", "demo", "worker"),
    DATA_IN: (),
    gettext_noop("People"): ("invite", "grant-role", "outbox", "test-mail"),
    gettext_noop("Care"): ("doctor", "backup", "restore"),
    OTHERS: (),
}
"""A command that is not named here goes by its verb, else to the developers."""

DATA_VERBS = ("import", "load")


def group_of(name: str) -> str:
    hyphened = name.replace("_", "-")
    for group, names in GROUPS.items():
        if hyphened in names:
            return group
    verb = hyphened.partition("-")[0]
    return DATA_IN if verb in DATA_VERBS else OTHERS


def our_apps() -> dict[str, str]:
    """Return the commands of this product, each with the app that has it."""
    return {
        name: app
        for name, app in sorted(get_commands().items())
        if app.startswith("montada.") and name != "overview"
    }


def in_a_line(app: str, name: str) -> str:
    """Return the first sentence of what a command says of itself."""
    whole = _(str(load_command_class(app, name).help))
    first, stop, _rest = whole.partition(".")
    return " ".join((first + stop).split())


def _place(name: str, order: tuple[str, ...]) -> tuple[int, str]:
    hyphened = name.replace("_", "-")
    return order.index(hyphened) if hyphened in order else len(order), name


class Command(TerminalCommand):
    help = gettext_noop("Say what Montada can be asked to do.")

    def handle(self, *args: Any, **options: Any) -> None:
        helps = {name: in_a_line(app, name) for name, app in our_apps().items()}
        width = max(len(name) for name in helps)
        self.stdout.write(
            _("Montada %(version)s: runs a forum on digital cooperation, Arabic first.")
            % {"version": __version__}
        )
        self.stdout.write(_("Usage: montada COMMAND [OPTIONS]"))
        for group, order in GROUPS.items():
            names = [name for name in helps if group_of(name) == group]
            if names:
                self.stdout.write(f"\n{_(group)}")
            for name in sorted(names, key=lambda name: _place(name, order)):
                self.stdout.write(f"  {name:<{width}}  {helps[name]}")
        self.stdout.write("\n" + _("`montada help COMMAND` explains one of them."))
