"""An older sheet does not undo what others have saved since it was downloaded, and says whom it contradicts."""

import pytest

from achievements.models import Award
from outreach.models import Training
from tests.changes import REASON, corrected
from tests.facts.uploads.office import AWARD, FARM_COURSE, Shown, fill_in, load_words
from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.models import Fact, Organisation, Passage

pytestmark = pytest.mark.django_db

KEPT = "人数：下载此表之后“王编辑”改成了“302人”，照此保留。"


@pytest.fixture
def training(clerk, year) -> Training:
    """A training that its colleague has in his workbook, too."""
    return clerk.enter(期数="")


@pytest.fixture
def by_colleague(colleague):
    """A change that the colleague saves meanwhile."""

    def change(fact: Fact, **fields) -> None:
        for name, value in fields.items():
            setattr(fact, name, value)
        fact.save_as(ChangeKind.CORRECTION, REASON, user=colleague.user)

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
    assert "没有要保存的内容：除了保留后来改的各格，表中各行与已有的记录完全相同。" in shown.text
    assert seen(clerk.upload(fill_in(downloaded, 3, 期数="12期"))) == (["changed"], ["期数：（空） → 12期"], kept)


def test_what_another_has_filled_in_since_is_not_emptied(clerk, training, by_colleague):
    downloaded = clerk.download()
    by_colleague(training, sessions="12期")
    assert seen(clerk.upload(downloaded))[:2] == (["unchanged"], [])


def test_what_contradicts_another_is_refused_with_his_name_and_what_he_saved(clerk, training, by_colleague):
    downloaded = clerk.download()
    by_colleague(training, participants="302人")
    reason = "下载此表之后“王编辑”填了“302人”，与表中不同。要保留就在表中照此填写，要改请重新下载再改。"
    assert clerk.upload(fill_in(downloaded, 3, 人数="310人")).refusals == [(3, "人数", reason)]
    assert seen(clerk.upload(fill_in(downloaded, 3, 人数="302人"))) == (["unchanged"], [], [])
    again = fill_in(clerk.download(), 3, 人数="310人")
    assert seen(clerk.upload(again)) == (["changed"], ["人数：302人 → 310人"], [])


def test_organisations_and_paragraph_of_another_stay_too(clerk, year, training, by_colleague):
    downloaded = clerk.download()
    training.partners.add(Organisation.objects.get(slug="optical-society"))
    by_colleague(training, passage=Passage.objects.get(document__period=year, paragraph=3))
    outcomes, changes, kept = seen(clerk.upload(downloaded))
    assert (outcomes, changes) == (["unchanged"], [])
    assert [one.partition("：")[0] for one in kept] == ["合作单位", "段落"]


def test_a_record_that_another_added_since_is_not_gone_over(clerk, colleague, year):
    given = clerk.filled(FARM_COURSE | {"人数": "310人"})
    colleague.enter()
    [(number, heading, reason)] = clerk.upload(given).refusals
    assert (number, heading) == (2, "人数")
    assert reason.startswith("下载此表之后“王编辑”填了“近300人”")


def test_a_sheet_uploaded_once_more_contradicts_nothing_that_it_saved_itself(clerk, year, by_colleague):
    load_words(year)
    given = clerk.filled(FARM_COURSE | dict.fromkeys(["文献", "人数起于第几字", "人数止于第几字"]))
    clerk.save(clerk.upload(given))
    training = Training.objects.get(period=year)
    assert (training.passage.document.slug, training.participants_start) == ("review-2031", 11)
    assert seen(clerk.upload(given)) == (["unchanged"], [], [])
    by_colleague(training, sessions="13期", participants_start=12)
    kept = ["期数：下载此表之后“王编辑”改成了“13期”，照此保留。"]
    assert seen(clerk.upload(given)) == (["unchanged"], [], kept)


def test_who_goes_on_in_his_own_sheet_contradicts_nobody(clerk, colleague, training, by_colleague):
    typed = fill_in(clerk.download(), 3, 人数="310人")
    clerk.save(clerk.upload(typed))
    further = fill_in(clerk.download(), 3, 期数="12期")
    fill_in(typed, 3, 人数="320人")
    assert seen(clerk.upload(typed)) == (["changed"], ["人数：310人 → 320人"], [])
    assert [heading for _, heading, _ in colleague.upload(typed).refusals] == ["人数"]
    by_colleague(Training.objects.get(pk=training.pk), participants="302人")
    assert [heading for _, heading, _ in clerk.upload(typed).refusals] == ["人数"]
    assert seen(clerk.upload(further)) == (["changed"], ["期数：（空） → 12期"], [KEPT])


