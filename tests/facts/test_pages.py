"""Pages of facts, figures, sources and organisations."""

import re

import pytest
from django.urls import reverse

from achievements.models import Award
from outreach.models import EnterpriseLink, Training
from tests.changes import corrected
from xinyi_sat.facts.figures import all_figures
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Organisation, Passage

pytestmark = pytest.mark.django_db

SOURCE = "/sources/xinyi-review-2021/"


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_fact_shows_its_figures_with_meaning_bounds_basis_and_place(client, only_selects):
    fact = Training.objects.get(slug="employment-courses")
    page = body(client.get(fact.get_absolute_url()))
    row = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split('scope="row">人数')[1].split("</tr>")[0]))
    assert row.strip() == "20000多人 多于 20000 30000 人 原文未说明 253–259"
    assert f'href="{SOURCE}#p10-252"' in page


def test_a_fact_without_a_figure_says_so(client, only_selects):
    fact = EnterpriseLink.objects.get(slug="sorting-robot")
    page = body(client.get(fact.get_absolute_url()))
    assert "原文对此没有给出数字" in page
    assert "两大产业" in page


def test_a_fact_whose_only_figure_was_taken_away_does_not_say_that_the_document_gives_none(client):
    fact = Award.objects.get(slug="contest-tutor-award")
    fact.recipients = None
    fact.full_clean()
    corrected(fact)
    page = body(client.get(fact.get_absolute_url()))
    assert "原文对此没有给出数字" not in page
    assert "现在没有数字：以前收录的数字已经更正或修订去掉，见下面的更改记录。" in page


def test_a_fact_names_its_organisations_and_leaves_out_what_the_source_leaves_open(client):
    page = body(client.get(EnterpriseLink.objects.get(slug="society-contracts").get_absolute_url()))
    assert '<a href="/organisations/jiangsu-electronics-society/">省电子学会</a>' in page
    assert "所依托的活动" not in page


@pytest.mark.parametrize("kind", fact_kinds(), ids=lambda kind: kind.kind())
def test_every_fact_has_a_page_that_leads_to_its_paragraph_and_its_service(client, only_selects, kind):
    for fact in kind.objects.with_source():
        page = body(client.get(fact.get_absolute_url()))
        assert fact.passage.get_absolute_url() in page
        assert fact.service_url in page


def test_every_figure_leads_to_an_anchor_that_is_there(client, only_selects):
    page = body(client.get(SOURCE))
    for figure in all_figures():
        assert figure.passage_url == f"{SOURCE}#{figure.anchor}"
        assert page.count(f'id="{figure.anchor}"') == 1


def test_a_source_lists_every_paragraph_with_what_was_read_from_it(client, only_selects):
    page = body(client.get(SOURCE))
    assert (
        len(re.findall(r'id="p\d+"', page)) == Passage.objects.filter(document__slug="xinyi-review-2021").count() == 21
    )
    for kind in fact_kinds():
        assert all(fact.get_absolute_url() in page for fact in kind.objects.with_source())


def test_a_source_shows_no_words_where_none_were_loaded(client):
    assert "<blockquote>" not in body(client.get(SOURCE))


def test_a_source_asks_one_question_for_each_kind(client, django_assert_num_queries):
    with django_assert_num_queries(4 + len(fact_kinds())):  # one for the marks of all figures, one for the periods
        client.get(SOURCE)


def test_all_figures_are_listed_by_place_and_found_by_measure(client, only_selects, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        page = client.get("/figures/")
    assert page.context["table"].paginator.count == 37
    found = client.get("/figures/", {"q": "培训 人数"}).context["table"].paginated_rows
    assert [str(row.record.quantity) for row in found] == ["2342人", "20000多人", "1023人"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2342", ["2342人"]),
        ("5.36万", ["5.36万人次"]),
        ("２３４２人", ["2342人"]),
        ("培训 户数", ["506户", "6300户"]),
        ("训人", []),
    ],
)
def test_figures_are_found_by_their_number_as_by_their_words(client, words, found):
    rows = client.get("/figures/", {"q": words}).context["table"].paginated_rows
    assert sorted(str(row.record.quantity) for row in rows) == found


def test_figures_sort_by_number_across_kinds(client, only_selects):
    found = client.get("/figures/", {"sort": "-quantity"}).context["table"].paginated_rows
    assert [str(row.record.quantity) for row in found][:5] == [
        "5.36万人次",
        "20000多人",
        "6300户",
        "4200多名",
        "3000多名",
    ]


@pytest.mark.parametrize(
    ("question", "count"),
    [({"service": "organisation"}, 9), ({"basis": "yearly"}, 1), ({"kind": "team"}, 8), ({"at_least": "1000"}, 7)],
)
def test_figures_are_narrowed_by_the_database(client, only_selects, question, count):
    assert client.get("/figures/", question).context["table"].paginator.count == count


def test_a_question_about_figures_that_cannot_be_read_shows_none_and_says_why(client):
    answer = client.get("/figures/", {"at_least": "许多"})
    assert "输入一个数" in body(answer)
    assert answer.context["table"].paginator.count == 0


def test_a_search_names_the_facts_without_a_figure_too(client, only_selects):
    page = body(client.get("/figures/", {"q": "斯尔克"}))
    assert "没有符合条件的数字" in page
    assert '/achievements/coverages/2017-2021/one-step-process-team/">斯尔克集团公司一步制造法研发团队宣传</a>' in page


def test_an_organisation_leads_to_what_names_it(client, only_selects):
    page = body(client.get("/organisations/xinyi-science-museum/"))
    assert "《新华日报》报道新沂科技馆建设经验" in page
    assert "科技馆微信平台" in page


def test_every_organisation_is_listed_under_its_kind(client, only_selects):
    page = body(client.get(reverse("organisations")))
    assert all(organisation.get_absolute_url() in page for organisation in Organisation.objects.all())


def test_what_an_admin_writes_is_shown_as_text_and_never_as_markup(client):
    award = Award.objects.get(slug="advanced-party-organisation")
    award.title = award.note = "<script>alert(1)</script>"
    corrected(award)
    for path in (award.get_absolute_url(), award.list_url(), SOURCE, "/figures/?q=alert", "/services/organisation/"):
        assert "<script>" not in body(client.get(path))


def test_pages_forbid_scripts_and_sources_from_elsewhere(client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
