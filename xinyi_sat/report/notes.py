"""The notes of the report: how to read a figure, and what is to be known of single facts."""

from typing import NamedTuple

from django.template.loader import render_to_string

from xinyi_sat.facts.choices import Basis
from xinyi_sat.reading.qualifiers import Qualifier
from xinyi_sat.report.annex import Annex
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.sections import Section


class Note(NamedTuple):
    """One note, as a row of a table."""

    about: str
    subject: str
    examples: str
    meaning: str


NOTE_TITLES = Note("类别", "项目", "原文用词或出处", "说明")


def people_and_attendances() -> str:
    """Why people and attendances are never added, in the words of the pages."""
    return render_to_string("report/_people.html").strip()


def digests() -> str:
    """What the digests of paragraphs are for, in the words of the printed report."""
    return render_to_string("report/_digests.txt").strip()


def signs() -> str:
    """What the marks of corrected figures mean, in the words of the printed report."""
    return render_to_string("report/_signs.txt").strip()


def wordings() -> str:
    """That a corrected figure may not be worded as the document has it, in the words of the printed report."""
    return render_to_string("report/_wordings.txt").strip()


def places() -> str:
    """From which number the places of figures are counted, in the words of the pages."""
    return render_to_string("report/_places.txt").strip()


def blanks() -> str:
    """What an empty cell says, in the words of the data package."""
    return render_to_string("report/_blanks.txt").strip()


def undrawn(section: Section) -> str:
    """That not everything a section counts alike is drawn, in the words of the pages."""
    return render_to_string("report/_undrawn.txt", {"section": section}).strip()


def annex_left_out(annex: Annex) -> str:
    """Why the figures are not listed in the annex and where they are, in the words of the printed report."""
    return render_to_string("report/_annex_left_out.txt", {"annex": annex}).strip()


def notes_of(scope: Scope) -> list[Note]:
    """All notes on the figures of a report."""
    noted = scope.noted()
    several = len({fact.passage.document_id for fact in noted}) > 1
    return [
        Note("单位", "人与人次", "人、名、位；人次", people_and_attendances()),
        *(Note("读法", one.label, one.examples, one.meaning) for one in Qualifier),
        *(Note("口径", one.label, "", one.meaning) for one in Basis),
        Note("更改", "更正与修订", "〔更〕〔修〕", signs()),
        Note("更改", "原文写作", "〔更〕〔修〕", wordings()),
        Note("起止字位", "起、止", "", places()),
        Note("空白", "没有填写的格", "", blanks()),
        *(
            Note("逐项说明", fact.title, str(fact.passage) if several else fact.passage.label, fact.note)
            for fact in noted
        ),
    ]
