"""Quantities found in the text of a new review, until an admin has made facts of them."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.constraints import is_one_of
from xinyi_sat.facts.models.figure import place
from xinyi_sat.facts.models.periods import Period
from xinyi_sat.facts.models.sources import Passage


class DraftFact(models.Model):
    """The quantities of one sentence with their places and service; never public."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, verbose_name="时期")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, verbose_name="出处")
    service = models.CharField("服务", max_length=20, choices=Service, blank=True, help_text="按所在部分的小标题判断。")
    start = models.PositiveIntegerField("起于第几字")
    end = models.PositiveIntegerField("止于第几字")
    title = models.CharField("建议名称", max_length=200, blank=True, help_text="句中的名称，或往期同一事项的名称。")
    figures = models.JSONField("数字", help_text="句中的数量：原文写法和在段落中的起止字位。")

    class Meta:
        verbose_name = verbose_name_plural = "待整理的数字"
        ordering = ["period", "passage__document", "passage__paragraph", "start"]
        constraints = [
            UniqueConstraint(
                fields=["period", "passage", "start"], name="%(app_label)s_%(class)s_is_drafted_once_a_sentence"
            ),
            CheckConstraint(
                condition=Q(start__lt=models.F("end")), name="%(app_label)s_%(class)s_starts_before_it_ends"
            ),
            is_one_of("service", Service, or_empty=True),
        ]

    def __str__(self) -> str:
        return f"{self.passage.label}　{'、'.join(self.wordings)}"

    @property
    def wordings(self) -> list[str]:
        return [figure["wording"] for figure in self.figures]

    @property
    def placed(self) -> list[tuple[str, str]]:
        """The quantities as printed, each with its place in the paragraph."""
        return [(figure["wording"], place(figure["start"], figure["end"])) for figure in self.figures]

    @property
    def sentence(self) -> str:
        """Its words; empty where the text of the document is not here."""
        return self.passage.text[self.start : self.end]
