"""How wide a column of a sheet must be for Chinese, whose characters take two places each."""

from unicodedata import east_asian_width

NARROWEST, WIDEST, WIDEST_ASCII = 6, 60, 100  # an address is not broken into lines
LONGEST_HEADER = 8  # in a line; longer ones take two
FILTER_ARROW = 4
PAPER = 255  # places beside each other on A4 across, at 6.5 points: smaller letters nobody reads on paper


def places(text: str) -> int:
    """How many places a line of text takes."""
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def column_width(header: str, cells: list) -> int:
    """Wide enough for the header in two lines with its arrow, and for most cells; longer ones are wrapped."""
    texts = ["" if cell is None else str(cell) for cell in cells]
    longest = max(map(places, texts), default=0)
    widest = WIDEST_ASCII if "".join(texts).isascii() else WIDEST
    return min(widest, max(NARROWEST, header_width(header) + FILTER_ARROW, longest + 2))


def header_width(header: str) -> int:
    """How many places a header takes, in two lines where it is long."""
    needed = places(header)
    return needed if needed <= LONGEST_HEADER else needed // 2 + 2


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column; a place is left free, for a wide character does not fit a half."""
    return sum(max(1, -(-places(line) // (width - 1))) for line in text.split("\n"))


def pages_wide(widths: list[int], names: int) -> int:
    """How many pages beside each other a table takes at least, with the column that names the rows on each of them."""
    return max(1, -(-(sum(widths) - widths[names]) // (PAPER - widths[names])))
