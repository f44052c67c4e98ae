"""
What the project register costs with as many projects as it holds: queries and time.

    python -m benchmarks.register [--projects 11000] [--repeat 9] [--keep FOLDER]

Prints JSON. Projects are made up: titles of words of the real titles that the product
carries, summaries of a hundred such words, one to three places, lines and goals each;
they go in as a file's rows do. Pages are asked through the whole stack of middleware,
as `benchmarks.pages` does: cold is the first page after any decision, known any other.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import pages
from benchmarks.search import titles

THREE_FACETS = "line=C2&group=las&status=ongoing&q=data"

PAGES = {
    "list": "",
    "list, three facets and words": f"?{THREE_FACETS}",
    "map": "?view=map",
    "map of a group, by work": "?view=map&by=work&region=au",
    "statistics": "statistics/",
    "statistics as CSV": "statistics/?format=csv",
}


def fill(n_projects: int) -> None:
    """Take in made-up projects; their organisations are new too."""
    from django.db import transaction  # noqa: PLC0415 # after setup

    from montada.audit import operations as audit  # noqa: PLC0415 # after setup
    from montada.participation.operations import (  # noqa: PLC0415 # after setup
        OrganisationsOfAList,
    )
    from montada.stocktaking import operations  # noqa: PLC0415 # after setup

    now = datetime.now(UTC)
    with transaction.atomic():
        recorded = operations.take_in(
            incoming=list(_incoming(n_projects)),
            organisations=OrganisationsOfAList(now),
            at=now,
        )
        audit.record(
            action="stocktaking.imported",
            actor=None,
            subject=recorded[0].project,
            at=now,
        )


def _incoming(n: int) -> Iterator[Any]:
    from montada.framework import queries as framework  # noqa: PLC0415 # after setup
    from montada.language.engine.text import LocalizedText  # noqa: PLC0415 # after setup
    from montada.stocktaking.engine.record import (  # noqa: PLC0415 # after setup
        Place,
        ProjectRecord,
    )
    from montada.stocktaking.engine.values import (  # noqa: PLC0415 # after setup
        IncomingProject,
        LabelOf,
    )

    rng = random.Random(1)
    countries = [country.iso3 for country in framework.countries()]
    lines = [line.code for line in framework.action_lines()]
    words = " ".join(title for _language, title in titles(500, rng)).split()
    for number, (language, title) in enumerate(titles(n, rng)):
        owner = rng.randint(1, n // 20 + 1)
        seat = countries[owner % len(countries)]
        work = rng.choices(countries, k=rng.randint(1, 3))
        labels = {LabelOf("action_line", c) for c in rng.choices(lines, k=2)}
        labels |= {LabelOf("goal", str(rng.randint(1, 17))) for _again in range(2)}
        yield IncomingProject(
            system="benchmark",
            identifier=str(number),
            record=ProjectRecord(
                title=LocalizedText.of(language, f"{title} {number}"),
                summary=LocalizedText.of(language, " ".join(rng.choices(words, k=100))),
                entry_type=rng.choice(("project", "programme", "training")),
                status=rng.choice(("planned", "ongoing", "completed")),
                places=tuple(Place(country_id=iso3) for iso3 in work),
            ),
            organisation_name=f"Organisation {owner}",
            country_id=seat,
            labels=tuple(sorted(labels, key=str)),
            year=rng.randint(2005, 2026),
            current_on=date(2026, 6, 1) - timedelta(days=rng.randint(0, 2_000)),
            source_url="https://example.org/projects",
        )


def compared() -> str:
    """Return the address at which the newest four projects are compared."""
    from montada.stocktaking import queries  # noqa: PLC0415 # after setup

    newest = queries.projects_of()[: queries.MOST_COMPARED]
    return "compare/?" + "&".join(f"p={project.slug}" for project in newest)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=11_000)
    parser.add_argument("--language", default="ar")
    parser.add_argument("--repeat", type=int, default=9)
    parser.add_argument("--keep", type=Path, help="folder of a forum to measure again")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        pages.make_ready(wish.keep or Path(passing))
        from django.test import Client  # noqa: PLC0415  # after setup

        from montada.stocktaking import queries  # noqa: PLC0415  # after setup

        if queries.counts().n_projects < wish.projects:
            fill(wish.projects)
        client = Client()

        def get(path: str, headers: dict[str, str]) -> Any:
            return client.get(path, headers={"Host": "localhost", **headers})

        listed = f"/{wish.language}/projects/"
        asked = PAGES | {"four compared": compared()}
        answer = {
            "machine": pages.machine(),
            "date": datetime.now(UTC).isoformat(timespec="seconds"),
            "commit": pages.commit(),
            "projects": queries.counts().n_projects,
            "pages": {
                name: asdict(pages.measured(f"{listed}{path}", get, wish.repeat))
                for name, path in asked.items()
            },
        }
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
