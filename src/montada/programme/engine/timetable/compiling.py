"""
Python compiled to the machine's own code, by numba.

What is kept on disk is made anew when its own file changes, and only then: all that it
calls stands in the same file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., object])

ALONE: Any = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""Nothing that Python or C would call, which takes long to make."""


def compiled(function: F) -> F:
    """Return a function that is compiled as a part of its callers, for them alone."""
    return cast(F, njit(forceinline=True, **ALONE)(function))


def kept(function: F) -> F:
    """Return a function compiled at its first call, and kept where that is possible."""
    try:
        return cast(F, njit(cache=True)(function))
    except RuntimeError:  # no folder may be written: compiled anew in each process
        return cast(F, njit(function))
