"""The colophon: which data the report was made from, how to tell whether a copy is the same, and how to cite it."""

import hashlib
from collections.abc import Callable

from xinyi_sat.facts.exports import csv_lines
from xinyi_sat.report.data.resources import Resources
from xinyi_sat.report.imprint import Imprint, Site, chinese_date
from xinyi_sat.report.typefaces import typefaces_printed


def colophon_of(
    imprint: Imprint, site: Site, typefaces: Callable[[], str] = typefaces_printed
) -> list[tuple[str, str]]:
    """Its lines, each under what it says; the typefaces are those of the file it stands in."""
    lines = [
        *data_lines(imprint),
        ("网址", site.build_absolute_uri(imprint.scope.get_absolute_url()) if site.root else ""),
        ("字体", typefaces()),
        ("引用", imprint.citation),
    ]
    return [(label, words) for label, words in lines if words]


def data_lines(imprint: Imprint) -> list[tuple[str, str]]:
    """Which data a file was made from, each line under what it says: alike in all files of an edition."""
    return [
        ("版次", imprint.edition_line),
        ("数据日期", chinese_date(imprint.data_as_of)),
        ("数据版本", imprint.revision),
        ("数据校验值", f"{data_digest(imprint)}（数据包中全部数字和全部记录两表的 SHA-256，网址只取路径）"),
    ]


def data_digest(imprint: Imprint) -> str:
    """SHA-256 of the figures and the facts that the report holds, as CSV with paths for addresses; in hexadecimal."""
    digest = hashlib.sha256()
    tables = Resources(imprint, Site())
    for make in (tables.figures, tables.facts):  # one after the other: each may be large
        table = make()
        for line in csv_lines([[column.name for column in table.columns], *table.rows]):
            digest.update(line.encode())
    return digest.hexdigest()
