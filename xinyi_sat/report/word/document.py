"""The report as a Word file, for the office's own changes: the content of the printed report in real styles and tables."""

import re
from collections.abc import Iterable
from html import unescape

from django.utils.html import strip_tags
from django.utils.timezone import localtime

from xinyi_sat.facts.choices import Basis
from xinyi_sat.facts.models import Change, Document, Fact, Figure
from xinyi_sat.reading.qualifiers import Qualifier
from xinyi_sat.report.charts.chart import Chart
from xinyi_sat.report.charts.layout import Row
from xinyi_sat.report.contents import Annex, report_context
from xinyi_sat.report.imprint import TITLE_LINES, Imprint, Site, chinese_date
from xinyi_sat.report.notes import explanation
from xinyi_sat.report.prose import prose_of
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.sections import Section
from xinyi_sat.report.word.elements import Xml, bookmarked, entry, field_over, paragraph, run, table
from xinyi_sat.report.word.file import WordFile
from xinyi_sat.report.word.picture import picture_of

# No page is known before an office program has set it, and Word sets none into the contents unless somebody asks it to.
HOW_TO_NUMBER = (
    "打开时 Word 问是否更新域，请选“是”，目录随即填上页码：本文件没有引用其他文件。"
    "没有问的，在目录上按右键，选“更新域”（WPS 为“更新目录”）。填好后这一段随之消失。"
)
CONTENTS = r'TOC \o "1-2" \h \z \u'


def word_of(scope: Scope, site: Site) -> bytes:
    """The report as a Word file; the same bytes for the same records and site. MissingFigureError where prose names one that never was."""
    context = report_context(scope, site)
    file = WordFile()
    report = WordReport(context["imprint"], file)
    report.add_chapters(context)
    return file.content(report.imprint, [*report.cover(), *report.contents()])


