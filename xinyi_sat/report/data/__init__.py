"""The data of a report as files: the workbook and the data package, from the same tables."""
