"""How far a long piece of work is, for whoever waits for it."""

from collections.abc import Callable

Heard = Callable[[int, int], None]  # told how many of how many are done


def unheard(done: int, total: int) -> None:
    """Nobody wants to know how far it is."""


def further(heard: Heard, before: int, total: int) -> Heard:
    """Who hears of a part of the work tells of the whole, of which so much was done before."""
    return lambda done, of_part: heard(before + done, total)
