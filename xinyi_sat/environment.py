"""How values of the environment are read; which there are is told in settings.py."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

env = environ.Env()


def stored_secret_key(file: Path) -> str:
    """The key that `serve` has stored; before there is one, a key that lives as long as this process."""
    try:
        return file.read_text().strip() or get_random_secret_key()
    except FileNotFoundError:
        return get_random_secret_key()


def count(name: str, default: int, least: int = 1) -> int:
    """A whole number of the environment, `least` or more; ImproperlyConfigured for anything else."""
    value = env.str(name, default=str(default))
    if not (value.isascii() and value.isdecimal()) or int(value) < least:
        raise ImproperlyConfigured(f"看不懂 {name}={value}：应为 {least} 以上的整数，例如 {default}。")
    return int(value)


def switch(name: str) -> bool:
    """Whether something is switched on in the environment, off where it is not named; ImproperlyConfigured for other words."""
    value = env.str(name, default="off")
    is_on = value.lower() in ("on", "true", "yes", "1")
    if not is_on and value.lower() not in ("off", "false", "no", "0"):
        raise ImproperlyConfigured(f"看不懂 {name}={value}：应为 on（开）或 off（关）。")
    return is_on
