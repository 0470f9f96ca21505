"""A document and its figures are reconciled both ways; every planted difference is found."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from outreach.models import Team, Training
from tests.changes import AFTER_MIDNIGHT, REASON, break_rule, corrected, deleted, drafted, made_a_draft
from tests.facts.small_review import PARAGRAPHS, record_small_review
from tests.periods import new_document
from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.models import Fact, Passage, Period, digest_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(tmp_path) -> Path:
    """The file of the small review, whose period is the current one."""
    path, _ = record_small_review(tmp_path)
    return path


def audited(path: Path, **options) -> str:
    """What audit_source prints; its last line too where it ends with an error."""
    out = StringIO()
    try:
        call_command("audit_source", path, stdout=out, **options)
    except CommandError as error:
        return f"{out.getvalue()}{error}"
    return out.getvalue()


def rewritten(path: Path, paragraphs: list[str]) -> Path:
    path.write_text("\n".join(paragraphs), encoding="utf-8")
    return path


def test_a_document_whose_every_quantity_is_a_figure_has_no_gaps(small):
    report = audited(small)
    assert "数字 4 个与原文相符，不作数字收录 2 处，缺口 0 处。" in report
    assert "不作数字收录：第 2 段“两大”，名称" in report
    assert "不作数字收录：第 3 段“第三届”，序数" in report


@pytest.mark.parametrize(
    ("kind", "slug", "name", "planted", "found"),
    [
        (Training, "farm-course", "sessions", "13期", "原文写作“12期”"),
        (Training, "farm-course", "participants", "300人", "原文写作“近300人”"),
        (Training, "farm-course", "sessions", "12场", "原文写作“12期”"),
        (Team, "helpers", "members", "80名", "原文写作“80余名”"),
        (Team, "helpers", "members", "80多名", "原文写作“80余名”"),
    ],
)
def test_a_figure_that_differs_from_the_document_is_a_gap(small, kind, slug, name, planted, found):
    fact = kind.objects.get(slug=slug)
    setattr(fact, name, planted)
    fact.save_as(ChangeKind.ENTERED)
    report = audited(small)
    assert f"“{planted}”：{found}" in report
    assert "数字 3 个与原文相符" in report
    assert "缺口 1 处" in report


def test_a_figure_that_was_corrected_against_the_document_is_listed_apart_with_its_reason(small):
    corrected(Team.objects.get(slug="helpers"), members="90余名", at=AFTER_MIDNIGHT)
    report = audited(small)
    assert (
        f"更正过的数字：第 3 段 helpers的人数 原文写作“80余名”，现为“90余名”，2099年3月6日更正，理由：{REASON}"
        in report
    )
    assert "数字 3 个与原文相符，更正过 1 个，不作数字收录 2 处，缺口 0 处。" in report


def test_a_figure_that_was_corrected_to_what_the_document_says_agrees(small):
    helpers = Team.objects.get(slug="helpers")
    corrected(corrected(helpers, members="90余名"), members="80余名")
    assert "数字 4 个与原文相符，不作数字收录 2 处，缺口 0 处。" in audited(small)


def test_a_correction_of_something_else_explains_no_difference(small):
    helpers = Team.objects.get(slug="helpers")
    helpers.members = "90余名"
    helpers.save_as(ChangeKind.ENTERED)
    corrected(helpers, title="志愿者")
    assert "缺口：第 3 段：志愿者的人数“90余名”：原文写作“80余名”" in audited(small)


def test_a_corrected_figure_that_stands_on_no_quantity_is_a_gap(small):
    corrected(Team.objects.get(slug="helpers"), members="90余名", members_start=0, members_end=2)
    report = audited(small)
    assert "这里没有可收录的数字" in report
    assert "更正过的数字" not in report


def test_a_figure_whose_fact_was_withdrawn_is_listed_apart_with_its_reason(small):
    corrected(Team.objects.get(slug="helpers"), state=FactState.WITHDRAWN)
    report = audited(small)
    assert f"已撤回：第 3 段 helpers的人数“80余名”，理由：{REASON}" in report
    assert "数字 3 个与原文相符，已撤回 1 个，不作数字收录 2 处，缺口 0 处。" in report


def unconfirmed(fact: Fact) -> None:
    """Back to where it was before anybody saw it, which the database refuses to facts of a published period."""
    break_rule(fact._meta.db_table, "keeps_to_its_states")
    type(fact).objects.filter(pk=fact.pk).update(state=FactState.DRAFT)


def test_a_figure_that_nobody_has_confirmed_is_listed_apart_since_readers_do_not_see_it(small):
    unconfirmed(Team.objects.get(slug="helpers"))
    report = audited(small)
    assert "待确认，读者看不到：第 3 段 helpers的人数“80余名”" in report
    assert "数字 3 个与原文相符，待确认 1 个，不作数字收录 2 处，缺口 0 处。" in report


def test_an_unconfirmed_figure_leaves_its_place_to_the_one_that_is_published(small):
    drafted(Team.objects.get(slug="helpers"))
    assert "数字 4 个与原文相符，不作数字收录 2 处，缺口 0 处。" in audited(small)


def test_a_draft_period_is_reconciled_before_it_is_published(small):
    made_a_draft(Period.objects.get(slug="2030"))
    assert "数字 4 个与原文相符，不作数字收录 2 处，缺口 0 处。" in audited(small, period="2030")


def test_a_withdrawn_figure_leaves_its_place_to_the_one_that_took_it(small):
    old = corrected(Team.objects.get(slug="helpers"), state=FactState.WITHDRAWN)
    Team.objects.create(
        slug="volunteers",
        title="志愿者",
        service="literacy",
        form="volunteers",
        period=old.period,
        passage=old.passage,
        members="80余名",
        members_start=old.members_start,
        members_end=old.members_end,
    )
    assert "数字 4 个与原文相符，不作数字收录 2 处，缺口 0 处。" in audited(small)


def test_a_removed_figure_is_a_gap(small):
    deleted(Team.objects.get(slug="helpers"))
    assert "缺口：第 3 段：原文第 22–25 字的“80余名”没有收录" in audited(small)


def test_an_invented_figure_is_a_gap(small):
    fact = Training.objects.get(slug="farm-course")
    fact.households = "55户"
    corrected(fact)
    assert "户数“55户”：没有记下它在原文的字位" in audited(small)


def test_an_invented_figure_that_borrows_the_place_of_another_is_a_gap(small):
    fact = Training.objects.get(slug="farm-course")
    Training.objects.create(
        slug="copy",
        title="copy",
        service="literacy",
        period=fact.period,
        passage=fact.passage,
        form="course",
        audience="农民",
        sessions="12期",
        sessions_start=fact.sessions_start,
        sessions_end=fact.sessions_end,
    )
    assert "已被另一条记录收录" in audited(small)


def test_a_fact_read_from_another_paragraph_is_a_gap(small):
    fact = Team.objects.get(slug="helpers")
    fact.passage = fact.passage.document.passages.get(paragraph=2)
    corrected(fact)
    report = audited(small)
    assert "缺口：第 2 段：helpers的人数“80余名”" in report
    assert "缺口：第 3 段：原文第 22–25 字的“80余名”没有收录" in report


def test_a_moved_paragraph_is_a_gap_and_its_figures_are_still_found(small):
    report = audited(rewritten(small, [PARAGRAPHS[0], PARAGRAPHS[2], PARAGRAPHS[1]]))
    assert "缺口：第 2 段：这一段移到了第 3 段" in report
    assert "缺口：第 3 段：这一段移到了第 2 段" in report
    assert "数字 4 个与原文相符" in report


def test_an_edited_paragraph_is_a_gap(small):
    report = audited(rewritten(small, [PARAGRAPHS[0], PARAGRAPHS[1].replace("农技", "农艺"), PARAGRAPHS[2]]))
    assert "缺口：第 2 段：这一段的文字改动过" in report
    assert "缺口 1 处" in report


def test_a_lost_paragraph_and_its_figures_are_gaps(small):
    report = audited(rewritten(small, PARAGRAPHS[:2]))
    assert "缺口：第 3 段：文献中没有这一段" in report
    assert "festival的人次“1.5万人次”：文献中没有这一段" in report


def test_a_paragraph_nobody_recorded_is_a_gap(small):
    assert "缺口：第 4 段：文献中有这一段，记录里没有" in audited(rewritten(small, [*PARAGRAPHS, "又办了1期。"]))


def test_a_changed_digest_is_a_gap(small):
    passage = Passage.objects.get(document__slug="linhu-2030", paragraph=1)
    passage.digest = digest_of("别的文字")
    corrected(passage)
    assert "缺口：第 1 段：这一段的文字改动过" in audited(small)


def test_the_document_is_the_one_that_shares_most_paragraphs_with_the_text(small):
    period = Period.objects.get(slug="2030")
    other = new_document(period, paragraphs=0, slug="a-report-that-begins-alike", title="另一份总结")
    Passage.objects.create(document=other, paragraph=1, length=len(PARAGRAPHS[0]), digest=digest_of(PARAGRAPHS[0]))
    assert "文献：临湖县科协工作\n" in audited(small)


def test_a_document_that_is_not_the_periods_is_refused(small):
    with pytest.raises(CommandError, match="没有一段与这个文件相同"):
        call_command("audit_source", rewritten(small, ["另一份报告", "办了3期。"]))


@pytest.mark.parametrize(
    ("options", "message"),
    [({"period": "1999"}, "没有时期“1999”"), ({"path": "nowhere.txt"}, "找不到文件：nowhere.txt")],
)
def test_what_cannot_be_audited_is_refused_in_words(small, options, message):
    with pytest.raises(CommandError, match=message):
        call_command("audit_source", options.pop("path", small), **options)


def test_the_real_document_has_no_gaps(review):
    assert "数字 37 个与原文相符，不作数字收录 13 处，缺口 0 处。" in audited(review, period="2017-2021")


@pytest.mark.parametrize(
    ("old", "new"),
    [("2342人", "2343人"), ("4200多名", "4200名"), ("5.36万人次", "5.36万人"), ("17期,", ""), ("5件", "5件和6件")],
)
def test_a_change_of_the_real_document_is_found(review, tmp_path, old, new):
    text = review.read_text(encoding="utf-8")
    assert text.count(old) == 1
    changed = tmp_path / "changed.txt"
    changed.write_text(text.replace(old, new), encoding="utf-8")
    report = audited(changed, period="2017-2021")
    assert "这一段的文字改动过" in report
    assert "缺口 1 处" not in report
