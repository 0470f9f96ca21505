"""What an admin says of an upload: which file and for which period; then, having seen what it would do, why."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.editing.forms import WHY, TrackedForm
from xinyi_sat.facts.models import Fact, Period
from xinyi_sat.facts.uploads.parser import ENDINGS
from xinyi_sat.facts.uploads.unpacking import SAVE_AS

WORKBOOK = "workbook"  # the sort that its uploads are kept as
EVERY_KIND = ("", "各类（按工作表的名称）")


class ForPeriodForm(forms.Form):
    """A period, and one kind of fact or all of them."""

    period = forms.ModelChoiceField(Period.objects.all(), label="时期", to_field_name="slug", empty_label="请选择")
    kind = forms.ChoiceField(label="类别", required=False)

    def __init__(self, *args: Any, kinds: list[type[Fact]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.kinds = {kind.kind(): kind for kind in kinds}
        self.fields["kind"].choices = [EVERY_KIND, *((name, of._meta.verbose_name) for name, of in self.kinds.items())]

    @property
    def kinds_asked(self) -> list[type[Fact]]:
        """The kind that was chosen, or all."""
        chosen = self.cleaned_data["kind"]
        return [self.kinds[chosen]] if chosen else list(self.kinds.values())


class TemplateForm(ForPeriodForm):
    """Which template is wanted."""

    filled = forms.BooleanField(
        label="填入已有的记录",
        required=False,
        help_text="用来更正，或填写照底稿新建的记录；不勾选则是空表，用来录入新的记录。",
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, auto_id="template_%s", **kwargs)  # it stands beside the other form


class UploadForm(ForPeriodForm):
    """A file to be read."""

    file = forms.FileField(
        label="文件",
        allow_empty_file=False,
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        help_text=f"Excel 或 WPS 工作簿（.xlsx、.xls、.ods）或 .csv，不超过 {settings.UPLOAD_MEGABYTES} MB、{settings.UPLOAD_ROWS} 行。",
    )
    field_order = ("file", "period", "kind")

    def __init__(self, *args: Any, length: int, **kwargs: Any):
        """`length` is that of the whole request: of one that is too long the file was not taken."""
        super().__init__(*args, **kwargs)
        if length > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            too_large = f"文件超过 {settings.FILE_UPLOAD_MAX_MEMORY_SIZE >> 20} MB，请删去不需要的内容，或分几次上传。"
            self.fields["file"].error_messages["required"] = too_large

    def about(self, user_id: int) -> dict:
        """What has to be known of the upload later."""
        return {
            "user": user_id,
            "sort": WORKBOOK,
            "name": self.cleaned_data["file"].name,
            "period": self.cleaned_data["period"].pk,
            "kind": self.cleaned_data["kind"],
            "allowed": list(self.kinds),
        }

    def clean_file(self) -> Any:
        """Refuse at once what can't be a table."""
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(ENDINGS):
            raise ValidationError(f"应为 .xlsx、.xls、.ods 或 .csv 文件。{SAVE_AS}")
        return file


class SaveForm(forms.Form):
    """Why an upload is saved; a change of what readers have seen says of what kind it is."""

    change_kind = TrackedForm.base_fields["change_kind"]
    change_reason = TrackedForm.base_fields["change_reason"]
    publishes = forms.BooleanField(
        label="新增的记录直接公布", required=False, help_text="不勾选则为“待确认”，在后台确认之后才公布。"
    )

    def __init__(self, *args: Any, summary: dict, period: Period, name: str, **kwargs: Any):
        initial = {} if summary["is_public"] else {"change_reason": f"上传“{name}”"}
        super().__init__(*args, initial=initial, **kwargs)
        for field in WHY:
            self.fields[field].required = summary["is_public"]
        if not summary["is_public"]:
            del self.fields["change_kind"]
            self.fields["change_reason"].help_text = "记入更改记录。"
        if period.is_draft or not summary["counts"]["new"]:
            del self.fields["publishes"]

    def said(self) -> dict:
        """What was said, for the process that saves."""
        return {
            "kind": self.cleaned_data.get("change_kind") or ChangeKind.ENTERED,
            "reason": self.cleaned_data["change_reason"].strip(),
            "publishes": self.cleaned_data.get("publishes", False),
        }
