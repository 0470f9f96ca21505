"""The binding: the front of a report, then the sheets of its chapters, as one PDF."""

import io
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from itertools import accumulate, chain, count
from math import ceil
from pathlib import Path
from typing import BinaryIO

from pydyf import PDF, Array, Dictionary, Stream
from weasyprint import CSS, Document
from weasyprint.document import Page
from weasyprint.logger import LOGGER

from xinyi_sat.report.press.conformance import claim_accessibility, complete_tags
from xinyi_sat.report.press.folios import PIXEL, TEN_DIGITS, folio_in
from xinyi_sat.report.press.fonts import SharedFonts, all_typefaces
from xinyi_sat.report.press.objects import Written, number_of, written
from xinyi_sat.report.press.pdf_file import PdfFile
from xinyi_sat.report.press.sheets import (
    VARIANT,
    Sheet,
    Sheets,
    objects_in,
    parsed,
    profile_of,
    sheets_in,
    style,
)

# Behind the front, even behind its </html>, where a parser still takes them in: a left and a right page to learn page numbers and typefaces from, and the blank that sheets are laid on.
SPECIMENS = '<div class="press-specimen">{}</div><div class="press-specimen"></div><div class="press-blank"></div>'
STYLE = f"""
.press-specimen {{ page: press-specimen; break-before: page }}
.press-blank {{ page: press-blank; break-before: page }}
@page press-specimen {{ counter-reset: page {TEN_DIGITS} }}
@page press-specimen:left {{ counter-reset: page {TEN_DIGITS} }}
@page press-blank {{ @bottom-left {{ content: none }} @bottom-right {{ content: none }} }}
@page press-blank:left {{ @bottom-left {{ content: none }} @bottom-right {{ content: none }} }}
.contents a::after {{ content: leader("·") attr(data-page) }}
"""
EXTRA = 3  # the pages of SPECIMENS
COVER = 1  # page
KEYS_OF_A_CHAPTER = 100_000  # in the parent tree: more links than a chapter has
LINES_OF_TITLE, LINES_OF_PAGE = 2, 22  # of the contents, where no line is broken: enough to guess their pages


@dataclass(frozen=True)
class Chapter:
    """The sheets of a chapter in a file, and how many pages, objects and keys the chapters before it have."""

    path: Path
    sheets: Sheets
    pages_before: int
    objects_before: int
    keys_before: int


def chapters_in(paths: list[Path]) -> list[Chapter]:
    """The chapters whose sheets are in these files."""
    sheets = [sheets_in(path) for path in paths]
    pages = accumulate((len(one.pages) for one in sheets), initial=0)
    objects = accumulate((len(one.numbers) for one in sheets), initial=0)
    keys = count(KEYS_OF_A_CHAPTER, KEYS_OF_A_CHAPTER)
    return [Chapter(*one) for one in zip(paths, sheets, pages, objects, keys, strict=False)]


def bind(front: str, stylesheets: list[CSS], paths: list[Path], file: BinaryIO) -> None:
    """Write the PDF of a front and the chapters whose sheets are in these files."""
    chapters = chapters_in(paths)
    faces = all_typefaces(one.sheets.typefaces for one in chapters)
    specimens = SPECIMENS.format("".join(face.sample() for face in faces.values()))
    printed = set_front(front + specimens, [*stylesheets, style(STYLE)], chapters)
    *kept, first, second, blank = printed.pages
    bound = [laid_on(blank, sheet) for one in chapters for sheet in one.sheets.pages]
    check_links(kept + bound, chapters)
    document = printed.copy([*kept, *bound, first, second])
    document.fonts = SharedFonts(faces)

    def finish(document: Document, pdf: PDF) -> None:
        document.fonts.check()
        claim_accessibility(pdf)
        complete_tags(document, pdf)
        Binding(pdf, document, len(kept), chapters).write(file)
        pdf.objects.clear()

    document.write_pdf(io.BytesIO(), pdf_variant=VARIANT, pdf_identifier=False, uncompressed_pdf=True, finisher=finish)


