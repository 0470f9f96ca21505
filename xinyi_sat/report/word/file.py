"""A Word file under construction: its fixed parts lie in `parts`, its text goes to a disk as it is written."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import Self

from xinyi_sat.report.archive import PIECE, archive
from xinyi_sat.report.imprint import ASSOCIATION, LANGUAGE, Imprint
from xinyi_sat.report.word.elements import Xml, picture_run, said
from xinyi_sat.report.word.picture import Picture

PARTS = Path(__file__).with_name("parts")
DOCUMENT, CORE, RELATIONS = "word/document.xml", "docProps/core.xml", "word/_rels/document.xml.rels"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
END_OF_TEXT = "<w:sectPr>"


class WordFile:
    """The text and the pictures of a file; what stands before the text may be known only when it is written."""

    def __init__(self) -> None:
        self.text = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 (it is closed with the file)
        self.pictures: list[bytes] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.text.close()

    def append(self, made: Iterable[Xml]) -> None:
        """Anything at the end of the text."""
        self.text.writelines(made)

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
            DOCUMENT: self.pieces([head, *front], end + tail),
            CORE: with_more(fixed[CORE], properties_of(imprint)),
            RELATIONS: with_more(fixed[RELATIONS], "".join(map(relation, range(1, len(self.pictures) + 1)))),
        }
        media = {f"word/media/{number}.png": png for number, png in enumerate(self.pictures, 1)}
        return archive(fixed | made | media)

    def pieces(self, front: list[str], end: str) -> Iterator[bytes]:
        """The whole document in pieces."""
        yield "".join(front).encode()
        self.text.seek(0)
        for piece in iter(partial(self.text.read, PIECE), ""):
            yield piece.encode()
        yield end.encode()


def with_more(part: bytes, more: str) -> bytes:
    """A part with more before the end of its outermost element."""
    start, end = part.decode().rsplit("</", 1)
    return f"{start}{more}</{end}".encode()


def relation(number: int) -> str:
    """What ties a picture to the text."""
    return f'<Relationship Id="picture{number}" Type="{IMAGE}" Target="media/{number}.png"/>'


def properties_of(imprint: Imprint) -> str:
    """What the file says of itself."""
    told = {
        "dc:title": imprint.title,
        "dc:subject": f"{imprint.years}的数字与记录，逐项注明出处",
        "dc:creator": ASSOCIATION,
        "cp:lastModifiedBy": ASSOCIATION,
        "dc:description": imprint.citation,
        "dc:language": LANGUAGE,
    }
    dates = (
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{imprint.created:%Y-%m-%dT%H:%M:%SZ}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return "".join([*(f"<{name}>{said(words)}</{name}>" for name, words in told.items()), *dates])
