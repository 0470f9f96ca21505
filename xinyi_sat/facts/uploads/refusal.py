"""Why a file, or something in it, is not taken; the words are for the admin who uploaded it."""


class RefusedFile(ValueError):  # noqa: N818 (it says what the file is)
    """The file as a whole can't be read; the message says in Chinese what was expected."""


class RefusedCell(ValueError):  # noqa: N818 (it says what the cell is)
    """What stands in a cell can't be what its column wants; the message says in Chinese what was expected."""
