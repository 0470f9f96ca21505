"""The home page, the pages of services, and what is counted."""

import pytest
from django.core.management import call_command

from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.kinds import fact_kinds

pytestmark = pytest.mark.django_db


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_home_page_shows_headline_figures_and_the_five_services(client, only_selects):
    page = body(client.get("/"))
    for wording in ("5.36万人次", "20000多人", "10余家", "4200多名", "225名"):
        assert wording in page
    for service in Service:
        assert service.get_absolute_url() in page
        assert service.label in page
    assert "起止为推断" in page


def test_the_home_page_marks_a_yearly_figure(client):
    households = next(kind for kind in fact_kinds() if kind.kind() == "training").objects.get(
        slug="science-demonstration-households"
    )
    households.is_headline = True
    households.save()
    assert '506户</a><small class="basis">每年</small>' in body(client.get("/")).replace("\n", "").replace("  ", "")


@pytest.mark.parametrize("service", Service)
def test_the_page_of_a_service_shows_all_its_facts_and_no_other(client, only_selects, service):
    page = body(client.get(service.get_absolute_url()))
    for kind in fact_kinds():
        for fact in kind.objects.with_source():
            assert (fact.get_absolute_url() in page) == (fact.service == service)


def test_what_is_counted_explains_people_attendances_and_each_qualifier(client, only_selects):
    page = body(client.get("/about/"))
    for word in ("人次", "余", "多于", "不到", "大约", "不少于", "区间", "约整"):
        assert word in page


def test_an_empty_site_says_that_nothing_is_loaded(client, django_db_blocker):
    call_command("flush", interactive=False, verbosity=0)
    try:
        assert "还没有载入任何记录" in body(client.get("/"))
        assert client.get("/report.pdf").status_code == 404
        assert body(client.get("/figures/"))
        assert body(client.get("/services/workers/"))
    finally:
        call_command("load_facts", verbosity=0)
