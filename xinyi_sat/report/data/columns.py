"""What stands in each column of the tables in the report's files: name, title, what it means, and its type."""

from dataclasses import dataclass, field

from django.db.models import BooleanField, DateField, Model, PositiveIntegerField
from django_tables2.columns import BoundColumn as TableColumn

from xinyi_sat.facts.choices import CHOSEN_BY_ADMINS, Basis, Service
from xinyi_sat.facts.models import fact_kinds
from xinyi_sat.pages.columns import BoundColumn
from xinyi_sat.pages.tables import FactTable
from xinyi_sat.reading.qualifiers import Qualifier


@dataclass(frozen=True)
class Column:
    """One column of a table in a file; `choices` are the words it may hold, each with what a reader sees."""

    name: str
    title: str
    description: str = ""
    type: str = "string"
    choices: dict[str, str] = field(default_factory=dict)


TYPES = {DateField: "date", BooleanField: "boolean", PositiveIntegerField: "integer"}  # all others are strings
URL = Column("url", "网址", "记录在本站的页面。")
PARAGRAPH = Column("paragraph", "段落", "文本文件的行号，从 1 起。", "integer")


def fact_columns() -> dict[str, Column]:
    """The columns of figures and facts, by the names that figures.csv and facts.csv give them."""
    kinds = {kind.noun(): kind._meta.verbose_name for kind in fact_kinds()}
    qualifiers = {one.value: one.label for one in Qualifier}
    corrections = {one.value: one.label for one in CHOSEN_BY_ADMINS}
    columns = [
        Column("kind", "类别", "记录的类别，与网址和各类文件的名称一致。", choices=kinds),
        Column("slug", "标识", "记录在其类别和时期中的名字；同一事项在各时期用同一标识。"),
        Column("title", "名称"),
        Column("measure", "指标", "数字计的是什么；中文名见各类别的表。"),
        Column(
            "wording", "原文写作", "照原文的写法；更正或修订过的（见“更正与修订”一列）是更改后的写法，可能与原文不同。"
        ),
        Column("low", "下限", "照读法，这个数至少或多于多少；空表示没有下限。", "number"),
        Column("high", "上限", "照读法，这个数至多或少于多少；空表示没有上限。", "number"),
        Column("qualifier", "读法", "写法对数字的限定，例如“余”“多”读作多于。", choices=qualifiers),
        Column("unit", "单位", "原文的量词；“人”与“人次”不能相加。"),
        Column("basis", "口径", "数字是整个时期的合计，还是每年的数。", choices=dict(Basis.choices)),
        Column("service", "服务", "四服务之一，或科协组织建设。", choices=dict(Service.choices)),
        Column("period", "时期", "所述时期的标识。"),
        Column("document", "文献", "所出文献的标识。"),
        PARAGRAPH,
        Column("start", "起", "段中第几个字之前，从 0 数起；空表示位置未定。", "integer"),
        Column("end", "止", "到段中第几个字为止。", "integer"),
        Column("note", "说明", "数字包括什么、不包括什么，原文有何含糊之处。"),
        URL,
        Column("corrected", "更正与修订", "公布之后最近一次改动的性质；空表示没有改动过。", choices=corrections),
        Column("corrected_on", "改动日期", "公布之后最近一次改动的日期。", "date"),
    ]
    return {column.name: column for column in columns}


def model_columns(model: type[Model], *names: str) -> list[Column]:
    """The columns that hold these fields of a model under their words; `url` is the page of the record."""
    fields = [model._meta.get_field(name) for name in names if name != URL.name]
    columns = [
        Column(one.name, one.verbose_name, one.help_text, TYPES.get(type(one), "string"), dict(one.choices or ()))
        for one in fields
    ]
    return [*columns, URL] if URL.name in names else columns


def kind_columns(table: FactTable) -> list[Column]:
    """The columns of one kind of fact, as page and CSV have them."""
    helps = {one.name: getattr(one, "help_text", "") for one in table._meta.model._meta.get_fields()}
    return [Column(one.name, one.header, helps.get(one.name, ""), type_of(one)) for one in table.file_columns()]


def type_of(column: TableColumn) -> str:
    """The type of a column of one kind: bounds and the paragraph are numbers, all others words."""
    if isinstance(column.column, BoundColumn):
        return "number"
    return PARAGRAPH.type if column.name == PARAGRAPH.name else "string"
