"""What every file of the report says of itself: who, what, of which years, read from what, and how to cite it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from django.utils.timezone import localtime

from xinyi_sat.facts.models import Association, Change, Document, Period
from xinyi_sat.report.models import Edition
from xinyi_sat.report.scope import Scope

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


def site_address() -> str:
    """The address of the site as files print it, without a slash at its end; empty where the association has named none."""
    return Association.objects.current().site_url


@dataclass(frozen=True)
class Imprint:
    """The imprint of a report."""

    scope: Scope

    title_lines = TITLE_LINES

    @cached_property
    def association(self) -> Association:
        return Association.objects.current()

    @property
    def period(self) -> Period:
        return self.scope.period

    @property
    def title(self) -> str:
        return f"{self.association}{TITLE}（{self.scope}）"

    @property
    def years(self) -> str:
        """The period, and whether its ends are ours."""
        return f"{self.period}（起止为推断）" if self.period.is_inferred else str(self.period)

    @cached_property
    def documents(self) -> list[Document]:
        return list(self.scope.documents())

    @property
    def is_of_several(self) -> bool:
        """Whether these are several documents: then a place needs the title of its own."""
        return len(self.documents) > 1

    @property
    def sources(self) -> list[str]:
        return [f"《{one}》，{one.publisher}，{chinese_date(one.published_on)}发布" for one in self.documents]

    @property
    def citation(self) -> str:
        """How to cite the report: which edition, or that it is none."""
        read = f"数据读自{'；'.join(self.sources)}。" if self.documents else ""
        return f"{self.association}：《{TITLE}》，{self.scope}，{self.edition_line}。{read}"

    @cached_property
    def last_edition(self) -> Edition | None:
        """The edition before this one; for the data as they are, the one issued last."""
        if self.scope.edition:
            return Edition.objects.before(self.scope.edition)
        return Edition.objects.latest_of(self.period)

    @property
    def edition_line(self) -> str:
        edition = self.scope.edition
        if edition:
            return f"第{edition.number}版，{chinese_date(edition.dated_on)}"
        return f"现行数据（{self.last_edition}之后）" if self.last_edition else "现行数据（尚未定版）"

    @cached_property
    def corrections(self) -> list[Change]:
        """The corrections and revisions since the last edition, oldest first; all of them where there was none."""
        known = (self.last_edition and self.last_edition.revision) or 0
        return [change for change in self.all_corrections if change.pk > known]

    @cached_property
    def all_corrections(self) -> list[Change]:
        """Every correction and revision since the period was published, oldest first."""
        edition, changes = self.scope.edition, self.scope.corrections()
        return list(changes.filter(pk__lte=edition.revision) if edition and edition.revision else changes)

    @property
    def revision(self) -> str:
        """How often the data were corrected or revised since they were published."""
        times = len(self.all_corrections)
        return f"公布以来更正与修订 {times} 次之后" if times else "公布以来没有更正或修订"

    @property
    def data_as_of(self) -> date:
        """The day of the last correction, or that of the newest document: equal data give equal dates."""
        if self.scope.edition:
            return localtime(self.scope.edition.as_of).date()
        last = self.all_corrections[-1:]
        return localtime(last[0].made_at).date() if last else self.created.date()

    @property
    def created(self) -> datetime:
        """The day of the newest document, as the date in a file's properties: equal data give equal bytes."""
        days = [one.published_on for one in self.documents] or [self.period.ends_on]
        return datetime.combine(max(days), time())


def chinese_date(day: date) -> str:
    """A day as the report prints it: 2021年12月27日."""
    return f"{day.year}年{day.month}月{day.day}日"
