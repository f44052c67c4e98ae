"""Everything that can happen to the vocabulary: every write is a function here."""

from montada.framework.operations.loading import load_framework
from montada.framework.operations.matrix import (
    CellNotChanged,
    CellWithoutRationale,
    NoSuchCell,
    TargetNotOfGoal,
    TargetsWithoutLink,
    change_matrix_cell,
)
from montada.framework.operations.targets import load_targets

__all__ = [
    "CellNotChanged",
    "CellWithoutRationale",
    "NoSuchCell",
    "TargetNotOfGoal",
    "TargetsWithoutLink",
    "change_matrix_cell",
    "load_framework",
    "load_targets",
]
