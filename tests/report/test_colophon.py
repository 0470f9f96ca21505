"""What the report says of itself is true: its typefaces, its data, its date and its address."""

import csv
import hashlib
import io
from dataclasses import replace

import pikepdf
import pytest

from outreach.models import Training
from tests.report.office import SITE
from tests.report.scopes import review_scope
from tests.support import corrected
from xinyi_sat.facts.choices import Service
from xinyi_sat.report import typefaces
from xinyi_sat.report.colophon import colophon_of
from xinyi_sat.report.imprint import Imprint, Site
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.typefaces import STACKS, typefaces_printed, typefaces_used

pytestmark = pytest.mark.django_db


def lines(scope: Scope | None = None, site: str = SITE) -> dict[str, str]:
    """What the colophon says, by its labels."""
    return dict(colophon_of(Imprint(scope or review_scope()), Site(site), typefaces_printed()))


@pytest.mark.slow
def test_the_typefaces_named_are_those_in_the_file(printed_review):
    named = {family for _, family in typefaces_used()}
    with pikepdf.open(io.BytesIO(printed_review.content)) as opened:
        fonts = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary)]
        inside = {str(one.FontName) for one in fonts if one.get("/Type") == "/FontDescriptor"}
    for family in named:
        assert family in lines()["字体"]
        assert any(family.replace(" ", "") in name.replace("-", "") for name in inside)
    assert all(any(family.replace(" ", "") in name.replace("-", "") for family in named) for name in inside)


def test_a_licensed_typeface_is_named_where_it_is_installed(monkeypatch):
    monkeypatch.setattr(typefaces, "installed", lambda: frozenset({"FangSong_GB2312", "SimHei"}))
    used = dict(typefaces_used())
    assert used["正文"] == "FangSong_GB2312"
    assert used["一级标题和表头"] == "SimHei"
    assert used["二级标题"] == STACKS["kai"][-1]


def test_the_digest_is_that_of_the_tables_of_the_site_with_paths_for_addresses(client, lectures):
    whole = hashlib.sha256()
    for path in ("/figures.csv", "/facts.csv"):
        rows = csv.reader(io.StringIO(b"".join(client.get(path)).decode().replace("http://testserver/", "/")))
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        whole.update(text.getvalue().encode())
    assert lines()["数据校验值"].startswith(whole.hexdigest())
    corrected(lectures, participants="1024人")
    assert not lines()["数据校验值"].startswith(whole.hexdigest())


def test_the_colophon_says_where_how_often_corrected_and_how_to_cite(lectures):
    before = lines()
    assert before["版次"] == "现行数据（尚未定版）"
    assert before["数据日期"] == "2021年12月27日"
    assert before["数据版本"] == "公布以来没有更正或修订"
    assert before["网址"] == f"{SITE}/?period=2017-2021"
    assert before["引用"].startswith("新沂市科学技术协会：《工作回顾数据报告》")
    corrected(lectures, participants="1024人")
    assert lines()["数据版本"] == "公布以来更正与修订 1 次之后"
    assert lines()["数据日期"] != "2021年12月27日"


@pytest.mark.parametrize(
    ("part", "address"),
    [
        ({"service": Service.LITERACY}, "/services/literacy/?period=2017-2021"),
        ({"kind": Training}, "/outreach/trainings/?period=2017-2021"),
        ({"service": Service.LITERACY, "kind": Training}, "/outreach/trainings/?period=2017-2021&service=literacy"),
    ],
)
def test_the_colophon_of_a_part_leads_to_the_page_that_shows_this_part(client, part, address):
    scope = replace(review_scope(), **part)
    assert lines(scope)["网址"] == f"{SITE}{address}"
    page = client.get(address).content.decode()
    assert [one.title for one in scope.facts() if one.title not in page] == []


@pytest.mark.slow
def test_the_cover_says_which_data_it_is(printed_review):
    assert "现行数据（尚未定版）数据日期：2021年12月27日" in printed_review.text[:200]
