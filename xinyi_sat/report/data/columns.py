"""What stands in each column of the tables in the report's files: name, title, what it means, and its type."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model, TextChoices

from xinyi_sat.facts.choices import EXPLAINED, Basis, Service
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, Organisation, Passage, Period
from xinyi_sat.facts.tables import FactTable
from xinyi_sat.reading.qualifiers import Qualifier


@dataclass(frozen=True)
class Column:
    """One column of a table in a file."""

    name: str
    title: str
    description: str = ""
    type: str = "string"
    choices: dict[str, str] | None = None  # the words it may hold, each with what a reader sees

    def shown(self, cell: object) -> object:
        """A cell as a reader sees it."""
        return self.choices.get(cell, cell) if self.choices else cell


def words(choices: type[TextChoices]) -> dict[str, str]:
    """The words of a choice and what a reader sees."""
    return dict(choices.choices)


def fact_columns() -> dict[str, Column]:
    """The columns of figures and facts, by the names that figures.csv and facts.csv give them."""
    kinds = {kind.kind(): kind._meta.verbose_name for kind in fact_kinds()}
    qualifiers = {one.value: one.label for one in Qualifier}
    corrections = {one.value: one.label for one in EXPLAINED}
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
        Column("basis", "口径", "数字是整个时期的合计，还是每年的数。", choices=words(Basis)),
        Column("service", "服务", "四服务之一，或科协组织建设。", choices=words(Service)),
        Column("period", "时期", "所述时期的标识。"),
        Column("document", "文献", "所出文献的标识。"),
        Column("paragraph", "段落", "文本文件的行号，从 1 起。", "integer"),
        Column("start", "起", "段中第几个字之前，从 0 数起；空表示位置未定。", "integer"),
        Column("end", "止", "到段中第几个字为止。", "integer"),
        Column("note", "说明", "数字包括什么、不包括什么，原文有何含糊之处。"),
        Column("url", "网址", "记录在本站的页面。"),
        Column("corrected", "更正与修订", "公布之后最近一次改动的性质；空表示没有改动过。", choices=corrections),
        Column("corrected_on", "改动日期", "公布之后最近一次改动的日期。", "date"),
    ]
    return {column.name: column for column in columns}


def model_columns(model: type[Model], **types: str) -> list[Column]:
    """The columns that hold these fields of a model, under the words of the fields."""
    fields = ((model._meta.get_field(name), kind) for name, kind in types.items())
    return [
        Column(field.name, field.verbose_name, field.help_text, kind, dict(field.choices) if field.choices else None)
        for field, kind in fields
    ]


def period_columns() -> list[Column]:
    """The columns of periods."""
    return model_columns(
        Period, slug="string", title="string", starts_on="date", ends_on="date", is_inferred="boolean", note="string"
    )


def document_columns() -> list[Column]:
    """The columns of documents."""
    shared = {"slug": "string", "title": "string", "publisher": "string", "published_on": "date"}
    return [*model_columns(Document, **shared, period="string", note="string"), fact_columns()["url"]]


def passage_columns() -> list[Column]:
    """The columns of passages; their words are not ours to give."""
    shared = {"document": "string", "paragraph": "integer", "role": "string", "service": "string"}
    return [*model_columns(Passage, **shared, length="integer", digest="string"), fact_columns()["url"]]


def organisation_columns() -> list[Column]:
    """The columns of organisations."""
    return [
        *model_columns(Organisation, slug="string", name="string", kind="string", note="string"),
        fact_columns()["url"],
    ]


def kind_columns(table: FactTable) -> list[Column]:
    """The columns of one kind of fact, as page and CSV have them; its bounds are numbers, and so is the paragraph."""
    types = {name: "number" for name, _ in table.bounds()} | {"paragraph": fact_columns()["paragraph"].type}
    return [
        Column(column.name, column.header, help_of(table, column.name), types.get(column.name, "string"))
        for column in table.file_columns()
    ]


def help_of(table: FactTable, name: str) -> str:
    """What a field of the kind means, where its model says so."""
    fields: Iterable = table._meta.model._meta.get_fields()
    return next((field.help_text for field in fields if field.name == name), "")
