"""The page of results, and the votes as tables for anybody."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views import View

from montada.consultation.queries.opinion import (
    opinion_page,
    own_place,
    run_under_way,
)
from montada.consultation.queries.opinion_map import opinion_drawing
from montada.consultation.queries.vote_tables import (
    Rows,
    comments_table,
    participants_table,
    vote_table,
    votes_table,
)
from montada.consultation.queries.voting import voter_of
from montada.consultation.web.asking import present_edition
from montada.djangokit.page_language import page_language
from montada.djangokit.spreadsheets import harmless_cell
from montada.djangokit.views import Page

NO_TABLE = _(
    "There is no table of votes yet: the first is made when five people have voted."
)

ROWS = 200
"""Statements in the table of all; the rest is in the files."""


class Opinion(Page):
    """
    What unites and what divides, as last computed.

    For readers who are not signed in it is the same page for all; whoever voted sees
    their own place on it.
    """

    template_name = "consultation/opinion.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition = present_edition()
        found = opinion_page(edition)
        context = {"edition": edition, "under_way": run_under_way(edition), "it": found}
        if found is None:
            return context
        place = own_place(edition, voter_of(edition.pk, request.user))
        sizes = [group.n_people for group in found.groups]
        return context | {
            "reason": found.reasons.get(page_language(), ""),
            "drawing": opinion_drawing(found.map, sizes, place),
            "place": place,
            "rows": found.rows[:ROWS],
            "no_table": NO_TABLE,
            "table": vote_table(edition),
        }


class Table(View):
    """One of the tables, as CSV without a mark before it: other tools read it."""

    rows: Callable[[Any], Rows] = staticmethod(votes_table)
    name = "votes.csv"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        edition = present_edition()
        if vote_table(edition) is None:
            return HttpResponse(
                f"{NO_TABLE}\n", "text/plain; charset=utf-8", status=409
            )
        name = f"made-up-{self.name}" if edition.is_made_up else self.name
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        writer = csv.writer(response)
        for row in self.rows(edition):
            writer.writerow(
                [harmless_cell(c) if isinstance(c, str) else c for c in row]
            )
        return response


class Votes(Table):
    rows, name = staticmethod(votes_table), "votes.csv"


class Comments(Table):
    rows, name = staticmethod(comments_table), "comments.csv"


class Participants(Table):
    rows, name = staticmethod(participants_table), "participants-votes.csv"
