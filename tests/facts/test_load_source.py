"""The words of a document come into the local database only if they are the very words that were read."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.facts.small_review import PARAGRAPHS, record_small_review
from tests.support import corrected, fact
from xinyi_sat.facts.entry import FigureEntry
from xinyi_sat.facts.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(tmp_path):
    return record_small_review(tmp_path)[0]


def test_the_words_are_stored_and_shown_with_their_figures_marked(small, client):
    out = StringIO()
    call_command("load_source", small, document="linhu-2030", stdout=out)
    assert "共 3 段，校验值全部相符" in out.getvalue()
    page = client.get(reverse("source", args=["linhu-2030"])).content.decode()
    assert '来了<a class="mark" id="p2-11"' in page
    assert ">近300人</a>" in page
    assert "两大</q>（名称）" in page


def test_a_fact_page_shows_the_words_around_its_figure(small, client):
    call_command("load_source", small, document="linhu-2030", verbosity=0)
    page = client.get(fact("helpers").get_absolute_url()).content.decode()
    assert '招募志愿者<a class="mark" id="p3-21"' in page
    assert ">80余名</a>" in page


def test_other_words_are_refused_and_none_is_stored(small):
    small.write_text("\n".join([PARAGRAPHS[0], "别的话", PARAGRAPHS[2]]), encoding="utf-8")
    with pytest.raises(CommandError, match="登记的各段不符：第 2 段"):
        call_command("load_source", small, document="linhu-2030")
    assert not fact("helpers").passage.text


def test_it_asks_which_document_where_that_is_not_clear(small):
    with pytest.raises(CommandError, match=r"请用 --document 写明.*linhu-2030.*xinyi-review-2021"):
        call_command("load_source", small)


def test_it_says_what_to_do_with_a_file_of_an_office_program(small):
    small.write_bytes(b"PK\x03\x04")
    with pytest.raises(CommandError, match=r"另存为纯文本（.txt）"):
        call_command("load_source", small, document="linhu-2030")


def test_words_never_reach_the_fixtures(small, tmp_path):
    call_command("load_source", small, document="linhu-2030", verbosity=0)
    (tmp_path / "out").mkdir()
    call_command("dump_facts", fixtures=tmp_path / "out", verbosity=0)
    assert "农技班" not in (tmp_path / "out" / "sources.json").read_text(encoding="utf-8")


def test_a_figure_typed_later_finds_its_place_by_itself(small):
    call_command("load_source", small, document="linhu-2030", verbosity=0)
    corrected(fact("helpers"), members=FigureEntry("80余名"))
    figure = fact("helpers").figure("members")
    assert (figure.start, figure.end) == (21, 25)
    corrected(fact("helpers"), members=FigureEntry("0余名"))
    assert fact("helpers").figure("members").start is None, "not inside a longer number"


def test_a_place_where_no_number_stands_is_refused(small):
    call_command("load_source", small, document="linhu-2030", verbosity=0)
    with pytest.raises(ValidationError, match="第 3 段的这几个字不是一个数字"):
        corrected(fact("helpers"), members=FigureEntry("80余名", 0, 5))


def test_the_paragraphs_of_a_new_document_are_registered_when_asked(small):
    known = Document.objects.get(slug="linhu-2030")
    Document.objects.create(
        slug="linhu-again",
        title="另一份",
        publisher=known.publisher,
        published_on=known.published_on,
        period=known.period,
    )
    with pytest.raises(CommandError, match=r"还没有登记段落.*--register"):
        call_command("load_source", small, document="linhu-again")
    call_command("load_source", small, document="linhu-again", register=True)
    registered = Document.objects.get(slug="linhu-again").passages
    assert list(registered.values_list("paragraph", "text")) == list(enumerate(PARAGRAPHS, 1))
