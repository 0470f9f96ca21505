"""What every file of the report says of itself: who, what, of which years, read from what, and how to cite it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from xinyi_sat.facts.models import Document, Period
from xinyi_sat.report.scope import Scope

ASSOCIATION = "新沂市科学技术协会"
TITLE_LINES = ("工作回顾", "数据报告")
TITLE = "".join(TITLE_LINES)
LANGUAGE = "zh-CN"


@dataclass(frozen=True)
class Site:
    """Where the addresses in a file lead; without a root they are paths only."""

    root: str = ""

    def build_absolute_uri(self, path: str = "/") -> str:
        """An address in full, under the name that a request of Django has for it."""
        return self.root + path


@dataclass(frozen=True)
class Imprint:
    """The imprint of a report."""

    scope: Scope

    association = ASSOCIATION
    title_lines = TITLE_LINES

    @property
    def period(self) -> Period:
        """The period it speaks of."""
        return self.scope.period

    @property
    def title(self) -> str:
        """The title of the report with the association, the period and what it is narrowed to."""
        return f"{ASSOCIATION}{TITLE}（{self.scope}）"

    @property
    def years(self) -> str:
        """The period, and whether its ends are ours."""
        return f"{self.period}（起止为推断）" if self.period.is_inferred else str(self.period)

    @cached_property
    def documents(self) -> list[Document]:
        """The documents that its facts were read from."""
        return list(self.scope.documents())

    @property
    def sources(self) -> list[str]:
        """The documents as a bibliography names them."""
        return [f"《{one}》，{one.publisher}，{chinese_date(one.published_on)}发布" for one in self.documents]

    @property
    def citation(self) -> str:
        """How to cite the report."""
        read = f"数据读自{'；'.join(self.sources)}。" if self.documents else ""
        return f"{ASSOCIATION}：《{TITLE}》，{self.scope}。{read}"

    @property
    def created(self) -> datetime:
        """The day of the newest document, as the date in a file's properties: equal data give equal bytes."""
        days = [one.published_on for one in self.documents] or [self.period.ends_on]
        return datetime.combine(max(days), time())


def chinese_date(day: date) -> str:
    """A day as the report prints it: 2021年12月27日."""
    return f"{day.year}年{day.month}月{day.day}日"
