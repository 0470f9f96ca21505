"""The report as a Word file, for the office's own changes: the content of the printed report in real styles and tables."""

import re
from html import unescape

from django.utils.html import strip_tags
from django.utils.timezone import localtime
from docx.oxml.xmlchemy import BaseOxmlElement

from xinyi_sat.facts.choices import Basis
from xinyi_sat.facts.figures import Figure, figures_of
from xinyi_sat.facts.models import Document, Fact
from xinyi_sat.facts.models.history import Change
from xinyi_sat.facts.qualifiers import Qualifier
from xinyi_sat.report.charts.table import Chart
from xinyi_sat.report.contents import report_context
from xinyi_sat.report.imprint import ASSOCIATION, TITLE_LINES, Imprint, Site, chinese_date
from xinyi_sat.report.notes import digests, people_and_attendances, signs
from xinyi_sat.report.prose import prose_of
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.sections import Section
from xinyi_sat.report.word_elements import bookmarked, entry, field_over, paragraph, run, table
from xinyi_sat.report.word_page import content_of, empty_document

CONTENTS = r'TOC \o "1-2" \h \z \u'


def word_of(scope: Scope, site: Site) -> bytes:
    """The report as a Word file; the same bytes for the same records and site. MissingFigure where prose names one that is not there."""
    context = report_context(scope, site)
    report = WordReport(context["imprint"])
    report.add_cover()
    contents = report.add("TOCHeading", "目　　录")
    if context["headlines"]:
        report.add_summary(context["headlines"])
    for section in context["sections"]:
        report.add_section(section)
    if context["figures"]:
        report.add_annex(context["figures"])
    report.add_notes(context["noted"], context["records"])
    report.add_corrections(context["corrections"])
    report.add_sources(context["documents"])
    report.add_colophon(context["colophon"])
    report.add_contents(contents)
    return content_of(report.file)


