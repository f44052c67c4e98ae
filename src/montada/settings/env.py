"""The only reader of the environment: typed, and loud about nonsense."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def compute_on_one_core_each() -> None:
    """
    Let numpy's libraries use one thread, unless somebody says otherwise.

    Processes share the cores here. Two threads for one small product spend most of
    their time waiting for each other. Heard only before numpy is first imported.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def env_text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def env_list(name: str, default: str) -> list[str]:
    """Return the comma-separated values of `name`, without blanks."""
    return [part.strip() for part in env_text(name, default).split(",") if part.strip()]


def env_bool(name: str, default: bool) -> bool:
    text = os.environ.get(name)
    if text is None:
        return default
    if text.lower() in {"1", "true", "yes", "on"}:
        return True
    if text.lower() in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, got {text!r}")


def env_int(name: str, default: int) -> int:
    text = os.environ.get(name)
    if text is None:
        return default
    try:
        return int(text)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a number, got {text!r}") from None


def env_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    text = env_text(name, default)
    if text not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {choices}, got {text!r}")
    return text


def env_secret(name: str) -> str:
    """Return the secret `name`, or the content of the file that `name`_FILE names."""
    if file := os.environ.get(f"{name}_FILE"):
        return Path(file).read_text(encoding="utf-8").strip()
    return os.environ.get(name, "")


def env_path(name: str, default: Path) -> Path:
    return Path(os.environ.get(name, default)).absolute()
