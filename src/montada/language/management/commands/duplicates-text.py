# ruff: noqa: N999 - the dash is part of the command's name
"""`montada duplicates-text [FILE]`: which texts say the same, which the opposite."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.reading import text_of
from montada.djangokit.terminal import TerminalCommand
from montada.language import queries
from montada.language.management.rows import Numbered, numbered_texts

SHOWN = 160
"""Characters of a text that are printed."""


class Command(TerminalCommand):
    help = gettext_noop(
        "Find texts that say the same or the opposite, one a line or in a column of a "
        "table. Nothing is merged."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, nargs="?", metavar="FILE", help="lines, CSV or JSON"
        )
        parser.add_argument("--column", metavar="NAME", help="of a CSV or JSON table")
        parser.add_argument(
            "--across-languages",
            action="store_true",
            help="find translations too",
        )
        parser.add_argument(
            "--words-only",
            action="store_true",
            help="compare letters, not meaning: faster for many texts",
        )
        parser.add_argument("--json", action="store_true", help="print as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path | None = options["file"]
        texts = numbered_texts(
            text_of(file),
            column=options["column"],
            is_csv=file is not None and file.suffix.lower() == ".csv",
        )
        pairs = self._pairs(
            [numbered.text for numbered in texts],
            by_meaning=not options["words_only"],
            across_languages=options["across_languages"],
        )
        if options["json"]:
            rows = [_row(pair, texts) for pair in pairs]
            self.stdout.write(json.dumps({"pairs": rows}))
            return
        for pair in pairs:
            self._print(pair, texts)
        if not pairs:
            self.stdout.write(_("No two texts are alike."))

    def _pairs(
        self, texts: Sequence[str], *, by_meaning: bool, across_languages: bool
    ) -> list[queries.Pair]:
        try:
            return queries.duplicates_of(
                texts,
                by_meaning=by_meaning,
                across_languages=across_languages,
                progress=self._tell,
            )
        except queries.EncoderMissing as missing:
            self.stderr.write(str(missing))
            self.stderr.write(_("Only letters are compared."))
            return queries.duplicates_of(texts, by_meaning=False, progress=self._tell)

    def _tell(self, stage: queries.Stage, n_done: int, n: int) -> None:
        self.stderr.write(
            _("compared by %(stage)s: %(n_done)s of %(n)s")
            % {"stage": stage, "n_done": n_done, "n": n}
        )

    def _print(self, pair: queries.Pair, texts: Sequence[Numbered]) -> None:
        first, second = texts[pair.first], texts[pair.second]
        self.stdout.write(
            f"{pair.level:<9} {pair.similarity:.2f}  "
            f"{first.number} – {second.number}  ({pair.measure})"
        )
        for numbered in (first, second):
            self.stdout.write(f"    {_on_one_line(numbered.text)}")
        for difference in pair.differs:
            words = (
                ", ".join(words) or "–"
                for words in (difference.first, difference.second)
            )
            self.stdout.write(f"    {difference.kind}: {' / '.join(words)}")


def _row(pair: queries.Pair, texts: Sequence[Numbered]) -> dict[str, Any]:
    return {
        "first": texts[pair.first].number,
        "second": texts[pair.second].number,
        "level": pair.level,
        "similarity": round(pair.similarity, 4),
        "measure": pair.measure,
        "differs": [asdict(difference) for difference in pair.differs],
    }


def _on_one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
