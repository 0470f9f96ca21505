"""`issue_edition`: what is typed wrong is refused in words, and nothing is entered."""

import pytest
from django.core.management import CommandError, call_command

from xinyi_sat.report.models import Edition


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--date", "2026-13-01", "--reason", "试编"], r"^--date “2026-13-01”不是日期，请写成 2026-11-24 这样。$"),
        (
            ["--site", "科协", "--reason", "试编"],
            r"^--site “科协”不是网站的网址，请写成 http://192\.168\.1\.10:8000 这样。$",
        ),
        (["--reason", " "], r"^请用 --reason 写明缘由"),
    ],
)
def test_what_is_typed_wrong_is_refused_in_words(options, said):
    with pytest.raises(CommandError, match=said):
        call_command("issue_edition", *options)
    assert not Edition.objects.exists()
