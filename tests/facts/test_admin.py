"""The admin: Chinese, complete, and what it changes shows everywhere at once."""

import re

import pytest
from django.db.models import BooleanField
from django.test import Client
from django.urls import reverse

from achievements.models import Award
from outreach.models import Training
from tests.changes import REASON
from tests.roles import logged_in
from xinyi_sat.accounts.roles import VIEWER
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, Organisation, Passage, Period

pytestmark = pytest.mark.django_db

RECORDS = [Period, Organisation, Document, Passage, *fact_kinds()]


def admin_url(record, page: str = "change") -> str:
    return reverse(
        f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}", args=[record.pk] if record.pk else []
    )


def filled(client, record) -> dict:
    """What the change form of a record would send unchanged."""
    form = client.get(admin_url(record)).context_data["adminform"].form
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in values.items() if value not in (None, False)}


def correct(client, record, **changes: str):
    data = filled(client, record) | {"change_kind": "correction", "change_reason": REASON} | changes
    data |= {name: [one.pk for one in data[name]] for name in record.organisation_names() if name in data}
    return client.post(admin_url(record), data)


def test_every_record_can_be_found_and_corrected(admin_client):
    for model in RECORDS:
        record = model.objects.first()
        assert admin_client.get(admin_url(model(), "changelist"), {"q": "新沂"}).status_code == 200
        assert admin_client.get(admin_url(record)).status_code == 200
        assert admin_client.get(admin_url(model(), "add")).status_code == 200


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.model_name)
def test_who_may_only_read_is_told_in_words_what_others_tick(model):
    page = logged_in(VIEWER).get(admin_url(model.objects.first())).content.decode()
    assert not re.findall('alt="(?:True|False)"', page)
    said = re.findall(r'<label>([^<:：]*)[:：]?</label>\s*<div class="readonly">[是否]</div>', page)
    assert said == [one.verbose_name for one in model._meta.fields if isinstance(one, BooleanField)]


def test_a_list_in_the_admin_shows_figures_and_source(admin_client):
    page = admin_client.get(admin_url(Training(), "changelist")).content.decode()
    assert "2342人" in page
    assert "/sources/xinyi-review-2021/#p10" in page


def test_a_list_in_the_admin_says_how_many_there_are(admin_client):
    assert f"共 {Training.objects.count()} 条" in admin_client.get(admin_url(Training(), "changelist")).content.decode()


def test_a_correction_shows_on_page_list_files_and_source_at_once(admin_client, client, lectures):
    assert correct(admin_client, lectures, participants="1024人").status_code == 302
    for path in (
        lectures.get_absolute_url(),
        lectures.list_url(),
        "/sources/xinyi-review-2021/",
        "/services/literacy/",
    ):
        page = client.get(path).content.decode()
        assert "1024人" in page
        assert "1023人" not in page.split('id="changes"')[0]
    for path in ("/figures.csv", "/outreach/trainings.csv", "/outreach/trainings.json"):
        assert "1024" in b"".join(client.get(path).streaming_content).decode()


