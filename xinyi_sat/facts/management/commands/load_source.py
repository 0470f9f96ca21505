"""`load_source`: store the words of a document in the local database."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import transaction

from xinyi_sat.facts.management import paragraphs_of
from xinyi_sat.facts.models import Document, Passage, digest_of


class Command(BaseCommand):
    """Store the text of each recorded paragraph, provided that all are as they were recorded."""

    help = "把原文各段的文字存入本机数据库（先核对校验值），此后页面在数字旁显示原文。文字不会写入 fixtures。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="原文的文本文件，一行一段")
        parser.add_argument("--document", help="文献的标识；只有一份文献时可不写")
        parser.add_argument("--register", action="store_true", help="新文献还没有登记段落时，先按这个文件登记各段")

    @transaction.atomic
    def handle(self, *args: Any, path: Path, document: str | None, register: bool, **options: Any) -> None:
        found = self.document(document)
        paragraphs = paragraphs_of(path)
        if not found.passages.exists():
            if not register:
                raise CommandError(f"《{found}》还没有登记段落。如果这个文件就是它的原文，请加 --register 登记各段。")
            found.register(paragraphs)
        passages = list(found.passages.order_by("paragraph"))
        texts = dict(enumerate(paragraphs, 1))
        changed = [one.label for one in passages if digest_of(texts.get(one.paragraph, "")) != one.digest]
        recorded = {one.paragraph for one in passages}
        unknown = [f"第 {number} 段" for number, text in texts.items() if text.strip() and number not in recorded]
        if changed or unknown:
            raise CommandError(
                f"与《{found}》登记的各段不符：{'、'.join(changed + unknown)}。"
                f"这份文献登记了 {len(passages)} 段，请核对文件是否就是原文、一行一段。没有存入任何文字。"
            )
        for passage in passages:
            Passage.objects.filter(pk=passage.pk).update(text=texts[passage.paragraph])  # the words have no history
        self.stdout.write(f"《{found}》共 {len(passages)} 段，校验值全部相符，已存入本机数据库。")

    def document(self, slug: str | None) -> Document:
        """The document of this slug, or the only one; CommandError where that is none or not clear."""
        documents = Document.objects.filter(slug=slug) if slug else Document.objects.all()
        if len(documents) == 1:
            return documents[0]
        known = "、".join(Document.objects.values_list("slug", flat=True)) or "无，请先运行 load_facts"
        wanted = f"没有标识为“{slug}”的文献" if slug else "请用 --document 写明是哪一份文献"
        raise CommandError(f"{wanted}。已登记的有：{known}。")
