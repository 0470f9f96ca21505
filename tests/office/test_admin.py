"""The admin: Chinese, complete, and what it changes shows everywhere at once."""

import re

import pytest
from django.db.models import BooleanField
from django.test import Client

from outreach.models import Training
from tests.office.forms import admin_url, filled, send, sent_by
from tests.roles import logged_in
from tests.support import REASON, fact
from xinyi_sat.accounts.roles import VIEWER
from xinyi_sat.facts.models import Change, Document, Organisation, Passage, Period, fact_kinds

pytestmark = pytest.mark.django_db

SOURCES = [Period, Organisation, Document, Passage]
RECORDS = [*SOURCES, *fact_kinds()]
ADD = {
    "title": "新的讲座",
    "slug": "new-lectures",
    "service": "literacy",
    "basis": "not_stated",
    "participants": "80人",
}


def by_model(test):
    return pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.model_name)(test)


def a_new_training(client: Client) -> dict:
    """What the form of a new training sends."""
    like = filled(client, fact("officials-science-lectures"))
    return {name: like[name] for name in ("form", "period", "passage")} | ADD


@by_model
def test_every_record_can_be_found_and_corrected(admin_client, django_assert_max_num_queries, model):
    with django_assert_max_num_queries(26):
        assert admin_client.get(admin_url(model), {"q": "新沂"}).status_code == 200
    for record in model.objects.all()[:1]:
        assert admin_client.post(admin_url(record), filled(admin_client, record)).status_code == 302


def test_a_fact_is_entered_with_its_figures_as_one_change(editor):
    assert editor.post(admin_url(Training, "add"), a_new_training(editor)).status_code == 302
    made = fact("new-lectures")
    change = Change.objects.of(made).get()
    assert (change.kind, change.user.username, change.differences) == ("entered", "一位编辑", [])
    assert made.figure("participants").wording == "80人"
    assert admin_url(made, "state") in editor.get(admin_url(made)).content.decode()


def test_who_may_only_read_is_told_in_words_what_others_tick_and_type(lectures):
    viewer = logged_in(VIEWER)
    for record in (*(model.objects.first() for model in SOURCES), lectures):
        page = viewer.get(admin_url(record)).content.decode()
        assert not re.findall('alt="(?:True|False)"', page)
        assert "<select" not in page
        said = re.findall(r'<label>([^<:：]*)[:：]?</label>\s*<div class="readonly">[是否]</div>', page)
        assert said == [one.verbose_name for one in record._meta.fields if isinstance(one, BooleanField)]
    assert f"1023人（第 {lectures.figure('participants').place} 字）" in page


def test_a_list_shows_figures_and_source_sorts_by_figures_and_says_how_many_there_are(admin_client):
    page = admin_client.get(admin_url(Training), {"o": "7"})
    assert all(words in page.content.decode() for words in ("2342人", "/sources/xinyi-review-2021/#p10"))
    assert f"共 {Training.objects.count()} 条" in page.content.decode()
    numbers = [one.figure("participants") for one in page.context["cl"].result_list]
    numbers = [one.number for one in numbers if one]
    assert numbers == sorted(numbers)
    assert len(numbers) > 2


@pytest.mark.parametrize("asked", ["officials-science-lectures", "1023人", "科学素质讲座", "１０２３\u200b人"])
def test_the_search_of_a_list_finds_slug_words_and_figures(admin_client, lectures, asked):
    assert list(admin_client.get(admin_url(Training), {"q": asked}).context["cl"].result_list) == [lectures]


def test_a_correction_is_on_every_page_and_in_every_file_at_once(admin_client, client, lectures):
    assert send(admin_client, lectures, participants="近1024人").status_code == 302
    assert 'value="近1024人"' in admin_client.get(admin_url(lectures)).content.decode()
    for path in ("/outreach/trainings.csv", "/outreach/trainings.json", "/figures.csv"):
        assert "近1024人" in client.get(path).getvalue().decode()
    for path in (lectures.get_absolute_url(), lectures.list_url(), "/sources/xinyi-review-2021/"):
        page = client.get(path).content.decode()
        assert "近1024人" in page
        assert "1023人" not in page.split('id="changes"')[0]


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
        ({"form": ""}, "form", "必填"),
        ({"headline_rank": "10"}, "headline_rank", "首页次序应为 1 到 9，或留空。"),
        ({"title": "讲座\u202e3201"}, "title", "第 3 字是看不见的控制字符（U+202E），请删去后重新填写。"),
        ({"title": "\u3164\u200b"}, "title", "这里只有看不见的字符，请删去后重新填写。"),
        ({"note": "改", "change_reason": "\u202d核对"}, "change_reason", "第 1 字是看不见的控制字符（U+202D）"),
    ],
)
def test_what_cannot_be_true_is_refused_in_chinese_and_what_was_typed_is_kept(
    admin_client, lectures, changes, field, message
):
    answer = send(admin_client, lectures, **changes)
    assert answer.status_code == 200
    form = answer.context["adminform"].form
    assert message in "".join(form.errors[field])
    assert "__all__" not in form.errors
    assert {name: form.data[name] for name in changes} == changes
    assert fact("officials-science-lectures").figure("participants").wording == "1023人"


