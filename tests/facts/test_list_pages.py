"""Lists: each kind as a table that is sorted, searched and narrowed by its address."""

from itertools import groupby

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from achievements.models import Proposal
from achievements.views import ProposalListView
from outreach.views import TrainingListView
from tests.changes import corrected
from tests.facts.kinds import LIST_VIEWS
from xinyi_sat.facts.kinds import fact_kinds

pytestmark = pytest.mark.django_db

SORTED = [(view, column.name) for view in LIST_VIEWS for column in view.table_class([]).columns if column.orderable]


def titles(answer) -> list[str]:
    return [row.record.title for row in answer.context["table"].paginated_rows]


def shown(answer, name: str) -> list[str]:
    """What a column shows from top to bottom, once where it repeats, empty cells left out."""
    cells = (row.get_cell_value(name) for row in answer.context["table"].paginated_rows)
    return [cell for cell, _ in groupby(str(cell) for cell in cells if cell)]


def listed(client, view, **question):
    return client.get(view.model.list_url(), question)


def test_every_kind_has_a_list():
    assert {view.model for view in LIST_VIEWS} == set(fact_kinds())


@pytest.mark.parametrize("view", LIST_VIEWS, ids=lambda view: view.model.kind())
def test_a_list_shows_all_facts_and_links_each_to_its_paragraph(client, only_selects, view):
    page = listed(client, view).content.decode()
    for fact in view.model.objects.with_source():
        assert fact.get_absolute_url() in page
        assert fact.passage.get_absolute_url() in page
        assert all(str(getattr(fact, name)) in page for name in fact.figure_names() if getattr(fact, name))


@pytest.mark.parametrize(("view", "name"), SORTED, ids=lambda value: getattr(value, "__name__", value))
def test_every_column_that_offers_sorting_sorts(client, only_selects, view, name):
    up, down = listed(client, view, sort=name), listed(client, view, sort=f"-{name}")
    assert up.status_code == down.status_code == 200
    assert 'aria-sort="ascending"' in up.content.decode()
    assert 'aria-sort="descending"' in down.content.decode()
    assert shown(up, name) == shown(down, name)[::-1]
    assert sorted(titles(up)) == sorted(titles(down))


def test_figures_sort_by_their_number_with_missing_ones_last(client):
    up = titles(listed(client, TrainingListView, sort="participants"))
    down = titles(listed(client, TrainingListView, sort="-participants"))
    assert up[:3] == ["领导干部和公务员专题科学素质讲座", "专业技术人员继续教育公共课培训", "各类就业培训班"]
    assert down[:3] == up[2::-1]


def test_names_sort_with_missing_ones_last(client):
    named = {name for name in Proposal.objects.values_list("addressed_to__name", flat=True) if name}
    for sort in ("addressed_to", "-addressed_to"):
        rows = listed(client, ProposalListView, sort=sort).context["table"].paginated_rows
        bodies = [row.record.addressed_to and row.record.addressed_to.name for row in rows]
        assert bodies[-1] is None
        assert set(bodies[:-1]) == named


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({"q": "农民"}, ["新型职业农民技术培训", "“精准扶贫-送科技下乡”讲座和现场指导"]),
        ({"q": "讲座 公务员"}, ["领导干部和公务员专题科学素质讲座"]),
        ({"q": "ＡＢＣ无此事"}, []),
        ({"form": "household"}, ["科技入户", "新增科技示范户"]),
        ({"audience": "专业技术人员"}, ["专业技术人员继续教育公共课培训"]),
        ({"service": "innovation"}, ["“精准扶贫-送科技下乡”讲座和现场指导"]),
        ({"participants_min": "2342"}, ["专业技术人员继续教育公共课培训", "各类就业培训班"]),
        ({"form": "course", "participants_min": "10000"}, ["各类就业培训班"]),
    ],
)
def test_a_list_answers_what_it_is_asked(client, only_selects, question, expected):
    assert titles(listed(client, TrainingListView, **question)) == expected


@pytest.mark.parametrize(
    ("wording", "asked"),
    [
        ("２１０００多人", "２１０００"),
        ("２１０００多人", "21000"),
        ("２１０００多人", "21000多"),
        ("五百二十人", "520"),
        ("1.5万人", "15000"),
    ],
)
def test_a_search_finds_a_number_however_it_is_printed(client, lectures, wording, asked):
    corrected(lectures, participants=wording)
    assert titles(listed(client, TrainingListView, q=asked)) == [lectures.title]
    assert lectures.title in client.get("/figures/", {"q": asked}).content.decode()


def test_a_search_finds_full_width_letters_and_names_of_organisations(client):
    assert titles(client.get(reverse("outreach:channels"), {"q": "ＡＰＰ"})) == ["《新沂融媒体APP》科普版块"]
    assert titles(client.get(reverse("outreach:enterprise_links"), {"q": "华信新材料"})) == [
        "中国（徐州）国际创新创业大会海智资源对接"
    ]


def test_a_list_is_narrowed_to_a_partner(client):
    found = client.get(reverse("outreach:enterprise_links"), {"partners": "optical-society"})
    assert titles(found) == ["企业与省电子学会、光学学会等签约合作"]


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"form": "nonsense"}, "请从列出的选项中选择"),
        ({"participants_min": "许多"}, "输入一个数"),
        ({"q": "\x00"}, "不能含有空字符"),
        ({"q": "一 二 三 四 五 六 七"}, "一次最多查找 6 个词"),
    ],
)
def test_a_question_that_cannot_be_read_is_answered_in_chinese(client, question, message):
    answer = listed(client, TrainingListView, **question)
    assert message in answer.content.decode()
    assert titles(answer) == []


def test_files_follow_the_question_and_the_order_of_the_page(client):
    page = listed(client, TrainingListView, form="course", sort="-participants").content.decode()
    assert 'href="/outreach/trainings.csv?form=course&amp;sort=-participants"' in page


@pytest.mark.parametrize("view", LIST_VIEWS, ids=lambda view: view.model.kind())
def test_a_list_asks_no_more_when_it_has_more_to_show(client, view):
    with CaptureQueriesContext(connection) as of_one:
        assert len(titles(listed(client, view, q=view.model.objects.order_by("pk").last().title))) == 1
    with CaptureQueriesContext(connection) as of_all:
        listed(client, view)
    assert len(of_all) <= len(of_one)


def test_a_list_page_asks_a_fixed_number_of_questions(client, django_assert_num_queries):
    with django_assert_num_queries(6):  # one for the marks of all figures
        listed(client, TrainingListView)


def test_an_empty_cell_shows_a_dash_and_not_a_zero(client):
    page = listed(client, TrainingListView, q="科技入户").content.decode()
    assert page.count('<td class="none">—</td>') == 3
    assert ">0<" not in page


@pytest.mark.parametrize("number", ["0", "-1", "abc", "99999999999999999999"])
@pytest.mark.parametrize("name", ["page", "per_page"])
def test_a_page_number_that_makes_no_sense_still_shows_the_list(client, name, number):
    assert len(titles(listed(client, TrainingListView, **{name: number}))) == 7
