"""Fixtures come in, and go back out; what was corrected here is never overwritten, what nobody touched follows them."""

import json
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from outreach.models import Training
from tests.support import corrected, drafted, fact, save
from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.models import (
    Association,
    Change,
    Document,
    Fact,
    Figure,
    LoadedRecord,
    Measure,
    Organisation,
    Passage,
    Period,
    Tracked,
    fact_kinds,
)

pytestmark = pytest.mark.django_db

LECTURES = "officials-science-lectures"


@pytest.fixture
def copy(tmp_path, settings) -> Path:
    """A folder with the published fixtures, to be changed."""
    return Path(shutil.copytree(settings.FIXTURE_DIRS[0], tmp_path / "fixtures"))


def loaded(folder: Path | None = None) -> str:
    out = StringIO()
    call_command("load_facts", stdout=out, **({"fixtures": folder} if folder else {}))
    return out.getvalue()


def dumped(folder: Path) -> str:
    out = StringIO()
    call_command("dump_facts", fixtures=folder, stdout=out)
    return out.getvalue()


def rewritten(path: Path, change: Callable[[list[dict]], object]) -> None:
    """Change the rows of one file."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    change(rows)
    path.write_text(json.dumps(rows), encoding="utf-8")


def emptied() -> None:
    """A database as before the first load, as only who holds it can make it."""
    for model in (Figure, *fact_kinds(), Fact):
        for field in model._meta.many_to_many:
            field.remote_field.through.objects.all()._raw_delete("default")
        model.objects.all()._raw_delete("default")
        model.history.all()._raw_delete("default")
    LoadedRecord.objects.filter(model__regex="^(outreach|achievements)").delete()


def test_loading_again_and_dumping_change_nothing(copy):
    report = loaded()
    assert "培训：新建 0，未变 7，随数据更新 0，保留更正 0" in report
    assert "段落：新建 0，未变 21，随数据更新 0，保留更正 0" in report
    assert "更新 1" not in report
    assert dumped(copy) == "所有记录文件都与数据库一致。\n"


def test_a_corrected_record_is_kept_and_named_and_a_new_one_is_created(copy):
    corrected(fact(LECTURES), participants="1024人")
    rewritten(
        copy / "trainings.json",
        lambda rows: rows.append(rows[0] | {"fields": rows[0]["fields"] | {"slug": "farmer-training-again"}}),
    )
    report = loaded(copy)
    assert "培训：新建 1，未变 6，随数据更新 0，保留更正 1" in report
    assert "以数据库为准：培训“领导干部和公务员专题科学素质讲座”" in report
    assert fact(LECTURES).figure("participants").wording == "1024人"


def test_a_record_that_nobody_touched_follows_its_fixture_as_a_revision_that_readers_are_told_of(copy):
    def newer(rows: list[dict]) -> None:
        row = next(one["fields"] for one in rows if one["fields"]["slug"] == LECTURES)
        row["figures"]["participants"]["wording"], row["note"] = "1123人", "新的说明"

    corrected(fact("continuing-education"), note="在这里更正过")
    rewritten(copy / "trainings.json", newer)
    report = loaded(copy)
    assert "培训：新建 0，未变 5，随数据更新 1，保留更正 1" in report
    assert "随数据更新：培训“领导干部和公务员专题科学素质讲座”" in report
    assert "以数据库为准：培训“专业技术人员继续教育公共课培训”" in report
    lectures = fact(LECTURES)
    change = Change.objects.of(lectures).get()
    assert (change.kind, change.reason, change.is_public) == ("revision", "随数据更新", True)
    assert "人数：1023人 → 1123人" in [str(one) for one in change.differences]
    assert lectures.figure("participants").printed == "1123人〔修〕"
    assert "随数据更新 0，保留更正 1" in loaded(copy).split("培训：")[1]


def test_a_draft_that_nobody_touched_follows_without_readers_being_told(copy):
    fields = {"slug": "2031", "title": "2031年", "starts_on": "2031-01-01", "ends_on": "2031-12-31", "state": "draft"}
    rewritten(copy / "sources.json", lambda rows: rows.append({"model": "facts.period", "fields": fields}))
    loaded(copy)
    rewritten(copy / "sources.json", lambda rows: rows[-1]["fields"].update(title="二〇三一年"))
    assert "时期：新建 0，未变 1，随数据更新 1" in loaded(copy)
    assert Period.objects.get(slug="2031").title == "二〇三一年"
    assert not Change.objects.explained().exists()


def test_vocabulary_and_association_follow_too_and_stay_where_somebody_changed_them(copy):
    Measure.objects.filter(slug="times").update(label="次数")
    Association.objects.update(phone="0516-00000000")
    rewritten(copy / "vocabulary.json", lambda rows: [one["fields"].update(position=5) for one in rows[:3]])
    report = loaded(copy)
    assert "本会：新建 0，未变 0，随数据更新 0，保留更正 1" in report
    assert "指标：新建 0，未变 20，随数据更新 2，保留更正 1" in report
    assert Measure.objects.get(slug="times").label == "次数"


def test_a_record_that_was_deleted_or_renamed_does_not_come_back():
    corrected(fact("science-into-households"), slug="households")
    report = loaded()
    assert "培训：新建 0，未变 6，随数据更新 0，保留更正 1" in report
    assert "已在数据库中删除或改名，不再载入：培训“科技入户”" in report
    assert Training.objects.filter(title="科技入户").count() == 1


def test_corrections_with_their_reasons_and_marks_survive_dump_and_load(copy):
    corrected(fact(LECTURES), "原文第 10 段", participants="1024人", sessions=None)
    save(fact(LECTURES), ChangeKind.REVISION, "改用全称", title="领导干部和公务员讲座")
    save(fact("science-volunteers"), ChangeKind.WITHDRAWAL, "重复收录", state=FactState.WITHDRAWN)
    drafted(fact("new-farmer-training"))
    written = [line for line in dumped(copy).splitlines() if line.startswith("已更新")]
    assert written == ["已更新：trainings.json", "已更新：teams.json", "已更新：changes.json"]
    changes = (copy / "changes.json").read_text(encoding="utf-8")
    assert "superuser" not in changes
    assert '"user"' not in changes
    before = moments(fact(LECTURES))
    emptied()
    loaded(copy)
    assert dumped(copy) == "所有记录文件都与数据库一致。\n"
    lectures = fact(LECTURES)
    assert moments(lectures) == before
    assert (lectures.figure("participants").printed, lectures.figure("sessions")) == ("1024人〔更〕", None)
    assert [(one.kind, one.reason, one.is_public) for one in Change.objects.of(lectures)] == [
        ("revision", "改用全称", True),
        ("correction", "原文第 10 段", True),
    ]
    assert Fact.objects.get(slug="science-volunteers").state == FactState.WITHDRAWN


def moments(record: Tracked) -> list:
    """When the states of a record began."""
    return list(record.history.order_by("history_id").values_list("history_date", flat=True).distinct())


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda row: row["figures"].update(participants={"wording": "约abc"}), "看不懂“约abc”"),
        (lambda row: row["figures"].update(pupils={"wording": "5人"}), r"它指向的记录不存在（指标 \['pupils'\]）"),
        (lambda row: row.update(passage=["xinyi-review-2021", 99]), "它指向的记录不存在（段落"),
        (lambda row: row.update(pupils="5人"), "模型、字段或写法不符"),
    ],
    ids=["unreadable figure", "unknown measure", "unknown passage", "unknown field"],
)
def test_a_spoilt_record_is_refused_in_words_and_nothing_is_loaded(copy, spoil, message):
    rewritten(copy / "trainings.json", lambda rows: spoil(rows[0]["fields"]))
    emptied()
    with pytest.raises(CommandError, match=message) as refusal:
        loaded(copy)
    assert "trainings.json 的第 1 条记录不能载入" in str(refusal.value)
    assert "没有载入任何记录" in str(refusal.value)
    assert Fact.objects.count() == 0


def test_a_name_that_is_taken_is_refused(copy):
    fields = {"slug": "linhu", "name": "新沂科技馆", "kind": "association", "note": ""}
    taken = Organisation.objects.first().name
    rewritten(
        copy / "organisations.json",
        lambda rows: rows.append({"model": "facts.organisation", "fields": fields | {"name": f"{taken}\u200b"}}),
    )
    with pytest.raises(CommandError, match=r"organisations\.json 的第 18 条记录不能载入：.*名称.*已"):
        loaded(copy)


@pytest.mark.parametrize("name", ["teams.json", "changes.json"])
def test_a_spoilt_file_is_refused_in_words(copy, name):
    for content in (b"[{", b"\xff\xfe", b'[{"model": "auth.user"}]'):
        (copy / name).write_bytes(content)
        with pytest.raises(CommandError, match=name):
            loaded(copy)
    (copy / name).unlink()
    with pytest.raises(CommandError, match=name):
        loaded(copy)


def test_before_there_are_records_nothing_is_written_over_the_fixtures(copy):
    emptied()
    for model in (Passage, Document):
        model.objects.all()._raw_delete("default")
    with pytest.raises(CommandError, match="数据库里还没有记录，写回会清空记录文件"):
        dumped(copy)
