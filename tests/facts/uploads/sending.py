"""Uploads as a browser sends them, and what becomes of them."""

import os
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from time import time
from uuid import UUID

from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.facts.uploads.offices import FARM_COURSE, filled, table, workbook
from xinyi_sat.facts.jobs.kept import Kept

START = "/admin/upload/"


def send(client: Client, period: str = "2031", *, kind: str = "", content: bytes | None = None, name: str = "表.xlsx"):
    file = SimpleUploadedFile(name, workbook(培训=table(FARM_COURSE)) if content is None else content)
    return client.post(START, {"file": file, "period": period, "kind": kind})


def sent(client: Client, *rows: dict[str, str]) -> str:
    """The address of an upload of these trainings, in a sheet downloaded just now."""
    answer = send(client, content=workbook(培训=[cells for _, cells in filled(*rows).rows]))
    assert answer.status_code == HTTPStatus.FOUND
    return answer["Location"]


def shown(client: Client, path: str, **asked: str) -> str:
    answer = client.get(path, asked)
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


def kept_at(path: str) -> Kept:
    return Kept(UUID(path.strip("/").split("/")[-1]))


def folders(folder: Path) -> list[str]:
    return [one.name for one in (folder / "uploads").iterdir()] if (folder / "uploads").exists() else []


def leave_for_an_hour(folder: Path) -> None:
    """Make every upload as old as those that are not kept any longer."""
    long_ago = time() - timedelta(hours=1, minutes=1).total_seconds()
    for name in folders(folder):
        os.utime(folder / "uploads" / name, (long_ago, long_ago))


def staff(name: str, *rights: str) -> Client:
    user = User.objects.create(username=name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client = Client()
    client.force_login(user)
    return client
