"""What templates of the report ask of its records."""

import logging
from typing import Any

from django import template
from django.template import Context, Node
from django.template.base import NodeList, Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from xinyi_sat.facts.choices import Basis
from xinyi_sat.facts.editing.links import page_in_admin
from xinyi_sat.facts.figures import Figure
from xinyi_sat.facts.models import Fact
from xinyi_sat.facts.models.history import Change
from xinyi_sat.facts.quotation import quoted
from xinyi_sat.facts.tables import figure_link, mark_on_paper
from xinyi_sat.report.chapters import CHANGE_LINE
from xinyi_sat.report.charts.svg import width_of
from xinyi_sat.report.prose import prose_of
from xinyi_sat.report.references import LeftOut, MissingFigure
from xinyi_sat.report.sections import Section

HALF_A_PAGE = 250  # characters in a column of the list of corrections
CARD = 7  # Chinese characters in a line of a headline on a phone
ANNEX_LINE = 6  # Chinese characters in a line of a figure in the annex

register = template.Library()
logger = logging.getLogger(__name__)


@register.tag
def sentence(parser: Parser, token: Token) -> Node:
    """A sentence of prose that stands for itself: it is left out where a record that it names is no longer there."""
    node = Sentence(parser.parse(("endsentence",)))
    parser.delete_first_token()
    return node


class Sentence(Node):
    """A sentence, or a word of why there is none."""

    def __init__(self, nodelist: NodeList):
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        try:
            return self.nodelist.render(context)
        except LeftOut as gone:
            return format_html('<span class="left-out">〔此处略去一句：{}。〕</span>', why(gone, context["printed"]))


def why(gone: LeftOut, printed: bool) -> str:  # noqa: FBT001 (what it is told of stands at the call)
    """Why a sentence is left out; on a page with the way to the record, which says more."""
    if gone.fact is None:
        return gone.why
    name = quoted(gone.fact)
    if not printed:
        name = format_html('<a href="{}">{}</a>', gone.fact.get_absolute_url(), name)
    return format_html("所引的{}{}", name, gone.why)


@register.simple_tag(takes_context=True)
def figure(context: Context, name: str | Figure, **granted: Any) -> SafeString:
    """A recorded figure in prose, found by its name or found already, leading to its passage on a page and to its row in the annex on paper.

    `granted` are fields of its fact that the sentence takes for granted, as in `outcome="answered"`.
    """
    found = name if isinstance(name, Figure) else context["references"].figure(name, **granted)
    yearly = "（每年）" if found.basis == Basis.YEARLY else ""
    return format_html("{}{}", annexed(found) if context["printed"] else figure_link(found), yearly)


@register.filter
def annexed(figure: Figure) -> SafeString:
    """A figure on paper, leading to its row in the annex; beside the link its mark, which inside would be a link of its own."""
    link = format_html('<a class="number" href="#{}">{}</a>', figure.name, figure.quantity)
    return format_html('<span class="corrected">{}{}</span>', link, mark_on_paper(figure)) if figure.mark else link


@register.simple_tag(takes_context=True)
def fact(context: Context, name: str, **granted: Any) -> SafeString:
    """The title of a recorded fact in prose, leading to it on a page; `granted` as for a figure."""
    found = context["references"].fact(name, **granted)
    if context["printed"]:
        return format_html("{}", found)
    return format_html('<a href="{}">{}</a>', found.get_absolute_url(), found)


@register.filter
def in_admin(fact: Fact) -> str:
    """Where a fact is corrected."""
    return page_in_admin(fact)


@register.filter
def is_long(change: Change) -> bool:
    """Whether what a change says fills more than half a page of the list of corrections, which is then divided."""
    texts = ("".join(map(str, change.differences)), change.history_change_reason or "")
    return max(map(len, texts)) > HALF_A_PAGE


@register.filter
def is_wide(figure: Figure) -> bool:
    """Whether a headline takes the room of two, since its figure with its mark has none in one."""
    return width_of(f"{figure.quantity}{figure.mark.sign if figure.mark else ''}", 1) > CARD


@register.filter
def is_long_figure(figure: Figure) -> bool:
    """Whether a figure is set smaller in the annex than the others, since it has no room in one line."""
    return width_of(str(figure.quantity), 1) > ANNEX_LINE


@register.filter
def unbroken(words: str) -> str:
    """Words in one line, as a figure has to be read; only what is too long for a line is divided."""
    return format_html('<span class="unbroken">{}</span>', words) if len(words) <= CHANGE_LINE else words


@register.simple_tag
def printed_prose(section: Section) -> SafeString:
    """The prose of a section on paper; a figure that never was stops the printing."""
    return prose_of(section, printed=True)


@register.simple_tag
def prose(section: Section, *, printed: bool = False) -> SafeString:
    """The prose of a section on a page; with a figure that never was, a word of why it is not shown.

    `printed` where its links are to stay on the page, as they do on paper.
    """
    try:
        return prose_of(section, printed=printed)
    except MissingFigure as error:
        logger.warning("%s", error)
        return format_html('<p class="nothing">这里的文字暂不显示：{}</p>', error)