def set_front(front: str, stylesheets: list[CSS], chapters: list[Chapter]) -> Document:
    """The front with its extra pages; its links to chapters say on which page they are."""
    source, places = parsed(front), places_in(chapters)
    links = [link for link in source.etree_element.iter("a") if link.get("href", "")[1:] in places]
    length = COVER + ceil((len(links) + LINES_OF_TITLE) / LINES_OF_PAGE)
    while True:  # Where the guess was wrong, the pages have other numbers.
        for link in links:
            link.set("data-page", str(length + places[link.get("href")[1:]]))
        document = source.render(stylesheets=stylesheets, pdf_variant=VARIANT)
        if not links or len(document.pages) - EXTRA == length:
            return document
        length = len(document.pages) - EXTRA


def places_in(chapters: list[Chapter]) -> dict[str, int]:
    """For each name in the chapters its page, counted from the first one behind the front."""
    places: dict[str, int] = {}
    for chapter in chapters:
        for place, sheet in enumerate(chapter.sheets.pages, chapter.pages_before + 1):
            places = dict.fromkeys(sheet.anchors, place) | places
    return places


def laid_on(blank: Page, sheet: Sheet) -> Page:
    """A blank page that has the anchors and bookmarks of a sheet."""
    page = copy(blank)
    page.anchors, page.bookmarks = sheet.anchors, sheet.bookmarks
    return page


def check_links(pages: list[Page], chapters: list[Chapter]) -> None:
    """Drop the anchors that nothing leads to; complain of those that are missing, as WeasyPrint does of its own."""
    led_to = {link[1] for page in pages for link in page.links if link[0] == "internal"}
    wanted = led_to.union(*(one.sheets.wanted for one in chapters))
    for page in pages:
        page.anchors = {name: place for name, place in page.anchors.items() if name in wanted}
    for name in sorted(wanted - led_to - set(chain.from_iterable(page.anchors for page in pages))):
        LOGGER.error("No anchor #%s for internal URI reference", name)


