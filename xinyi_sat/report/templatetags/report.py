"""Prose, figures on paper and what is too long for its place, in templates of the report."""

from typing import Any

from django import template
from django.template import Context, Node
from django.template.base import NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from xinyi_sat.facts.choices import Basis
from xinyi_sat.facts.models import Figure
from xinyi_sat.facts.quotation import quoted
from xinyi_sat.office.links import page_in_admin
from xinyi_sat.pages.figure_links import figure_link, mark_on_paper
from xinyi_sat.report.charts.svg import width_of
from xinyi_sat.report.references import LeftOutError

CARD = 7  # Chinese characters in a line of a headline on a phone
ANNEX_LINE = 6  # Chinese characters in a line of a figure in the annex
CHANGE_LINE = 11  # Chinese characters in a line of what a correction changed

register = template.Library()
register.filter("in_admin", page_in_admin)
register.filter("quoted", quoted)


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

    def render(self, context: Context) -> str:
        try:
            return self.nodelist.render(context)
        except LeftOutError as error:
            template = "report/_left_out.html"
            return render_to_string(template, {"fact": error.fact, "printed": context["printed"]}).strip()


@register.simple_tag(takes_context=True)
def figure(context: Context, name: str | Figure, **expected: Any) -> SafeString:
    """A recorded figure in prose, found by its name or found already, leading to its passage on a page and to its row in the annex on paper.

    `expected` are fields of its fact as the sentence has them, as in `outcome="answered"`.
    """
    found = name if isinstance(name, Figure) else context["references"].figure(name, **expected)
    yearly = "（每年）" if found.fact.basis == Basis.YEARLY else ""
    return format_html("{}{}", annexed(found) if context["printed"] else figure_link(found), yearly)


@register.filter
def annexed(figure: Figure) -> SafeString:
    """A figure on paper, leading to its row in the annex; beside the link its mark, which inside would be a link of its own."""
    link = format_html('<a class="number" href="#{}">{}</a>', figure.name, figure)
    return (
        format_html('<span class="corrected">{}{}</span>', link, mark_on_paper(figure)) if figure.correction else link
    )


@register.simple_tag(takes_context=True)
def fact(context: Context, name: str, **expected: Any) -> SafeString:
    """The title of a recorded fact in prose, leading to it on a page; `expected` as for a figure."""
    found = context["references"].fact(name, **expected)
    if context["printed"]:
        return format_html("{}", found)
    return format_html('<a href="{}">{}</a>', found.get_absolute_url(), found)


@register.filter
def is_wide(figure: Figure) -> bool:
    """Whether a headline takes the room of two, since its figure with its mark has none in one."""
    return width_of(f"{figure}{figure.correction.sign if figure.correction else ''}", 1) > CARD


@register.filter
def is_long_figure(figure: Figure) -> bool:
    """Whether a figure is set smaller in the annex than the others, since it has no room in one line."""
    return width_of(str(figure), 1) > ANNEX_LINE


@register.filter
def unbroken(words: str) -> str:
    """Words in one line, as a figure has to be read; only what is too long for a line is divided."""
    return format_html('<span class="unbroken">{}</span>', words) if len(words) <= CHANGE_LINE else words
