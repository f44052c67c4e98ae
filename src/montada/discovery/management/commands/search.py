"""`montada search "…"`: what the forum's search finds, and why."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.discovery import queries
from montada.discovery.choices import Kind
from montada.djangokit.terminal import TerminalCommand
from montada.language import operations as language
from montada.language import queries as language_queries
from montada.language.engine.text import LANGUAGES

MOST_READ_FIRST = 2_000
"""Texts; more are left to `montada embed` and to the worker."""


class Command(TerminalCommand):
    help = gettext_noop(
        "Search the forum in any of the six languages; say for each result why it was "
        "found."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text", metavar="TEXT", help="what is searched for")
        parser.add_argument(
            "--lang",
            choices=LANGUAGES,
            help="the reader's language (else the query's)",
        )
        parser.add_argument(
            "--limit", type=int, default=10, help="results at most (default: 10)"
        )
        parser.add_argument(
            "--kind", choices=Kind.values, action="append", help="may be repeated"
        )
        parser.add_argument("--json", action="store_true", help="print as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        self._read_what_waits()
        text = options["text"]
        it = queries.search(
            text,
            reader=options["lang"] or queries.reader_of(text),
            choice={"kind": options["kind"] or ()},
        )
        results = queries.results_of(it, it.found.hits[: max(options["limit"], 0)])
        if options["json"]:
            found = [result.as_json() for result in results]
            self.stdout.write(json.dumps({"results": found}, ensure_ascii=False))
            return
        for result in results:
            self.stdout.write(f"{result.score:.2f}  {result.title_text}")
            self.stdout.write(f"      {result.url}  {'; '.join(result.why)}")
        if not results:
            self.stdout.write(_("Nothing was found for this."))
        if it.meant:
            self.stdout.write(_("Did you mean: %(text)s") % {"text": it.meant})

    def _read_what_waits(self) -> None:
        """Let new texts be found by their meaning, if that takes a minute at most."""
        try:
            language.embed_waiting(
                keep_going=lambda: True, limit=MOST_READ_FIRST, report=self._report
            )
        except language_queries.EncoderMissing as missing:
            self.stderr.write(str(missing))

    def _report(self, n_done: int, n_all: int) -> None:
        self.stderr.write(
            _("Read for their meaning first: %(done)s of %(all)s texts")
            % {"done": n_done, "all": n_all}
        )
