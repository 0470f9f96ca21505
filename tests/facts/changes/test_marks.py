"""A figure that was corrected since it was published says so wherever it is shown, and leads to its changes."""

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from outreach.models import EnterpriseLink, Training
from tests.changes import AFTER_MIDNIGHT, corrected
from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.figures import AT_ONCE, all_figures
from xinyi_sat.facts.models import Passage

pytestmark = pytest.mark.django_db

SOURCE = "/sources/xinyi-review-2021/"


@pytest.fixture
def lectures() -> Training:
    """A headline of the home page whose number of people was corrected."""
    lectures = corrected(Training.objects.get(slug="officials-science-lectures"), is_headline=True)
    return corrected(lectures, participants="1024人")


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def content_of(answer) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def marked() -> dict[str, str]:
    """The signs of all figures that have one."""
    return {figure.name: figure.mark.sign for figure in all_figures() if figure.mark}


def test_no_figure_is_marked_as_it_was_published(client):
    assert marked() == {}
    assert 'class="sign"' not in body(client.get("/outreach/trainings/"))


@pytest.mark.parametrize(
    "path",
    ["/", "/figures/", "/outreach/trainings/", "/services/literacy/", "/outreach/trainings/2017-2021/{}/", SOURCE],
)
def test_a_corrected_figure_is_marked_on_every_page_and_leads_to_its_changes(client, lectures, only_selects, path):
    page = body(client.get(path.format(lectures.slug)))
    before, after = page.split("1024人", 1)[0], page.split("1024人", 1)[1]
    assert "1024人" not in before
    link = after.split("</sup>")[0].split('<sup class="sign">')[1]
    assert f'href="{lectures.get_absolute_url()}#changes"' in link
    assert "更正，见更改记录" in link
    assert link.endswith(">更</a>")
    assert page.count('class="sign"') == page.count("更正，见更改记录") // 2 > 0


def test_an_organisation_marks_the_figures_of_what_names_it(client):
    corrected(EnterpriseLink.objects.get(slug="overseas-resources"), firms="6家")
    assert 'class="sign"' in body(client.get("/organisations/huaxin-new-materials/"))


def test_the_sign_tells_a_revision_from_a_correction_and_the_last_change_counts(lectures):
    lectures.participants = "1025人"
    lectures.save_as(ChangeKind.REVISION, "按计划改动")
    [sign] = marked().values()
    assert sign == "修"
    corrected(lectures, note="别的改动")
    assert list(marked().values()) == ["修"]


def test_only_another_wording_is_marked(lectures):
    corrected(lectures, title="讲座", basis="yearly", participants_start=280, participants_end=285)
    assert marked() == {"training/officials-science-lectures/participants": "更"}
    corrected(lectures, sessions="4期", households="5户")
    assert len(marked()) == 3


def test_a_figure_that_was_put_back_stays_marked(lectures):
    corrected(lectures, participants="1023人")
    assert list(marked().values()) == ["更"]


def test_what_was_changed_before_it_was_published_is_not_marked(lectures):
    draft = Training.objects.create(
        slug="draft",
        title="草稿",
        service="literacy",
        form="course",
        state=FactState.DRAFT,
        period=lectures.period,
        passage=lectures.passage,
        participants="5人",
    )
    corrected(draft, participants="6人")
    draft.state = FactState.CONFIRMED
    draft.save_as(ChangeKind.ENTERED)
    assert list(marked()) == ["training/officials-science-lectures/participants"]


def test_files_say_which_figures_were_corrected_and_when_in_china(client, lectures):
    corrected(lectures, participants="1025人", at=AFTER_MIDNIGHT)
    rows = list(csv.DictReader(io.StringIO(content_of(client.get("/figures.csv")))))
    assert [(row["wording"], row["corrected"], row["corrected_on"]) for row in rows if row["corrected"]] == [
        ("1025人", "correction", "2099-03-06")
    ]
    records = json.loads(content_of(client.get("/figures.json")))
    assert {record["corrected_on"] for record in records} == {None, "2099-03-06"}
    rows = list(csv.DictReader(io.StringIO(content_of(client.get("/outreach/trainings.csv")))))
    assert {row["更正与修订"] for row in rows} == {"", "人数2099年3月6日更正"}
    records = json.loads(content_of(client.get("/outreach/trainings.json")))
    assert [record["slug"] for record in records if record["corrected"]] == [lectures.slug]


