"""Forms of the admin of periods: one goes over to its next state, and a new one is begun after the pattern of another."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from xinyi_sat.facts.choices import PeriodState
from xinyi_sat.facts.models import Document, Fact, Period
from xinyi_sat.office.periods.copying import draft_after
from xinyi_sat.office.periods.outlook import Outlook
from xinyi_sat.office.state_form import StateForm
from xinyi_sat.reading.paragraphs import UnreadableDocumentError, paragraphs_in

DATE = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PeriodStateForm(StateForm):
    """A period goes over to its next state; what has nothing for readers is not published."""

    states = PeriodState
    outcomes = {
        PeriodState.DRAFT: "公布之后，下面“公布”一列的记录人人可读，以后的改动要写明理由；时期不能再退回草稿，可以归档。",
        PeriodState.PUBLISHED: "归档之后仍然人人可读，标明“已归档”；首页先显示没有归档的时期。",
        PeriodState.ARCHIVED: "重新公布之后不再标明“已归档”；首页先显示结束最晚的时期。",
    }

    def clean(self) -> dict:
        if self.record.is_draft and not Outlook(self.record).confirmed:
            raise ValidationError("这个时期还没有已确认的记录，没有可以公布的内容。")
        return super().clean()


class PeriodForm(forms.ModelForm):
    """The new period."""

    class Meta:
        model = Period
        fields = ("title", "slug", "starts_on", "ends_on")
        widgets = {"starts_on": DATE, "ends_on": DATE}


class DocumentForm(forms.ModelForm):
    """The document that its facts will be read from."""

    text = forms.FileField(
        label="原文",
        help_text="文本文件，一行一段，第一行应是标题，登记为“页面信息”；文字只存入本机数据库，用来核对和查找字位。以后用 audit_source 核对时请用同一个文件。",
    )

    class Meta:
        model = Document
        fields = ("title", "slug", "publisher", "published_on")
        widgets = {"published_on": DATE}

    def clean_text(self) -> list[str]:
        """The paragraphs of the file."""
        file: UploadedFile = self.cleaned_data["text"]
        try:
            return paragraphs_in(file.read(), file.name)
        except UnreadableDocumentError as error:
            raise ValidationError(str(error)) from error


class CopyForm:
    """Both, as one form: they are valid together or not at all."""

    def __init__(self, data: dict | None, files: dict | None, *, pattern: Period):
        self.pattern = pattern
        begins = date(pattern.ends_on.year + 1, 1, 1)
        year = str(begins.year)
        of_period = {
            "title": f"{year}年",
            "slug": year,
            "starts_on": begins,
            "ends_on": begins.replace(month=12, day=31),
        }
        last = pattern.document_set.order_by("-published_on").first()
        of_document = {"publisher": last and last.publisher_id, "slug": f"review-{year}"}
        self.period = PeriodForm(data, prefix="period", initial=of_period)
        self.document = DocumentForm(data, files, prefix="document", initial=of_document)

    @property
    def errors(self) -> dict[str, Any]:
        """What is wrong in either; nothing before it was sent."""
        return self.period.errors | self.document.errors

    def is_valid(self) -> bool:
        """Whether both can be saved; both are looked at, so that all that is wrong is said at once."""
        valid = all([self.period.is_valid(), self.document.is_valid()])
        return valid and self._tells_of_what_has_begun()

    def _tells_of_what_has_begun(self) -> bool:
        begins, published = self.period.cleaned_data["starts_on"], self.document.cleaned_data["published_on"]
        if published < begins:
            self.document.add_error("published_on", f"发布日期不能早于新时期的开始日期（{begins:%Y-%m-%d}）。")
        return published >= begins

    def save(self, user: AbstractBaseUser) -> list[Fact]:
        """The drafts of the new period, which are saved with it and its document, or nothing is."""
        document = self.document.instance
        document.period = self.period.instance
        return draft_after(self.pattern, document, self.document.cleaned_data["text"], user)
