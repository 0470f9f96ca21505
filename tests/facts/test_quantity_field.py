"""A figure in the database: what is typed comes back, what can't be read is refused."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from outreach.models import Training
from tests.changes import REASON, corrected
from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.models import one_change
from xinyi_sat.reading.quantity import Qualifier

pytestmark = pytest.mark.django_db


@pytest.fixture
def training() -> Training:
    return Training.objects.get(slug="continuing-education")


@pytest.mark.parametrize(
    ("name", "wording", "number", "low", "high", "qualifier"),
    [
        ("participants", "20000多人", 20000, 20000, 30000, Qualifier.OVER),
        ("participants", "2342人", 2342, 2342, 2342, Qualifier.EXACT),
        ("participants", "近3000人", 3000, None, 3000, Qualifier.UNDER),
        ("attendances", "5.36万人次", 53600, 53600, 53600, Qualifier.ROUNDED),
        ("sessions", "3至5场", 3, 3, 5, Qualifier.RANGE),
    ],
)
def test_what_is_typed_comes_back_with_its_meaning(training, name, wording, number, low, high, qualifier):
    training.participants = training.attendances = None
    setattr(training, name, wording)
    training.full_clean()
    corrected(training)
    stored = Training.objects.get(pk=training.pk)
    quantity = getattr(stored, name)
    assert (str(quantity), quantity.low, quantity.high, quantity.qualifier) == (wording, low, high, qualifier)
    assert getattr(stored, f"{name}_number") == Decimal(number)


def test_what_cannot_be_read_is_refused_in_chinese(training):
    training.participants = "约abc"
    with pytest.raises(ValidationError, match="看不懂“约abc”：应写作数字加单位"):
        training.full_clean()
    with pytest.raises(ValidationError, match="看不懂“约abc”"), transaction.atomic():
        corrected(training)
    assert str(Training.objects.get(pk=training.pk).participants) == "2342人"


@pytest.mark.parametrize("wording", ["2342人次", "17期"])
def test_a_unit_that_is_not_people_is_refused_for_people(training, wording):
    training.participants = wording
    with pytest.raises(ValidationError, match="人数的单位应为“人”“名”“位”"):
        training.full_clean()


@pytest.mark.parametrize(
    ("wording", "example"), [("2342", "2342人"), ("约2342", "2342人"), ("2.3万", "23000人"), ("0.05", "17人")]
)
def test_a_number_without_a_unit_is_refused_with_an_example(training, wording, example):
    training.participants = wording
    with pytest.raises(ValidationError, match=f"“{wording}”没有单位，应写数字和单位，例如“{example}”。"):
        training.full_clean()


@pytest.mark.parametrize("wording", ["99999999999999999999999人", "1000000000000人", "1.23456人"])
def test_a_number_that_no_database_keeps_exactly_is_refused(training, wording):
    training.participants = wording
    with pytest.raises(ValidationError, match="存不下"):
        training.full_clean()


def test_figures_sort_by_number_and_not_by_wording():
    facts = Training.objects.filter(participants__isnull=False).order_by(F("participants_number").desc())
    assert [str(fact.participants) for fact in facts] == ["20000多人", "2342人", "1023人"]


def test_a_figure_saved_alone_takes_its_number_with_it(training):
    training.participants = "2400余人"
    with one_change(training, ChangeKind.CORRECTION, REASON):
        training.save(update_fields=["participants"])
    assert Training.objects.get(pk=training.pk).participants_number == 2400


def test_an_emptied_figure_is_stored_as_missing_and_not_as_zero(training):
    training.participants = ""
    training.full_clean()
    corrected(training)
    stored = Training.objects.get(pk=training.pk)
    left = (stored.participants, stored.participants_number, stored.participants_start, stored.participants_end)
    assert left == (None, None, None, None)
