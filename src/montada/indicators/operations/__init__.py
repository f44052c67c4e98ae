"""Everything that can happen to figures: every write is a function here."""

from montada.indicators.operations.carried import load_own_figures
from montada.indicators.operations.tidy import UnknownForm, import_file, import_tidy
from montada.indicators.operations.wide import import_figures
from montada.indicators.operations.world_use import import_world_internet_use

__all__ = [
    "UnknownForm",
    "import_figures",
    "import_file",
    "import_tidy",
    "import_world_internet_use",
    "load_own_figures",
]