class WordReport:
    """A report under construction."""

    def __init__(self, imprint: Imprint, file: WordFile):
        self.imprint = imprint
        self.file = file
        self.headings: list[tuple[int, str]] = []
        self.after_table = False

    def add_chapters(self, context: dict) -> None:
        if context["headlines"]:
            self.add_summary(context["headlines"])
        for section in context["sections"]:
            self.add_section(section)
        if context["annex"].figures:
            self.add_annex(context["annex"])
        self.add_notes(context["noted"], context["records"])
        self.add_corrections(context["corrections"])
        self.add_sources(context["documents"])
        self.add_colophon(context["colophon"])

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
        imprint = self.imprint
        lines = [
            ("Subtitle", imprint.association.name),
            ("Title", "\n".join(TITLE_LINES)),
            ("Date", "\n".join([*imprint.scope.parts, imprint.years.replace("（", "\n（")])),
            ("CoverNote", f"{imprint.edition_line}\n数据日期：{chinese_date(imprint.data_as_of)}"),
            *(("CoverNote", f"数据读自《{one}》\n{chinese_date(one.published_on)}发布") for one in imprint.documents),
        ]
        return [paragraph(style, words) for style, words in lines]

    def contents(self) -> list[Xml]:
        """Every chapter and section with its page, as a field that can be brought up to date."""
        entries = [entry(number, level, words) for number, (level, words) in enumerate(self.headings, 1)]
        hint = paragraph("NoteItem", HOW_TO_NUMBER)
        return [paragraph("TOCHeading", "目　　录"), *field_over(CONTENTS, [hint, *entries])]

    def add_summary(self, headlines: list[Figure]) -> None:
        self.add_heading(1, "重点数字")
        rows = [[figure.fact.title, figure.label, counted(figure), self.place(figure.fact)] for figure in headlines]
        self.add_table(["名称", "指标", "数字", "出处"], [72, 26, 38, 20], rows, "重点数字")

    def add_section(self, section: Section) -> None:
        """A chapter: what we say of a service, then its facts, a table for each kind."""
        self.add_heading(1, f"{section.number}、{section.title}")
        prose = prose_of(section, printed=True)
        for words in re.findall("<p>(.*?)</p>", prose, re.DOTALL):
            self.add("BodyText", unescape(strip_tags(words)))
        for chart in section.charts:
            self.add_chart(chart)
        for group in section.groups:
            self.add_heading(2, group.heading)
            self.add_table(
                ["名称", "情况", "数字", "出处"], [44, 54, 38, 20], map(self.fact_row, group.facts), group.label
            )
        if not section.groups:
            self.add("BodyText", "本时期没有记录。")

    def add_chart(self, chart: Chart) -> None:
        """A chart of the printed report under its title, and what it shows as a table, which can be changed here."""
        self.add("ChartTitle", f"{chart.title}（{chart.note}）")
        self.add("ChartPicture", self.file.picture(picture_of(chart.svg)))
        rows = [self.chart_row(row) for row in chart.rows]
        self.add_table(list(chart.columns), list(chart.columns.values()), rows, chart.title)

    def chart_row(self, row: Row) -> list:
        figure = row.figure
        numbers = [figure.printed, self.place(figure.fact, names_document=row.names_document)] if figure else []
        return [row.name, *(words for _, words in row.cells), *numbers]

    def fact_row(self, fact: Fact) -> list:
        numbers = [f"{figure.label} {counted(figure)}" for figure in fact.figures.all()]
        return [fact.title, details_of(fact), numbers or "—", self.place(fact)]

    def place(self, fact: Fact, *, names_document: bool = False) -> str:
        title = f"《{fact.passage.document}》" if names_document else self.title(fact)
        return f"{title}第{fact.passage.paragraph}段"

    def title(self, fact: Fact) -> str:
        """The title of its document where there are several; else nothing, for there is no doubt."""
        return f"《{fact.passage.document}》" if self.imprint.is_of_several else ""

    def add_annex(self, annex: Annex) -> None:
        self.add_heading(1, "附表　全部数字")
        if not annex.is_listed:
            self.add("BodyText", explanation("annex_left_out.txt", annex=annex))
        elif annex.is_marked:
            self.add("BodyText", explanation("wordings.txt"))
        heads = ["段", "起止字位", "名称", "指标", "原文写作", "读法", "口径"]
        if annex.is_listed:
            widths = [11.5, 20.5, 40.9, 18, 29, 14.5, 21.6]
            self.add_table(heads, widths, map(self.annex_row, annex.figures), "全部数字")

    def annex_row(self, figure: Figure) -> list:
        return [
            f"{self.title(figure.fact)}{figure.fact.passage.paragraph}",
            *(figure.place or "—", figure.fact.title, figure.label),
            *(figure.printed, figure.qualifier_label, figure.fact.get_basis_display()),
        ]

    def add_notes(self, noted: list[Fact], records: Chart | None) -> None:
        self.add_heading(1, "说明")
        self.add_heading(2, "（一）人与人次")
        self.add("BodyText", explanation("people.html"))
        self.add_heading(2, "（二）限定词的含义")
        readings = [[one.label, one.examples, one.meaning] for one in Qualifier]
        self.add_table(["读法", "原文用词", "意思"], [20, 50, 86], readings, "限定词的含义")
        self.add_heading(2, "（三）口径和起止字位")
        self.add_table(["口径", "意思"], [40, 116], [[one.label, one.meaning] for one in Basis], "口径的含义")
        self.add("BodyText", explanation("places.txt"))
        if records:
            self.add_heading(2, "（四）收录的记录")
            self.add_chart(records)
        if noted:
            self.add_heading(2, f"（{'五' if records else '四'}）逐项说明")
        for fact in noted:
            self.add("NoteItem", run(fact.title, "NoteSubject"), f"（{self.place(fact)}）：{fact.note}")

    def add_corrections(self, corrections: list[Change]) -> None:
        self.add_heading(1, "更正与修订")
        self.add("BodyText", explanation("signs.txt"))
        last = self.imprint.last_edition
        since = f"{last}（{chinese_date(last.dated_on)}）之后" if last else "公布以来"
        if not corrections:
            self.add("BodyText", f"{since}没有更正或修订。")
            return
        self.add("BodyText", f"{since}的更正与修订如下。")
        rows = [
            [
                *(f"{localtime(one.made_at):%Y-%m-%d}", one.get_kind_display(), one.title),
                *([f"{each.label}：{each.old}\n→ {each.new}" for each in one.differences], one.reason),
            ]
            for one in corrections
        ]
        self.add_table(["日期", "性质", "名称", "改前 → 改后", "理由"], [28, 14, 32, 48, 34], rows, "更正与修订")

    def add_colophon(self, lines: list[tuple[str, str]]) -> None:
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
            self.add("BodyText", explanation("digests.txt"))
            rows = [
                [str(one.paragraph), str(one.length), one.get_role_display(), run(one.digest, "Digest")]
                for one in document.passages.all()
            ]
            self.add_table(["段", "字数", "性质", "校验值"], [12, 12, 20, 112], rows, f"《{document}》各段")
        self.add("TableEnd")


def counted(figure: Figure) -> str:
    """A figure as printed, marked where it counts each year."""
    return f"{figure.printed}（每年）" if figure.fact.basis == Basis.YEARLY else figure.printed


def details_of(fact: Fact) -> str:
    """What only its kind says of a fact, in one line."""
    details = (
        (label, "、".join(map(str, value)) if isinstance(value, list) else value) for label, value in fact.details()
    )
    return "；".join(f"{label}：{words}" for label, words in details)
