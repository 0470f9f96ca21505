"""A document and its figures are reconciled both ways; every planted difference is found."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from outreach.models import Training
from tests.facts.small_review import PARAGRAPHS, record, record_small_review
from tests.support import REASON, break_rule, corrected, fact, new_document, save
from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.models import Document, Fact, Figure, Passage, Period, digest_of

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


def reworded(slug: str, measure: str, wording: str) -> None:
    """Another wording of a figure that nobody explains, as only who holds the database can write it."""
    Figure.objects.filter(fact__slug=slug, measure__slug=measure).update(wording=wording)


@pytest.mark.parametrize(
    ("slug", "measure", "planted", "found"),
    [
        ("farm-course", "sessions", "13期", "原文写作“12期”"),
        ("farm-course", "sessions", "12场", "原文写作“12期”"),
        ("helpers", "members", "80多名", "原文写作“80余名”"),
    ],
)
def test_a_figure_that_differs_from_the_document_is_a_gap(small, slug, measure, planted, found):
    reworded(slug, measure, planted)
    report = audited(small)
    assert f"“{planted}”：{found}" in report
    assert "数字 3 个与原文相符" in report
    assert "缺口 1 处" in report


def test_a_figure_that_was_corrected_against_the_document_is_listed_apart_with_its_reason(small):
    # Already the 6th in China, still the 5th in Greenwich.
    corrected(fact("helpers"), members="90余名", made_at=datetime(2099, 3, 5, 16, 30, tzinfo=UTC))
    report = audited(small)
    assert (
        f"更正过的数字：第 3 段 helpers的人数 原文写作“80余名”，现为“90余名”，2099年3月6日更正，理由：{REASON}"
        in report
    )
    assert "数字 3 个与原文相符，更正过 1 个，不作数字收录 2 处，缺口 0 处。" in report


def test_a_figure_that_was_corrected_to_what_the_document_says_agrees(small):
    corrected(fact("helpers"), members="90余名")
    corrected(fact("helpers"), members="80余名")
    assert "数字 4 个与原文相符，不作数字收录 2 处，缺口 0 处。" in audited(small)


def test_a_correction_of_something_else_explains_no_difference(small):
    reworded("helpers", "members", "90余名")
    corrected(fact("helpers"), title="志愿者")
    assert "缺口：第 3 段：志愿者的人数“90余名”：原文写作“80余名”" in audited(small)


def test_a_figure_whose_fact_was_withdrawn_is_listed_apart_with_its_reason(small):
    withdrawn("helpers")
    report = audited(small)
    assert "已撤回：第 3 段 helpers的人数“80余名”，理由：重复收录" in report
    assert "数字 3 个与原文相符，已撤回 1 个，不作数字收录 2 处，缺口 0 处。" in report


def withdrawn(slug: str) -> Fact:
    """A fact that readers have seen and see no more."""
    return save(fact(slug), ChangeKind.WITHDRAWAL, "重复收录", state=FactState.WITHDRAWN)


def test_a_figure_that_nobody_has_confirmed_is_listed_apart_since_readers_do_not_see_it(small):
    break_rule("facts_fact")
    Fact.objects.filter(slug="helpers").update(state=FactState.DRAFT)
    report = audited(small)
    assert "待确认，读者看不到：第 3 段 helpers的人数“80余名”" in report
    assert "数字 3 个与原文相符，待确认 1 个，不作数字收录 2 处，缺口 0 处。" in report


def test_a_removed_figure_is_a_gap(small):
    corrected(fact("helpers"), members=None)
    assert "缺口：第 3 段：原文第 22–25 字的“80余名”没有收录" in audited(small)


def test_an_invented_figure_is_a_gap(small):
    corrected(fact("farm-course"), households="55户")
    assert "户数“55户”：没有记下它在原文的字位" in audited(small)


def test_an_invented_figure_that_borrows_the_place_of_another_is_a_gap(small):
    document = Document.objects.get(slug="linhu-2030")
    record(document, 2, Training(slug="copy", audience="农民"), "course", sessions="12期")
    assert "已被另一条记录收录" in audited(small)


@pytest.mark.parametrize(
    ("paragraphs", "gaps"),
    [
        ([PARAGRAPHS[0], PARAGRAPHS[1].replace("农技", "农艺"), PARAGRAPHS[2]], ["第 2 段：这一段的文字改动过"]),
        (PARAGRAPHS[:2], ["第 3 段：文献中没有这一段", "第 3 段：festival的人次“1.5万人次”：文献中没有这一段"]),
        ([*PARAGRAPHS, "又办了1期。"], ["第 4 段：文献中有这一段，记录里没有"]),
    ],
    ids=["edited", "lost", "added"],
)
def test_a_paragraph_that_is_not_as_it_was_recorded_is_a_gap(small, paragraphs, gaps):
    report = audited(rewritten(small, paragraphs))
    assert [gap for gap in gaps if f"缺口：{gap}" not in report] == []


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
    [("4200多名", "4200名"), ("5.36万人次", "5.36万人"), ("17期,", ""), ("5件", "5件和6件")],
)
def test_a_change_of_the_real_document_is_found(review, tmp_path, old, new):
    text = review.read_text(encoding="utf-8")
    assert text.count(old) == 1
    changed = tmp_path / "changed.txt"
    changed.write_text(text.replace(old, new), encoding="utf-8")
    report = audited(changed, period="2017-2021")
    assert "这一段的文字改动过" in report
    assert "缺口 1 处" not in report