class WordReport:
    """A report under construction."""

    def __init__(self, imprint: Imprint):
        self.imprint = imprint
        self.file = empty_document(imprint)
        self.headings: list[tuple[int, str]] = []
        self.after_table = False

    def add(self, style: str, *parts: BaseOxmlElement | str) -> BaseOxmlElement:
        """A paragraph at the end, with a little room behind a table; a chapter begins a page and needs none."""
        if self.after_table and style != "Heading1":
            self.append(paragraph("TableEnd"))
        self.after_table = False
        return self.append(paragraph(style, *parts))

    def append(self, made: BaseOxmlElement) -> BaseOxmlElement:
        """Anything at the end, before the properties of the page."""
        self.file.element.body[-1].addprevious(made)
        return made

    def add_heading(self, level: int, words: str) -> None:
        """A chapter or a section, with a bookmark for the contents."""
        self.headings.append((level, words))
        self.add(f"Heading{level}", *bookmarked(len(self.headings), run(words)))

    def add_table(self, heads: list[str], widths: list[int], rows: list[list], caption: str) -> None:
        """A table whose columns are so many millimetres wide; those of the type area are 156."""
        self.append(table(heads, widths, rows, caption))
        self.after_table = True

    def add_cover(self) -> None:
        """Who, what, of which years, read from what."""
        self.add("Subtitle", ASSOCIATION)
        self.add("Title", "\n".join(TITLE_LINES))
        for part in self.imprint.scope.parts:
            self.add("Date", part)
        self.add("Date", self.imprint.years.replace("（", "\n（"))
        self.add("CoverNote", f"{self.imprint.edition_line}\n数据截至{chinese_date(self.imprint.data_as_of)}")
        for one in self.imprint.documents:
            self.add("CoverNote", f"数据读自《{one}》\n{chinese_date(one.published_on)}发布")

    def add_contents(self, heading: BaseOxmlElement) -> None:
        """Every chapter and section with its page, as a field that can be brought up to date."""
        entries = [entry(number, level, words) for number, (level, words) in enumerate(self.headings, 1)]
        for made in reversed(field_over(CONTENTS, entries)):
            heading.addnext(made)

    def add_summary(self, headlines: list[Figure]) -> None:
        """The figures that matter most."""
        self.add_heading(1, "重点数字")
        rows = [[figure.title, figure.label, counted(figure), self.where(figure)] for figure in headlines]
        self.add_table(["名称", "指标", "数字", "出处"], [70, 30, 38, 18], rows, "重点数字")

    def add_section(self, section: Section) -> None:
        """A chapter: what we say of a service, then its facts, a table for each kind."""
        self.add_heading(1, f"{section.number}、{section.title}")
        prose = prose_of(section, printed=True)
        for words in re.findall("<p>(.*?)</p>", prose, re.DOTALL):
            self.add("BodyText", unescape(strip_tags(words)))
        for chart in section.charts:
            self.add_data_of(chart)
        for group in section.groups:
            self.add_heading(2, group.heading)
            rows = [self.fact_row(fact) for fact in group.facts]
            self.add_table(["名称", "情况", "数字", "出处"], [44, 56, 38, 18], rows, group.label)
        if not section.groups:
            self.add("BodyText", "本时期没有记录。")

    def add_data_of(self, chart: Chart) -> None:
        """What a chart of the printed report shows, as a table under its title: a picture could not be changed here."""
        self.add("ChartTitle", f"{chart.title}（{chart.note}）")
        rows = [
            [
                *(row.name, *(words for _, words in row.cells)),
                *(
                    [str(row.figure.quantity), self.where(row.figure, names_document=row.names_document)]
                    if row.figure
                    else []
                ),
            ]
            for row in chart.rows
        ]
        self.add_table(list(chart.heads), list(chart.widths), rows, chart.title)

    def fact_row(self, fact: Fact) -> list:
        """A fact: its name, what is said of it, its figures, where it stands."""
        numbers = [f"{figure.label} {counted(figure)}" for figure in figures_of(fact)]
        return [fact.title, details_of(fact), numbers or "—", self.where_of(fact)]

    def where_of(self, fact: Fact) -> str:
        """The paragraph of a fact."""
        return self.place(fact.passage.document.title, fact.passage.paragraph)

    def where(self, figure: Figure, *, names_document: bool = False) -> str:
        """The paragraph of a figure."""
        return self.place(figure.document_title, figure.paragraph, names_document=names_document)

    def place(self, document: str, number: int, *, names_document: bool = False) -> str:
        """A paragraph, with its document where there are several."""
        several = names_document or len(self.imprint.documents) > 1
        return f"《{document}》第{number}段" if several else f"第{number}段"

    def add_annex(self, figures: list[Figure]) -> None:
        """All figures."""
        self.add_heading(1, "附表　全部数字")
        rows = [
            [
                *(self.where(figure), figure.place or "—", figure.title, figure.label),
                *(figure.printed, figure.quantity.qualifier.label, figure.basis_label),
            ]
            for figure in figures
        ]
        heads = ["出处", "字位", "名称", "指标", "原文写作", "读法", "口径"]
        self.add_table(heads, [18, 21, 29, 24, 24, 15, 25], rows, "全部数字")

    def add_notes(self, noted: list[Fact], records: Chart | None) -> None:
        """How to read a figure, and what is to be known of single facts."""
        self.add_heading(1, "说明")
        self.add_heading(2, "（一）人与人次")
        self.add("BodyText", people_and_attendances())
        self.add_heading(2, "（二）限定词的读法")
        readings = [[one.label, one.examples, one.meaning] for one in Qualifier]
        self.add_table(["读法", "原文用词", "意思"], [20, 50, 86], readings, "限定词的读法")
        if records:
            self.add_heading(2, "（三）收录的记录")
            self.add_data_of(records)
        if noted:
            self.add_heading(2, f"（{'四' if records else '三'}）逐项说明")
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
                *([str(difference) for difference in one.differences], one.history_change_reason),
            ]
            for one in corrections
        ]
        self.add_table(["日期", "性质", "名称", "改前 → 改后", "理由"], [24, 14, 34, 48, 36], rows, "更正与修订")

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
            self.add_table(["段", "字数", "作用", "校验值"], [12, 12, 20, 112], rows, f"《{document}》各段")
        self.add("TableEnd")


def counted(figure: Figure) -> str:
    """A figure as printed, marked where it counts each year."""
    return f"{figure.printed}（每年）" if figure.basis == Basis.YEARLY else figure.printed


def details_of(fact: Fact) -> str:
    """What only its kind says of a fact, in one line."""
    said = (
        (label, "、".join(map(str, value)) if isinstance(value, list) else value) for label, value in fact.details()
    )
    return "；".join(f"{label}：{words}" for label, words in said)
