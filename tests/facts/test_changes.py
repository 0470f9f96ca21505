"""Nothing that readers can see changes without a reason, and nothing it was is lost."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from outreach.models import Training
from tests.support import REASON, corrected, drafted, fact, new_document, new_period, save
from xinyi_sat.facts.choices import ChangeKind, FactState, PeriodState
from xinyi_sat.facts.entry import FigureEntry
from xinyi_sat.facts.fixtures.files import tracked_models
from xinyi_sat.facts.fixtures.rows import row_at
from xinyi_sat.facts.models import (
    Change,
    Document,
    Fact,
    Figure,
    Organisation,
    Passage,
    Period,
    PublishedRecordError,
    UnexplainedChangeError,
    record_change,
)

pytestmark = pytest.mark.django_db

LECTURES = "officials-science-lectures"


def told(record) -> list[str]:
    """What the newest change of a record changed, as readers see it."""
    return [str(one) for one in Change.objects.of(record).first().differences]


def test_every_record_begins_its_history_when_it_is_loaded():
    for model in [*tracked_models(), Figure]:
        ids = model.history.values_list("id", flat=True).distinct()
        assert ids.count() == model.objects.count()
        assert set(model.history.values_list("change__kind", flat=True)) <= {ChangeKind.LOADED}


def test_a_correction_says_what_when_and_why_and_is_one_change_of_the_fact_and_its_figures():
    lectures = corrected(fact(LECTURES), "原文第 10 段", participants="1024人", sessions="4期", title="专题讲座")
    change = Change.objects.of(lectures).get()
    assert told(lectures) == [
        "名称：领导干部和公务员专题科学素质讲座 → 专题讲座",
        "期数：3期 → 4期",
        "人数：1023人 → 1024人",
    ]
    assert (change.kind, change.reason, change.title, change.is_public) == (
        "correction",
        "原文第 10 段",
        "专题讲座",
        True,
    )
    assert {row.change for row in lectures.history.all()[:1]} == {change}
    assert set(Figure.history.filter(change=change).values_list("wording", flat=True)) == {"4期", "1024人"}


def test_a_corrected_figure_bears_the_mark_of_its_last_correction():
    corrected(fact(LECTURES), participants="1024人", made_at=datetime(2099, 3, 5, 16, 30, tzinfo=UTC))
    corrected(fact(LECTURES), title="讲座")
    figure = fact(LECTURES).figure("participants")
    assert (str(figure.correction), figure.printed, figure.correction.reason) == (
        "2099年3月6日更正",
        "1024人〔更〕",
        REASON,
    )
    assert fact(LECTURES).figure("sessions").correction is None
    save(fact(LECTURES), ChangeKind.REVISION, "年度修订", participants="1025人")
    assert fact(LECTURES).figure("participants").printed == "1025人〔修〕"


def test_a_place_that_was_corrected_is_told_as_pages_count_characters():
    lectures = fact(LECTURES)
    start = lectures.figure("participants").start
    corrected(lectures, participants=FigureEntry("1023人", start + 1, start + 6))
    assert told(lectures) == [f"人数字位：{start + 1}–{start + 5} → {start + 2}–{start + 6}"]
    assert fact(LECTURES).figure("participants").correction is None


def test_what_is_named_and_removed_is_told_by_name():
    link = fact("society-contracts")
    others = list(link.partners.all())
    corrected(link, partners=others[:1], firms=None)
    assert f"合作单位：{'、'.join(sorted(map(str, others)))} → {others[0]}" in told(link)
    assert any(one.startswith("企业数：10余家 → （空）") for one in told(link))


@pytest.mark.parametrize(("kind", "reason"), [("entered", "有理由"), ("correction", " "), ("withdrawal", "")])
def test_no_code_changes_a_published_record_without_saying_why(kind, reason):
    with pytest.raises(UnexplainedChangeError):
        save(fact(LECTURES), ChangeKind(kind), reason, title="别的名称")
    with pytest.raises(UnexplainedChangeError, match="已经公布，更改时应说明是更正还是修订"):
        fact(LECTURES).save()
    assert fact(LECTURES).title == "领导干部和公务员专题科学素质讲座"


def test_a_failed_save_leaves_neither_change_nor_history():
    before = Change.objects.newest_number(), Figure.history.count()
    with pytest.raises(ValidationError):
        corrected(fact(LECTURES), participants="1024次")
    with pytest.raises(RuntimeError):
        corrected_and_interrupted(fact(LECTURES))
    assert (Change.objects.newest_number(), Figure.history.count()) == before


def corrected_and_interrupted(record: Training) -> None:
    """A correction that something goes wrong in after the record was saved."""
    with record_change(record, ChangeKind.CORRECTION, REASON):
        record.save()
        raise RuntimeError


def test_a_draft_is_entered_changed_and_deleted_without_reasons():
    draft = drafted(fact(LECTURES))
    draft.title = "草稿"
    draft.save()
    assert Change.objects.of(draft).filter(kind=ChangeKind.ENTERED, is_public=False).count() == 2
    draft.delete()
    assert not Figure.objects.filter(fact__slug=f"{LECTURES}-draft").exists()


@pytest.mark.parametrize("model", [Period, Document, Passage, Organisation, Training, Fact])
def test_no_code_deletes_what_is_published(model):
    records = model.objects.order_by("pk")[:1]
    for delete in (records[0].delete, model.objects.filter(pk=records[0].pk).delete):
        with pytest.raises(PublishedRecordError, match="公布过，不能删除"), transaction.atomic():
            delete()
    assert model.objects.filter(pk=records[0].pk).exists()


def test_a_withdrawn_fact_stays_and_an_organisation_that_only_it_named_too():
    link = fact("society-contracts")
    former = link.partners.first()
    corrected(link, partners=list(link.partners.exclude(pk=former.pk)))
    assert not Organisation.objects.public().filter(pk=former.pk).exists()
    with pytest.raises(PublishedRecordError):
        former.delete()
    save(link, ChangeKind.WITHDRAWAL, "重复收录", state=FactState.WITHDRAWN)
    with pytest.raises(PublishedRecordError):
        link.delete()


def test_a_published_record_is_not_moved_to_where_nobody_sees_it():
    draft_year = new_period("2031", state=PeriodState.DRAFT)
    moved = fact(LECTURES)
    moved.period = draft_year
    with pytest.raises(ValidationError, match="公布过的记录不能移到还是草稿的时期"):
        moved.full_clean()
    document = Document.objects.get()
    document.period = draft_year
    with pytest.raises(ValidationError, match="它所述的时期不能是草稿"):
        document.full_clean()


def test_a_fact_is_confirmed_from_a_source_that_readers_see():
    draft_year = new_period("2031", state=PeriodState.DRAFT)
    confirmed = fact(LECTURES)
    confirmed.passage = new_document(draft_year).passages.get(paragraph=2)
    with pytest.raises(ValidationError, match="所述的时期还是草稿，公布的记录不能读自它"):
        confirmed.full_clean()
    confirmed.passage = Passage.objects.get(paragraph=1, document__slug="xinyi-review-2021")
    with pytest.raises(ValidationError, match="是页面信息，不是出处"):
        confirmed.full_clean()


def test_the_address_of_what_is_public_stays():
    for record in (Period.objects.get(), Document.objects.get(), Organisation.objects.public()[0]):
        record.slug = "another"
        with pytest.raises(ValidationError, match=r"公布过，标识“.*”不能再改"):
            record.full_clean()


def test_what_came_later_is_decided_by_number_and_not_by_a_clock():
    ahead = datetime(2099, 1, 1, tzinfo=UTC)
    first = corrected(fact(LECTURES), participants="1024人", made_at=ahead)
    number = Change.objects.newest_number()
    second = corrected(fact(LECTURES), participants="1025人")
    assert Change.objects.of(second).first().pk > number
    assert [str(change.differences[0]) for change in Change.objects.explained()] == [
        "人数：1024人 → 1025人",
        "人数：1023人 → 1024人",
    ]
    assert row_at(first, number)["figures"]["participants"]["wording"] == "1024人"
    assert row_at(first, number - 1)["figures"]["participants"]["wording"] == "1023人"


def test_a_reason_is_kept_without_what_nobody_sees_and_with_its_lines():
    lectures = corrected(fact(LECTURES), "核对\u200b签到表\n第二行", participants="1024人")
    assert Change.objects.of(lectures).get().reason == "核对签到表\n第二行"


def test_characters_that_nobody_sees_are_dropped_and_a_text_of_nothing_else_is_refused():
    body = Organisation(slug="linhu", name="临\u200b湖县\u00a0科协\ufeff", kind="association")
    body.full_clean()
    body.save()
    assert body.name == "临湖县 科协"
    twin = Organisation(slug="linhu-again", name="临湖县\u2009科协\u00ad", kind="association")
    with pytest.raises(ValidationError, match="名称"):
        twin.full_clean()
    with pytest.raises(ValidationError, match="看不见"):
        Organisation(slug="nothing", name="\u200b\u3164", kind="other").full_clean()


WRITES_PAST_HISTORY = {
    "xinyi_sat/facts/models/fact.py": "search_text, which is derived",
    "xinyi_sat/facts/management/commands/load_source.py": "the words of passages, which have no history",
}


def test_no_code_writes_tracked_records_past_their_history():
    found = set()
    for folder in ("xinyi_sat", "achievements", "outreach"):
        for path in Path(settings.BASE_DIR, folder).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            if any(writes_past_history(node) for node in ast.walk(tree)):
                found.add(str(path.relative_to(settings.BASE_DIR)))
    assert found <= {*WRITES_PAST_HISTORY, *NOT_OF_RECORDS}


NOT_OF_RECORDS = {
    "xinyi_sat/report/editions/issuing.py",
    "xinyi_sat/operations/tasks.py",
    "xinyi_sat/accounts/second_step.py",
}


def writes_past_history(node: ast.AST) -> bool:
    """Whether a call writes rows without making records of them."""
    names = ("bulk_create", "bulk_update", "update", "_raw_delete")
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return is_call and node.func.attr in names and is_on_objects(node.func.value)


def is_on_objects(node: ast.AST) -> bool:
    """Whether an expression is a queryset of a model: `Model.objects…`."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager"):
            return True
        node = node.func if isinstance(node, ast.Call) else node.value
    return False