def test_his_own_sheet_does_not_undo_what_its_owner_has_corrected_elsewhere(clerk, training):
    typed = fill_in(clerk.download(), 3, 人数="310人")
    clerk.save(clerk.upload(typed))
    training = Training.objects.get(pk=training.pk)
    training.participants = "311人"
    training.save_as(ChangeKind.CORRECTION, REASON, user=clerk.user)
    kept = ["人数：下载此表之后“编辑”改成了“311人”，照此保留。"]
    assert seen(clerk.upload(typed)) == (["unchanged"], [], kept)


def test_what_another_has_deleted_or_renamed_since_does_not_come_back_as_new(clerk, training, by_colleague):
    downloaded = clerk.download()
    by_colleague(training, slug="farming-course")
    reason = "下载此表之后“王编辑”把这条记录的标识改成了“farming-course”，请照此修改这一行的标识。"
    assert clerk.upload(downloaded).refusals == [(3, "标识", reason)]
    training.delete()
    [(number, heading, reason)] = clerk.upload(downloaded).refusals
    assert (number, heading) == (3, "标识")
    assert reason.endswith("删除了这条记录。不要了就删去这一行，还要就重新下载，另起一行录入。")
    assert clerk.upload(clerk.filled(FARM_COURSE)).outcomes == ["new"]


def test_what_a_record_had_once_may_be_gone_altogether(clerk, year, by_colleague):
    society = Organisation.objects.create(slug="plant-society", name="植物学会", kind="society")
    clerk.save(clerk.rows(AWARD | {"授奖单位": society.name}, title="奖项"))
    given = clerk.filled({"标识": "a", "名称": "甲"}, kind="award")
    by_colleague(
        Award.objects.get(period=year),
        conferred_by=Organisation.objects.get(slug="optical-society"),
        passage=Passage.objects.get(document__period=year, paragraph=2),
    )
    society.delete()
    Passage.objects.get(document__period=year, paragraph=1).delete()
    assert seen(clerk.upload(given)) == (["unchanged"], [], [])


def test_whatever_rows_and_columns_are_deleted_from_a_sheet_it_undoes_nothing(clerk, training, by_colleague):
    headings = [str(cell.value).rstrip("*") for cell in clerk.download()["培训"][2]]
    downloads = [clerk.download() for _ in headings]
    without_title, without_headings = clerk.download(), clerk.download()
    by_colleague(training, participants="302人")
    for place, heading in enumerate(headings, 1):
        cut = downloads[place - 1]
        cut["培训"].delete_cols(place)
        shown = clerk.upload(cut)
        if heading.startswith("标识"):
            assert "找不到标题行" in shown.problems[0]
        else:
            assert seen(shown) == (["unchanged"], [], [] if heading == "人数" else [KEPT])
    without_title["培训"].delete_rows(1)
    assert seen(clerk.upload(without_title)) == (["unchanged"], [], [KEPT])
    without_headings["培训"].delete_rows(2)
    assert "找不到标题行" in clerk.upload(without_headings).problems[0]


def test_a_sheet_that_does_not_say_how_old_it_is_changes_no_record_there_is(clerk, training):
    added = FARM_COURSE | {"标识": "second-course"}
    [(number, heading, reason)] = clerk.rows(FARM_COURSE | {"人数": "310人"}, added).refusals
    assert (number, heading) == (2, "标识")
    assert "请勾选“填入已有的记录”重新下载，在下载的表中改好再上传。" in reason
    assert clerk.rows(FARM_COURSE | {"期数": ""}, added).outcomes == ["unchanged", "new"]


def test_a_change_number_that_is_yet_to_come_is_none(clerk, training):
    given = clerk.filled(FARM_COURSE)
    given["培训"]["B1"].value = "标识（2031年，更改号 999999）"
    [(_, heading, reason)] = clerk.upload(given).refusals
    assert (heading, "没有本网站的更改号" in reason) == ("标识", True)


def test_what_is_withdrawn_is_not_changed(clerk, training):
    given = clerk.filled(FARM_COURSE)
    corrected(training, state=FactState.WITHDRAWN)
    assert clerk.upload(given).refusals == [(2, "标识", "这条记录已撤回，要更改请先在后台恢复公布。")]
