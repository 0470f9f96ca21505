"""What there is already: the facts of a period, and what facts may refer to, each asked for once."""

from functools import cached_property

from xinyi_sat.facts.models import Document, Fact, Organisation, Passage, Period
from xinyi_sat.facts.uploads.names import CellError, Names


class Records:
    """The records that the rows of an upload are compared with, and lead to."""

    def __init__(self, period: Period):
        self.period = period
        self.organisations = Names(Organisation, Organisation.objects.all())
        self.documents = Names(Document, Document.objects.select_related("period"))
        self.document_labels = [self.documents.label(one) for one in Document.objects.filter(period=period)]

    @property
    def only_document(self) -> str:
        """The label of the period's document, where there is but one; else empty."""
        return self.document_labels[0] if len(self.document_labels) == 1 else ""

    @cached_property
    def passages(self) -> dict[tuple[Document, int], Passage]:
        """The paragraphs of every document, by document and number."""
        passages = Passage.objects.select_related("document__period")
        return {(one.document, one.paragraph): one for one in passages}

    def passage(self, document: Document, paragraph: int) -> Passage:
        """A paragraph of a document; CellError where it is not registered."""
        if passage := self.passages.get((document, paragraph)):
            return passage
        last = max((number for one, number in self.passages if one == document), default=0)
        raise CellError(f"《{document}》没有登记第 {paragraph} 段，登记到第 {last} 段。")

    def facts(self, kind: type[Fact]) -> dict[str, Fact]:
        """The facts of a kind in the period, withdrawn ones too, by their slugs."""
        facts = kind.objects.in_period(self.period).with_source().with_named().in_reading_order()
        return {fact.slug: fact for fact in facts}
