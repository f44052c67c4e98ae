"""A process that works beside the web server and ends with it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from types import TracebackType

SECONDS_TO_RESTART = 5.0
"""Rest after a fall, so that a command that always falls does not spin."""

SECONDS_TO_FINISH = 10.0
"""What a task that runs may take when the forum is stopped."""


NICENESS = 10
"""People who wait for a page go first where a machine is busy."""


class Companion:
    """
    Runs `montada COMMAND` while the block lasts, and starts it again if it falls.

    It has a session of its own: Ctrl-C reaches it once, from here, and not from the
    terminal as well, which it would take for a second, impatient Ctrl-C.
    """

    def __init__(self, command: str) -> None:
        self._arguments = [sys.executable, "-m", "montada", command, "--verbosity", "0"]
        self._ends = threading.Event()
        self._one_at_a_time = threading.Lock()
        self._process = self._start()
        self._watch = threading.Thread(target=self._keep_running, daemon=True)

    @property
    def pid(self) -> int:
        return self._process.pid

    def __enter__(self) -> Companion:
        self._watch.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._one_at_a_time:
            self._ends.set()
            self._process.terminate()
        try:
            self._process.wait(SECONDS_TO_FINISH)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._watch.join()

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(self._arguments, start_new_session=True)
        os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
        return process

    def _keep_running(self) -> None:
        while not self._ends.is_set():
            self._process.wait()
            self._ends.wait(SECONDS_TO_RESTART)
            with self._one_at_a_time:
                if not self._ends.is_set():
                    self._process = self._start()
