"""The words that facts of this app choose from; the stored word, then the one readers see."""

from django.db.models import TextChoices


class Level(TextChoices):
    """How high an award or a contest stands; Xuzhou is the municipality that Xinyi belongs to."""

    NATIONAL = "national", "国家级"
    PROVINCIAL = "provincial", "省级"
    PROVINCIAL_MUNICIPAL = "provincial_municipal", "省、市级（合计）"
    MUNICIPAL = "municipal", "徐州市级"
    COUNTY = "county", "新沂市级"
    NOT_STATED = "not_stated", "原文未说明"


class AwardRole(TextChoices):
    """How the association took part in an award."""

    FOUNDED = "founded", "设立奖项"
    LISTED = "listed", "纳入人才计划"
    CONFERRED = "conferred", "评选表彰"
    RECEIVED = "received", "获得奖项"


class CompetitionRole(TextChoices):
    """How the association took part in a contest."""

    ENTERED = "entered", "参赛"
    HELD = "held", "举办"


class ProposalForm(TextChoices):
    """The form of a proposal."""

    ANALYSIS = "analysis", "分析论证"
    PROPOSAL = "proposal", "建议和提案"


class ProposalOutcome(TextChoices):
    """What came of a proposal."""

    RECOGNISED = "recognised", "得到认可"
    ANSWERED = "answered", "得到回应，逐步实施"
    NOT_STATED = "not_stated", "原文未说明"


class Medium(TextChoices):
    """Where coverage appeared."""

    MAINSTREAM = "mainstream", "主流媒体"
    NEWSPAPER = "newspaper", "报纸"
    FORUM = "forum", "论坛"
    NOT_STATED = "not_stated", "原文未说明"