@pytest.mark.parametrize(
    ("path", "questions"),
    [("/outreach/trainings/", 1), (SOURCE, 1), ("/figures/", 1), ("/", 1), ("/services/literacy/", 2)],  # its prose too
)
def test_marks_cost_one_question_however_many_there_are(client, lectures, path, questions):
    for training in Training.objects.exclude(participants=None):
        corrected(training, participants=f"{training.participants.number + 1:f}人")
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    assert len(marked()) == 3
    assert sum("wording_before" in query["sql"] for query in asked) == questions


def test_many_figures_are_asked_about_in_a_few_questions(django_assert_num_queries):
    assert AT_ONCE > 37
    with django_assert_num_queries(2):
        list(all_figures())


def test_where_some_were_corrected_one_more_question_is_asked_of_these_alone(lectures, django_assert_num_queries):
    with django_assert_num_queries(3) as asked:
        list(all_figures())
    assert f'"id" IN ({lectures.pk})' in asked.captured_queries[-1]["sql"]


def test_a_figure_that_is_not_what_the_words_say_is_shown_as_corrected_against_the_document(client, lectures):
    passage = Passage.objects.get(paragraph=10)
    passage.text = "文" * 281 + "1023人" + "文" * 49
    passage.save_without_historical_record(update_fields=["text"])
    for path in (lectures.get_absolute_url(), SOURCE):
        page = body(client.get(path))
        assert page.count("与原文不同，已更正") == 1
        assert "现为“1024人”" in page


def test_a_figure_that_differs_without_a_correction_is_shown_as_to_be_looked_at(client):
    lectures = Training.objects.get(slug="officials-science-lectures")
    passage = lectures.passage
    passage.text = "文" * 281 + "1022人" + "文" * 49
    passage.save_without_historical_record(update_fields=["text"])
    assert "与原文不同，待核对" in body(client.get(lectures.get_absolute_url()))


@pytest.mark.parametrize(("words", "times"), [("来了12023人", 1), ("来了1023人", 0)])
def test_a_figure_without_a_place_whose_wording_the_paragraph_does_not_have_is_to_be_looked_at(client, words, times):
    lectures = Training.objects.get(slug="officials-science-lectures")
    corrected(
        lectures, **{f"{name}_{side}": None for name in ("sessions", "participants") for side in ("start", "end")}
    )
    passage = lectures.passage
    passage.text = f"举办讲座3期，{words}。"
    passage.save_without_historical_record(update_fields=["text"])
    source = body(client.get(SOURCE)).partition(lectures.get_absolute_url())[2].partition("</li>")[0]
    assert "1023人" in source
    for page in (body(client.get(lectures.get_absolute_url())), source):
        assert page.count("与原文不同") == times


def test_where_the_words_are_not_here_a_corrected_figure_is_not_said_to_be_the_documents(client, lectures):
    page = body(client.get(lectures.get_absolute_url()))
    [row] = re.findall(r'<td data-label="现写作" class="quantity">.*', page)
    assert "1024人" in row
    [row] = re.findall(r'<td data-label="原文写作" class="quantity">.*', page)
    assert "1024人" not in row
    assert '<th scope="col">写法</th>' in page  # over both of them
    assert page.count("更正后的写法，可能与原文不同；以前的写法见下面的更改记录") == 1
    assert "与原文不同，已更正" not in page
    assert "与原文不同" not in body(client.get(SOURCE))


def test_a_figure_as_it_was_published_is_the_documents(client):
    page = body(client.get(Training.objects.get(slug="officials-science-lectures").get_absolute_url()))
    assert "原文写作" in page
    assert "现写作" not in page
