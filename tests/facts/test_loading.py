"""Fixtures come in once; a correction is never overwritten, and goes back out whole."""

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from outreach.models import Training
from tests.changes import corrected, deleted
from xinyi_sat.facts.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def copy(tmp_path, settings) -> Path:
    """A folder with the published fixtures, to be spoilt."""
    return Path(shutil.copytree(settings.FIXTURE_DIRS[0], tmp_path / "fixtures"))


def loaded(folder: Path | None = None) -> str:
    out = StringIO()
    call_command("load_facts", stdout=out, **({"fixtures": folder} if folder else {}))
    return out.getvalue()


def test_loading_again_changes_nothing():
    report = loaded()
    assert "培训：新建 0，未变 7，保留更正 0" in report
    assert "段落：新建 0，未变 21，保留更正 0" in report


def test_a_corrected_record_is_kept_and_named():
    training = Training.objects.get(slug="officials-science-lectures")
    training.participants = "1024人"
    corrected(training)
    report = loaded()
    assert "培训：新建 0，未变 6，保留更正 1" in report
    assert "保留数据库中的更正：培训“领导干部和公务员专题科学素质讲座”" in report
    assert str(Training.objects.get(pk=training.pk).participants) == "1024人"


def test_a_record_that_was_deleted_or_renamed_does_not_come_back():
    deleted(Training.objects.get(slug="continuing-education"))
    renamed = Training.objects.get(slug="science-into-households")
    renamed.slug = "households"
    corrected(renamed)
    report = loaded()
    assert "培训：新建 0，未变 5，保留更正 2" in report
    assert "已在数据库中删除或改名，不再载入：培训“科技入户”" in report
    assert Training.objects.filter(title="科技入户").count() == 1
    assert not Training.objects.filter(slug="continuing-education").exists()


def test_a_new_record_of_a_fixture_is_created(copy):
    path = copy / "trainings.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    records.append(records[0] | {"fields": records[0]["fields"] | {"slug": "farmer-training-again"}})
    path.write_text(json.dumps(records), encoding="utf-8")
    assert "培训：新建 1，未变 7，保留更正 0" in loaded(copy)


def test_a_correction_goes_into_its_fixture_and_no_other(copy):
    training = Training.objects.get(slug="officials-science-lectures")
    training.participants = "1024人"
    corrected(training)
    out = StringIO()
    call_command("dump_facts", fixtures=copy, stdout=out)
    assert "已更新：trainings.json" in out.getvalue()
    assert "已更新：changes.json" in out.getvalue()
    assert out.getvalue().count("已更新") == 2
    assert '"participants": "1024人"' in (copy / "trainings.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (
            lambda record: record["fields"].update(participants="约abc"),
            "trainings.json 的第 1 条记录不能载入：.*看不懂“约abc”",
        ),
        (
            lambda record: record["fields"].update(passage=["xinyi-review-2021", 99]),
            "第 1 条记录不能载入：它指向的记录不存在",
        ),
        (lambda record: record["fields"].update(pupils="5人"), "第 1 条记录不能载入：模型或字段不符"),
        (lambda record: record.update(model="auth.user"), "第 1 条记录不能载入：模型或字段不符"),
        (lambda record: record["fields"].pop("period"), "第 1 条记录不能载入"),
    ],
    ids=["unreadable figure", "unknown passage", "unknown field", "other model", "no period"],
)
def test_a_spoilt_record_is_refused_in_words_and_nothing_is_loaded(copy, spoil, message):
    for training in Training.objects.all():
        deleted(training)
    path = copy / "trainings.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    spoil(records[0])
    path.write_text(json.dumps(records), encoding="utf-8")
    with pytest.raises(CommandError, match=message):
        loaded(copy)
    assert Training.objects.count() == 0


def test_a_new_record_with_characters_that_nobody_sees_is_refused(copy):
    path = copy / "organisations.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    fields = {"slug": "linhu", "name": "临湖县\u202e协科", "kind": "association"}
    path.write_text(json.dumps([*records, {"model": "facts.organisation", "fields": fields}]), encoding="utf-8")
    with pytest.raises(CommandError, match=r"第 4 字是看不见的控制字符（U\+202E）"):
        loaded(copy)
    assert not Organisation.objects.filter(slug="linhu").exists()


def test_of_new_records_that_are_saved_together_the_one_that_is_refused_is_named(copy):
    path = copy / "organisations.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    first = {"slug": "linhu", "name": "临湖县科协", "kind": "association"}
    again = first | {"slug": "linhu-again"}
    records += [{"model": "facts.organisation", "fields": fields} for fields in (first, again)]
    path.write_text(json.dumps(records), encoding="utf-8")
    with pytest.raises(CommandError, match=rf"organisations\.json 的第 {len(records)} 条记录不能载入：.*名称.*已"):
        loaded(copy)
    assert not Organisation.objects.filter(slug="linhu").exists()


def test_a_spoilt_change_is_refused_in_words(copy):
    (copy / "changes.json").write_text('[{"kind": "correction"}]', encoding="utf-8")
    with pytest.raises(CommandError, match=r"changes\.json 中的更改不能载入：模型或字段不符"):
        loaded(copy)


@pytest.mark.parametrize("content", [b"[{", b"{}", b"\xff\xfe", None])
def test_a_spoilt_file_is_refused_in_words(copy, content):
    path = copy / "teams.json"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(CommandError, match=r"teams\.json"):
        loaded(copy)
