"""A Word file under construction: its fixed parts lie in `parts`, its text is added to."""

from collections.abc import Iterable
from pathlib import Path

from xinyi_sat.report.archive import archive
from xinyi_sat.report.imprint import LANGUAGE, Imprint
from xinyi_sat.report.word.elements import Xml, escaped, picture_run
from xinyi_sat.report.word.picture import Picture

PARTS = Path(__file__).with_name("parts")
DOCUMENT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
CORE, APPLICATION = "docProps/core.xml", "docProps/app.xml"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
END_OF_TEXT = "<w:sectPr>"


class WordFile:
    """The text and the pictures of a file; what stands before the text may be known only when it is written."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.pictures: list[bytes] = []

    def append(self, made: Iterable[Xml]) -> None:
        self.text.extend(made)

    def picture(self, picture: Picture) -> Xml:
        """A picture for a paragraph; the file takes it in."""
        self.pictures.append(picture.png)
        return picture_run(picture, len(self.pictures), f"picture{len(self.pictures)}")

    def content(self, imprint: Imprint, front: list[Xml]) -> bytes:
        """The finished file with this before its text; the same bytes for the same content."""
        fixed = {
            str(path.relative_to(PARTS)): path.read_bytes() for path in sorted(PARTS.rglob("*.*")) if path.is_file()
        }
        head, end, tail = fixed[DOCUMENT].decode().partition(END_OF_TEXT)
        made = {
            DOCUMENT: "".join([head, *front, *self.text, end, tail]).encode(),
            CORE: with_more(fixed[CORE], properties_of(imprint)),
            APPLICATION: with_more(fixed[APPLICATION], f"<Company>{escaped(imprint.association)}</Company>"),
            RELATIONS: with_more(fixed[RELATIONS], "".join(map(relation, range(1, len(self.pictures) + 1)))),
        }
        media = {f"word/media/{number}.png": png for number, png in enumerate(self.pictures, 1)}
        return archive(fixed | made | media)


def with_more(part: bytes, more: str) -> bytes:
    """A part with more before the end of its outermost element."""
    start, end = part.decode().rsplit("</", 1)
    return f"{start}{more}</{end}".encode()


def relation(number: int) -> str:
    """What ties a picture to the text."""
    return f'<Relationship Id="picture{number}" Type="{IMAGE}" Target="media/{number}.png"/>'


def properties_of(imprint: Imprint) -> str:
    """What the file says of itself."""
    properties = {
        "dc:title": imprint.title,
        "dc:subject": f"{imprint.years}的数字与记录，逐项注明出处",
        "dc:creator": imprint.association.name,
        "cp:lastModifiedBy": imprint.association.name,
        "dc:description": imprint.citation,
        "dc:language": LANGUAGE,
    }
    dates = (
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{imprint.created:%Y-%m-%dT%H:%M:%SZ}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return "".join([*(f"<{name}>{escaped(words)}</{name}>" for name, words in properties.items()), *dates])
