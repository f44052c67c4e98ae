"""The register in numbers: as page, as CSV and as JSON."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from montada.djangokit.views import Page
from montada.stocktaking import queries
from montada.stocktaking.web.views import FACET_NAMES, asked_for, no_such_value

COLUMNS = (
    "table",
    "value",
    "label",
    "goal",
    "year",
    "projects",
    "definition",
    "source",
    "counted_on",
)
CUBE = "line_goal_year"


class Statistics(Page):
    """`?format=csv` and `json` answer with the same numbers, and line × goal × year."""

    template_name = "stocktaking/statistics.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        wanted = request.GET.get("format", "")
        if not wanted:
            return super().get(request, **kwargs)
        if wanted not in {"csv", "json"}:
            raise Http404(_("The numbers are given as CSV or JSON."))
        found, today = _statistics(request)
        source = request.build_absolute_uri(request.path)
        return (_as_csv if wanted == "csv" else _as_json)(found, today, source)

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        found, today = _statistics(request)
        return {
            "it": found,
            "today": today,
            "chosen": [
                (FACET_NAMES[name], queries.label_of(found.it.index, name, value))
                for name, values in found.it.choice.items()
                for value in values
            ],
            "query": found.it.query,
        }


def _statistics(request: HttpRequest) -> tuple[queries.Statistics, date]:
    register = queries.register_at(timezone.now())
    try:
        found = queries.statistics(**asked_for(request, register))
    except queries.NoSuchFilterValue as missing:
        raise no_such_value(missing) from None
    return found, register.today


def cube_definition() -> str:
    return _("Projects that state the line and the goal and are named in the year.")


def _as_csv(found: queries.Statistics, today: date, source: str) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="statistics.csv"'
    # Spreadsheets take a file without this mark for something else than UTF-8.
    response.write("\ufeff")
    rows = csv.writer(response)
    rows.writerow(COLUMNS)
    for row in _rows(found):
        rows.writerow([*row, source, today.isoformat()])
    return response


def _rows(found: queries.Statistics) -> Iterator[tuple[Any, ...]]:
    yield "all", "", "", "", "", found.n_projects, _("Projects that anybody may read.")
    for table in found.tables:
        for row in table.rows:
            label = row.label
            value = (table.name, label.value, label.text)
            yield (*value, "", "", row.n_projects, table.definition)
    lines, said = found.it.index.labels["line"], cube_definition()
    for cell in found.cells():
        where = (CUBE, cell.line, lines[cell.line].text, cell.goal, cell.year)
        yield (*where, cell.n_projects, said)


def _as_json(found: queries.Statistics, today: date, source: str) -> HttpResponse:
    tables = [
        {
            "name": table.name,
            "definition": table.definition,
            "rows": [
                {
                    "value": row.label.value,
                    "label": row.label.text,
                    "projects": row.n_projects,
                }
                for row in table.rows
            ],
        }
        for table in found.tables
    ]
    cells = [
        {
            "line": c.line,
            "goal": int(c.goal),
            "year": int(c.year),
            "projects": c.n_projects,
        }
        for c in found.cells()
    ]
    answer = {
        "source": source,
        "counted_on": today.isoformat(),
        "filters": {name: list(v) for name, v in found.it.choice.items() if v},
        "query": found.it.query,
        "projects": found.n_projects,
        "tables": tables,
        CUBE: {"definition": cube_definition(), "cells": cells},
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
