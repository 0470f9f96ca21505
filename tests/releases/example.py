"""What an office has done with its site: records corrected, withdrawn and drafted, an edition issued."""

from datetime import UTC, date, datetime

from django.contrib.auth.models import User

from tests.support import again, corrected, fact, new_document, new_period, save
from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.models import DraftFact, Organisation
from xinyi_sat.report.models import Edition, EditionFile

COURSE, VOLUNTEERS = "continuing-education", "science-volunteers"


def fill() -> None:
    """Do it, in the database as it is after `load_facts`."""
    editor = User.objects.create(username="editor", is_staff=True)
    corrected(fact(COURSE), "原表笔误", user=editor, participants="2352人")
    save(fact(COURSE), ChangeKind.REVISION, "补充说明", user=editor, note="含线上培训。")
    corrected(Organisation.objects.first(), "更名", user=editor, note="曾用名见原文。")
    save(fact(VOLUNTEERS), ChangeKind.WITHDRAWAL, "待核实", user=editor, state="withdrawn")
    document = new_document(new_period("2022", state="draft"))
    again(fact(COURSE), document, participants="2500余人", state="draft")
    found = {"period": document.period, "passage": document.passages.get(paragraph=3), "start": 0, "end": 9}
    DraftFact.objects.create(**found, figures=[{"wording": "3期", "start": 0, "end": 2}])
    issue(editor)


def issue(editor: User) -> None:
    """An edition of the review, its file a line."""
    moment = datetime(2026, 12, 1, tzinfo=UTC)
    edition = Edition.objects.create(
        period=fact(COURSE, "2017-2021").period, number=1, dated_on=date(2026, 12, 1), reason="首次发布", as_of=moment
    )
    EditionFile.objects.create(edition=edition, ending="pdf", content=b"%PDF")
    edition.issued_at, edition.issued_by, edition.revision = moment, editor, 1
    edition.save()
