"""A PDF file written object by object, so that no more than one chapter of it is in memory."""

import hashlib
import zlib
from collections.abc import Iterable
from struct import Struct
from typing import BinaryIO

HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
FREE = (0, 0, 65535)  # the place of a number that no object has
PLAIN, PACKED = 1, 2  # an object in the file, an object in an object stream
PLACE = Struct(">BIH")  # the fields of a cross-reference, of 1, 4 and 2 bytes
MOST_PACKED = 1000  # objects in an object stream; whoever wants one of them has to unpack them all


class PdfFile:
    """A PDF file under way; the caller numbers objects from 1 to `count`, the file those that are its own."""

    def __init__(self, file: BinaryIO, count: int):
        self.file = file
        self.digest = hashlib.sha256()
        self.position = 0
        self.places: dict[int, tuple[int, int, int]] = {}
        self.last = count
        self.put(HEADER)

    def put(self, content: bytes) -> None:
        """Write bytes."""
        self.file.write(content)
        self.digest.update(content)
        self.position += len(content)

    def add_stream(self, number: int, dictionary: bytes, stream: bytes) -> None:
        """Write an object that is a stream."""
        self.places[number] = (PLAIN, self.position, 0)
        self.put(b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, dictionary, stream))

    def add_packed(self, objects: Iterable[tuple[int, bytes]]) -> None:
        """Write objects that are no streams, packed together."""
        kept = list(objects)
        for first in range(0, len(kept), MOST_PACKED):
            self.pack(kept[first : first + MOST_PACKED])

    def pack(self, objects: list[tuple[int, bytes]]) -> None:
        """Write one object stream."""
        self.last += 1
        index, position = [], 0
        for place, (number, content) in enumerate(objects):
            self.places[number] = (PACKED, self.last, place)
            index.append(b"%d %d" % (number, position))
            position += len(content) + 1
        head = b" ".join(index) + b"\n"
        packed = zlib.compress(head + b"\n".join(content for _, content in objects))
        self.add_stream(
            self.last,
            b"<</Type /ObjStm/N %d/First %d/Filter /FlateDecode/Length %d>>" % (len(objects), len(head), len(packed)),
            packed,
        )

    def close(self, root: int, info: int) -> None:
        """Write where everything stands; the file is finished."""
        number, start = self.last + 1, self.position
        self.places[number] = (PLAIN, start, 0)
        table = b"".join(PLACE.pack(*self.places.get(one, FREE)) for one in range(number + 1))
        packed, name = zlib.compress(table, 9), self.digest.hexdigest()[:32].encode()
        dictionary = (
            b"<</Type /XRef/Size %d/W [1 4 2]/Root %d 0 R/Info %d 0 R/ID [<%b> <%b>]/Filter /FlateDecode/Length %d>>"
            % (number + 1, root, info, name, name, len(packed))
        )
        self.add_stream(number, dictionary, packed)
        self.put(b"startxref\n%d\n%%%%EOF\n" % start)