class Binding:
    """The PDF of the front with a blank page for each sheet and two specimens, and the sheets that are laid on it."""

    def __init__(self, pdf: PDF, document: Document, front: int, chapters: list[Chapter]):
        self.pdf, self.front, self.chapters = pdf, front, chapters
        self.pages: list[Dictionary] = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
        self.root = self.at(pdf.catalog["StructTreeRoot"])
        self.body = self.at(self.root["K"][0])
        resources = self.at(self.pages[0]["Resources"])
        self.shared = {
            "pages": pdf.pages.number,
            "document": self.body.number,
            "fonts": number_of(resources["Font"]),
            "colours": number_of(resources["ColorSpace"]),
            "profile": number_of(profile_of(document)),
        }
        height = document.pages[0].height * PIXEL
        # The first specimen was set right behind the front.
        self.folios = {
            number % 2: folio_in(self.at(page["Contents"]), height, document.fonts, is_right=bool(number % 2))
            for number, page in enumerate(self.pages[-2:], front + 1)
        }

    def at(self, reference: bytes) -> Dictionary | Stream:
        """The object that a reference names."""
        return self.pdf.objects[number_of(reference)]

    def write(self, file: BinaryIO) -> None:
        """Put the sheets on the pages and write all of it."""
        self.pdf.add_object(self.pdf.info)
        self.lay_sheets()
        dropped = self.drop_specimens()
        last = self.chapters[-1] if self.chapters else None
        objects = len(self.pdf.objects) - 1 + (last.objects_before + len(last.sheets.numbers) if last else 0)
        bound = PdfFile(file, objects)
        numbers = [number for number in range(1, len(self.pdf.objects)) if number not in dropped]
        for one in self.pdf.objects:
            if isinstance(one, Stream):
                one.compress = one.extra.get("Type") != "/Metadata"
        add(bound, zip(numbers, (written(self.pdf.objects[number]) for number in numbers), strict=True))
        for chapter in self.chapters:
            add(bound, self.objects_of(chapter))
        bound.close(self.pdf.catalog.number, self.pdf.info.number)

    def number(self, chapter: Chapter) -> dict[int, int]:
        """The number in the bound file of each object that the chapter has or names, and of each ~key in the parent tree."""
        first = len(self.pdf.objects) + chapter.objects_before
        numbers = {number: first + place for place, number in enumerate(chapter.sheets.numbers)}
        numbers |= {number: self.shared[name] for name, number in chapter.sheets.shared.items()}
        numbers |= {~key: chapter.keys_before + key for key in chapter.sheets.links}
        pages = self.pages[self.front + chapter.pages_before :]
        return numbers | {sheet.number: page.number for sheet, page in zip(chapter.sheets.pages, pages, strict=False)}

    def objects_of(self, chapter: Chapter) -> Iterator[tuple[int, Written]]:
        """The objects of a chapter under the numbers that they have in the bound file."""
        numbers = self.number(chapter)
        for number, one in zip(chapter.sheets.numbers, objects_in(chapter.path), strict=True):
            yield numbers[number], one.numbered(numbers)

    def lay_sheets(self) -> None:
        """Let each blank page show a sheet and its own number, and the structure tree hold what the sheets say."""
        parents = self.at(self.root["ParentTree"])
        pages, links = parents["Nums"][: 2 * self.front], parents["Nums"][2 * len(self.pages) :]
        kept = {page.reference for page in self.pages[: self.front]}
        elements = [one for one in self.body["K"] if self.at(one)["Pg"] in kept]
        for chapter in self.chapters:
            numbers = self.number(chapter)
            for place, sheet in enumerate(chapter.sheets.pages, self.front + chapter.pages_before):
                self.lay(sheet, self.pages[place], place + 1, numbers)
                pages += [place, references(sheet.marked, numbers)]
            for key, element in chapter.sheets.links.items():
                links += [numbers[~key], reference(element, numbers)]
            elements += references(chapter.sheets.elements, numbers)
        parents["Nums"], self.body["K"] = Array(pages + links), Array(elements)

    def lay(self, sheet: Sheet, page: Dictionary, number: int, numbers: dict[int, int]) -> None:
        """Let a blank page show a sheet and its own number."""
        self.at(page["Contents"]).stream = [self.folios[number % 2].drawing(number)]
        page["Contents"] = Array([page["Contents"], reference(sheet.drawing, numbers)])
        page["Resources"] = reference(sheet.resources, numbers)
        if sheet.links:
            page["Annots"] = references(sheet.links, numbers)

    def drop_specimens(self) -> set[int]:
        """Take the specimens from the pages; the objects that are theirs or a blank page's."""
        specimens = self.pages[-2:]
        del self.pdf.pages["Kids"][-2 * 3 :]
        self.pdf.pages["Count"] -= 2
        blank = {page.reference for page in self.pages[self.front :]}
        elements = {one.number for one in self.pdf.objects if isinstance(one, Dictionary) and one.get("Pg") in blank}
        return elements.union(*({page.number, number_of(page["Contents"])} for page in specimens))


def reference(number: int, numbers: dict[int, int]) -> bytes:
    """A reference to an object of a chapter in the bound file."""
    return b"%d 0 R" % numbers[number]


def references(numbers_of_chapter: list[int], numbers: dict[int, int]) -> Array:
    """References to objects of a chapter in the bound file."""
    return Array([reference(one, numbers) for one in numbers_of_chapter])


def add(bound: PdfFile, objects: Iterable[tuple[int, Written]]) -> None:
    """Write objects; those that are no streams are packed together."""
    packed = []
    for number, one in objects:
        if one.stream is None:
            packed.append((number, one.dictionary))
        else:
            bound.add_stream(number, one.dictionary, one.stream)
    bound.add_packed(packed)
