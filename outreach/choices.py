"""The words that facts of this app choose from; the stored word, then the one readers see."""

from django.db.models import TextChoices


class TrainingForm(TextChoices):
    """The form of a training."""

    COURSE = "course", "培训班"
    LECTURE = "lecture", "讲座"
    HOUSEHOLD = "household", "入户示范"


class EnterpriseLinkForm(TextChoices):
    """The form of a link."""

    NEEDS = "needs", "需求征集"
    CONTRACT = "contract", "签约合作"
    SERVICE = "service", "信息与申报服务"
    MATCHING = "matching", "资源对接"
    PROJECT = "project", "项目引入"


class ChannelForm(TextChoices):
    """The form of a channel."""

    COLUMN = "column", "媒体科普版块"
    PLATFORM = "platform", "网络平台"
    DISPLAY = "display", "户外宣传"
    BRAND = "brand", "品牌活动"
    GROUP = "group", "交流群"


class VenueForm(TextChoices):
    """The form of a venue."""

    HALL = "hall", "科普馆"
    STATION = "station", "科普惠农站、益民项目"
    MODEL = "model", "服务模式"
    SERVICE_POINT = "service_point", "服务阵地"


class EngagementForm(TextChoices):
    """The form of an engagement."""

    VISIT = "visit", "走访座谈"
    CALL = "call", "征集展示"
    EPIDEMIC = "epidemic", "疫情防控服务"
    PARTY = "party", "党建活动"


class TeamForm(TextChoices):
    """The form of a team."""

    MEMBERS = "members", "吸纳的骨干"
    CHAIRS = "chairs", "带队的科协主席"
    POST_HOLDERS = "post_holders", "“四长”"
    COMMITTEE = "committee", "科协委员"
    VOLUNTEERS = "volunteers", "科技志愿者"
    STAFF = "staff", "工作人员"
    LEADERSHIP = "leadership", "领导和组织机构"
