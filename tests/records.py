"""Records of every model of the admin: one that readers have seen, one they have not, and whatever a model has besides."""

from copy import copy
from datetime import date

from django.contrib.auth.models import User
from django.utils.timezone import now

from tests.changes import drafted
from tests.roles import SUPERUSER, person
from xinyi_sat.accounts.models import LoginLock, SecondStep
from xinyi_sat.accounts.roles import VIEWER
from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.models import Document, DraftFact, Fact, Organisation, Passage, Period
from xinyi_sat.facts.models.many import named_by, save_many
from xinyi_sat.report.models import Edition


def draft_of(model: type) -> object:
    """A record of a model that no reader has seen."""
    if issubclass(model, Fact):
        return drafted(model.objects.first())
    period = Period.objects.create(
        slug="2031", title="2031年", starts_on=date(2031, 1, 1), ends_on=date(2031, 12, 31), state="draft"
    )
    body = Organisation.objects.create(slug="new-body", name="新机构", kind="other")
    if model in (Period, Organisation):
        return period if model is Period else body
    document = Document.objects.create(
        slug="new-review", title="新文献", publisher=body, published_on=date(2032, 1, 1), period=period
    )
    if model is Document:
        return document
    return Passage.objects.create(document=document, paragraph=1, length=5, digest="0" * 64)


def users() -> dict[str, User]:
    """Somebody of the lowest rank and somebody of the highest."""
    return {"colleague": person(VIEWER, "同事"), "superuser": person(SUPERUSER, "另一位")}


def phones() -> dict[str, SecondStep]:
    """Their phones."""
    return {name: SecondStep.objects.create(user=one, name="手机", confirmed=True) for name, one in users().items()}


def locks() -> dict[str, LoginLock]:
    """A user name that is locked."""
    attempt = {"failures_since_start": 5, "get_data": "", "post_data": "", "http_accept": "", "path_info": ""}
    return {"lock": LoginLock.objects.create(username="同事", ip_address="10.0.0.1", **attempt)}


def editions() -> dict[str, Edition]:
    """An edition that is out, and one that is not made yet."""
    said = {"period": Period.objects.get(), "dated_on": date(2022, 1, 1), "reason": "试编", "as_of": now()}
    return {
        "issued": Edition.objects.create(number=1, issued_at=now(), **said),
        "prepared": Edition.objects.create(number=2, **said),
    }


def drafts() -> dict[str, DraftFact]:
    """A sentence that nobody has sorted yet."""
    passage = Passage.objects.get(paragraph=10)
    figures = [{"wording": "3期", "start": 0, "end": 2}]
    found = {"period": passage.document.period, "passage": passage, "start": 0, "end": 9, "figures": figures}
    return {"found": DraftFact.objects.create(**found)}


def samples(model: type) -> dict[str, object]:
    """The records that the table of a model speaks of; of most, one that readers have seen and some they have not."""
    made = {User: users, SecondStep: phones, LoginLock: locks, Edition: editions, DraftFact: drafts}.get(model)
    if made:
        return made()
    found = {"published": model.objects.order_by("pk").first(), "draft": draft_of(model)}
    return found | ({"pending": drafted(found["published"], slug="pending")} if issubclass(model, Fact) else {})


def many_like(fact: Fact, count: int, **fields: object) -> list[Fact]:
    """So many facts beside one, like it but for their slugs and these fields; they name what it names."""
    made = []
    for number in range(count):
        one = type(fact).objects.get(pk=fact.pk) if not made else copy(made[0])
        one.pk, one._state = None, copy(fact._state)
        one._state.adding = True
        for name, value in ({"slug": f"{fact.slug}-{number + 1}"} | fields).items():
            setattr(one, name, value)
        made.append(one)
    save_many(made, [named_by(fact)] * count, ChangeKind.ENTERED)
    return made
