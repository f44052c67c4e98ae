"""What stocktaking announces."""

from django.dispatch import Signal

projects_recorded = Signal()
"""Projects are new in the register; sent after commit, without values."""

version_submitted = Signal()
"""A version was sent: `version`, `at`; sent inside the decision."""

version_published = Signal()
"""A version is in the register: `version`, `at`; sent inside the decision."""

import_waits = Signal()
"""A file waits for its turn; with `run_pk` and `is_trial`, after commit."""
