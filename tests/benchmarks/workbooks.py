"""A workbook of as many rows as one upload may have, and the upload of it as an admin makes it; for `periods`."""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.benchmarks.many_facts import made_document, made_period, record_many_facts
from xinyi_sat.facts.jobs.kept import Kept
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.uploads.forms import WORKBOOK
from xinyi_sat.facts.uploads.template import template_file

YEAR = "2032"
NOT_FACTS = 500  # more rows than headers, examples, explanations and options take


def write_workbook(path: str) -> None:
    """The workbook of a year of so many facts."""
    period = record_many_facts(settings.UPLOAD_ROWS - NOT_FACTS, YEAR)
    kinds = [kind for kind in fact_kinds() if kind.objects.filter(period=period).exists()]
    Path(path).write_bytes(template_file(period, kinds, is_filled=True).getvalue())


def keep(path: str) -> str:
    """The year without its facts, and the workbook as uploaded for it; the key of the upload."""
    period = made_period(YEAR, "draft")
    made_document(period).register([f"第{number}段" + "文" * 5000 for number in range(400)])
    user, _ = User.objects.get_or_create(username="benchmark", is_staff=True, is_superuser=True)
    allowed = [kind.kind() for kind in fact_kinds()]
    about = {
        "user": user.pk,
        "sort": WORKBOOK,
        "name": "workbook.xlsx",
        "period": period.pk,
        "kind": "",
        "allowed": allowed,
    }
    kept = Kept.keep(SimpleUploadedFile("workbook.xlsx", Path(path).read_bytes()), about)
    kept.write("asked", {"kind": "entered", "reason": "录入", "publishes": False})
    return str(kept.key)


def said(key: str) -> dict:
    """What became of the upload."""
    kept = Kept.of(UUID(key), User.objects.get(username="benchmark").pk, WORKBOOK)
    return {"checked": (kept.read("checked") or {}).get("counts"), "ended": kept.read("ended")}
