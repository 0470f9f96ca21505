"""Records of every model of the admin: one that readers have seen, one they have not, and whatever a model has besides."""

from datetime import date

from django.contrib.auth.models import User
from django.db import models
from django.utils.timezone import now

from tests.roles import SUPERUSER, person
from tests.support import drafted, new_document, new_period
from xinyi_sat.accounts.models import LoginLock, SecondStep
from xinyi_sat.accounts.roles import VIEWER
from xinyi_sat.facts.models import (
    Association,
    Document,
    DraftFact,
    Fact,
    Measure,
    Organisation,
    Passage,
    Period,
    Term,
)
from xinyi_sat.report.models import Edition, PublishedFile

Samples = dict[str, models.Model]


def published(kind: type[Fact]) -> Fact:
    """A fact of a kind that everybody may read; a new one where the fixtures have none."""
    if found := kind.objects.order_by("pk").first():
        return found
    terms = {
        name: Term.objects.filter(vocabulary=kind._meta.get_field(name).vocabulary).first()
        for name in kind.term_names()
    }
    source = {"period": Period.objects.get(), "passage": Passage.objects.get(paragraph=10)}
    return kind.objects.create(title="一条记录", slug="one-record", service="literacy", **source, **terms)


def facts(kind: type[Fact]) -> Samples:
    """A published fact, a draft, and one that waits to be confirmed."""
    one = published(kind)
    return {"published": one, "draft": drafted(one), "pending": drafted(one, slug="pending")}


def sources(model: type[models.Model]) -> Samples:
    """A record that readers have seen, and one of a period or body that they have not."""
    first, document = model.objects.order_by("pk").first(), new_document(new_period("2031", state="draft"), 0)
    new = {
        Period: lambda: new_period("2032", state="draft"),
        Organisation: lambda: Organisation.objects.create(slug="new-body", name="新机构", kind="other"),
        Document: lambda: document,
        Passage: lambda: Passage.objects.create(document=document, paragraph=1, length=5, digest="0" * 64),
    }
    return {"published": first, "draft": new[model]()}


def vocabulary(model: type[Measure | Term]) -> Samples:
    """What a record has, and what none has."""
    if model is Term:
        used = Term.objects.filter(vocabulary="training-form", slug="lecture").get()
        return {"used": used, "free": Term.objects.create(vocabulary="level", slug="free", label="没人用")}
    values = {"slug": "free", "label": "没人用", "dimension": "count", "units": "个", "kinds": "training"}
    return {"used": Measure.objects.get(slug="participants"), "free": Measure.objects.create(**values)}


def users() -> Samples:
    """Somebody of the lowest rank and somebody of the highest."""
    return {"colleague": person(VIEWER, "同事"), "superuser": person(SUPERUSER, "另一位")}


def phones() -> Samples:
    """Their phones."""
    return {name: SecondStep.objects.create(user=one, name="手机", confirmed=True) for name, one in users().items()}


def locks() -> Samples:
    """A user name that is locked."""
    attempt = {"failures_since_start": 5, "get_data": "", "post_data": "", "http_accept": "", "path_info": ""}
    return {"lock": LoginLock.objects.create(username="同事", ip_address="10.0.0.1", **attempt)}


def editions() -> Samples:
    """An edition that is out, and one that is not made yet."""
    said = {"period": Period.objects.get(), "dated_on": date(2022, 1, 1), "reason": "试编", "as_of": now()}
    return {
        "issued": Edition.objects.create(number=1, issued_at=now(), **said),
        "prepared": Edition.objects.create(number=2, **said),
    }


def files() -> Samples:
    """A file that was made of the review."""
    said = {"period": Period.objects.get(), "file_format": "pdf", "content": "a.pdf", "sha256": "0" * 64}
    return {"made": PublishedFile.objects.create(size=1, revision=1, data_as_of=now(), made_at=now(), **said)}


def drafts() -> Samples:
    """A sentence that nobody has sorted yet."""
    passage = Passage.objects.get(paragraph=10)
    figures = [{"wording": "3期", "start": 0, "end": 2}]
    found = {"period": passage.document.period, "passage": passage, "start": 0, "end": 9, "figures": figures}
    return {"found": DraftFact.objects.create(**found)}


def samples(model: type[models.Model]) -> Samples:
    """The records that the table of a model speaks of."""
    made = {
        User: users,
        SecondStep: phones,
        LoginLock: locks,
        Edition: editions,
        PublishedFile: files,
        DraftFact: drafts,
    }
    if model in made:
        return made[model]()
    if model is Association:
        return {"current": Association.objects.get()}
    if model in (Measure, Term):
        return vocabulary(model)
    return facts(model) if issubclass(model, Fact) else sources(model)
