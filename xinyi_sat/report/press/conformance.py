"""One PDF that is both PDF/UA-1 (everyone can read it) and PDF/A-2a (it can be read for as long as archives keep it).

WeasyPrint writes the one or the other; here the second claim and what it needs are added to the first.
"""

from pydyf import PDF, Array, Dictionary, Stream
from weasyprint import Document

# PDF/A wants a description of every metadata schema it does not know itself, and PDF/UA's is one of them.
ACCESSIBILITY = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def claim_accessibility(pdf: PDF) -> None:
    """Let a PDF/A-2a say in its metadata that it is PDF/UA-1 too."""
    for metadata in pdf.objects:
        if isinstance(metadata, Stream) and metadata.extra.get("Type") == "/Metadata":
            metadata.compress = False
            metadata.stream = [part.replace(b"</rdf:RDF>", ACCESSIBILITY + b"</rdf:RDF>") for part in metadata.stream]


def complete_tags(document: Document, pdf: PDF) -> None:
    """Let each table head say what it heads, and each figure where it stands."""
    elements = {one.reference: one for one in pdf.objects if isinstance(one, Dictionary) and "S" in one and "P" in one}
    for element in elements.values():
        if element["S"] == "/TH":
            element.setdefault("A", Dictionary({"O": "/Table"}))["Scope"] = scope_of(element, elements)
        if element["S"] == "/Figure":
            element["A"]["BBox"] = in_points(element["A"]["BBox"], document.pages[0].height)


def scope_of(head: Dictionary, elements: dict) -> str:
    """A head in the head of the table is its column's, any other its row's."""
    row = elements[head["P"]]
    return "/Column" if elements[row["P"]]["S"] == "/THead" else "/Row"


def in_points(box: Array, page_height: float) -> Array:
    """A box of WeasyPrint (pixels, from the top) as a PDF counts: 72 points to the inch, from the foot of the page."""
    left, top, right, bottom = box
    return Array(0.75 * number for number in (left, page_height - bottom, right, page_height - top))
