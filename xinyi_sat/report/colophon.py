"""The colophon: which data the report was made from, how to tell whether a copy is the same, and how to cite it."""

import hashlib
from itertools import chain

from xinyi_sat.pages.exports import FACT_COLUMNS, FIGURE_COLUMNS, csv_lines, fact_cells, figure_cells
from xinyi_sat.report.imprint import Imprint, Site, chinese_date
from xinyi_sat.report.scope import Scope


def colophon_of(imprint: Imprint, site: Site, typefaces: str = "") -> list[tuple[str, str]]:
    """Its lines, each under what it says."""
    lines = [
        *data_lines(imprint),
        ("网址", site.build_absolute_uri(imprint.scope.get_absolute_url()) if site.root else ""),
        ("字体", typefaces),
        ("引用", imprint.citation),
    ]
    return [(label, words) for label, words in lines if words]


def data_lines(imprint: Imprint) -> list[tuple[str, str]]:
    """Which data a file was made from, each line under what it says: alike in all files of an edition."""
    digest = data_digest(imprint.scope)
    return [
        ("版次", imprint.edition_line),
        ("数据日期", chinese_date(imprint.data_as_of)),
        ("数据版本", imprint.revision),
        ("数据校验值", f"{digest}（数据包中全部数字和全部记录两表的 SHA-256，网址只取路径）"),
    ]


def data_digest(scope: Scope) -> str:
    """SHA-256 of figures.csv and facts.csv as the data package has them, with paths for addresses; in hexadecimal."""
    absolute = Site().build_absolute_uri
    figures = (figure_cells(one, absolute) for one in scope.figures().iterator())
    facts = (fact_cells(one, absolute) for one in scope.facts().with_source().iterator())
    tables = csv_lines(chain([FIGURE_COLUMNS], figures)), csv_lines(chain([FACT_COLUMNS], facts))
    digest = hashlib.sha256()
    for line in chain(*tables):
        digest.update(line.encode())
    return digest.hexdigest()
