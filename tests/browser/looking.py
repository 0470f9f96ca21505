"""What can be wrong with the looks of any page."""

import re
from collections.abc import Iterable

from playwright.sync_api import Page

PHONE, DESK = 390, 1280
WIDTH = "document.documentElement.scrollWidth"
TEXTS = """
[document.title, document.body.innerText].concat(...['alt', 'aria-label', 'placeholder', 'title'].map(
    name => [...document.querySelectorAll(`[${name}]`)].map(one => one.getAttribute(name))
)).join('\\n')
"""
FIGURES = ".figure, .mark, .corrected"
PIECES = "all => all.map(one => one.getClientRects().length)"
# Names that have no Chinese form: of formats, programs and commands, and of the files that pages offer.
NAMES = {"CSV", "JSON", "Atom", "PDF", "Excel", "WPS", "Word", "APP", "LED", "SHA-256", "UTF-8", "GB18030", "MB"}
FILES = {"xlsx", "xls", "ods", "csv", "figures.csv", "facts.csv", "data.zip", "report.xlsx", "report.docx"}
COMMANDS = {"audit_source", "load_source"}


def foreign_words(text: str) -> set[str]:
    """The words of a text that are not Chinese."""
    return set(re.findall(r"[A-Za-z][\w.-]*", text, re.ASCII))


def faults(page: Page, slugs: Iterable[str] = ()) -> list:
    """Words that are not Chinese, figures that a line breaks, and the widths at which the page scrolls sideways."""
    known = NAMES | FILES | COMMANDS | foreign_words(" ".join([*slugs, *page.locator("code").all_inner_texts()]))
    found: list = sorted(foreign_words(page.evaluate(TEXTS)) - known)
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 844})
        found += [width] if page.evaluate(WIDTH) > width else []
        found += ["broken figures"] if {*page.locator(FIGURES).evaluate_all(PIECES)} - {1} else []
    return found
