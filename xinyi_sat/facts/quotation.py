"""Names in quotation marks, for messages."""

INNER = str.maketrans("“”", "‘’")


def quoted(name: object) -> str:
    """A name in quotation marks; those inside it become single ones: “‘科普+文艺’”."""
    return f"“{str(name).translate(INNER)}”"
