"""Tables of stocktaking. Shape and constraints only; decisions live in operations."""

from montada.stocktaking.models.imports import ImportRow, ImportRun
from montada.stocktaking.models.projects import (
    Project,
    ProjectActionLine,
    ProjectDistinction,
    ProjectGoal,
    ProjectObjective,
    ProjectTarget,
    key_of_its_own,
)
from montada.stocktaking.models.rules import RegisterRules
from montada.stocktaking.models.versions import (
    ProjectContact,
    ProjectFile,
    ProjectMember,
    ProjectRemark,
    ProjectSource,
    ProjectVersion,
)
from montada.stocktaking.models.views import SavedView

__all__ = [
    "ImportRow",
    "ImportRun",
    "Project",
    "ProjectActionLine",
    "ProjectContact",
    "ProjectDistinction",
    "ProjectFile",
    "ProjectGoal",
    "ProjectMember",
    "ProjectObjective",
    "ProjectRemark",
    "ProjectSource",
    "ProjectTarget",
    "ProjectVersion",
    "RegisterRules",
    "SavedView",
    "key_of_its_own",
]
