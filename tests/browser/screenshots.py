"""The pictures of the README, taken anew where this file is named to pytest."""

import io

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import Page

from tests.support import fact
from tests.tasks import run_tasks

pytestmark = pytest.mark.browser

FOLDER = settings.BASE_DIR / ".github" / "screenshots"
COLOURS = 256  # enough for text, and half the bytes
LARGEST = 150_000  # bytes


def test_take_the_pictures(page: Page):
    run_tasks()
    for name, path in {"home": "/", "fact": fact("society-contracts").get_absolute_url()}.items():
        page.goto(path)
        picture = FOLDER / f"{name}.png"
        Image.open(io.BytesIO(page.screenshot())).quantize(COLOURS).save(picture, optimize=True)
        assert picture.stat().st_size <= LARGEST
