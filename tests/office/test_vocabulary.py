"""Staff add a measure or a word without a programmer, and none is taken from what uses it."""

import pytest

from outreach.models import Training
from tests.office.forms import admin_url, filled, send, sent_by
from tests.support import fact
from xinyi_sat.facts.models import Association, Measure, Term

pytestmark = pytest.mark.django_db

HOURS = {
    "label": "学时",
    "slug": "hours",
    "kinds": ["training", "engagement"],
    "dimension": "count",
    "units": "学时、小时",
    "position": "500",
}


def test_a_new_measure_has_a_field_a_column_and_a_place_on_the_page_of_its_kinds(manager, client, lectures):
    assert manager.post(admin_url(Measure, "add"), HOURS).status_code == 302
    assert Measure.objects.get(slug="hours").kinds == "training、engagement"
    assert send(manager, lectures, hours="36学时").status_code == 302
    assert "36学时" in manager.get(admin_url(Training)).content.decode()
    assert "36学时" in client.get(lectures.get_absolute_url()).content.decode()
    assert "的单位应为“学时”“小时”" in send(manager, lectures, hours="36节").content.decode()


def test_the_kinds_of_a_measure_are_ticked_by_their_chinese_names(manager):
    measure = Measure.objects.get(slug="participants")
    page = manager.get(admin_url(measure))
    assert "科企对接" in page.content.decode()
    assert "kinds" in sent_by(page)
    assert "已有这类记录用这个指标，不能去掉。" in send(manager, measure, kinds=["award"]).content.decode()
    assert manager.post(admin_url(measure), filled(manager, measure)).status_code == 302


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"slug": "document"}, "记录已有这个名字的栏目"),
        ({"slug": "audience"}, "记录已有这个名字的栏目"),
        ({"slug": "participants"}, "这个标识已有指标在用，请换一个。"),
        ({"units": "人次"}, "“人次”不是数“其他数量”的单位。"),
        ({"kinds": []}, "必填"),
        ({"label": "\u200b"}, "看不见"),
        ({"label": "人次"}, "这个指标数的是“其他数量”，不能叫“人次”。"),
        ({"label": "期数"}, "这几类记录中已有同名的指标"),
    ],
)
def test_a_measure_that_cannot_be_is_refused_in_chinese(manager, typed, message):
    answer = manager.post(admin_url(Measure, "add"), HOURS | typed)
    assert answer.status_code == 200
    assert message in answer.content.decode()


def test_a_word_is_added_to_a_vocabulary_that_a_kind_chooses_from(manager, lectures):
    page = manager.get(admin_url(Term, "add"))
    assert "培训的形式" in page.content.decode()
    sent = {"vocabulary": "training-form", "slug": "camp", "label": "训练\u200b营", "position": "9"}
    assert manager.post(admin_url(Term, "add"), sent).status_code == 302
    camp = Term.objects.get(vocabulary="training-form", slug="camp")
    assert send(manager, lectures, form=camp.pk).status_code == 302
    assert fact(lectures.slug).form.label == "训练营"
    again = manager.post(admin_url(Term, "add"), sent | {"slug": "camp-2", "label": "训练营"})
    assert "这个词表已有同名的词语。" in again.content.decode()


@pytest.mark.parametrize("model", [Measure, Term])
def test_what_is_used_is_not_deleted_and_keeps_its_slug(manager, model, lectures):
    used = Measure.objects.get(slug="participants") if model is Measure else lectures.form
    assert manager.post(admin_url(used, "delete"), {"post": "yes"}).status_code == 403
    assert not {"slug", "vocabulary"} & {*filled(manager, used)}
    free = model.objects.create(
        slug="free", label="没人用", **({} if model is Term else {"dimension": "count", "units": "个"})
    )
    assert "slug" in filled(manager, free)
    assert manager.post(admin_url(free, "delete"), {"post": "yes"}).status_code == 302
    assert not model.objects.filter(pk=free.pk).exists()


def test_what_a_record_had_once_is_not_deleted(manager, lectures):
    measure = Measure.objects.create(slug="hours", label="学时", dimension="count", units="学时", kinds="training")
    send(manager, lectures, hours="36学时")
    send(manager, lectures, hours="")
    assert manager.get(admin_url(measure, "delete")).status_code == 403


def test_a_new_label_is_found_and_shown_at_once(manager, client, lectures):
    label = "专题讲授"
    assert manager.post(admin_url(lectures.form), filled(manager, lectures.form) | {"label": label}).status_code == 302
    assert label in client.get(lectures.get_absolute_url()).content.decode()
    found = Training.objects.search([label])
    assert set(found) == set(Training.objects.filter(form=lectures.form))


@pytest.mark.parametrize("model", [Measure, Term, Association])
def test_only_a_manager_changes_the_vocabulary_and_the_association(editor, model):
    record = model.objects.first()
    assert editor.get(admin_url(record)).status_code == 200
    assert editor.post(admin_url(record), {}).status_code == 403
    assert editor.get(admin_url(model, "add")).status_code == 403


def test_the_association_is_one_and_bears_its_new_name_on_pages_and_in_the_admin(manager, client):
    one = Association.objects.get()
    assert manager.get(admin_url(Association))["Location"] == admin_url(one)
    assert manager.get(admin_url(Association, "add")).status_code == 403
    sent = filled(manager, one) | {"site_name": "临湖县科协工作回顾"}
    assert manager.post(admin_url(one), sent).status_code == 302
    assert "临湖县科协工作回顾" in client.get("/figures/").content.decode()
    assert "临湖县科协工作回顾 · 数据管理" in manager.get("/admin/").content.decode()


def test_of_two_managers_at_one_association_the_second_is_told_what_the_first_changed(manager):
    association = Association.objects.get()
    opened = filled(manager, association)
    assert send(manager, association, phone="0516-1").status_code == 302
    page = manager.post(admin_url(association), opened | {"address": "市府路1号"})
    assert "别人刚刚改为“0516-1”" in page.content.decode()
    association.refresh_from_db()
    assert (association.phone, association.address) == ("0516-1", "")
    assert sent_by(page)["address"] == "市府路1号"
    assert manager.post(admin_url(association), sent_by(page) | {"phone": "0516-1"}).status_code == 302
    association.refresh_from_db()
    assert (association.phone, association.address) == ("0516-1", "市府路1号")


def test_of_two_managers_at_one_measure_the_second_undoes_nothing(manager):
    measure = Measure.objects.get(slug="sites")
    opened = filled(manager, measure)
    assert send(manager, measure, label="处数").status_code == 302
    assert "别人刚刚改为“处数”" in manager.post(admin_url(measure), opened | {"position": "7"}).content.decode()
    measure.refresh_from_db()
    assert measure.label == "处数"
