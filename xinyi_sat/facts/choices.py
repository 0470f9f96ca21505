"""The words that every kind of fact and its sources choose from; the stored word, then the one readers see."""

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.urls import reverse


class Service(TextChoices):
    """The four services every association reports under, and the association's own building."""

    WORKERS = "workers", "为科技工作者服务"
    INNOVATION = "innovation", "为创新驱动发展服务"
    LITERACY = "literacy", "为提高全民科学素质服务"
    DECISIONS = "decisions", "为党和政府科学决策服务"
    ORGANISATION = "organisation", "科协组织建设"

    @property
    def short(self) -> str:
        return SHORT_SERVICES[self]

    def get_absolute_url(self) -> str:
        return reverse("service", args=[self.value])


SHORT_SERVICES = {
    Service.WORKERS: "科技工作者",
    Service.INNOVATION: "创新发展",
    Service.LITERACY: "科学素质",
    Service.DECISIONS: "科学决策",
    Service.ORGANISATION: "组织建设",
}


class Basis(TextChoices):
    """What the figures of a fact count: the whole period, each year, or the document doesn't say."""

    WHOLE_PERIOD = "whole_period", "全期合计"
    YEARLY = "yearly", "每年"
    NOT_STATED = "not_stated", "原文未说明"

    @property
    def meaning(self) -> str:
        return BASIS_MEANINGS[self]


BASIS_MEANINGS = {
    Basis.WHOLE_PERIOD: "原文写明“累计”等字样，是整个时期的合计。",
    Basis.YEARLY: "原文写明是每年的数。",
    Basis.NOT_STATED: "原文没有写明是合计还是某一年的数，不作推断。",
}


class PassageRole(TextChoices):
    """What a paragraph is in its document."""

    BODY = "body", "正文"
    HEADING = "heading", "小标题"
    FURNITURE = "furniture", "页面信息"


class OrganisationKind(TextChoices):
    """What sort of body an organisation is."""

    ASSOCIATION = "association", "科协"
    AGENCY = "agency", "党政机关"
    SOCIETY = "society", "学会"
    FIRM = "firm", "企业"
    MEDIA = "media", "媒体"
    VENUE = "venue", "场馆"
    OTHER = "other", "其他"


class State(TextChoices):
    """A state, the one state it may go over to, and what that step is called; there is no way back to a draft."""

    @property
    def next(self) -> "State":
        return NEXT[type(self)][self][0]

    @property
    def step(self) -> str:
        return NEXT[type(self)][self][1]

    def refuse_other_than_next(self, new: str) -> None:
        """ValidationError for a new state that can't follow this one."""
        if new not in (self, self.next):
            label = dict(type(self).choices).get(new, new)
            raise ValidationError(f"“{self.label}”之后只能{self.step}，不能改为“{label}”。")


class PeriodState(State):
    """Who sees a period: its admins while it is entered, everyone once published; an archived one is no longer the first shown."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已公布"
    ARCHIVED = "archived", "已归档"


class FactState(State):
    """Whether a fact of a published period is shown: not yet, or no longer."""

    DRAFT = "draft", "待确认"
    CONFIRMED = "confirmed", "已确认"
    WITHDRAWN = "withdrawn", "已撤回"


NEXT = {
    PeriodState: {
        PeriodState.DRAFT: (PeriodState.PUBLISHED, "公布"),
        PeriodState.PUBLISHED: (PeriodState.ARCHIVED, "归档"),
        PeriodState.ARCHIVED: (PeriodState.PUBLISHED, "重新公布"),
    },
    FactState: {
        FactState.DRAFT: (FactState.CONFIRMED, "确认"),
        FactState.CONFIRMED: (FactState.WITHDRAWN, "撤回"),
        FactState.WITHDRAWN: (FactState.CONFIRMED, "恢复公布"),
    },
}


class ChangeKind(TextChoices):
    """Why a record has become what it is; errors corrected and planned revisions are kept apart."""

    LOADED = "loaded", "载入"
    ENTERED = "entered", "录入"
    CORRECTION = "correction", "更正"
    REVISION = "revision", "修订"
    WITHDRAWAL = "withdrawal", "撤回"

    @property
    def sign(self) -> str:
        return self.label[0]


# The kinds of change that readers are told of, with the reason; and those that an admin chooses from.
EXPLAINED = (ChangeKind.CORRECTION, ChangeKind.REVISION, ChangeKind.WITHDRAWAL)
CHOSEN_BY_ADMINS = (ChangeKind.CORRECTION, ChangeKind.REVISION)


class Dimension(TextChoices):
    """What a measure counts; figures of different dimensions are never added and never share an axis."""

    PEOPLE = "people", "人数"
    ATTENDANCES = "attendances", "人次"
    MONEY = "money", "金额"
    SHARE = "share", "比例"
    COUNT = "count", "其他数量"

    @property
    def own_units(self) -> tuple[str, ...]:
        """The units that no other dimension takes."""
        return OWN_UNITS.get(self, ())

    def takes(self, unit: str) -> bool:
        """Whether a figure of this dimension can have a unit."""
        owner = next((one for one, own in OWN_UNITS.items() if unit in own), None)
        return owner == self or (owner is None and self in (Dimension.PEOPLE, Dimension.COUNT))


OWN_UNITS = {
    Dimension.PEOPLE: ("人", "名", "位"),
    Dimension.ATTENDANCES: ("人次",),
    Dimension.MONEY: ("元",),
    Dimension.SHARE: ("%", "‰", "个百分点"),
}
