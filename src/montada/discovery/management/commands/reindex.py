"""`montada reindex`: publishes everything to the search anew."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.discovery import operations
from montada.djangokit.terminal import TerminalCommand


class Command(TerminalCommand):
    help = gettext_noop(
        "Let the search find every record as it is now. Changes nothing else, and can "
        "be repeated."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        n_changed = operations.publish_everything()
        self.stdout.write(_("%(n)s rows of the index changed.") % {"n": n_changed})
