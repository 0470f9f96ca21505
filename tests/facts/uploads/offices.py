"""Workbooks as offices send them, and the year they are for."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from django.contrib.auth.models import User

from outreach.models import Training
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, Fact, Organisation, Passage, Period, digest_of
from xinyi_sat.facts.uploads.checking import Asked, Checked, check, check_sheets
from xinyi_sat.facts.uploads.saving import Why, save_rows
from xinyi_sat.facts.uploads.sheets import Sheet
from xinyi_sat.facts.uploads.since import last_change
from xinyi_sat.facts.uploads.stamp import SLUG, Stamp

PARAGRAPHS = ["本年工作", "办了12期农技班，来了近300人；另有两大协会参加。", "科技节到场1.5万人次，招募志愿者80余名。"]
FARM_COURSE = {
    "名称": "农技班",
    "标识": "farm-course",
    "形式": "培训班",
    "期数": "12期",
    "人数": "近300人",
    "服务": "为提高全民科学素质服务",
    "段落": "2",
}
ODS = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns"


def next_year(state: str = "draft") -> Period:
    """A year that is being entered, with its document and paragraphs."""
    period = Period.objects.create(
        slug="2031", title="2031年", starts_on=date(2031, 1, 1), ends_on=date(2031, 12, 31), state=state
    )
    publisher = Organisation.objects.get(slug="xinyi-ast")
    document = Document.objects.create(
        slug="review-2031", title="2031年工作回顾", publisher=publisher, published_on=date(2032, 1, 5), period=period
    )
    for number, text in enumerate(PARAGRAPHS, 1):
        Passage.objects.create(document=document, paragraph=number, length=len(text), digest=digest_of(text))
    return period


def sheet(*rows: dict[str, Any], title: str = "培训") -> Sheet:
    """A sheet with these rows under the headers that any of them has; the first row is row 2."""
    headers = list(dict.fromkeys(header for row in rows for header in row))
    lines = [[row.get(header) for header in headers] for row in rows]
    return Sheet(title, list(enumerate([headers, *lines], 1)))


def filled(*rows: dict[str, Any], kind: type[Fact] = Training) -> Sheet:
    """The same in a sheet that was downloaded for the year just now, filled with the records there are."""
    made = sheet(*rows, title=str(kind._meta.verbose_name))
    _, headers = made.rows[0]
    headers[headers.index(SLUG)] = Stamp("2031年", last_change(kind)).beside(SLUG)
    return made


def compared(period: Period, *sheets: Sheet, kind: type[Fact] | None = None) -> Checked:
    """What these sheets would do."""
    asked = Asked(path=Path(), name="", period=period, kind=kind, allowed=fact_kinds())
    return check_sheets(list(sheets), asked, lambda *progress: None)


def checked_file(path: Path, period: Period, kind: type[Fact] | None = None, user: User | None = None) -> Checked:
    """What a file would do that this user uploads."""
    asked = Asked(path, path.name, period, kind, fact_kinds(), user and user.pk)
    return check(asked, lambda *progress: None)


def refusals(checked: Checked) -> list[tuple[int, str, str]]:
    """What is refused: row, column, reason."""
    return [(row.number, header, reason) for row in checked.rows for header, reason in row.refusals]


def saved(checked: Checked, period: Period, **said: Any) -> None:
    """Save what was compared, as an admin would."""
    user, _ = User.objects.get_or_create(username="编辑")
    save_rows(checked.rows, period, Why(**{"user": user, "reason": "录入2031年"} | said))


def entered(period: Period, **fields: str) -> Training:
    """A training of the year, uploaded before."""
    saved(compared(period, sheet(FARM_COURSE | fields)), period, publishes=True)
    return Training.objects.get(period=period)


def workbook(**sheets: list[list]) -> bytes:
    """An .xlsx of these sheets, row by row; a formula is a pair: what it says, and the result it had."""
    whole = io.BytesIO()
    book = xlsxwriter.Workbook(whole, {"strings_to_formulas": False, "strings_to_urls": False})
    for title, rows in sheets.items():
        made = book.add_worksheet(title)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, tuple):
                    made.write_formula(number, place, cell[0], None, cell[1])
                else:
                    made.write(number, place, cell)
    book.close()
    return whole.getvalue()


def table(*rows: dict[str, str]) -> list[list]:
    """The rows of a sheet, headers first."""
    return [cells for _, cells in sheet(*rows).rows]


def open_document(rows: list[list[str]], more: str = "") -> bytes:
    """An .ods of one sheet of texts, with anything more that its table is to hold."""
    cells = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
    names = "".join(f' xmlns:{name}="{NAMESPACE}:{name}:1.0"' for name in ("office", "table", "text"))
    xml = (
        f'<?xml version="1.0"?><office:document-content{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="培训">{cells}{more}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{NAMESPACE}:manifest:1.0"/>'
    return zipped({"mimetype": ODS, "META-INF/manifest.xml": manifest, "content.xml": xml})


def ods_cell(text: str | None) -> str:
    """One cell."""
    return f'<table:table-cell office:value-type="string"><text:p>{text or ""}</text:p></table:table-cell>'


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A zip of these files."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return whole.getvalue()


def with_part(content: bytes, name: str, part: str | bytes) -> bytes:
    """A zip with one file in it replaced or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zipped({one: archive.read(one) for one in archive.namelist()} | {name: part})
