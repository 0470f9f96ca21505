"""What there is already: the facts of a period, and what facts may name, each asked for once."""

from django.core.exceptions import ValidationError

from xinyi_sat.facts.models import Document, Fact, Organisation, Passage, Period
from xinyi_sat.office.uploads.names import Names


class Records:
    """The records that the rows of an upload are compared with, and name."""

    def __init__(self, period: Period):
        self.period = period
        organisations = ((one, one.slug, one.name) for one in Organisation.objects.all())
        self.organisations = Names("机构", organisations, is_complete=False)
        documents = list(Document.objects.select_related("period"))
        self.documents = Names("文献", ((one, one.slug, one.title) for one in documents), is_complete=False)
        of_period = [one for one in documents if one.period_id == period.pk]
        self.only_document = of_period[0] if len(of_period) == 1 else None  # what a new row without one is read from
        self.passages: dict[Document, dict[int, Passage]] = {}

    def passage(self, document: Document | None, paragraph: int) -> Passage:
        """A paragraph of a document; ValidationError where there is no document, or the paragraph is not registered."""
        if document is None:
            raise ValidationError({"document": "请写明文献：本时期没有登记文献，或不止一份。"})
        if document not in self.passages:
            self.passages[document] = {one.paragraph: one for one in document.passages.all()}
        passages = self.passages[document]
        if paragraph not in passages:
            last = max(passages, default=0)
            raise ValidationError({"passage": f"《{document}》没有登记第 {paragraph} 段，登记到第 {last} 段。"})
        return passages[paragraph]

    def facts(self, kind: type[Fact]) -> dict[str, Fact]:
        """The facts of a kind in the period, withdrawn ones too, by their slugs."""
        facts = kind.objects.in_period(self.period).with_source().with_named().with_figures().in_reading_order()
        return {fact.slug: fact for fact in facts}

    def other_kinds(self, kind: type[Fact]) -> dict[str, str]:
        """What kinds the other facts of the period are of, by the slugs of these facts."""
        others = Fact.objects.in_period(self.period).exclude(kind=kind.noun()).order_by()
        return {fact.slug: str(fact.kind_label) for fact in others.only("slug", "kind")}
