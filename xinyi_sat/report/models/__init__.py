"""What is kept of the report: the files readers fetch, and the editions that were issued."""

from xinyi_sat.report.models.editions import Edition, EditionFile
from xinyi_sat.report.models.published import PublishedFile

__all__ = ["Edition", "EditionFile", "PublishedFile"]
