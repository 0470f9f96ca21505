"""A clerk who downloads, fills in and uploads workbooks in the admin, and the year that they are for."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Self

from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from outreach.models import Training
from tests.support import fact, new_document, new_period
from xinyi_sat.facts.models import Passage, Period, digest_of

START = "/admin/upload/"
PARAGRAPHS = ["本年工作", "办了12期农技班，来了近300人；另有两大协会参加。", "科技节到场1.5万人次，招募志愿者80余名。"]
FARM_COURSE = {
    "名称": "农技班",
    "标识": "farm-course",
    "形式": "培训班",
    "期数": "12期",
    "人数": "近300人",
    "服务": "为提高全民科学素质服务",
    "段落": "2",
}
AWARD = {"标识": "a", "名称": "甲", "服务": "为科技工作者服务", "段落": "1", "类别": "评选表彰", "级别": "国家级"}


def year_2031(state: str = "draft") -> Period:
    """A year that is being entered, with its document and paragraphs."""
    period = new_period("2031", state=state)
    document = new_document(period, paragraphs=0)
    for number, text in enumerate(PARAGRAPHS, 1):
        document.passages.create(paragraph=number, length=len(text), digest=digest_of(text))
    return period


def load_words(period: Period) -> None:
    """The words of the year's document, in this database."""
    for number, text in enumerate(PARAGRAPHS, 1):
        Passage.objects.filter(document__period=period, paragraph=number).update(text=text)


def table(*rows: dict[str, Any]) -> list[list]:
    """The headings that any of these rows has, and the rows; the first row is row 2."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    return [headings, *([row.get(heading) for heading in headings] for row in rows)]


def book(**sheets: Iterable[list]) -> Workbook:
    """A workbook of these sheets."""
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return made


def bytes_of(made: Workbook) -> bytes:
    """The file of a workbook."""
    whole = io.BytesIO()
    made.save(whole)
    return whole.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A zip with one file in it replaced or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()} | {name: part}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, words in parts.items():
            archive.writestr(one, words)
    return whole.getvalue()


@dataclass
class Shown:
    """A page of an upload as its owner sees it."""

    path: str
    text: str
    context: Any

    @property
    def rows(self) -> list:
        """Every row of the preview, by its number."""
        return sorted(self.context["checked"].rows, key=lambda row: (row.kind_label, row.number))

    @property
    def outcomes(self) -> list[str]:
        return [row.outcome.value for row in self.rows]

    @property
    def refusals(self) -> list[tuple[int, str, str]]:
        """What is refused: row, column, reason."""
        return [(row.number, *one) for row in self.rows for one in row.refusals]

    @property
    def problems(self) -> list[str]:
        return self.context["checked"].problems

    @property
    def changes(self) -> list[str]:
        """What the rows would change."""
        return ["{}：{} → {}".format(*one) for row in self.rows for one in row.differences]

    @property
    def kept(self) -> list[str]:
        return [one for row in self.rows for one in row.kept]


@dataclass
class Clerk:
    """Somebody who uploads, in a browser of his own."""

    client: Client
    user: User

    @classmethod
    def named(cls, name: str, *rights: str) -> Self:
        """A user of the admin with these rights, or with all of them."""
        user = User.objects.create(username=name, is_staff=True, is_superuser=not rights)
        user.user_permissions.set(Permission.objects.filter(codename__in=rights))
        client = Client()
        client.force_login(user)
        return cls(client, user)

    def download(self, kind: str = "training", *, filled: bool = True, period: str = "2031") -> Workbook:
        """The workbook of a kind, or of all where it is empty."""
        asked = {"period": period, "kind": kind} | ({"filled": "on"} if filled else {})
        answer = self.client.get(f"{START}template/", asked)
        return load_workbook(io.BytesIO(b"".join(answer.streaming_content)))

    def filled(self, *rows: dict[str, Any], kind: str = "training") -> Workbook:
        """Rows under headings of their own and the stamp of a workbook that is downloaded now."""
        downloaded = self.download(kind).worksheets[0]
        made = table(*rows)
        made[0][made[0].index("标识")] = downloaded["B1"].value
        return book(**{downloaded.title: made})

    def send(self, file: Workbook | bytes | None, name: str = "表.xlsx", period: str = "2031") -> Any:
        """The answer to an upload."""
        content = bytes_of(file) if isinstance(file, Workbook) else file
        return self.client.post(START, {"file": SimpleUploadedFile(name, content or b""), "period": period})

    def refused(self, *sent: Any) -> str:
        """Why a file is refused beside the field."""
        return "".join(self.send(*sent).context["form"].errors["file"])

    def upload(self, *sent: Any, **asked: str) -> Shown:
        """The preview of an upload."""
        answer = self.send(*sent, **asked)
        assert answer.status_code == HTTPStatus.FOUND, answer.context["form"].errors
        return self.look(answer["Location"])

    def rows(self, *rows: dict[str, Any], title: str = "培训") -> Shown:
        """The preview of a sheet without a stamp."""
        return self.upload(book(**{title: table(*rows)}))

    def look(self, path: str, **asked: str) -> Shown:
        answer = self.client.get(path, asked)
        assert answer.status_code == HTTPStatus.OK
        return Shown(path, answer.content.decode(), answer.context)

    def save(self, shown: Shown, **answers: str) -> Shown:
        """Where the click on 保存 leads."""
        sent = {"action": "save", "change_reason": "年报定稿"} | shown.context["form"].initial | answers
        answer = self.client.post(shown.path, sent, follow=True)
        assert answer.status_code == HTTPStatus.OK
        return Shown(shown.path, answer.content.decode(), answer.context)

    def enter(self, **fields: str) -> Training:
        """A training of the year, uploaded before."""
        shown = self.save(self.rows(FARM_COURSE | fields), publishes="on")
        assert "已全部保存：新增 1 条" in shown.text
        return fact("farm-course")


def fill_in(file: Workbook, row: int, **cells: Any) -> Workbook:
    """The workbook with these cells typed into a row of its first sheet, by their headings."""
    sheet = file.worksheets[0]
    headings = [str(cell.value).split("（")[0].rstrip("*") for cell in sheet[1]]
    for heading, value in cells.items():
        sheet.cell(row, headings.index(heading) + 1).value = value
    return file
