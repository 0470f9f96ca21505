"""The published facts themselves."""

import json
import re

import pytest
from django.core.management import call_command

from tests.support import fact
from xinyi_sat.facts.fixtures.files import CHANGES_FILE, fixture_files
from xinyi_sat.facts.models import Document, Fact, Figure, Organisation, Passage, Period, fact_kinds

pytestmark = pytest.mark.django_db

FIGURES = {
    4: ["20名", "2人"],
    5: ["150多条", "30多条", "5件"],
    6: ["150件", "12位"],
    8: ["20多种", "10多部"],
    10: [
        "9人",
        "225名",
        "7名",
        "2名",
        "3000多名",
        "5.36万人次",
        "6300户",
        "506户",
        "17期",
        "2342人",
        "200期",
        "20000多人",
        "3期",
        "1023人",
    ],
    12: ["200余条", "10余家"],
    13: ["5家"],
    14: ["10个"],
    16: ["13件"],
    18: ["342人", "17个", "19名", "28名", "10名", "16名", "350多名", "4200多名"],
    19: ["2次"],
}


def test_every_counted_figure_of_the_document_is_recorded_in_its_paragraph():
    recorded: dict[int, list[str]] = {}
    for figure in Figure.objects.public().with_fact().in_reading_order():
        recorded.setdefault(figure.fact.passage.paragraph, []).append(figure.wording)
    assert recorded == FIGURES
    assert sum(len(wordings) for wordings in FIGURES.values()) == 37


def test_only_demonstration_households_are_yearly_and_only_the_stated_sums_are_whole_period():
    stated = Figure.objects.exclude(fact__basis="not_stated").values_list("fact__slug", "fact__basis")
    assert set(stated) == {("science-demonstration-households", "yearly"), ("continuing-education", "whole_period")}


def test_the_four_post_holder_groups_leave_out_the_chairs_who_lead_them():
    four = ["hospital-heads", "school-heads", "enterprise-heads", "farm-extension-directors"]
    assert [fact(slug).figure("members").wording for slug in four] == ["19名", "28名", "10名", "16名"]
    assert {one.slug for one in fact(four[0]).model.objects.filter(form__slug="post_holders")} == set(four)


def test_no_note_repeats_a_number_that_a_correction_would_leave_behind():
    notes = Fact.objects.values_list("note", flat=True)
    wordings = set(Figure.objects.values_list("wording", flat=True))
    assert [note for note in notes if any(re.search(rf"(?<!\d){re.escape(one)}", note) for one in wordings)] == []


@pytest.mark.parametrize(
    ("slug", "word"),
    [
        ("science-innovation-contest", "省、市两级"),
        ("farm-stations-and-benefit-projects", "合计"),
        ("science-demonstration-households", "每年"),
        ("new-farmer-training", "人次"),
        ("town-chairs", "不属于“四长”"),
    ],
)
def test_an_ambiguous_figure_explains_what_it_covers(slug, word):
    assert word in fact(slug).note


def test_every_record_passes_its_own_rules():
    for model in (Period, Document, Passage, Organisation, Figure, *fact_kinds()):
        for record in model.objects.all():
            record.full_clean()


def test_every_organisation_leads_to_a_fact_or_a_document():
    named = set(Document.objects.values_list("publisher", flat=True))
    for kind in fact_kinds():
        for name in kind.organisation_names():
            named |= set(kind.objects.values_list(name, flat=True))
    unnamed = Organisation.objects.exclude(pk__in=named - {None})
    assert list(unnamed.values_list("slug", flat=True)) == []


def test_every_fixture_file_is_as_a_dump_writes_it(tmp_path, settings):
    call_command("dump_facts", fixtures=tmp_path, verbosity=0)
    for filename in [*fixture_files(), CHANGES_FILE]:
        assert (tmp_path / filename).read_bytes() == (settings.FIXTURE_DIRS[0] / filename).read_bytes()


def test_no_fixture_holds_the_words_of_a_paragraph(settings):
    for filename in fixture_files():
        for record in json.loads((settings.FIXTURE_DIRS[0] / filename).read_text()):
            assert "text" not in record["fields"]
