"""An older sheet does not undo what others have saved since it was downloaded, and says whom it contradicts."""

import pytest

from outreach.models import Training
from tests.office.uploads.clerks import FARM_COURSE, Shown, book, fill_in, load_words, table
from tests.support import corrected, fact, save
from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.models import Fact, Organisation, Passage, record_change

pytestmark = pytest.mark.django_db

KEPT = "人数：下载此表之后“王编辑”改成了“302人”，照此保留。"


@pytest.fixture
def training(clerk, year) -> Training:
    """A training that its colleague has in his workbook, too."""
    return clerk.enter(期数="")


@pytest.fixture
def by_colleague(colleague):
    """A change that the colleague saves meanwhile."""

    def change(record: Fact, **values) -> None:
        save(record, ChangeKind.ENTERED, user=colleague.user, **values)

    return change


def seen(shown: Shown) -> tuple[list[str], list[str], list[str]]:
    """What would be done with the rows, what it changes, and what of others stays."""
    assert shown.problems == []
    return shown.outcomes, shown.changes, shown.kept


def test_what_another_has_changed_since_stays(clerk, training, by_colleague):
    downloaded = clerk.download()
    by_colleague(training, participants="302人", note="另有协会参加")
    kept = [KEPT, "说明：下载此表之后“王编辑”改成了“另有协会参加”，照此保留。"]
    shown = clerk.upload(downloaded)
    assert seen(shown) == (["unchanged"], [], kept)
    assert "没有要保存的内容" in shown.text
    assert KEPT in shown.text
    assert seen(clerk.upload(fill_in(downloaded, 2, 期数="12期"))) == (["changed"], ["期数：（空） → 12期"], kept)


def test_what_another_has_filled_in_or_emptied_since_stays_so(clerk, training, by_colleague):
    downloaded = clerk.download()
    by_colleague(training, sessions="12期", participants=None)
    assert seen(clerk.upload(downloaded))[:2] == (["unchanged"], [])


def test_what_contradicts_another_is_refused_with_his_name_and_what_he_saved(clerk, training, by_colleague):
    downloaded = clerk.download()
    by_colleague(training, participants="302人")
    reason = "下载此表之后“王编辑”填了“302人”，与表中不同。要保留就在表中照此填写，要改请重新下载再改。"
    assert clerk.upload(fill_in(downloaded, 2, 人数="310人")).refusals == [(2, "人数", reason)]
    assert seen(clerk.upload(fill_in(downloaded, 2, 人数="302人"))) == (["unchanged"], [], [])
    again = fill_in(clerk.download(), 2, 人数="310人")
    assert seen(clerk.upload(again)) == (["changed"], ["人数：302人 → 310人"], [])


def test_organisations_and_paragraph_of_another_stay_too(clerk, year, training, by_colleague):
    downloaded = clerk.download()
    passage = Passage.objects.get(document__period=year, paragraph=3)
    by_colleague(training, passage=passage, partners=Organisation.objects.filter(slug="optical-society"))
    outcomes, changes, kept = seen(clerk.upload(downloaded))
    assert (outcomes, changes) == (["unchanged"], [])
    assert kept == [
        "合作单位：下载此表之后“王编辑”改成了“光学学会”，照此保留。",
        "出处：下载此表之后“王编辑”改成了“2031年工作回顾第 3 段”，照此保留。",
    ]


def test_a_record_that_another_added_since_is_not_gone_over(clerk, colleague, year):
    given = clerk.filled(FARM_COURSE | {"人数": "310人"})
    colleague.enter()
    [(number, heading, reason)] = clerk.upload(given).refusals
    assert (number, heading) == (2, "人数")
    assert reason.startswith("下载此表之后“王编辑”填了“近300人”")


def test_a_record_that_was_loaded_anew_since_is_not_gone_over(clerk):
    downloaded = clerk.download(period="2017-2021")
    training = fact("officials-science-lectures")
    with record_change(None, ChangeKind.LOADED):
        training.note = "新数据"
        training.save()
    [(_, heading, reason)] = clerk.upload(downloaded, period="2017-2021").refusals
    assert (heading, "填了“新数据”" in reason) == ("说明", True)


