"""What was done for people and firms: trainings, links, channels, venues, engagements, and the teams that did it."""

from django.db import models
from django.db.models import CheckConstraint, F, Q

from outreach.choices import ChannelForm, EngagementForm, EnterpriseLinkForm, TeamForm, TrainingForm, VenueForm
from xinyi_sat.facts.constraints import figure_rules, is_one_of
from xinyi_sat.facts.fields import QuantityField
from xinyi_sat.facts.models import Fact, Organisation

PEOPLE = ("人", "名", "位")
MEMBERS = (*PEOPLE, "个")
MATTERS = ("条", "项", "件", "个")
SESSIONS = ("期", "场", "次", "班", "场次", "期次")
ATTENDANCES = ("人次",)
HOUSEHOLDS = ("户",)
FIRMS = ("家", "个")
SITES = ("个", "处", "座", "家")
WORKS = ("件", "项", "部", "篇")
MATERIALS = ("种", "份", "条", "篇")
RECORDINGS = ("部", "条", "个", "集")


class Training(Fact):
    """Courses, lectures and household guidance; people and attendances are counted apart."""

    form = models.CharField("形式", max_length=20, choices=TrainingForm)
    audience = models.CharField("对象", max_length=50, blank=True, help_text="原文没有写明则留空。")
    partners = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="合作单位")
    sessions = QuantityField("期数", units=SESSIONS)
    participants = QuantityField("人数", units=PEOPLE)
    attendances = QuantityField("人次", units=ATTENDANCES)
    households = QuantityField("户数", units=HOUSEHOLDS)

    class Meta(Fact.Meta):
        verbose_name = verbose_name_plural = "培训"
        constraints = [
            *Fact.Meta.constraints,
            is_one_of("form", TrainingForm),
            *figure_rules(sessions=SESSIONS, participants=PEOPLE, attendances=ATTENDANCES, households=HOUSEHOLDS),
            CheckConstraint(
                condition=Q(participants_number__isnull=True)
                | Q(attendances_number__isnull=True)
                | Q(participants_number__lte=F("attendances_number")),
                name="%(app_label)s_%(class)s_people_do_not_exceed_attendances",
                violation_error_code="participants",
                violation_error_message="人数不能多于人次。",
            ),
        ]


class EnterpriseLink(Fact):
    """What tied firms to societies, experts, patents and projects."""

    form = models.CharField("形式", max_length=20, choices=EnterpriseLinkForm)
    topic = models.CharField("内容", max_length=100, blank=True)
    event = models.CharField("所依托的活动", max_length=100, blank=True)
    companies = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="企业")
    partners = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="合作单位")
    needs = QuantityField("需求数", units=MATTERS)
    firms = QuantityField("企业数", units=FIRMS)

    class Meta(Fact.Meta):
        verbose_name = verbose_name_plural = "科企对接"
        constraints = [
            *Fact.Meta.constraints,
            is_one_of("form", EnterpriseLinkForm),
            *figure_rules(needs=MATTERS, firms=FIRMS),
        ]


class Channel(Fact):
    """A column, app, platform, screen, group or brand activity that carries popular science."""

    form = models.CharField("形式", max_length=20, choices=ChannelForm)
    medium = models.CharField("载体", max_length=50, blank=True, help_text="如“微信”“报纸”；原文未说明则留空。")
    place = models.CharField("地点", max_length=100, blank=True)
    carriers = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="承载单位")

    class Meta(Fact.Meta):
        verbose_name = verbose_name_plural = "科普平台"
        constraints = [*Fact.Meta.constraints, is_one_of("form", ChannelForm)]


class Venue(Fact):
    """A hall, station or project with a place of its own."""

    form = models.CharField("形式", max_length=20, choices=VenueForm)
    place = models.CharField("地点", max_length=100, blank=True)
    partners = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="合作单位")
    sites = QuantityField("个数", units=SITES)

    class Meta(Fact.Meta):
        verbose_name = verbose_name_plural = "科普阵地"
        constraints = [*Fact.Meta.constraints, is_one_of("form", VenueForm), *figure_rules(sites=SITES)]


class Engagement(Fact):
    """A visit, forum, call, discussion or service in the epidemic, and what it gathered."""

    form = models.CharField("形式", max_length=20, choices=EngagementForm)
    occasion = models.CharField("场合", max_length=100, blank=True, help_text="如节日或事件；原文未说明则留空。")
    audience = models.CharField("对象", max_length=100, blank=True)
    partners = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="合作单位")
    needs = QuantityField("征集需求", units=MATTERS)
    suggestions = QuantityField("征集意见建议", units=MATTERS)
    solved = QuantityField("解决困难", units=MATTERS)
    works = QuantityField("征集作品", units=WORKS)
    materials = QuantityField("推送资料", units=MATERIALS)
    recordings = QuantityField("音视频", units=RECORDINGS)

    class Meta(Fact.Meta):
        verbose_name = verbose_name_plural = "活动"
        constraints = [
            *Fact.Meta.constraints,
            is_one_of("form", EngagementForm),
            *figure_rules(needs=MATTERS, suggestions=MATTERS, solved=MATTERS),
            *figure_rules(works=WORKS, materials=MATERIALS, recordings=RECORDINGS),
        ]


class Team(Fact):
    """People of the association or beside it: members, post-holders, volunteers, staff."""

    form = models.CharField("类别", max_length=20, choices=TeamForm)
    post = models.CharField("职务", max_length=50, blank=True)
    sector = models.CharField(
        "来源行业", max_length=100, blank=True, help_text="所来自的行业或单位；原文未说明则留空。"
    )
    occasion = models.CharField("场合", max_length=100, blank=True, help_text="如“新冠肺炎疫情防控”；不限场合则留空。")
    partners = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="合作单位")
    members = QuantityField("人数", units=MEMBERS)

    class Meta(Fact.Meta):
        verbose_name = verbose_name_plural = "队伍"
        constraints = [*Fact.Meta.constraints, is_one_of("form", TeamForm), *figure_rules(members=MEMBERS)]
