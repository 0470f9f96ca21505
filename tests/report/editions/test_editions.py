"""Editions: issued once and never changed."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from tests.pdf import words_of_pdf
from tests.report.editions.issued import issued
from tests.report.scopes import small_year
from tests.support import REASON, corrected
from xinyi_sat.facts.models import Period
from xinyi_sat.report.editions.issuing import issue
from xinyi_sat.report.models import Edition
from xinyi_sat.report.models.digests import sha256_of

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_an_edition_is_kept_in_three_formats_with_their_digests(client):
    edition = issued(period=small_year().slug)
    assert [file.ending for file in edition.files.all()] == ["pdf", "xlsx", "zip"]
    for file in edition.files.all():
        content = client.get(file.get_absolute_url())
        assert sha256_of(content.content) == file.sha256
        assert content["ETag"] == f'"{file.sha256}"'
        assert "immutable" in content["Cache-Control"]
    text = words_of_pdf(bytes(edition.file("pdf").content))
    assert "第1版，2026年11月24日" in text


@pytest.mark.slow
def test_a_correction_leaves_the_edition_as_it_was_and_is_in_the_next_with_what_changed(client, lectures_of_year):
    first = issued(period="2030")
    before = bytes(first.file("pdf").content)
    corrected(lectures_of_year, participants="1024人")
    second = issued("更正听讲人数", "2030")
    assert bytes(Edition.objects.get(number=1).file("pdf").content) == before
    text = words_of_pdf(bytes(second.file("pdf").content))
    assert "第2版" in text
    assert "人数：1023人→1024人" in text
    assert "2030年第1版（2026年11月24日）之后的更正与修订如下。" in text
    page = client.get(first.get_absolute_url()).content.decode()
    assert "这一版已有新版" in page
    assert second.get_absolute_url() in page
    assert "<del>1023人</del> → <ins>1024人</ins>" in page
    assert REASON in page


@pytest.mark.usefixtures("quick")
def test_the_latest_edition_says_whether_anything_has_changed_since(client, lectures):
    assert "还没有发布过报告" in client.get("/editions/").content.decode()
    issued()
    latest = issued("再版")
    assert "还没有发布过报告" in client.get("/editions/", {"period": small_year().slug}).content.decode()
    page = client.get("/editions/").content.decode()
    assert page.index("第2版") < page.index("第1版")
    assert page.count(">最新<") == page.count(">已有新版，仅供查考<") == 1
    page = client.get(latest.get_absolute_url()).content.decode()
    assert ">最新<" in page
    assert "此后没有更正或修订" in page
    assert "发布以后又有更正或修订" not in page
    corrected(lectures, participants="1024人")
    page = client.get(latest.get_absolute_url()).content.decode()
    assert "发布以后又有更正或修订" in page
    assert "改动了 1 处" in page
    assert 'href="/report.pdf?period=2017-2021"' in page


@pytest.mark.usefixtures("quick")
def test_an_issued_edition_and_its_files_never_change(lectures):
    edition = issued()
    for record in (edition, edition.file("pdf")):
        with pytest.raises((IntegrityError, DatabaseError), match="never_changes"), transaction.atomic():
            record.save()
    for table in ("report_edition", "report_editionfile"):
        with pytest.raises((IntegrityError, DatabaseError), match="never_changes"), transaction.atomic():
            connection.cursor().execute(f"UPDATE {table} SET id = id")


@pytest.mark.usefixtures("quick")
def test_an_issued_edition_and_its_files_are_never_taken_away_or_replaced():
    edition = issued()
    kept = sha256_of(bytes(edition.file("pdf").content))
    ways = ["DELETE FROM {table}", "DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})"]
    ways += ["TRUNCATE {table} CASCADE"] if connection.vendor == "postgresql" else []
    ways += ["REPLACE INTO {table} SELECT * FROM {table}"] if connection.vendor == "sqlite" else []
    connection.check_constraints()  # PostgreSQL empties no table of which a check is still to come.
    for table in ("report_edition", "report_editionfile"):
        for way in ways:
            with pytest.raises((IntegrityError, DatabaseError), match=r"_stays|_is_not_replaced"), transaction.atomic():
                connection.cursor().execute(way.format(table=table))
    assert sha256_of(bytes(issued("再版").period.editions.get(number=1).file("pdf").content)) == kept


@pytest.mark.usefixtures("quick")
def test_an_edition_that_is_not_issued_never_takes_the_place_of_one_that_is(prepared):
    Edition.objects.filter(pk=prepared.pk).update(number=9)
    first = issued(reason="已发布")
    way = "UPDATE OR REPLACE" if connection.vendor == "sqlite" else "UPDATE"
    for change in (f"id = {first.pk}", f"number = {first.number}"):
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.cursor().execute(f"{way} report_edition SET {change} WHERE id = {prepared.pk}")


@pytest.mark.usefixtures("quick")
def test_what_was_not_issued_is_not_public_and_can_be_tried_again(client):
    period = Period.objects.get(slug="2017-2021")
    edition = Edition.objects.create(
        period=period, number=1, dated_on=date(2026, 11, 24), reason="首次发布", as_of="2026-11-24T00:00Z"
    )
    assert client.get(edition.get_absolute_url()).status_code == 404
    assert "还没有发布过报告" in client.get("/editions/").content.decode()
    issue(edition)
    assert client.get(edition.get_absolute_url()).status_code == 200


@pytest.mark.usefixtures("quick")
def test_pages_of_editions_ask_everything_before_they_are_rendered(admin_client, lectures, queries_during_render):
    edition = issued()
    corrected(lectures, participants="1024人")
    in_admin = reverse("admin:report_edition_change", args=[edition.pk])
    for path in ("/editions/", edition.get_absolute_url(), in_admin):
        assert admin_client.get(path).status_code == 200
        assert queries_during_render == [], path
