"""Records that have addresses of their own."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from xinyi_sat.facts.models.history import Tracked
from xinyi_sat.facts.quotation import quoted

SLUG_HELP = "网址中的名字：小写英文字母、数字和连字符。"
LOWER_CASE = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", "应为小写英文字母和数字，词间用连字符，例如 farm-course。")


class Addressed(Tracked):
    """A record with an address of its own, which stays once readers have seen it."""

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse another slug for what was public: links to it stand in pages, files and printed reports."""
        before = type(self).objects.filter(pk=self.pk).first()
        if before and before.slug != self.slug and before.was_public():
            raise ValidationError(f"{quoted(before)}公布过，标识“{before.slug}”不能再改：它是网址的一部分。")
