"""Columns that hold values of stocktaking."""

from __future__ import annotations

from typing import Any

from django.db import models

from montada.stocktaking.engine.record import ProjectRecord
from montada.stocktaking.engine.values import LabelOf


class ProjectRecordField(models.JSONField):
    """A `ProjectRecord`, stored without what is empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", ProjectRecord)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return ProjectRecord.from_json(
            super().from_db_value(value, expression, connection)
        )

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, ProjectRecord):
            value = value.as_json()
        return super().get_prep_value(value)

    def to_python(self, value: Any) -> Any:
        return ProjectRecord.from_json(value) if isinstance(value, dict) else value


class LabelsField(models.JSONField):
    """A tuple of `LabelOf`, stored as a list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", tuple)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        stored = super().from_db_value(value, expression, connection)
        return tuple(map(LabelOf.from_json, stored))

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, tuple | list):
            value = [
                label.as_json() if isinstance(label, LabelOf) else label
                for label in value
            ]
        return super().get_prep_value(value)
