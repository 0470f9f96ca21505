"""PDF objects as bytes: written, and waiting for their numbers in the bound file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pydyf import Dictionary, Stream

# What stands in a string is no number.
NUMBER = re.compile(rb"\((?:[^()\\]|\\.)*\)|\b(?P<object>\d+) 0 R\b|/StructParent (?P<key>\d+)", re.DOTALL)


@dataclass(frozen=True)
class Written:
    """A PDF object as bytes: its dictionary, and its stream if it is one."""

    dictionary: bytes
    stream: bytes | None = None


@dataclass(frozen=True)
class Unnumbered:
    """An object of a chapter with a gap for each object that it names, and for its own key in the parent tree if it has one."""

    dictionary: bytes  # `%d` in each gap
    gaps: tuple[int, ...]  # what belongs there: the number of an object in the chapter, or ~key
    stream: bytes | None

    def numbered(self, numbers: Mapping[int, int]) -> Written:
        """The object with these numbers in its gaps."""
        return Written(self.dictionary % tuple(numbers[gap] for gap in self.gaps), self.stream)


def written(one: Dictionary | Stream) -> Written:
    """An object as bytes."""
    if not isinstance(one, Stream):
        return Written(one.data)
    head, _, rest = one.data.partition(b"\nstream\n")
    return Written(head, rest.removesuffix(b"\nendstream"))


def unnumbered(one: Written) -> Unnumbered:
    """An object of a chapter, to be numbered later."""
    gaps = []

    def left_open(found: re.Match[bytes]) -> bytes:
        if found["object"]:
            gaps.append(int(found["object"]))
            return b"%d 0 R"
        if found["key"]:
            gaps.append(~int(found["key"]))
            return b"/StructParent %d"
        return found[0]

    dictionary = NUMBER.sub(left_open, one.dictionary.replace(b"%", b"%%"))
    return Unnumbered(dictionary, tuple(gaps), one.stream)


def number_of(reference: bytes | str) -> int:
    """The number in a reference like `12 0 R`."""
    return int(reference.split()[0])
