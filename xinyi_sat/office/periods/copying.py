"""A new period entered after the pattern of another: the same matters under the same slugs, and nothing that was said of them.

What is copied is a draft and has no source yet. It stands at the first paragraph of the new document, which is marked as
furniture of the page, and a fact read from there can't be confirmed: each has to be given its own paragraph first.
"""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from xinyi_sat.facts.choices import ChangeKind, FactState, PassageRole
from xinyi_sat.facts.models import Document, Fact, Passage, Period, Tracked, fact_kinds, record_change


@transaction.atomic
def draft_after(
    pattern: Period, document: Document, paragraphs: list[str], user: AbstractBaseUser | None = None
) -> list[Fact]:
    """Save a document and its period, both new, with its paragraphs, and in it a draft of each confirmed fact of the pattern."""
    reason = f"以{pattern}为底稿"
    for record in (document.period, document):
        save_new(record, reason, user)
    first, *_ = document.register(paragraphs, with_words=True)
    first.role = PassageRole.FURNITURE
    save_new(first, reason, user)
    return [
        draft_of(fact, first, reason, user)
        for kind in fact_kinds()
        for fact in kind.objects.in_period(pattern).filter(state=FactState.CONFIRMED).with_named().in_reading_order()
    ]


def save_new(record: Tracked, reason: str, user: AbstractBaseUser | None) -> None:
    """Save one record of the new period as a change that says where it is from."""
    with record_change(record, ChangeKind.ENTERED, reason, user=user):
        record.save()


def draft_of(fact: Fact, passage: Passage, reason: str, user: AbstractBaseUser | None) -> Fact:
    """Save a draft of the same matter: what it chooses and names comes along, figures and notes do not."""
    kind = type(fact)
    many = [field.name for field in kind._meta.many_to_many]
    one = [name for name in (*kind.term_names(), *kind.organisation_names()) if name not in many]
    kept = {name: getattr(fact, name) for name in ("title", "slug", "service", "headline_rank", *one)}
    draft = kind(period=passage.document.period, passage=passage, state=FactState.DRAFT, **kept)
    with record_change(draft, ChangeKind.ENTERED, reason, user=user):
        draft.save()
        for name in many:
            getattr(draft, name).set(getattr(fact, name).all())
    return draft
