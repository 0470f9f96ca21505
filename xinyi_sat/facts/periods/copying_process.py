"""A period begun after the pattern of another by a process of its own, as uploads are saved: of thousands of facts it takes a while.

What was typed is kept beside the file, and looked at once more by that process: meanwhile somebody else may have begun the same.
"""

from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError

from xinyi_sat.facts.jobs import process
from xinyi_sat.facts.jobs.kept import Kept
from xinyi_sat.facts.models import Period
from xinyi_sat.facts.periods.forms import CopyForm

PERIOD_TEXT = "text of a new period"  # the sort it is kept as: a workbook of the same user may wait beside it
NOT_DONE = "新建时中断了：要么已经全部建好，要么什么也没有保存。请重新选择原文文件，再提交一次；提示标识已存在的，就是已经建好了。"
NOT_TAKEN = "数据库没有接受这次新建，什么也没有保存。可能有别人正在保存，请重新选择原文文件，再提交一次。"


def begin(form: CopyForm, user: AbstractBaseUser) -> Kept:
    """Have a process save what a valid form says; wait for it a moment."""
    text = form.document.files["document-text"]
    said = {"name": text.name, "pattern": form.pattern.pk, "typed": form.typed()}
    kept = Kept.keep(text, {"user": user.pk, "sort": PERIOD_TEXT} | said)
    process.start(kept, copy_period)
    return kept


def begun(key: str, user: AbstractBaseUser, pattern: Period) -> Kept | None:
    """What this user has begun after this pattern under a key, if it is still kept."""
    try:
        kept = Kept.of(UUID(key), user.pk, PERIOD_TEXT)
    except ValueError:
        return None
    return kept if kept and kept.read("about")["pattern"] == pattern.pk else None


def form_again(kept: Kept) -> CopyForm:
    """The form as it was sent."""
    about = kept.read("about")
    text = SimpleUploadedFile(about["name"], kept.file.read_bytes())
    return CopyForm(about["typed"], {"document-text": text}, pattern=Period.objects.get(pk=about["pattern"]))


def copy_period(kept: Kept) -> None:
    """Save the new period, its document and its drafts, all of it or nothing, and note what became of it."""
    form, note = form_again(kept), process.noting(kept, "条")
    user = get_user_model().objects.get(pk=kept.read("about")["user"])
    try:
        if form.is_valid():
            drafts = form.save(user, lambda done, total: note("正在起草记录", done, total))
            period = form.period.instance
            kept.write("ended", {"period": period.pk, "said": said_of(period, len(drafts))})
            kept.drop_content()
        else:
            kept.write("ended", {"refused": ""})
    except DatabaseError:
        kept.write("ended", {"refused": NOT_TAKEN})


def said_of(period: Period, drafts: int) -> str:
    """What was made, and what comes next."""
    passages = sum(document.passages.count() for document in period.document_set.all())
    return (
        f"已新建时期“{period}”：登记文献 {passages} 段，起草记录 {drafts} 条，都没有数字。"
        "填写它们：点右上角的“用工作簿录入或更正”，下载时勾选“填入已有的记录”；也可以在各类记录中逐条填写。"
    )
