"""How far a command is, for the person at the terminal."""

import sys
from collections.abc import Callable
from typing import Self

from tqdm import tqdm

Heard = Callable[[int, int], None]  # told how many of how many are done
Told = Callable[[str, str, int, int], None]  # told what is made now too, and in which unit that is counted
LINE = "{desc}：{n_fmt}／{total_fmt} {unit} |{bar:20}| 已用 {elapsed}"


def unheard(done: int, total: int) -> None:
    """Nobody wants to know how far it is."""


def further(heard: Heard, before: int, total: int) -> Heard:
    """Who hears of a part of the work tells of the whole, of which so much was done before."""
    return lambda done, of_part: heard(before + done, total)


def untold(what: str, unit: str, done: int, total: int) -> None:
    """Nobody wants to know what is made now, or how far it is."""


class Bar(tqdm):
    """A bar without a thread of its own."""

    monitor_interval = 0


class Progress:
    """A bar on standard error once there is something to say; none where that is no terminal, or `quiet`."""

    def __init__(self, what: str, unit: str, *, quiet: bool = False):
        self.what, self.unit = what, unit
        self.disable = True if quiet else None  # None: unless it is a terminal
        self.bar: Bar | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        if self.bar is not None:
            self.bar.close()

    def __call__(self, done: int, total: int) -> None:
        """Show that so many of so many are done."""
        if self.bar is None:
            shape = {"bar_format": LINE, "file": sys.stderr, "disable": self.disable, "leave": False}
            self.bar = Bar(total=total, desc=self.what, unit=self.unit, **shape)
        self.bar.update(done - self.bar.n)


class Bars:
    """A bar for each thing that a command makes, one after the other."""

    def __init__(self, *, quiet: bool = False):
        self.quiet = quiet
        self.shown = Progress("", "", quiet=quiet)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.shown.__exit__(*raised)

    def __call__(self, what: str, unit: str, done: int, total: int) -> None:
        """Show that of what is made now so many of so many are done."""
        if what != self.shown.what:
            self.shown.__exit__()
            self.shown = Progress(what, unit, quiet=self.quiet)
        self.shown(done, total)
