"""What a clerk says of an upload: which file and for which period; then, having seen what it would do, why."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.editing.forms import WHY, TrackedForm
from xinyi_sat.facts.models import Fact, Period, StoredUpload
from xinyi_sat.facts.uploads.reading import ENDINGS, FileError, read_file

EVERY_KIND = ("", "各类（按工作表的名称）")
LIMITS = f"不超过 {settings.UPLOAD_MEGABYTES} MB、{settings.UPLOAD_ROWS} 行"


class ForPeriodForm(forms.Form):
    """A period, and one kind of fact or all of them."""

    period = forms.ModelChoiceField(Period.objects.all(), label="时期", to_field_name="slug", empty_label="请选择")
    kind = forms.ChoiceField(label="类别", required=False)

    def __init__(self, *args: Any, kinds: list[type[Fact]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.kinds = {kind.kind(): kind for kind in kinds}
        self.fields["kind"].choices = [EVERY_KIND, *((name, of._meta.verbose_name) for name, of in self.kinds.items())]


class TemplateForm(ForPeriodForm):
    """Which template is wanted."""

    filled = forms.BooleanField(
        label="填入已有的记录",
        required=False,
        help_text="用来更正，或填写照底稿新建的记录；不勾选则是空表，用来录入新的记录。",
    )

    @property
    def kinds_asked(self) -> list[type[Fact]]:
        """The kind that was chosen, or all."""
        chosen = self.cleaned_data["kind"]
        return [self.kinds[chosen]] if chosen else list(self.kinds.values())


class UploadForm(ForPeriodForm):
    """A file to be read."""

    file = forms.FileField(
        label="文件",
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        help_text=f"Excel 或 WPS 工作簿（.xlsx）或 .csv，{LIMITS}。",
        error_messages={"required": f"请选择文件，{LIMITS}；超过的没有接收，请删去不需要的内容，或分几次上传。"},
    )
    field_order = ("file", "period", "kind")

    def clean_file(self) -> Any:
        """The file, with the sheets that were read from it."""
        file = self.cleaned_data["file"]
        try:
            self.sheets = [asdict(sheet) for sheet in read_file(file.read(), file.name)]
        except FileError as error:
            raise ValidationError(str(error)) from error
        return file

    def upload(self, user: Any) -> StoredUpload:
        """The upload, not stored yet."""
        file, period, kind = (self.cleaned_data[name] for name in self.field_order)
        return StoredUpload(user=user, name=file.name, period=period, kind=kind, sheets=self.sheets)


class SaveForm(forms.Form):
    """Why an upload is saved; a change of what readers have seen says of what kind it is."""

    change_kind = TrackedForm.base_fields["change_kind"]
    change_reason = TrackedForm.base_fields["change_reason"]
    publishes = forms.BooleanField(
        label="新增的记录直接公布", required=False, help_text="不勾选则为“待确认”，在后台确认之后才公布。"
    )

    def __init__(self, *args: Any, upload: StoredUpload, **kwargs: Any):
        is_public = upload.preview["is_public"]
        initial = {} if is_public else {"change_reason": f"上传“{upload.name}”"}
        super().__init__(*args, initial=initial, **kwargs)
        for field in WHY:
            self.fields[field].required = is_public
        if not is_public:
            del self.fields["change_kind"]
            self.fields["change_reason"].help_text = "记入更改记录。"
        if upload.period.is_draft or not upload.preview["counts"]["new"]:
            del self.fields["publishes"]

    def why(self) -> dict:
        """What was said, as `save_upload` takes it."""
        said = self.cleaned_data
        return {
            "kind": ChangeKind(said.get("change_kind") or ChangeKind.ENTERED),
            "reason": said["change_reason"].strip(),
            "publishes": said.get("publishes", False),
        }
