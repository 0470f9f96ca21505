"""How many records this site has of each service: its own count, not the document's."""

from urllib.parse import urlencode

from xinyi_sat.facts.choices import Service
from xinyi_sat.reading.qualifiers import Qualifier
from xinyi_sat.report.charts.chart import Chart
from xinyi_sat.report.charts.layout import Row
from xinyi_sat.report.charts.marks import Amount
from xinyi_sat.report.scope import Scope

HEADS = ("有数字", "没有数字", "合计")
KEY = [Amount(22, 22, Qualifier.RANGE, "有数字"), Amount(0, 22, Qualifier.RANGE, "没有数字")]


def records_chart(scope: Scope) -> Chart | None:
    """Records with a figure and without by services; None where there are none."""
    if not scope.counts:
        return None
    counted, total = sum(one.with_figures for one in scope.counts), sum(one.records for one in scope.counts)
    return Chart(
        sort="stacks",
        form="堆积条形图",
        title="各项服务的记录",
        note="单位：条；本站收录的记录数，由本站统计，不是原文的数字",
        description=f"共 {total} 条记录，其中 {counted} 条有数字，{total - counted} 条没有。",
        columns={"服务": 78} | dict.fromkeys(HEADS, 26),
        unit="条",
        rows=[service_row(scope, service) for service in scope.services],
        key=KEY,
    )


def service_row(scope: Scope, service: Service) -> Row:
    """The row of a service: records with a figure as a solid bar, behind it the others, hatched."""
    counts = [one for one in scope.counts if one.service == service]
    counted, total = sum(one.with_figures for one in counts), sum(one.records for one in counts)
    cells = list(zip(HEADS, map(str, (counted, total - counted, total)), strict=True))
    url = f"{service.get_absolute_url()}?{urlencode({'period': scope.period.slug})}"
    printed = f"有数字{counted}条，没有{total - counted}条"
    return Row(service.label, url, cells, Amount(counted, total, Qualifier.RANGE, printed))
