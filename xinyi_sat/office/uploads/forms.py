"""What a clerk says of an upload: which file and for which period; then, having seen what it would do, why."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError

from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.models import Fact, Period
from xinyi_sat.office.forms import WHY, WhyFields
from xinyi_sat.office.models import StoredUpload
from xinyi_sat.office.uploads.checking import Check
from xinyi_sat.office.uploads.comparing import Outcome
from xinyi_sat.office.uploads.reading import ENDINGS, FileError, read_file

EVERY_KIND = ("", "各类")
LIMITS = f"不超过 {settings.UPLOAD_MEGABYTES} MB、{settings.UPLOAD_ROWS} 行"


def period_field() -> forms.ModelChoiceField:
    """Which period, by its slug."""
    return forms.ModelChoiceField(Period.objects.all(), label="时期", to_field_name="slug", empty_label="请选择")


class TemplateForm(forms.Form):
    """Which template is wanted."""

    period = period_field()
    kind = forms.ChoiceField(label="类别", required=False)
    filled = forms.BooleanField(
        label="填入已有的记录",
        required=False,
        help_text="用来更正，或填写照底稿新建的记录；不勾选则是空表，用来录入新的记录。",
    )

    def __init__(self, *args: Any, kinds: list[type[Fact]], **options: Any):
        super().__init__(*args, auto_id="template_%s", **options)
        self.kinds = {kind.noun(): kind for kind in kinds}
        self.fields["kind"].choices = [EVERY_KIND, *((noun, of._meta.verbose_name) for noun, of in self.kinds.items())]

    def wanted(self) -> dict[str, Any]:
        """What `template_file` takes."""
        period, noun, is_filled = (self.cleaned_data[name] for name in ("period", "kind", "filled"))
        kinds = [self.kinds[noun]] if noun else list(self.kinds.values())
        return {"period": period, "kinds": kinds, "is_filled": is_filled}


class UploadForm(forms.Form):
    """A file to be read."""

    file = forms.FileField(
        label="文件",
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        help_text=f"Excel 或 WPS 工作簿（.xlsx）或 .csv，{LIMITS}。工作表（或 CSV 文件）的名称是记录的类别，如“培训”。",
        error_messages={"required": f"请选择文件，{LIMITS}；超过的没有接收，请删去不需要的内容，或分几次上传。"},
    )
    period = period_field()

    def clean_file(self) -> Any:
        """The file, with the sheets that were read from it."""
        file = self.cleaned_data["file"]
        try:
            self.sheets = [asdict(sheet) for sheet in read_file(file.read(), file.name)]
        except FileError as error:
            raise ValidationError(str(error)) from error
        return file

    def upload(self, user: AbstractBaseUser) -> StoredUpload:
        """The upload, not stored yet."""
        period = self.cleaned_data["period"]
        return StoredUpload(user=user, name=self.cleaned_data["file"].name, period=period, sheets=self.sheets)


class SaveForm(WhyFields):
    """Why an upload changes what readers have seen, and whether its new records are published at once."""

    publishes = forms.BooleanField(
        label="新增的记录直接公布", required=False, help_text="不勾选则为“待确认”，在后台确认之后才公布。"
    )

    def __init__(self, *args: Any, upload: StoredUpload, found: Check, **options: Any):
        super().__init__(*args, **options)
        self.answers = {"change_kind": ChangeKind.ENTERED, "change_reason": f"上传“{upload.name}”", "publishes": False}
        is_public = any(row.is_public for row in found.changes)
        for name in WHY:
            self.fields[name].required = True
            if not is_public:
                del self.fields[name]
        if upload.period.is_draft or not found.counts[Outcome.NEW]:
            del self.fields["publishes"]

    def clean(self) -> None:
        """The answers, with those to what was not asked."""
        self.answers |= self.cleaned_data
