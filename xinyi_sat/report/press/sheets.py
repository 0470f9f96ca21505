"""Sheets: the pages of one chapter, printed by WeasyPrint and taken from it as PDF objects before a file is written."""

import hashlib
import io
import pickle
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from pydyf import PDF, Dictionary, String
from weasyprint import CSS, HTML, Document
from weasyprint.urls import URLFetcher

from xinyi_sat.report.press.conformance import complete_tags
from xinyi_sat.report.press.fonts import Typeface, UnwrittenFonts
from xinyi_sat.report.press.objects import Unnumbered, number_of, unnumbered, written
from xinyi_sat.report.press.tables import quick_tables

VARIANT = "pdf/a-2a"
ELSEWHERE = "report:"  # the scheme of a link to a name that may stand in another chapter
AROUND = '<!doctype html><html lang="zh-Hans"><title>章</title><body>{}</body></html>'
WITHOUT_NUMBERS = """
@page { @bottom-left { content: none } @bottom-right { content: none } }
@page :left { @bottom-left { content: none } @bottom-right { content: none } }
"""
BARE = {"Type", "S", "K", "Pg", "P"}  # what every structure element has
NOTHING = URLFetcher(allowed_protocols=(), allow_redirects=False)


@dataclass(frozen=True)
class Sheet:
    """One page; objects by their numbers in the chapter."""

    number: int
    drawing: int
    resources: int
    links: list[int]
    marked: list[int]  # the structure element of each marked piece of the drawing
    anchors: dict[str, tuple]
    bookmarks: list[tuple]


@dataclass(frozen=True)
class Sheets:
    """The pages of a chapter, and what the binding has to know of them."""

    pages: list[Sheet]
    elements: list[int]  # the structure elements at the top
    links: dict[int, int]  # key in the parent tree, of this chapter: structure element of a link
    wanted: set[str]  # the names that links lead to
    typefaces: dict[str, Typeface]
    shared: dict[str, int]  # objects that the bound file has once, by what they are
    numbers: list[int] = field(default_factory=list)  # of the objects that belong to the chapter alone


def style(text: str) -> CSS:
    """A stylesheet that fetches nothing."""
    return CSS(string=text, url_fetcher=NOTHING)


def parsed(html: str) -> HTML:
    """A document that fetches nothing, neither from a network nor from a disk."""
    return HTML(string=html, url_fetcher=NOTHING)


def print_sheets(html: str, stylesheets: list[CSS], path: Path) -> None:
    """Print a chapter, what stands in its body, and put its sheets into a file, the objects last."""
    source = parsed(AROUND.format(html))
    for link in source.etree_element.iter("a"):
        if link.get("href", "").startswith("#"):
            link.set("href", ELSEWHERE + link.get("href")[1:])

    def keep(document: Document, pdf: PDF) -> None:
        complete_tags(document, pdf)
        sheets = Taken(pdf, document, name_of(html)).sheets(places)
        with path.open("wb") as file:
            pickle.dump(sheets, file)
            pickle.dump([unnumbered(written(pdf.objects[number])) for number in sheets.numbers], file)
        pdf.objects.clear()

    with quick_tables(source.etree_element):
        document = source.render(stylesheets=[*stylesheets, style(WITHOUT_NUMBERS)], pdf_variant=VARIANT)
        document.fonts = UnwrittenFonts()
        places = [(page.anchors, page.bookmarks) for page in document.pages]
        for page in document.pages:  # They are the binding's.
            page.anchors, page.bookmarks = {}, []
        document.write_pdf(
            io.BytesIO(), pdf_variant=VARIANT, pdf_identifier=False, uncompressed_pdf=True, finisher=keep
        )


