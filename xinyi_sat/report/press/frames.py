"""Room for the frames of Python, taken once."""

from types import FunctionType

SLOTS = 140_000  # a good megabyte, for which CPython takes two


def with_room(function: FunctionType) -> FunctionType:
    """The function, with room for the frames of all that it calls.

    CPython takes this room by pieces of 16 KB and gives each back as soon as it is empty, so that a loop whose calls come to
    lie across an edge asks the system twice for each of them: for a chapter of 250 figures 33,000 times, a fifth of
    its time. A frame that says it needs much is given it in one piece, and those above it have what it leaves.
    """
    function.__code__ = function.__code__.replace(co_stacksize=SLOTS)
    return function
