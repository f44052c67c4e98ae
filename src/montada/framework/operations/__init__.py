"""Everything that can happen to the vocabulary: every write is a function here."""

from montada.framework.operations.labels import (
    LabelDecidedAlready,
    Labelled,
    LabelNotSuggested,
    add_label,
    decide_label,
    forget_labels,
    hand_over_labels,
    suggest_labels,
)
from montada.framework.operations.loading import load_framework
from montada.framework.operations.matrix import (
    CellNotChanged,
    CellWithoutRationale,
    NoSuchCell,
    TargetNotOfGoal,
    TargetsWithoutLink,
    change_matrix_cell,
)
from montada.framework.operations.publishing import publish_framework
from montada.framework.operations.targets import load_targets

__all__ = [
    "CellNotChanged",
    "CellWithoutRationale",
    "LabelDecidedAlready",
    "LabelNotSuggested",
    "Labelled",
    "NoSuchCell",
    "TargetNotOfGoal",
    "TargetsWithoutLink",
    "add_label",
    "change_matrix_cell",
    "decide_label",
    "forget_labels",
    "hand_over_labels",
    "load_framework",
    "load_targets",
    "publish_framework",
    "suggest_labels",
]
