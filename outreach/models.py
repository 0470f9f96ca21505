"""What was done for people and firms: trainings, links, channels, venues, engagements, and the teams that did it."""

from django.db import models

from xinyi_sat.facts.models import Fact, Organisation, TermField


class Training(Fact):
    """Courses, lectures and household guidance; people and attendances are counted apart."""

    form = TermField(vocabulary="training-form", verbose_name="形式")
    audience = models.CharField("对象", max_length=50, blank=True, help_text="原文没有写明则留空。")
    partners = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="合作单位")

    class Meta:
        verbose_name = verbose_name_plural = "培训"


class EnterpriseLink(Fact):
    """What tied firms to societies, experts, patents and projects."""

    form = TermField(vocabulary="enterprise-link-form", verbose_name="形式")
    topic = models.CharField("内容", max_length=100, blank=True)
    event = models.CharField("所依托的活动", max_length=100, blank=True)
    companies = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="企业")
    partners = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="合作单位")

    class Meta:
        verbose_name = verbose_name_plural = "科企对接"


class Channel(Fact):
    """A column, app, platform, screen, group or brand activity that carries popular science."""

    form = TermField(vocabulary="channel-form", verbose_name="形式")
    medium = models.CharField("载体", max_length=50, blank=True, help_text="如“微信”“报纸”；原文未说明则留空。")
    place = models.CharField("地点", max_length=100, blank=True)
    carriers = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="承载单位")

    class Meta:
        verbose_name = verbose_name_plural = "科普平台"


class Venue(Fact):
    """A hall, station or project with a place of its own."""

    form = TermField(vocabulary="venue-form", verbose_name="形式")
    place = models.CharField("地点", max_length=100, blank=True)
    partners = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="合作单位")

    class Meta:
        verbose_name = verbose_name_plural = "科普阵地"


class Engagement(Fact):
    """A visit, forum, call, discussion or service in the epidemic, and what it gathered."""

    form = TermField(vocabulary="engagement-form", verbose_name="形式")
    occasion = models.CharField("场合", max_length=100, blank=True, help_text="如节日或事件；原文未说明则留空。")
    audience = models.CharField("对象", max_length=100, blank=True)
    partners = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="合作单位")

    class Meta:
        verbose_name = verbose_name_plural = "活动"


class Team(Fact):
    """People of the association or beside it: members, post-holders, volunteers, staff."""

    form = TermField(vocabulary="team-form", verbose_name="类别")
    post = models.CharField("职务", max_length=50, blank=True)
    sector = models.CharField(
        "来源行业", max_length=100, blank=True, help_text="所来自的行业或单位；原文未说明则留空。"
    )
    occasion = models.CharField("场合", max_length=100, blank=True, help_text="如“新冠肺炎疫情防控”；不限场合则留空。")
    partners = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="合作单位")

    class Meta:
        verbose_name = verbose_name_plural = "队伍"


class Indicator(Fact):
    """A number about the association and its field rather than an activity: societies, members, money, shares, visitors."""

    form = TermField(vocabulary="indicator-form", verbose_name="类别")
    scope = models.CharField("范围", max_length=100, blank=True, help_text="数的是哪里的、谁的；原文未说明则留空。")

    class Meta:
        verbose_name = verbose_name_plural = "基本情况"
