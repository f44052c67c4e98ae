"""`montada serve`: the forum, ready to be read, until Ctrl-C."""

from __future__ import annotations

import os
import socket
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from montada.discovery import operations as discovery
from montada.djangokit.terminal import TerminalCommand
from montada.framework import operations as framework
from montada.site import readiness
from montada.site.companion import Companion

SECONDS_BETWEEN_KNOCKS = 0.1

THREADS_A_WORKER = 32
"""Most of them wait for slow lines: `site.turns` lets few work."""

SECONDS_TO_FINISH = 5
"""For a page that is being answered. A process told to end while it starts is deaf."""


class Command(TerminalCommand):
    help = gettext_noop("Serve the forum and do its background work, until Ctrl-C.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
        parser.add_argument("--port", type=int, default=8000, help="port to listen at")
        parser.add_argument(
            "--workers", type=int, default=2, help="processes that answer (default: 2)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._claim(options["host"], options["port"])
        self._make_ready()
        server = Granian(
            "montada.site.wsgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=THREADS_A_WORKER,
            # It warns of many threads, and knows nothing of turns.
            log_level=LogLevels.error,
            respawn_failed_workers=True,
            workers_kill_timeout=SECONDS_TO_FINISH,
        )
        threading.Thread(
            target=self._greet, args=(options["host"], options["port"]), daemon=True
        ).start()
        if connection.vendor != "sqlite":
            server.serve(target_loader=_application, wrap_loader=False)
            return
        with Companion("worker"):
            server.serve(target_loader=_application, wrap_loader=False)

    @staticmethod
    def _claim(host: str, port: int) -> None:
        """Say in words what the web server would say in a stack of calls."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            with socket.create_server((host, port), family=family):
                pass
        except (OSError, OverflowError) as error:
            raise CommandError(
                _(
                    "Cannot listen at %(host)s, port %(port)s (%(why)s): choose "
                    "another with --port or --host."
                )
                % {"host": host, "port": port, "why": error}
            ) from error

    def _make_ready(self) -> None:
        if readiness.migrations_to_apply():
            call_command("migrate", interactive=False, verbosity=0)
            # A forum older than the search, or than its rules, is found whole again.
            discovery.publish_everything()
            self.stdout.write(_("The database is up to date."))
        if not readiness.static_is_collected():
            readiness.collect_static()
        if not readiness.reference_data_is_loaded():
            framework.load_framework(at=timezone.now())
        # The web server's processes open their own.
        connection.close()

    def _greet(self, host: str, port: int) -> None:
        """Say the address once it answers: whoever opens it then finds the forum."""
        while not _answers(host, port):
            time.sleep(SECONDS_BETWEEN_KNOCKS)
        # A thread begins in the site's own language, not in the terminal's.
        translation.activate("en")
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{port}/"
        self.stdout.write(
            _("Montada: %(address)s (stop with Ctrl-C)") % {"address": address}
        )
        if not settings.EMAIL_HOST:
            self.stdout.write(
                _(
                    "No mail server is set: codes for signing in wait in the outbox; "
                    "`montada outbox` shows them."
                )
            )
        self.stdout.flush()


def _application() -> Any:
    """
    Return what answers; called in each of the server's processes.

    They leave the terminal's group: Ctrl-C reaches the server alone, which then tells
    them to end. Told twice, as the terminal would do, they hear neither.
    """
    os.setpgid(0, 0)
    # Each process loads its own.
    from montada.site.wsgi import application  # noqa: PLC0415

    return application


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False
