"""What was won and heeded: awards, contests, proposals, and what the media told of it."""

from django.db import models

from achievements.choices import AwardRole, CompetitionRole, Level, Medium, ProposalForm, ProposalOutcome
from xinyi_sat.facts.constraints import figure_rules, is_one_of
from xinyi_sat.facts.fields import QuantityField
from xinyi_sat.facts.models import Fact, Organisation

PEOPLE = ("人", "名", "位")
TIMES = ("次",)
PROPOSALS = ("件", "条", "项", "篇")


class Award(Fact):
    """A prize that was founded, conferred or received."""

    role = models.CharField("类别", max_length=20, choices=AwardRole)
    level = models.CharField("级别", max_length=30, choices=Level)
    recipient = models.CharField(
        "获奖者", max_length=100, blank=True, help_text="个人或集体的身份，如“教师”；未说明则留空。"
    )
    conferred_by = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="授奖单位",
        help_text="原文没有写明则留空。",
    )
    talent_plan = models.CharField("所属人才计划", max_length=100, blank=True)
    plan_owners = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="人才计划所属单位")
    recipients = QuantityField("获奖人数", units=PEOPLE)
    times = QuantityField("获得次数", units=TIMES)

    class Meta(Fact.Meta):
        verbose_name = verbose_name_plural = "奖项"
        constraints = [
            *Fact.Meta.constraints,
            is_one_of("role", AwardRole),
            is_one_of("level", Level),
            *figure_rules(recipients=PEOPLE, times=TIMES),
        ]


class Competition(Fact):
    """A contest that was entered or held, and its result."""

    role = models.CharField("参与方式", max_length=20, choices=CompetitionRole)
    level = models.CharField("级别", max_length=30, choices=Level)
    contestants = models.CharField("参赛者", max_length=100, blank=True)
    entry = models.CharField("参赛作品", max_length=100, blank=True)
    result = models.CharField("成绩", max_length=100, blank=True, help_text="奖项或等次，如“一等奖”。")
    winners = QuantityField("获奖人数", units=PEOPLE)
    entrants = QuantityField("参赛人数", units=PEOPLE)

    class Meta(Fact.Meta):
        verbose_name = verbose_name_plural = "竞赛"
        constraints = [
            *Fact.Meta.constraints,
            is_one_of("role", CompetitionRole),
            is_one_of("level", Level),
            *figure_rules(winners=PEOPLE, entrants=PEOPLE),
        ]


class Proposal(Fact):
    """Advice given to government or industry, and what came of it."""

    form = models.CharField("形式", max_length=20, choices=ProposalForm)
    submitted_by = models.CharField("提出者", max_length=100, blank=True)
    addressed_to = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="认可或回应单位",
        help_text="原文没有写明则留空。",
    )
    outcome = models.CharField("结果", max_length=20, choices=ProposalOutcome, default=ProposalOutcome.NOT_STATED)
    proposals = QuantityField("件数", units=PROPOSALS)

    class Meta(Fact.Meta):
        verbose_name = verbose_name_plural = "建言"
        constraints = [
            *Fact.Meta.constraints,
            is_one_of("form", ProposalForm),
            is_one_of("outcome", ProposalOutcome),
            *figure_rules(proposals=PROPOSALS),
        ]


class Coverage(Fact):
    """People, teams or experience made known through the media or a forum."""

    medium = models.CharField("媒介", max_length=20, choices=Medium)
    subject = models.CharField("宣传对象", max_length=100, blank=True)
    about = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="涉及单位")
    media = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="媒体或论坛")
    people = QuantityField("人物数", units=PEOPLE)

    class Meta(Fact.Meta):
        verbose_name = verbose_name_plural = "宣传报道"
        constraints = [*Fact.Meta.constraints, is_one_of("medium", Medium), *figure_rules(people=PEOPLE)]
