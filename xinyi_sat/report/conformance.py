"""What WeasyPrint leaves out of a PDF/A-2a file that is to be PDF/UA-1 as well.

WeasyPrint writes PDF/A-2a or PDF/UA-1. A finisher is handed the PDF before it is written: it adds the second claim to the
metadata, and to the tags what both standards ask for.
"""

from pydyf import PDF, Array, Dictionary
from weasyprint import Document

POINTS = 0.75  # in a CSS pixel

# PDF/A wants a description of every metadata schema that it does not know itself, and PDF/UA's is one of them.
PDF_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
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


def complete_conformance(document: Document, pdf: PDF) -> None:
    """WeasyPrint's finisher: make a PDF/A-2a file PDF/UA-1 as well."""
    declare_pdf_ua(pdf)
    elements = {
        one.reference: one for one in pdf.objects if isinstance(one, Dictionary) and one.get("S") and "P" in one
    }
    for element in elements.values():
        if element["S"] == "/TH":
            element["A"]["Scope"] = scope_of(element, elements)
        elif element["S"] == "/Figure":
            left, top, right, bottom = element["A"]["BBox"]  # pixels from the top; PDF counts points from the foot
            height = document.pages[0].height
            element["A"]["BBox"] = Array(POINTS * one for one in (left, height - bottom, right, height - top))


def declare_pdf_ua(pdf: PDF) -> None:
    """Say in the metadata that the file is PDF/UA-1."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.compress = False  # PDF/A asks for metadata that any program can find
    metadata.stream = [part.replace(b"</rdf:RDF>", PDF_UA + b"</rdf:RDF>") for part in metadata.stream]


def scope_of(head: Dictionary, elements: dict[bytes, Dictionary]) -> str:
    """What a TH is the head of: of its column if it stands in the head of the table, of its row if not."""
    row = elements[head["P"]]
    return "/Column" if elements[row["P"]]["S"] == "/THead" else "/Row"
