"""What a program found in a new review is sorted into facts by an admin."""

from pathlib import Path

import pytest
from django.core.management import call_command

from outreach.models import Training
from tests.office.forms import admin_url, sent_by
from tests.roles import logged_in
from tests.support import fact, new_period
from xinyi_sat.accounts.roles import VIEWER
from xinyi_sat.facts.models import Document, DraftFact, Organisation, Term

pytestmark = pytest.mark.django_db

TEXT = """临湖县科协本年工作
搭平台　竭诚服务科技工作者
评选优秀人才12名；“银杏计划”扶持8人，其中首批3人。
提素质　服务全民科学素质提升
第三届科普节办讲座20场、听众近5000人次，成人继续教育办班17期、学员230人。
"""


def drafted(folder: Path, text: str = TEXT) -> None:
    """Draft a review of our own making, its document registered in a period that is a draft."""
    path, period = folder / "review.txt", new_period("2031", state="draft")
    path.write_text(text, encoding="utf-8")
    publisher = Organisation.objects.create(slug="linhu-ast", name="临湖县科协", kind="association")
    said = {"slug": "linhu-2031", "title": "临湖县科协本年工作", "published_on": "2032-01-05"}
    Document.objects.create(publisher=publisher, period=period, **said)
    call_command("load_source", path, document="linhu-2031", register=True, verbosity=0)
    call_command("draft_facts", path, period="2031", verbosity=0)


def offered(client, draft: DraftFact) -> dict[str, str]:
    """The forms a draft is offered to be entered in, by kind."""
    page = client.get(admin_url(draft))
    return {one.kind.noun(): url for one, url in page.context["suggestions"]}


def test_a_draft_is_entered_in_a_form_that_is_filled_in_already(editor, tmp_path):
    drafted(tmp_path)
    draft = DraftFact.objects.get(title="银杏计划")
    assert "“银杏计划”扶持8人" in editor.get(admin_url(draft)).content.decode()
    shown = sent_by(editor.get(offered(editor, draft)["training"]))
    assert (shown["title"], shown["participants"], shown["service"]) == ("银杏计划", "8人", "workers")
    assert shown["period"] == str(draft.period_id)


def test_a_draft_is_gone_once_its_every_quantity_is_recorded(editor, tmp_path):
    drafted(tmp_path)
    draft = DraftFact.objects.get(passage__paragraph=3, start=0)
    url = offered(editor, draft)["award"]
    terms = {"role": Term.objects.get(vocabulary="award-role", slug="founded").pk}
    terms["level"] = Term.objects.get(vocabulary="level", slug="county").pk
    data = sent_by(editor.get(url)) | {"title": "优秀人才", "slug": "talent"} | terms
    assert editor.post(url.split("?")[0], data).status_code == 302
    assert not DraftFact.objects.filter(pk=draft.pk).exists()
    assert DraftFact.objects.count() == 2
    figure = fact("talent").figure("recipients")
    assert (figure.wording, figure.place) == ("12名", "7–9")


def test_a_sentence_that_names_a_known_programme_is_offered_as_the_same_one(editor, tmp_path):
    known = fact("continuing-education")
    drafted(tmp_path, TEXT.replace("成人继续教育", known.title))
    draft = DraftFact.objects.get(title=known.title)
    first, url = editor.get(admin_url(draft)).context["suggestions"][0]
    assert first.earlier == known
    shown = sent_by(editor.get(url))
    assert (shown["slug"], shown["form"]) == (known.slug, str(known.form_id))
    assert [shown[name] for name in ("sessions", "participants", "attendances")] == ["20场", "230人", "近5000人次"]


def test_who_may_enter_nothing_is_offered_nothing(tmp_path):
    drafted(tmp_path)
    page = logged_in(VIEWER).get(admin_url(DraftFact.objects.first())).content.decode()
    assert "您的角色不能录入记录。" in page
    assert admin_url(Training, "add") not in page


def test_drafts_are_listed_with_their_sentences(editor, tmp_path):
    drafted(tmp_path)
    page = editor.get(admin_url(DraftFact)).content.decode()
    assert all(words in page for words in ("8人、3人", "银杏计划", "第 3 段", "评选优秀人才12名；"))
