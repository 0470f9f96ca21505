"""What a process is started for: to check an upload, and to save one."""

import json

from django.contrib.auth import get_user_model

from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.jobs.kept import Kept
from xinyi_sat.facts.jobs.process import noting
from xinyi_sat.facts.kinds import kind_named
from xinyi_sat.facts.models import Period
from xinyi_sat.facts.uploads.checking import Asked, Checked, as_lines, check
from xinyi_sat.facts.uploads.comparing import Outcome
from xinyi_sat.facts.uploads.saving import NotSaved, Why, refuse_unseen, save_rows


def check_upload(kept: Kept) -> None:
    """Work out what saving an upload would do, and note it for the preview."""
    checked = checked_upload(kept)
    checked.doubt()
    with kept.rows_to_write(Outcome.values) as files:
        for outcome, line in as_lines(checked.rows):
            files[outcome].write(json.dumps(line, ensure_ascii=False) + "\n")
    kept.write("fingerprints", checked.fingerprints())
    kept.write("checked", checked.summary())


def save_upload(kept: Kept) -> None:
    """Save what the admin saw in the preview, all of it or nothing, and note what became of it."""
    about, asked = kept.read("about"), kept.read("asked")
    checked, note = checked_upload(kept), noting(kept)
    why = Why(
        user=get_user_model().objects.get(pk=about["user"]),
        reason=asked["reason"],
        kind=ChangeKind(asked["kind"]),
        publishes=asked["publishes"],
    )
    try:
        refuse_unseen(checked, kept.read("fingerprints"))
        save_rows(checked.rows, period_of(about), why, lambda done, total: note("正在保存", done, total))
    except NotSaved as error:
        kept.write("ended", {"refused": str(error)})
    else:
        kept.write("ended", {"saved": checked.summary()})
        kept.forget("fingerprints")
        kept.drop_content()


def checked_upload(kept: Kept) -> Checked:
    """What the file of an upload would do now."""
    about = kept.read("about")
    asked = Asked(
        path=kept.file,
        name=about["name"],
        period=period_of(about),
        kind=kind_named(about["kind"]) if about["kind"] else None,
        allowed=[kind_named(kind) for kind in about["allowed"]],
        user=about["user"],
    )
    return check(asked, noting(kept))


def period_of(about: dict) -> Period:
    """The period that an upload is for."""
    return Period.objects.get(pk=about["period"])
