"""What SQLite and PostgreSQL gather under different names."""

from __future__ import annotations

from typing import Any

from django.db.models import Aggregate, Func, Subquery, TextField


class Joined(Aggregate):
    """
    What the rows of a group say as one text, with commas between, in any order.

    All of one statement have the same order; NULL is left out.
    """

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(
            compiler,
            connection,
            template="STRING_AGG(%(expressions)s::text, ',')",
            **more,
        )


BETWEEN = ";"


class SideBySide(Func):
    """Several texts as one, with `BETWEEN` between."""

    template = "(%(expressions)s)"
    arg_joiner = f" || '{BETWEEN}' || "
    output_field = TextField()


class KeysInOrder(Subquery):
    """The column `pk` of a query as one text, in its order."""

    template = "(SELECT GROUP_CONCAT(of.pk) FROM (%(subquery)s) AS of)"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "(SELECT STRING_AGG(of.pk::text, ',') FROM (%(subquery)s) AS of)"
        return self.as_sql(compiler, connection, template=template, **more)
