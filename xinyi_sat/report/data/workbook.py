"""The data of a report as one workbook: cover, contents, notes, then a real table a sheet."""

from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.models import Measure
from xinyi_sat.report.colophon import data_lines
from xinyi_sat.report.data.resources import Resource, fact_resources
from xinyi_sat.report.data.sheets import Book, Sheet
from xinyi_sat.report.imprint import TITLE, Imprint, Site
from xinyi_sat.report.notes import NOTE_TITLES, notes_of
from xinyi_sat.report.scope import Scope


def workbook_of(scope: Scope, site: Site) -> bytes:
    """The workbook of a report; the same bytes for the same records and site."""
    imprint = Imprint(scope)
    notes, tables = notes_of(scope), fact_resources(imprint, site)
    listed = [
        ("封面", "标题、时期、出处和本工作簿的内容", None),
        ("目录", "各工作表，可点击前往", None),
        ("说明", "怎样读数字，逐项说明", len(notes)),
        *((table.title, table.description, len(table.rows)) for table in tables),
    ]
    book = Book(properties_of(imprint))
    cover, contents, explained, *sheets = (book.new_sheet(title) for title, _, _ in listed)
    fill_cover(cover, imprint, tables)
    contents.fill("contents", ["工作表", "内容", "行数"], listed, links=True)
    explained.fill("notes", list(NOTE_TITLES), notes)
    for sheet, table in zip(sheets, tables, strict=True):
        sheet.fill(table.name, [column.title for column in table.columns], shown_rows(table, imprint))
    return book.content()


def properties_of(imprint: Imprint) -> dict:
    """What the file says of itself."""
    return {
        "title": imprint.title,
        "author": imprint.association.name,
        "company": imprint.association.name,
        "subject": f"{imprint.years}的数字与记录，逐项注明出处",
        "status": imprint.edition_line,
        "comments": imprint.citation,
        "created": imprint.created,
    }


def fill_cover(sheet: Sheet, imprint: Imprint, tables: list[Resource]) -> None:
    """Who, what, of which years, which edition, from what, and what is in it."""
    figures, facts, *kinds = tables
    contained = f"{len(figures.rows)} 个数字，{len(facts.rows)} 条记录，分 {len(kinds)} 类"
    lines = [
        ("范围", "，".join(imprint.scope.parts)),
        ("时期", imprint.years),
        ("时期说明", imprint.period.note),
        *data_lines(imprint),
        *(("数据读自", source) for source in imprint.sources),
        ("内容", f"{contained}；各表见“目录”，怎样读数字见“说明”。"),
        ("引用", imprint.citation),
    ]
    sheet.fill_cover(imprint.association.name, TITLE, [line for line in lines if line[1]])


def shown_rows(table: Resource, imprint: Imprint) -> list[list]:
    """Its rows, those of figures and facts with words for readers in place of those for programs; a kind has them already."""
    if table.name not in ("figures", "facts"):
        return table.rows
    names = [column.name for column in table.columns]
    words = {column.name: column.choices for column in table.columns} | {
        "period": {imprint.period.slug: str(imprint.period)},
        "document": {one.slug: str(one) for one in imprint.documents},
        "measure": dict(Measure.objects.values_list("slug", "label")),
    }
    return [shown_row(dict(zip(names, row, strict=True)), words) for row in table.rows]


def shown_row(row: dict, words: dict[str, dict[str, str]]) -> list:
    """One row in words for readers, with the mark of a figure that was corrected."""
    cells = {name: words[name].get(cell, cell) for name, cell in row.items()}
    if row.get("corrected"):
        cells["wording"] += f"〔{ChangeKind(row['corrected']).sign}〕"
    return list(cells.values())
