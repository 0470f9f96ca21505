"""The words that files choose from."""

from django.db.models import TextChoices


class EditionFormat(TextChoices):
    """The formats an edition is kept in; a Word file is for the office's own changes and no edition."""

    PDF = "pdf", "PDF"
    WORKBOOK = "xlsx", "Excel 工作簿"
    DATA = "zip", "数据包"


class FileFormat(TextChoices):
    """The formats in which readers fetch a period."""

    PDF = "pdf", "PDF"
    WORKBOOK = "xlsx", "Excel 工作簿"
    WORD = "docx", "Word 文件"
    DATA = "zip", "数据包"
