"""Records that have addresses of their own."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models

from xinyi_sat.facts.models.tracked import Tracked, TrackedQuerySet
from xinyi_sat.facts.quotation import quoted

SLUG_HELP = "网址中的名字：小写英文字母、数字和连字符。"
LOWER_CASE = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", "应为小写英文字母和数字，词间用连字符，例如 farm-course。")
WEB_ADDRESS = URLValidator(["http", "https"], message="应为 http:// 或 https:// 开头的网址。")


class SlugQuerySet(TrackedQuerySet):
    """Records known by their slug."""

    def get_by_natural_key(self, slug: str) -> models.Model:
        return self.get(slug=slug)


class Addressed(Tracked):
    """A record with an address of its own; its slug is fixed once readers have seen it."""

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str, ...]:
        return (self.slug,)

    def clean(self) -> None:
        """Refuse another slug for a public record: pages, files and printed reports link to it."""
        before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if before and before.slug != self.slug and before.is_published():
            raise ValidationError({"slug": f"{quoted(before)}公布过，标识“{before.slug}”不能再改：它是网址的一部分。"})
