"""`issue_edition`: what is typed wrong is refused in words, and nothing is entered."""

import pytest
from django.core.management import CommandError, call_command

from xinyi_sat.report.models import Edition

pytestmark = pytest.mark.django_db


def test_an_edition_of_a_day_that_is_none_is_refused_in_chinese():
    with pytest.raises(CommandError, match=r"^--date “2026-13-01”不是日期，请写成 2026-11-24 这样。$"):
        call_command("issue_edition", "--date", "2026-13-01", "--reason", "试编")


def test_an_edition_with_an_address_that_is_none_is_refused_in_chinese():
    with pytest.raises(CommandError, match=r"^--site “科协”不是网站的网址，请写成 http://192\.168\.1\.10:8000 这样。$"):
        call_command("issue_edition", reason="试编", site="科协")
    assert not Edition.objects.exists()


def test_an_edition_without_a_reason_is_refused_and_the_field_is_named():
    with pytest.raises(CommandError, match=r"^--reason（缘由）：.*不能为空"):
        call_command("issue_edition", reason=" ")
    assert not Edition.objects.exists()