def test_characters_that_nobody_sees_are_dropped_from_what_is_typed(admin_client, lectures):
    send(admin_client, lectures, title="专题\u200b讲座\ufeff", audience="\u00a0干部", participants="10\u00ad24人")
    saved = fact("officials-science-lectures")
    assert (saved.title, saved.audience, saved.figure("participants").wording) == ("专题讲座", "干部", "1024人")


def test_a_name_that_differs_only_by_what_nobody_sees_is_taken_already(admin_client):
    known = Organisation.objects.get(slug="optical-society")
    typed = {"name": f"{known.name[:2]}\u200b{known.name[2:]}", "slug": "another", "kind": known.kind}
    form = admin_client.post(admin_url(Organisation, "add"), typed).context["adminform"].form
    assert "已" in "".join(form.errors["name"])


def test_a_term_is_chosen_from_its_own_vocabulary(admin_client, lectures):
    field = admin_client.get(admin_url(lectures)).context["adminform"].form.fields["form"]
    assert set(field.queryset.values_list("vocabulary", flat=True)) == {"training-form"}


def test_an_organisation_that_a_fact_names_cannot_be_deleted(admin_client):
    named = Organisation.objects.get(slug="optical-society")
    assert admin_client.post(admin_url(named, "delete"), {"post": "yes"}).status_code == 403
    assert Organisation.objects.filter(pk=named.pk).exists()


def test_nobody_enters_the_admin_without_a_password(client):
    answer = client.get("/admin/")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/login/?next=/admin/")


def test_a_refused_form_says_so_in_chinese_in_the_title_too(admin_client, lectures):
    page = send(admin_client, lectures, title="").content.decode()
    assert "<title>有误： 领导干部" in page
    assert "Error" not in page.split("</title>")[0]


def test_a_place_in_one_paragraph_is_forgotten_with_another(admin_client, lectures):
    other = Passage.objects.get(paragraph=18)
    assert send(admin_client, lectures, passage=other.pk).status_code == 302
    moved = fact("officials-science-lectures")
    assert {(one.start, one.end) for one in moved.figures.all()} == {(None, None)}
    assert moved.passage == other


def test_a_form_from_elsewhere_is_refused_in_chinese():
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert answer.status_code == 403
    assert "这份表单已经过期" in answer.content.decode()


def test_a_second_click_on_save_of_a_new_record_is_answered_as_the_first(editor, manager):
    sent = a_new_training(editor) | {"title": "新的\u200b讲座"}
    answers = [editor.post(admin_url(Training, "add"), sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Change.objects.of(fact("new-lectures")).count() == 1
    other = editor.post(admin_url(Training, "add"), sent | {"note": "别的"})
    assert "这个时期已有同一标识的记录。" in other.content.decode()
    assert manager.post(admin_url(Training, "add"), sent).status_code == 200, "somebody else's is no second click"


def test_what_is_filled_in_by_the_address_of_a_new_record_is_shown(editor, lectures):
    address = f"{admin_url(Training, 'add')}?title=讲座&period={lectures.period_id}&passage={lectures.passage_id}&sessions=3期"
    shown = sent_by(editor.get(address))
    assert (shown["title"], shown["sessions"], shown["passage"]) == ("讲座", "3期", str(lectures.passage_id))


def test_a_reason_is_told_to_readers_and_the_name_of_the_admin_is_not(editor, client, lectures):
    send(editor, lectures, participants="1024人")
    page = client.get("/corrections/").content.decode()
    assert all(words in page for words in ("1023人", "1024人", REASON))
    assert "一位编辑" not in page
