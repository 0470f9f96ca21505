"""What is recorded: where it was said, what was said, what was counted, and every change of it."""

from xinyi_sat.facts.models.association import Association
from xinyi_sat.facts.models.changes import Change
from xinyi_sat.facts.models.drafts import DraftFact
from xinyi_sat.facts.models.fact import Fact
from xinyi_sat.facts.models.figure import Figure
from xinyi_sat.facts.models.fixture_log import LoadedRecord
from xinyi_sat.facts.models.kinds import fact_kinds, kind_named
from xinyi_sat.facts.models.organisations import Organisation
from xinyi_sat.facts.models.periods import Period, UnknownPeriodError
from xinyi_sat.facts.models.recording import UnexplainedChangeError, record_change
from xinyi_sat.facts.models.sources import Document, Passage, digest_of
from xinyi_sat.facts.models.tracked import PublishedRecordError, Tracked
from xinyi_sat.facts.models.vocabulary import Measure, Term, TermField

__all__ = [
    "Association",
    "Change",
    "Document",
    "DraftFact",
    "Fact",
    "Figure",
    "LoadedRecord",
    "Measure",
    "Organisation",
    "Passage",
    "Period",
    "PublishedRecordError",
    "Term",
    "TermField",
    "Tracked",
    "UnexplainedChangeError",
    "UnknownPeriodError",
    "digest_of",
    "fact_kinds",
    "kind_named",
    "record_change",
]
