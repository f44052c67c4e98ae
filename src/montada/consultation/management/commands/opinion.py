"""`montada opinion VOTES.csv`: what unites and what divides those who voted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from montada.consultation.queries import opinion_words, vote_files
from montada.djangokit.terminal import TerminalCommand

SHOWN = 5
"""Statements of each list on the terminal."""

LONGEST_SHOWN = 60
"""Characters of a statement's words."""

LARGEST_SEED = 2**32 - 1


class Command(TerminalCommand):
    help = gettext_noop(
        "Find opinion groups and common ground in votes: a Polis export, long or wide. "
        "Says so where there are no clear groups."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "votes",
            type=Path,
            metavar="VOTES",
            help="CSV: voter-id, comment-id, vote; or a row a participant",
        )
        parser.add_argument(
            "--participants",
            type=Path,
            metavar="FILE",
            help="CSV: id, stakeholder_type, region, tier (guests rank nothing)",
        )
        parser.add_argument(
            "--comments",
            type=Path,
            metavar="FILE",
            help="CSV: comment-id, comment-body, moderated; leaves out what Polis does",
        )
        parser.add_argument(
            "--seed", type=int, default=1, help="of all chance, 0 or more"
        )
        parser.add_argument("--json", action="store_true", help="print as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 <= options["seed"] <= LARGEST_SEED:
            raise CommandError(
                _("A seed is a number from 0 to %(largest)s.")
                % {"largest": LARGEST_SEED}
            )
        asked = vote_files.opinion_of_files(
            options["votes"],
            options["participants"],
            options["comments"],
            seed=options["seed"],
        )
        if asked.n_unknown:
            self.stderr.write(
                ngettext(
                    "%(n)s person who voted has no row among the participants.",
                    "%(n)s people who voted have no row among the participants.",
                    asked.n_unknown,
                )
                % {"n": asked.n_unknown}
            )
        if options["json"]:
            answer = opinion_words.as_json(asked.opinion, asked.comments)
            self.stdout.write(json.dumps(answer, ensure_ascii=False, allow_nan=False))
            return
        for line in _lines(asked):
            self.stdout.write(line)


def _lines(asked: vote_files.Asked) -> Iterator[str]:
    answer = opinion_words.as_json(asked.opinion, asked.comments)
    yield f"{answer['verdict']}: {answer['reason']}"
    for group in answer["groups"]:
        yield ""
        yield _("Group %(id)s, %(n)s people") % {"id": group["id"], "n": group["size"]}
        for one in group["represents"]:
            yield f"  {one['stance']:<9} {one['statement']:<8} z {one['z']:.1f}"
    for heading, name in ((_("Common ground"), "consensus"), (_("Divides"), "divides")):
        ranked = sorted(answer["statements"], key=lambda row: -row[name])[:SHOWN]
        yield ""
        yield heading
        for row in ranked:
            said = f"+{row['agree']} -{row['disagree']} ={row['pass']}"
            # What directs a terminal or turns its lines around is no word.
            words = "".join(c for c in row.get("text", "") if c.isprintable())
            line = f"  {row['id']:<8} {row[name]:.2f}  {said}  {words[:LONGEST_SHOWN]}"
            yield line.rstrip()
