"""A figure that was corrected since it was published says so wherever it is shown, and leads to its changes."""

import re

import pytest

from outreach.models import Training
from tests.pages.reading import SOURCE, page, records, rows
from tests.pages.test_corrections import AFTER_MIDNIGHT
from tests.support import corrected, drafted, fact, save
from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.entry import FigureEntry
from xinyi_sat.facts.models import Passage

pytestmark = pytest.mark.django_db


@pytest.fixture
def lectures() -> Training:
    """A published fact whose number of people was corrected."""
    return corrected(fact("officials-science-lectures"), participants="1024人")


def marked(client) -> dict[str, str]:
    """What figures.csv says of every figure that was changed, by its slug and measure."""
    found = rows(client, "/figures.csv")
    return {f"{row['slug']}/{row['measure']}": row["corrected"] for row in found if row["corrected"]}


def test_no_figure_is_marked_as_it_was_published(client):
    assert marked(client) == {}
    assert 'class="sign"' not in page(client, "/outreach/trainings/")
    own = page(client, fact("officials-science-lectures").get_absolute_url())
    assert ("原文写作" in own, "现写作" in own) == (True, False)


@pytest.mark.parametrize("path", ["/figures/", "/outreach/trainings/", "/outreach/trainings/2017-2021/{}/", SOURCE])
def test_a_corrected_figure_is_marked_on_every_page_and_leads_to_its_changes(client, lectures, only_selects, path):
    before, _, after = page(client, path.format(lectures.slug)).partition("1024人")
    link = after.split("</sup>")[0].split('<sup class="sign">')[1]
    assert f'href="{lectures.get_absolute_url()}#changes"' in link
    assert "更正，见更改记录" in link
    assert link.endswith(">更</a>")
    assert (before + after).count('class="sign"') == 1


def test_the_mark_tells_a_revision_from_a_correction_and_the_last_change_of_the_wording_counts(client, lectures):
    save(lectures, ChangeKind.REVISION, "按计划改动", participants="1025人")
    corrected(lectures, note="别的改动")
    assert marked(client) == {f"{lectures.slug}/participants": "revision"}
    assert ">修</a>" in page(client, "/outreach/trainings/")


def test_only_another_wording_is_marked_and_what_was_put_back_stays_marked(client, lectures):
    sessions = lectures.figure("sessions").wording
    corrected(lectures, title="讲座", basis="yearly", sessions=FigureEntry(sessions))
    corrected(lectures, participants="1023人")
    assert marked(client) == {f"{lectures.slug}/participants": "correction"}
    corrected(lectures, sessions="4期", households="5户")
    assert len(marked(client)) == 3


def test_what_was_changed_before_it_was_published_is_not_marked(client, lectures):
    draft = drafted(lectures)
    corrected(draft, participants="6人")
    save(draft, ChangeKind.ENTERED, state="confirmed")
    assert list(marked(client)) == [f"{lectures.slug}/participants"]


def test_files_say_which_figures_were_corrected_and_when_in_china(client, lectures):
    corrected(lectures, participants="1025人", made_at=AFTER_MIDNIGHT)
    assert [
        (row["wording"], row["corrected"], row["corrected_on"])
        for row in rows(client, "/figures.csv")
        if row["corrected"]
    ] == [("1025人", "correction", "2099-03-06")]
    assert {one["corrected_on"] for one in records(client, "/figures.json")} == {None, "2099-03-06"}
    assert {row["更正与修订"] for row in rows(client, "/outreach/trainings.csv")} == {"", "人数2099年3月6日更正"}


def with_words(text: str) -> None:
    """Give the paragraph of the lectures its words, as `load_source` does."""
    Passage.objects.filter(paragraph=10).update(text=text)


def test_a_figure_that_is_not_what_the_words_say_is_shown_as_corrected_against_the_document(client, lectures):
    with_words("文" * 281 + "1023人" + "文" * 49)
    for path in (lectures.get_absolute_url(), SOURCE):
        body = page(client, path)
        assert body.count("与原文不同，已更正") == 1
        assert "现为“1024人”" in body


def test_a_figure_that_differs_without_a_correction_is_shown_as_to_be_looked_at(client):
    with_words("文" * 281 + "1022人" + "文" * 49)
    assert "与原文不同，待核对" in page(client, fact("officials-science-lectures").get_absolute_url())


@pytest.mark.parametrize(("words", "times"), [("来了12023人", 1), ("来了1023人", 0)])
def test_a_figure_without_a_place_whose_wording_the_paragraph_does_not_have_is_to_be_looked_at(client, words, times):
    lectures = fact("officials-science-lectures")
    corrected(lectures, **{one.measure.slug: FigureEntry(one.wording) for one in lectures.figures.all()})
    with_words(f"举办讲座3期，{words}。")
    source = page(client, SOURCE).partition(lectures.get_absolute_url())[2].partition("</li>")[0]
    assert "1023人" in source
    for body in (page(client, lectures.get_absolute_url()), source):
        assert body.count("与原文不同") == times


def test_where_the_words_are_not_here_a_corrected_figure_is_not_said_to_be_the_documents(client, lectures):
    body = page(client, lectures.get_absolute_url())
    [now] = re.findall(r'<td data-label="现写作" class="quantity">.*', body)
    [original] = re.findall(r'<td data-label="原文写作" class="quantity">.*', body)
    assert ("1024人" in now, "1024人" in original) == (True, False)
    assert '<th scope="col">写法</th>' in body  # over both of them
    assert body.count("更正后的写法，可能与原文不同；以前的写法见下面的更改记录") == 1
    assert "与原文不同" not in page(client, SOURCE)