@pytest.mark.parametrize("typed", ["20000多人", "2万余人", "近3000人"])
def test_a_figure_typed_comes_back_as_typed(admin_client, lectures, typed):
    correct(admin_client, lectures, participants=typed)
    assert f'value="{typed}"' in admin_client.get(admin_url(lectures)).content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"participants": "约abc"}, "participants", "看不懂“约abc”：应写作数字加单位"),
        ({"participants": "1023人次"}, "participants", "人数的单位应为“人”“名”“位”，而“1023人次”的单位是“人次”"),
        ({"attendances": "2000人"}, "attendances", "人次的单位应为“人次”"),
        ({"attendances": "1000人次"}, "participants", "人数不能多于人次"),
        ({"participants_end": ""}, "participants_end", "起止字位必须同时填写"),
        ({"participants_start": "300", "participants_end": "336"}, "participants_end", "第 10 段只有 335 字"),
        ({"title": ""}, "title", "必填"),
        ({"slug": "continuing-education"}, "slug", "已有同一标识"),
        ({"passage": ""}, "passage", "必填"),
        ({"title": "讲座\u202e3201"}, "title", "第 3 字是看不见的控制字符（U+202E），请删去后重新填写。"),
        ({"note": "共\u2067三期"}, "note", "第 2 字是看不见的控制字符（U+2067）"),
        ({"audience": "干部\x07"}, "audience", "第 3 字是看不见的控制字符（U+0007）"),
        ({"title": "\u3164\u200b"}, "title", "这里只有看不见的字符，请删去后重新填写。"),
        ({"note": "改", "change_reason": "\u202d核对"}, "change_reason", "第 1 字是看不见的控制字符（U+202D）"),
    ],
)
def test_what_cannot_be_true_is_refused_in_chinese_and_what_was_typed_is_kept(
    admin_client, lectures, changes, field, message
):
    answer = correct(admin_client, lectures, **changes)
    assert answer.status_code == 200
    form = answer.context["adminform"].form
    assert message in "".join(form.errors[field])
    assert "__all__" not in form.errors
    assert {name: form.data[name] for name in changes} == changes
    assert str(Training.objects.get(pk=lectures.pk).participants) == "1023人"


@pytest.mark.parametrize(
    ("model", "changes", "message"),
    [
        (Document, {"published_on": "2016-12-31"}, "发布日期不能早于所述时期的开始日期（2017-01-01）"),
        (Period, {"starts_on": "2021-12-28"}, "2021-12-27 已经发布，时期不能在这之后才开始"),
        (Period, {"ends_on": "2016-12-31"}, "开始日期不能晚于结束日期"),
    ],
)
def test_a_date_that_cannot_be_true_is_refused_beside_its_field(admin_client, model, changes, message):
    record = model.objects.get()
    data = filled(admin_client, record) | {"change_kind": "correction", "change_reason": REASON} | changes
    form = admin_client.post(admin_url(record), data).context["adminform"].form
    assert {name: message in "".join(errors) for name, errors in form.errors.items()} == dict.fromkeys(changes, True)


def test_an_organisation_that_a_fact_names_cannot_be_deleted(admin_client):
    named = Organisation.objects.get(slug="optical-society")
    assert admin_client.post(admin_url(named, "delete"), {"post": "yes"}).status_code == 403
    assert Organisation.objects.filter(pk=named.pk).exists()


def test_an_admin_page_asks_a_fixed_number_of_questions(admin_client, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        admin_client.get(admin_url(Award(), "changelist"))


def test_nobody_enters_the_admin_without_a_password(client):
    answer = client.get("/admin/")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/login/?next=/admin/")


def test_a_refused_form_says_so_in_chinese_in_the_title_too(admin_client, lectures):
    page = correct(admin_client, lectures, title="").content.decode()
    assert "<title>有误： 领导干部" in page
    assert "Error" not in page.split("</title>")[0]


def test_a_place_in_one_paragraph_is_forgotten_with_another(admin_client, lectures):
    other = Passage.objects.get(paragraph=18)
    assert correct(admin_client, lectures, passage=other.pk).status_code == 302
    moved = Training.objects.get(pk=lectures.pk)
    assert (moved.participants_start, moved.participants_end, moved.passage) == (None, None, other)


def test_a_form_from_elsewhere_is_refused_in_chinese(lectures):
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert answer.status_code == 403
    assert "这份表单已经过期" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/admin/outreach/training/?q=%00",
        "/admin/facts/organisation/?kind__exact=%00",
        "/admin/autocomplete/?app_label=outreach&model_name=training&field_name=passage&term=%00",
    ],
)
def test_an_address_that_no_database_can_be_asked_is_refused_in_words(admin_client, path):
    page = admin_client.get(path)
    assert page.status_code == 400
    assert "网址中的值不能含有空字符" in page.content.decode()


@pytest.mark.parametrize("asked", ["officials-science-lectures", "1023人", "科学素质讲座"])
def test_the_search_of_a_list_finds_the_slug_and_the_figures_too(admin_client, lectures, asked):
    page = admin_client.get(admin_url(type(lectures)(), "changelist"), {"q": asked})
    assert list(page.context["cl"].result_list) == [lectures]
