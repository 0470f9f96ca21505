"""What was won and heeded: awards, contests, proposals, and what the media told of it."""

from django.db import models

from xinyi_sat.facts.models import Fact, Organisation, TermField


class Award(Fact):
    """A prize that was founded, conferred or received."""

    role = TermField(vocabulary="award-role", verbose_name="类别")
    level = TermField(vocabulary="level", verbose_name="级别")
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

    class Meta:
        verbose_name = verbose_name_plural = "奖项"


class Competition(Fact):
    """A contest that was entered or held, and its result."""

    role = TermField(vocabulary="competition-role", verbose_name="参与方式")
    level = TermField(vocabulary="level", verbose_name="级别")
    contestants = models.CharField("参赛者", max_length=100, blank=True)
    entry = models.CharField("参赛作品", max_length=100, blank=True)
    result = models.CharField("成绩", max_length=100, blank=True, help_text="奖项或等次，如“一等奖”。")

    class Meta:
        verbose_name = verbose_name_plural = "竞赛"


class Proposal(Fact):
    """Advice given to government or industry, and what came of it."""

    form = TermField(vocabulary="proposal-form", verbose_name="形式")
    submitted_by = models.CharField("提出者", max_length=100, blank=True)
    addressed_to = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="认可或回应单位",
        help_text="原文没有写明则留空。",
    )
    outcome = TermField(vocabulary="proposal-outcome", verbose_name="结果")

    class Meta:
        verbose_name = verbose_name_plural = "建言"


class Coverage(Fact):
    """People, teams or experience made known through the media or a forum."""

    medium = TermField(vocabulary="medium", verbose_name="媒介")
    subject = models.CharField("宣传对象", max_length=100, blank=True)
    about = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="涉及单位")
    media = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="媒体或论坛")

    class Meta:
        verbose_name = verbose_name_plural = "宣传报道"
