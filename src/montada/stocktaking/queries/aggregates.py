"""What SQLite and PostgreSQL gather under different names."""

from __future__ import annotations

from typing import Any

from django.db.models import Aggregate, TextField


class Joined(Aggregate):
    """The whole numbers of a group as one text, with commas between, in any order."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(
            compiler,
            connection,
            template="STRING_AGG(%(expressions)s::text, ',')",
            **more,
        )
