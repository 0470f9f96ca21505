"""What a filled sheet says of itself: of which period its records are, and up to which change they go.

It stands in the header of 标识, by which each row finds its record. Rows and columns may be deleted, the table moved to
another workbook or saved in another format: either the stamp is still there, or there is no table to be read.
"""

import re
from dataclasses import dataclass
from typing import Self

from xinyi_sat.facts.uploads.refusal import RefusedFile

SLUG = "标识"
MORE = re.compile(rf"{SLUG}\s*[*＊]?\s*[（(].*")
STAMPED = re.compile(
    rf"{SLUG}\s*[*＊]?\s*[（(](?P<period>.+)[，,]\s*更改号\s*[:：]?\s*(?P<change>[0-9０-９]{{1,18}})\s*[）)]"
)


@dataclass(frozen=True)
class Stamp:
    """The period of the records in a sheet, and the last change there was when it was filled with them."""

    period: str
    change: int

    def beside(self, header: str) -> str:
        """A header with the stamp."""
        return f"{header}（{self.period}，更改号 {self.change}）"

    @classmethod
    def of(cls, heading: str) -> Self | None:
        """The stamp in a header, if it has one; RefusedFile where it is no longer whole."""
        match = STAMPED.fullmatch(heading)
        if match is None and MORE.fullmatch(heading):
            raise RefusedFile(
                f"标题“{heading}”看不懂，应像“{cls('2031年', 1024).beside(SLUG)}”。请照下载时的样子改回来，或重新下载。"
            )
        return cls(match["period"].strip(), int(match["change"])) if match else None


def without_stamp(heading: str) -> str:
    """A header without what stands beside it."""
    return SLUG if MORE.fullmatch(heading) else heading
