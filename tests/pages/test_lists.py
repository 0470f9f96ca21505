"""Lists: each kind as a table that is sorted, searched and narrowed by its address."""

from itertools import groupby

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from outreach.models import Indicator
from tests.pages.reading import column, page, rows, table, words
from tests.support import corrected, drafted, fact, save
from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.models import Measure, fact_kinds
from xinyi_sat.pages.tables import table_of

pytestmark = pytest.mark.django_db

TRAININGS, PROPOSALS = "/outreach/trainings/", "/achievements/proposals/"
LECTURES, COURSE, EMPLOYMENT = (
    "领导干部和公务员专题科学素质讲座",
    "专业技术人员继续教育公共课培训",
    "各类就业培训班",
)
OF_EVERY_KIND = pytest.mark.parametrize("kind", fact_kinds(), ids=lambda kind: kind.noun())


def titles(client, path: str = TRAININGS, **question) -> list[str]:
    return column(client, path, "名称", **question)


@OF_EVERY_KIND
def test_a_list_shows_all_facts_and_links_each_to_its_paragraph(client, only_selects, kind):
    shown = page(client, kind.list_url())
    for one in kind.objects.with_source().with_figures():
        assert one.get_absolute_url() in shown
        assert one.passage.get_absolute_url() in shown
        assert all(str(figure) in shown for figure in one.figures.all())


@OF_EVERY_KIND
def test_every_column_that_offers_sorting_sorts(client, only_selects, kind):
    columns = table_of(kind)(kind.objects.none()).columns
    file = f"{kind.list_url()[:-1]}.csv"  # in the order of the page
    for name, label in [(one.name, str(one.header)) for one in columns if one.orderable]:
        up, down = ([row[label] for row in rows(client, file, sort=sort)] for sort in (name, f"-{name}"))
        assert [cell for cell, _ in groupby(filter(None, up))] == [cell for cell, _ in groupby(filter(None, down))][
            ::-1
        ]


def test_figures_sort_by_their_number_and_missing_ones_stand_last(client):
    assert titles(client, sort="participants")[:3] == [LECTURES, COURSE, EMPLOYMENT]
    assert titles(client, sort="-participants")[:3] == [EMPLOYMENT, COURSE, LECTURES]
    assert 'aria-sort="descending"' in page(client, TRAININGS, sort="-participants")
    for sort in ("addressed_to", "-addressed_to"):
        assert column(client, PROPOSALS, "认可或回应单位", sort=sort)[-1] == "—"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({"q": "农民"}, ["新型职业农民技术培训", "“精准扶贫-送科技下乡”讲座和现场指导"]),
        ({"q": "讲座 公务员"}, [LECTURES]),
        ({"q": "无此事"}, []),
        ({"q": "公\u200b务\ufeff员\u00ad"}, [LECTURES]),
        ({"form": "household"}, ["科技入户", "新增科技示范户"]),
        ({"audience": "专业技术人员"}, [COURSE]),
        ({"service": "innovation"}, ["“精准扶贫-送科技下乡”讲座和现场指导"]),
        ({"participants_min": "2342"}, [COURSE, EMPLOYMENT]),
        ({"form": "course", "participants_min": "10000"}, [EMPLOYMENT]),
    ],
)
def test_a_list_answers_what_it_is_asked(client, only_selects, question, expected):
    assert titles(client, **question) == expected


@pytest.mark.parametrize(
    ("wording", "asked"),
    [
        ("２１０００多人", "21,000"),
        ("五百二十人", "520"),
        ("1.5万人", "15000"),
    ],
)
def test_a_search_finds_a_number_however_it_is_printed(client, wording, asked):
    corrected(fact("officials-science-lectures"), participants=wording)
    assert titles(client, q=asked) == [LECTURES]
    assert titles(client, "/figures/", q=asked) == [LECTURES]


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
    assert message in page(client, TRAININGS, **question)
    assert titles(client, **question) == []


@pytest.mark.parametrize("path", [TRAININGS, "/figures.json", "/corrections/"])
@pytest.mark.parametrize(("name", "values"), [("q", ["讲座", "培训"]), ("period", ["2017-2021", "2022"])])
def test_an_address_that_gives_two_values_for_one_is_answered_with_neither(client, path, name, values):
    answer = client.get(path, {name: values})
    assert answer.status_code == 400
    assert f"{name} 写了 2 个不同的值（{'、'.join(values)}），这里一次只能看一个。" in answer.content.decode()
    assert client.get(path, {name: ["", "2017-2021", "2017-2021"]}).status_code == 200


def test_files_follow_the_question_and_the_order_of_the_page(client):
    shown = page(client, TRAININGS, form="course", sort="-participants")
    assert 'href="/outreach/trainings.csv?form=course&amp;sort=-participants"' in shown


@OF_EVERY_KIND
def test_a_list_asks_at_most_twelve_questions_and_no_more_when_it_has_more_to_show(client, kind):
    last = [one.title for one in kind.objects.order_by("-pk")[:1]]
    with CaptureQueriesContext(connection) as of_one:
        assert titles(client, kind.list_url(), q="".join(last)) == last
    with CaptureQueriesContext(connection) as of_all:
        titles(client, kind.list_url())
    assert len(of_all) <= len(of_one) <= 12


def test_an_empty_cell_shows_a_dash_and_not_a_zero(client):
    [row] = table(client, TRAININGS, q="科技入户")
    assert row.count("—") == 3
    assert "0" not in row


def test_ties_keep_their_order_from_page_to_page(client):
    course = fact("continuing-education")
    for number in range(30):
        drafted(course, slug=f"course-{number}", title=f"课程{number}", state="confirmed")
    first, second = (titles(client, sort="-participants", q="课程", page=number) for number in (1, 2))
    assert (len(first), len(second)) == (25, 5)
    assert len({*first, *second}) == 30


def test_a_new_measure_is_a_column_a_filter_and_a_cell_of_files_without_a_programmer(client):
    Measure.objects.create(
        slug="online-viewers",
        label="观看人次",
        dimension="attendances",
        units="人次",
        kinds="training、indicator",
        position=1,
    )
    corrected(fact("continuing-education"), **{"online-viewers": "3万余人次"})
    assert column(client, TRAININGS, "观看人次", sort="-online-viewers", **{"online-viewers_min": "30000"}) == [
        "3万余人次 更"
    ]
    [row] = rows(client, "/outreach/trainings.csv", **{"online-viewers_min": "1"})
    assert (row["观看人次"], row["观看人次（下限）"], row["观看人次（上限）"]) == ("3万余人次", "30000", "40000")


def test_an_indicator_holds_what_fits_no_other_kind(client):
    course = fact("continuing-education")
    shared = {name: getattr(course, name) for name in ("service", "period", "passage")}
    measure = Indicator.measures()[0]
    figure = {measure.slug: f"12{measure.unit_words[0]}"}
    form = Indicator._meta.get_field("form").related_model.objects.filter(vocabulary="indicator-form").first()
    made = save(Indicator(slug="societies", title="学会", form=form, **shared), ChangeKind.ENTERED, **figure)
    assert titles(client, Indicator.list_url()) == ["学会"]
    assert "学会" in words(page(client, made.get_absolute_url()))
    assert titles(client, "/figures/", kind="indicator") == ["学会"]


def test_the_menu_leads_to_the_list_of_every_kind_that_has_facts(client):
    menu = page(client, "/figures/").split("</header>")[0]
    for kind in fact_kinds():
        link = f'<a href="{kind.list_url()}">{kind._meta.verbose_name}</a>'
        assert (link in menu) == kind.objects.exists()
