"""The libraries that decide how a page is printed, by their versions: another one may break a line elsewhere."""

from contextlib import suppress
from ctypes import CDLL, c_char_p
from importlib.metadata import version

PACKAGES = ("WeasyPrint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "Pyphen", "fonttools")
# Asked themselves: WeasyPrint, which knows them too, takes a second and 40 MB in a process that prints nothing.
OF_THE_SYSTEM = {"libpango-1.0.so.0": "pango_version_string", "libharfbuzz.so.0": "hb_version_string"}


def printing_libraries() -> list[str]:
    """Each of them with its version."""
    return [*versions(PACKAGES), *(f"{name} {system_version(name, asked)}" for name, asked in OF_THE_SYSTEM.items())]


def versions(packages: tuple[str, ...]) -> list[str]:
    """Packages with their versions."""
    return [f"{name} {version(name)}" for name in packages]


def system_version(library: str, asked: str) -> str:
    """The version that a library of the system says of itself; empty where it has another name."""
    with suppress(OSError):
        answers = getattr(CDLL(library), asked)
        answers.restype = c_char_p
        return answers().decode()
    return ""
