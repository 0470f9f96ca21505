"""The association whose site this is."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q

from xinyi_sat.facts.models.addresses import WEB_ADDRESS
from xinyi_sat.facts.models.recording import after_change
from xinyi_sat.facts.models.texts import VisibleTexts

ONLY_KEY = 1  # there is one association


class AssociationQuerySet(models.QuerySet):
    """Questions about the association."""

    def current(self) -> Association:
        """The association; one with a general name before `load_facts`."""
        return self.first() or Association(name="科学技术协会", short_name="科协", site_name="工作回顾")

    def get_by_natural_key(self) -> Association:
        return self.get()


class Association(VisibleTexts):
    """The association whose site this is: pages, covers, files and feeds take its names and addresses from here."""

    name = models.CharField("全称", max_length=60)
    short_name = models.CharField("简称", max_length=30)
    site_name = models.CharField("网站名称", max_length=60, help_text="如“临湖县科协工作回顾”。")
    region = models.CharField("所在地", max_length=30, blank=True, help_text="如“临湖县”。")
    prefecture = models.CharField("所属设区市", max_length=30, blank=True, help_text="如“江北市”。")
    site_url = models.CharField(
        "网址",
        max_length=200,
        blank=True,
        validators=[WEB_ADDRESS],
        help_text="读者打开网站用的网址，印在文件中；留空则不印。",
    )
    address = models.CharField("地址", max_length=100, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    editor = models.CharField("编辑", max_length=40, blank=True)
    reviewer = models.CharField("审核", max_length=40, blank=True)

    objects = AssociationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "本会"
        constraints = [CheckConstraint(condition=Q(pk=ONLY_KEY), name="%(app_label)s_%(class)s_is_the_only_one")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[()]:
        return ()

    def save(self, *args, **kwargs) -> None:
        """Save in place of the existing one; every file names it."""
        self.pk = ONLY_KEY
        super().save(*args, **kwargs)
        after_change(None)

    def clean(self) -> None:
        """Drop the slash at the end of the address, and refuse one of this machine."""
        self.site_url = self.site_url.rstrip("/")
        if "//127." in self.site_url or "//localhost" in self.site_url:
            raise ValidationError({"site_url": "这是本机的地址，别人打不开；应填读者用的网址，或者留空。"})
