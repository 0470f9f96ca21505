"""The page of a fact: what is recorded of it, where it was read, and what became of it."""

import pytest

from tests.pages.reading import SOURCE, page, text, words
from tests.support import REASON, corrected, fact, save
from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.models import Fact, fact_kinds

pytestmark = pytest.mark.django_db


def shown(client, slug: str) -> str:
    return page(client, fact(slug).get_absolute_url())


def test_a_fact_shows_its_figures_with_meaning_bounds_basis_and_place(client, only_selects):
    body = shown(client, "employment-courses")
    row = words(body.split('scope="row">人数')[1].split("</tr>")[0])
    assert row == "20000多人 多于 20000 30000 人 原文未说明 253–259"
    assert f'href="{SOURCE}#p10-252"' in body


def test_a_fact_without_a_figure_says_so(client, only_selects):
    body = shown(client, "sorting-robot")
    assert "原文对此没有给出数字" in body
    assert "两大产业" in body


def test_a_fact_whose_only_figure_was_taken_away_does_not_say_that_the_document_gives_none(client):
    corrected(fact("contest-tutor-award"), recipients=None)
    body = shown(client, "contest-tutor-award")
    assert "原文对此没有给出数字" not in body
    assert "现在没有数字；改动见下面的更改记录。" in body


@pytest.mark.parametrize("kind", fact_kinds(), ids=lambda kind: kind.noun())
def test_every_fact_has_a_page_that_leads_to_its_paragraph_and_its_service(client, only_selects, kind):
    for one in kind.objects.with_source():
        body = page(client, one.get_absolute_url())
        assert one.passage.get_absolute_url() in body
        assert one.service_url in body


def test_the_lines_of_a_note_stay_lines(client):
    corrected(fact("sorting-robot"), note="第一行\n第二行")
    assert shown(client, "sorting-robot").count("第一行<br>第二行") == 2  # and among its changes
    assert '"第一行\n第二行"' in text(client, "/facts.csv")


def test_an_address_that_a_fact_had_before_leads_to_the_one_it_has_now(client):
    old = fact("sorting-robot").get_absolute_url()
    new = corrected(fact("sorting-robot"), slug="sorting-robots").get_absolute_url()
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (302, new)


def test_what_an_admin_writes_is_shown_as_text_and_never_as_markup(client):
    award = corrected(fact("advanced-party-organisation"), title="<script>alert(1)</script>", note="<script>")
    for path in (award.get_absolute_url(), award.list_url(), SOURCE, "/figures/?q=alert", "/corrections/"):
        assert "<script>" not in page(client, path)


def test_a_withdrawn_fact_is_gone_with_words(client, django_user_model):
    lectures = corrected(fact("officials-science-lectures"), "原文第 10 段", participants="1024人")
    save(lectures, ChangeKind.WITHDRAWAL, "重复收录", state="withdrawn")
    corrected(lectures, "补充说明", note="另有说明")
    answer = client.get(lectures.get_absolute_url())
    body = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (410, "no-cache")
    assert "撤回理由：重复收录（撤回）" in body
    assert "<table" not in body
    for part in ("原文第 10 段", "<del>1023人</del> → <ins>1024人</ins>", "<del>已确认</del> → <ins>已撤回</ins>"):
        assert part in body


def test_no_list_and_no_file_has_a_withdrawn_fact_until_it_is_brought_back(client):
    lectures = fact("officials-science-lectures")
    paths = [lectures.list_url(), "/outreach/trainings.csv", "/outreach/trainings.json", SOURCE]
    paths += ["/figures/?q=领导干部", "/figures.csv", "/facts.json"]
    assert all(lectures.title in text(client, path) for path in paths)
    corrected(lectures, state="withdrawn")
    assert not any(lectures.title in text(client, path) for path in paths)
    corrected(lectures, state="confirmed")
    assert all(lectures.title in text(client, path) for path in paths)
    assert page(client, lectures.get_absolute_url()).count(f"理由：{REASON}") == 2


def test_a_fact_is_found_under_its_own_kind_and_period_only(client):
    path = Fact.objects.get(slug="sorting-robot").get_absolute_url()
    for other in (path.replace("2017-2021", "2022"), path.replace("enterprise-links", "trainings")):
        assert client.get(other).status_code == 404


def test_a_fact_names_its_organisations_and_leaves_out_what_the_source_leaves_open(client):
    body = shown(client, "society-contracts")
    assert '<a href="/organisations/jiangsu-electronics-society/">省电子学会</a>' in body
    assert "所依托的活动" not in body
