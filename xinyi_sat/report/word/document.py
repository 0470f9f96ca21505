"""The report as a Word file, for the office's own changes: the content of the printed report in real styles and tables."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from html import unescape

from django.utils.html import strip_tags
from django.utils.timezone import localtime

from xinyi_sat.facts.changes.differences import Difference
from xinyi_sat.facts.choices import Basis
from xinyi_sat.facts.figures import Figure, figures_of
from xinyi_sat.facts.models import Document, Fact
from xinyi_sat.facts.models.history import Change
from xinyi_sat.reading.qualifiers import Qualifier
from xinyi_sat.report.annex import Annex
from xinyi_sat.report.chapters import CHANGE_LINE
from xinyi_sat.report.charts.chart import Chart
from xinyi_sat.report.charts.layout import Row
from xinyi_sat.report.charts.svg import width_of
from xinyi_sat.report.contents import report_context
from xinyi_sat.report.imprint import ASSOCIATION, TITLE_LINES, Imprint, Site, chinese_date
from xinyi_sat.report.notes import annex_left_out, digests, people_and_attendances, places, signs, undrawn, wordings
from xinyi_sat.report.prose import prose_of
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.sections import Section
from xinyi_sat.report.typefaces import typefaces_asked_for
from xinyi_sat.report.word.elements import Xml, bookmarked, entry, field_over, paragraph, run, table
from xinyi_sat.report.word.file import WordFile
from xinyi_sat.report.word.picture import picture_of

# No page is known before an office program has set it, and Word sets none into the contents without being told to.
HOW_TO_NUMBER = (
    "打开时 Word 问是否更新域，请选“是”，目录随即填上页码：本文件没有引用其他文件。"
    "没有问的，在目录上按右键，选“更新域”（WPS 为“更新目录”）。填好后这一段随之消失。"
)
NUMBER_LINE = 9  # Chinese characters in a line of the column of numbers, the gaps about digits left out
CONTENTS = r'TOC \o "1-2" \h \z \u'


def word_of(scope: Scope, site: Site) -> bytes:
    """The report as a Word file; the same bytes for the same records and site. MissingFigure where prose names one that never was."""
    context = report_context(scope, site, typefaces_asked_for)
    with WordFile() as file:
        report = WordReport(context["imprint"], file)
        chapters = report.chapters(context)
        while chapters:
            chapters.pop(0)()  # what it was made of is forgotten
        return file.content(report.imprint, [*report.cover(), *report.contents()])


class WordReport:
    """A report under construction."""

    def __init__(self, imprint: Imprint, file: WordFile):
        self.imprint = imprint
        self.file = file
        self.headings: list[tuple[int, str]] = []
        self.after_table = False

    def chapters(self, context: dict) -> list[Callable[[], None]]:
        """What writes each chapter, in their order."""
        sections = context.pop("sections")
        return [
            *([partial(self.add_summary, context["headlines"])] if context["headlines"] else []),
            *(partial(self.add_section, sections.pop(0)) for _ in range(len(sections))),
            *([partial(self.add_annex, context["annex"])] if context["annex"].figures else []),
            partial(self.add_notes, context["noted"], context["records"]),
            partial(self.add_corrections, context["corrections"]),
            partial(self.add_sources, context["documents"]),
            partial(self.add_colophon, context["colophon"]),
        ]

    @property
    def title_room(self) -> int:
        """How many millimetres a place needs for the title of its document: none where there is one document."""
        return 12 if self.imprint.is_of_several else 0

    def add(self, style: str, *parts: Xml | str) -> None:
        """A paragraph at the end, with a little room behind a table; a chapter begins a page and needs none."""
        if self.after_table and style != "Heading1":
            self.file.append([paragraph("TableEnd")])
        self.after_table = False
        self.file.append([paragraph(style, *parts)])

    def add_heading(self, level: int, words: str) -> None:
        """A chapter or a section, with a bookmark for the contents."""
        self.headings.append((level, words))
        self.add(f"Heading{level}", *bookmarked(len(self.headings), run(words)))

    def add_table(self, heads: list[str], widths: list[float], rows: Iterable[list], caption: str) -> None:
        """A table whose columns are so many millimetres wide; those of the type area are 156."""
        self.file.append(table(heads, widths, rows, caption))
        self.after_table = True

    def cover(self) -> list[Xml]:
        """Who, what, of which years, read from what."""
        imprint = self.imprint
        lines = [
            ("Subtitle", ASSOCIATION),
            ("Title", "\n".join(TITLE_LINES)),
            ("Date", "\n".join([*imprint.scope.parts, imprint.years.replace("（", "\n（")])),
            ("CoverNote", f"{imprint.edition_line}\n数据日期：{chinese_date(imprint.data_as_of)}"),
            *(("CoverNote", f"数据读自《{one}》\n{chinese_date(one.published_on)}发布") for one in imprint.documents),
        ]
        return [paragraph(style, words) for style, words in lines]

    def contents(self) -> list[Xml]:
        """Every chapter and section with its page, as a field that can be brought up to date."""
        entries = [entry(number, level, words) for number, (level, words) in enumerate(self.headings, 1)]
        told = paragraph("NoteItem", HOW_TO_NUMBER)
        return [paragraph("TOCHeading", "目　　录"), *field_over(CONTENTS, [told, *entries])]

    def add_summary(self, headlines: list[Figure]) -> None:
        """The figures that matter most."""
        self.add_heading(1, "重点数字")
        rows = [[figure.title, figure.label, counted(figure), self.where(figure)] for figure in headlines]
        self.add_table(
            ["名称", "指标", "数字", "出处"], [72 - self.title_room, 26, 38, 20 + self.title_room], rows, "重点数字"
        )

    def add_section(self, section: Section) -> None:
        """A chapter: what we say of a service, then its facts, a table for each kind."""
        self.add_heading(1, f"{section.number}、{section.title}")
        prose = prose_of(section, printed=True)
        for words in re.findall("<p>(.*?)</p>", prose, re.DOTALL):
            self.add("BodyText", unescape(strip_tags(words)))
        for chart in section.charts:
            self.add_chart(chart)
        if section.undrawn:
            self.add("BodyText", undrawn(section))
        for group in section.groups:
            self.add_heading(2, group.heading)
            widths = [44, 54 - self.title_room, 38, 20 + self.title_room]
            self.add_table(["名称", "情况", "数字", "出处"], widths, map(self.fact_row, group.facts), group.label)
        if not section.groups:
            self.add("BodyText", "本时期没有记录。")

    def add_chart(self, chart: Chart) -> None:
        """A chart of the printed report under its title, and what it shows as a table, which can be changed here."""
        self.add("ChartTitle", f"{chart.title}（{chart.note}）")
        self.add("ChartPicture", self.file.picture(picture_of(chart.svg)))
        name, *others, last = chart.columns.values()
        room = self.title_room if chart.sort == "bars" else 0
        widths = [name - room, *others, last + room]
        self.add_table(list(chart.columns), widths, [self.chart_row(row) for row in chart.rows], chart.title)

    def chart_row(self, row: Row) -> list:
        """A row of the data of a chart."""
        figure = row.figure
        numbers = [figure.printed, self.where(figure, names_document=row.names_document)] if figure else []
        return [row.name, *(words for _, words in row.cells), *numbers]

    def fact_row(self, fact: Fact) -> list:
        """A fact: its name, what is said of it, its figures, where it stands."""
        numbers = [labelled(figure) for figure in figures_of(fact)]
        return [fact.title, details_of(fact), numbers or "—", self.where_of(fact)]

    def where_of(self, fact: Fact) -> str:
        """The paragraph of a fact."""
        return self.place(fact.passage.document.title, fact.passage.paragraph)

    def where(self, figure: Figure, *, names_document: bool = False) -> str:
        """The paragraph of a figure."""
        return self.place(figure.document_title, figure.paragraph, names_document=names_document)

    def place(self, document: str, number: int, *, names_document: bool = False) -> str:
        """A paragraph, with its document where there are several."""
        return f"{f'《{document}》' if names_document else self.titled(document)}第{number}段"

    def titled(self, document: str) -> str:
        """The title of a document where there are several; else nothing, for there is no doubt."""
        return f"《{document}》" if self.imprint.is_of_several else ""

    def add_annex(self, annex: Annex) -> None:
        """All figures, or where they are listed instead."""
        self.add_heading(1, "附表　全部数字")
        if not annex.is_listed:
            self.add("BodyText", annex_left_out(annex))
        elif annex.is_marked:
            self.add("BodyText", wordings())
        heads = ["段", "起止字位", "名称", "指标", "原文写作", "读法", "口径"]
        for part in annex.parts:
            if part.heading:
                self.add_heading(2, part.heading)
            widths = [11.5 + self.title_room, 20.5, 40.9 - self.title_room, 18, 29, 14.5, 21.6]
            self.add_table(heads, widths, map(self.annex_row, part.figures), part.heading or "全部数字")

    def annex_row(self, figure: Figure) -> list:
        """A figure with everything that tells how to read it."""
        return [
            f"{self.titled(figure.document_title)}{figure.paragraph}",
            *(figure.place or "—", figure.title, figure.label),
            *(figure.printed, figure.quantity.qualifier.label, figure.basis_label),
        ]

    def add_notes(self, noted: list[Fact], records: Chart | None) -> None:
        """How to read a figure, and what is to be known of single facts."""
        self.add_heading(1, "说明")
        self.add_heading(2, "（一）人与人次")
        self.add("BodyText", people_and_attendances())
        self.add_heading(2, "（二）限定词的含义")
        readings = [[one.label, one.examples, one.meaning] for one in Qualifier]
        self.add_table(["读法", "原文用词", "意思"], [20, 50, 86], readings, "限定词的含义")
        self.add_heading(2, "（三）口径和起止字位")
        self.add_table(["口径", "意思"], [40, 116], [[one.label, one.meaning] for one in Basis], "口径的含义")
        self.add("BodyText", places())
        if records:
            self.add_heading(2, "（四）收录的记录")
            self.add_chart(records)
        if noted:
            self.add_heading(2, f"（{'五' if records else '四'}）逐项说明")
        for fact in noted:
            self.add("NoteItem", run(fact.title, "NoteSubject"), f"（{self.where_of(fact)}）：{fact.note}")

    def add_corrections(self, corrections: list[Change]) -> None:
        """What was corrected or revised since the last edition, and why."""
        self.add_heading(1, "更正与修订")
        self.add("BodyText", signs())
        last = self.imprint.last_edition
        since = f"{last}（{chinese_date(last.dated_on)}）之后" if last else "公布以来"
        if not corrections:
            self.add("BodyText", f"{since}没有更正或修订。")
            return
        self.add("BodyText", f"{since}的更正与修订如下。")
        rows = [
            [
                *(f"{localtime(one.history_date):%Y-%m-%d}", one.get_change_kind_display(), one.title),
                *([difference_lines(each) for each in one.differences], one.history_change_reason),
            ]
            for one in corrections
        ]
        self.add_table(["日期", "性质", "名称", "改前 → 改后", "理由"], [28, 14, 32, 48, 34], rows, "更正与修订")

    def add_colophon(self, lines: list[tuple[str, str]]) -> None:
        """Which data this is, and how to cite it."""
        self.add_heading(1, "版本说明")
        for label, words in lines:
            self.add("NoteItem", run(label, "NoteSubject"), f"：{words}")

    def add_sources(self, documents: list[Document]) -> None:
        """What was read, and how to tell whether it is the same text."""
        self.add_heading(1, "出处")
        if self.imprint.period.note:
            self.add("BodyText", self.imprint.period.note)
        for source, document in zip(self.imprint.sources, documents, strict=True):
            self.add("BodyText", f"{source}。{document.note}")
            self.add("BodyText", digests())
            rows = [
                [str(one.paragraph), str(one.length), one.get_role_display(), run(one.digest, "Digest")]
                for one in document.passages.all()
            ]
            self.add_table(["段", "字数", "性质", "校验值"], [12, 12, 20, 112], rows, f"《{document}》各段")
        self.add("TableEnd")


def counted(figure: Figure) -> str:
    """A figure as printed, marked where it counts each year."""
    return f"{figure.printed}（每年）" if figure.basis == Basis.YEARLY else figure.printed


def labelled(figure: Figure) -> str:
    """A figure behind what it counts; below it where both have no room in a line, which Word would break before the unit."""
    words = f"{figure.label} {counted(figure)}"
    return words if width_of(words, 1) <= NUMBER_LINE else f"{figure.label}\n{counted(figure)}"


def difference_lines(one: Difference) -> str:
    """A difference with its old and its new words at the beginning of a line, where a figure has room."""
    old = f"{one.label}：{one.old}"
    return "\n".join([old if len(old) <= CHANGE_LINE else f"{one.label}：\n{one.old}", f"→ {one.new}"])


def details_of(fact: Fact) -> str:
    """What only its kind says of a fact, in one line."""
    said = (
        (label, "、".join(map(str, value)) if isinstance(value, list) else value) for label, value in fact.details()
    )
    return "；".join(f"{label}：{words}" for label, words in said)