def test_a_sheet_uploaded_once_more_contradicts_nothing_that_it_saved_itself(clerk, year, by_colleague):
    load_words(year)
    given = clerk.filled(FARM_COURSE | {"文献": ""})
    clerk.save(clerk.upload(given))
    assert fact("farm-course").figure("participants").start == 11
    assert seen(clerk.upload(given)) == (["unchanged"], [], [])
    by_colleague(fact("farm-course"), sessions="13期")
    kept = ["期数：下载此表之后“王编辑”改成了“13期”，照此保留。"]
    assert seen(clerk.upload(given)) == (["unchanged"], [], kept)


def test_who_goes_on_in_his_own_sheet_contradicts_nobody(clerk, colleague, training, by_colleague):
    typed = fill_in(clerk.download(), 2, 人数="310人")
    clerk.save(clerk.upload(typed))
    further = fill_in(clerk.download(), 2, 期数="12期")
    fill_in(typed, 2, 人数="320人")
    assert seen(clerk.upload(typed)) == (["changed"], ["人数：310人 → 320人"], [])
    assert [heading for _, heading, _ in colleague.upload(typed).refusals] == ["人数"]
    by_colleague(fact("farm-course"), participants="302人")
    assert [heading for _, heading, _ in clerk.upload(typed).refusals] == ["人数"]
    assert seen(clerk.upload(further)) == (["changed"], ["期数：（空） → 12期"], [KEPT])


def test_his_own_sheet_does_not_undo_what_its_owner_has_corrected_elsewhere(clerk, training):
    typed = fill_in(clerk.download(), 2, 人数="310人")
    clerk.save(clerk.upload(typed))
    save(fact("farm-course"), ChangeKind.ENTERED, user=clerk.user, participants="311人")
    kept = ["人数：下载此表之后“编辑”改成了“311人”，照此保留。"]
    assert seen(clerk.upload(typed)) == (["unchanged"], [], kept)


def test_what_another_has_deleted_or_renamed_since_does_not_come_back_as_new(clerk, training, by_colleague):
    downloaded = clerk.download()
    reason = "删除了这条记录，或改了它的标识。不要了就删去这一行，还要就重新下载再改。"
    by_colleague(training, slug="farming-course")
    assert clerk.upload(downloaded).refusals == [(2, "标识", f"下载此表之后“王编辑”{reason}")]
    fact("farming-course").delete()
    assert clerk.upload(downloaded).refusals == [(2, "标识", f"下载此表之后别人{reason}")]
    assert clerk.upload(clerk.filled(FARM_COURSE)).outcomes == ["new"]


@pytest.mark.parametrize("place", range(1, 15))
def test_whatever_column_is_deleted_from_a_sheet_it_undoes_nothing(clerk, training, by_colleague, place):
    cut = clerk.download()
    by_colleague(training, participants="302人")
    heading = cut["培训"].cell(1, place).value
    cut["培训"].delete_cols(place)
    shown = clerk.upload(cut)
    if heading.startswith("标识"):
        assert "找不到标题行" in shown.problems[0]
    else:
        assert seen(shown) == (["unchanged"], [], [] if heading == "人数" else [KEPT])


@pytest.mark.parametrize("stamp", ["标识", "标识（2031年，更改号 999999）"], ids=["none", "of another site"])
def test_a_sheet_that_does_not_say_how_old_it_is_changes_no_record_there_is(clerk, training, stamp):
    added = FARM_COURSE | {"标识": "second-course"}
    rows = table(FARM_COURSE | {"人数": "310人"}, added)
    rows[0][1] = stamp
    [(number, heading, reason)] = clerk.upload(book(培训=rows)).refusals
    assert (number, heading) == (2, "标识")
    assert "请勾选“填入已有的记录”重新下载，在下载的表中改好再上传。" in reason
    assert clerk.rows(FARM_COURSE | {"期数": ""}, added).outcomes == ["unchanged", "new"]


def test_what_is_withdrawn_is_not_changed(clerk, training):
    given = clerk.filled(FARM_COURSE)
    corrected(training, state=FactState.WITHDRAWN)
    assert clerk.upload(given).refusals == [(2, "标识", "这条记录已撤回，要更改请先在后台恢复公布。")]
