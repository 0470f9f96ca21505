"""How wide a column of a sheet must be for Chinese, whose characters take two places each."""

from unicodedata import east_asian_width

NARROWEST, WIDEST, WIDEST_ASCII, PAPER = 6, 60, 100, 150  # an address is not broken into lines
FILTER_ARROW = 4


def places(text: str) -> int:
    """How many places a line of text takes."""
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def column_width(header: str, cells: list) -> int:
    """Wide enough for the header and its arrow and for most cells; longer ones are wrapped."""
    texts = ["" if cell is None else str(cell) for cell in cells]
    longest = max(map(places, texts), default=0)
    widest = WIDEST_ASCII if "".join(texts).isascii() else WIDEST
    return min(widest, max(NARROWEST, places(header) + FILTER_ARROW, longest + 2))


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column; a place is left free, for a wide character does not fit a half."""
    return sum(max(1, -(-places(line) // (width - 1))) for line in text.split("\n"))


def pages_wide(widths: list[int]) -> int:
    """How many pages beside each other a table takes, so that its letters can still be read on paper."""
    return -(-sum(widths) // PAPER)