class Taken:
    """The PDF of a chapter, unwritten; its name is like no other's."""

    def __init__(self, pdf: PDF, document: Document, name: str):
        self.pdf, self.document, self.name = pdf, document, name
        self.root = self.at(pdf.catalog["StructTreeRoot"])
        self.parents = self.at(self.root["ParentTree"])["Nums"]

    def at(self, reference: bytes) -> Dictionary:
        """The object that a reference names."""
        return self.pdf.objects[number_of(reference)]

    def sheets(self, places: list[tuple]) -> Sheets:
        """What the binding has to know; everything that must not be the same in two chapters is made the chapter's own."""
        pages = [self.pdf.objects[number] for number in self.pdf.pages["Kids"][::3]]
        wanted, links = self.own_links(len(pages))
        self.own_heads()
        holders = self.holders()
        sheets = [self.sheet(place, page, *places[place], holders) for place, page in enumerate(pages)]
        shared = self.shared(pages[0])
        apart = {0, number_of(self.pdf.catalog["Metadata"]), self.root.number, number_of(self.root["ParentTree"])}
        apart |= {self.pdf.catalog.number, *shared.values(), *(page.number for page in pages), *holders}
        elements = [number_of(one) for one in self.at(self.root["K"][0])["K"]]
        numbers = [one.number for one in self.pdf.objects if one.number not in apart]
        return Sheets(sheets, elements, links, wanted, self.document.fonts.used(), shared, numbers)

    def sheet(self, place: int, page: Dictionary, anchors: dict, bookmarks: list, holders: dict[int, int]) -> Sheet:
        """One page."""
        marked = [holders.get(number, number) for number in map(number_of, self.parents[2 * place + 1])]
        links = [number_of(one) for one in page.get("Annots", [])]
        drawing = self.at(page["Contents"])
        drawing.compress = True
        return Sheet(page.number, drawing.number, number_of(page["Resources"]), links, marked, anchors, bookmarks)

    def shared(self, page: Dictionary) -> dict[str, int]:
        """The objects that every chapter has and the bound file has once."""
        resources = self.at(page["Resources"])
        return {
            "pages": self.pdf.pages.number,
            "document": number_of(self.root["K"][0]),
            "fonts": number_of(resources["Font"]),
            "colours": number_of(resources["ColorSpace"]),
            "profile": number_of(profile_of(self.document)),
        }

    def own_links(self, pages: int) -> tuple[set[str], dict[int, int]]:
        """Let links lead to names instead of addresses; the names, and the structure element of each link by its key."""
        wanted = set()
        for link in (one for one in self.pdf.objects if isinstance(one, Dictionary) and one.get("Subtype") == "/Link"):
            address = link["A"]["URI"].string
            if address.startswith(ELSEWHERE):
                name = unquote(address.removeprefix(ELSEWHERE))
                del link["A"]
                link["Dest"] = link["Contents"] = String(name)
                wanted.add(name)
        keys, elements = self.parents[2 * pages :: 2], self.parents[2 * pages + 1 :: 2]
        return wanted, {key: number_of(one) for key, one in zip(keys, elements, strict=True)}

    def own_heads(self) -> None:
        """Give each table head a name that no other has, of this chapter or another; its cells hold the same string."""
        heads = (one["ID"] for one in self.pdf.objects if isinstance(one, Dictionary) and "ID" in one)
        for place, name in enumerate(heads):
            name.string = f"{self.name}.{place}"

    def holders(self) -> dict[int, int]:
        """Let elements hold their text themselves; for each span that held a piece of it, the element that does now.

        WeasyPrint puts a span around each text, which says nothing and is every second object of a table.
        """
        holders = {}
        for span in (one for one in self.pdf.objects if isinstance(one, Dictionary) and one.get("S") == "/Span"):
            holder, marks = self.at(span["P"]), span["K"]
            if span.keys() == BARE and all(isinstance(mark, int) for mark in marks):
                place = holder["K"].index(span.reference)
                holder["K"][place : place + 1] = marks
                holders[span.number] = holder.number
        return holders


def name_of(html: str) -> str:
    """A name for a chapter; no two of a report are alike, since each has a heading or rows of its own."""
    return hashlib.sha256(html.encode()).hexdigest()[:16]


def profile_of(document: Document) -> bytes:
    """The reference of the colour profile."""
    return document.color_profiles["srgb"].pdf_reference


def sheets_in(path: Path) -> Sheets:
    """The sheets in a file, without their objects."""
    with path.open("rb") as file:
        return pickle.load(file)


def objects_in(path: Path) -> list[Unnumbered]:
    """The objects of the sheets in a file, in the order of their numbers."""
    with path.open("rb") as file:
        pickle.load(file)
        return pickle.load(file)
