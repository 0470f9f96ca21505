"""Figures as pages show them: as printed, leading to the characters they were read from, with the mark of a correction."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from xinyi_sat.facts.models import Figure


def figure_link(figure: Figure) -> SafeString:
    """A figure as printed, leading to the characters it was read from, and its mark, leading to its changes."""
    link = format_html(
        '<a class="figure" href="{}" title="{}，见原文第 {} 段">{}</a>',
        figure.passage_url,
        figure.qualifier_label,
        figure.fact.passage.paragraph,
        figure,
    )
    return format_html('<span class="corrected">{}{}</span>', link, mark_link(figure)) if figure.correction else link


def mark_link(figure: Figure) -> SafeString:
    """The mark of a figure that was corrected since it was published; nothing for any other."""
    if figure.correction is None:
        return SafeString("")
    words = f"{figure.correction}，见更改记录"
    address = f"{figure.fact.get_absolute_url()}#changes"
    return format_html(
        '<sup class="sign"><a href="{}" title="{}" aria-label="{}">{}</a></sup>',
        *(address, words, words, figure.correction.sign),
    )


def mark_on_paper(figure: Figure) -> SafeString:
    """The mark of a figure in brackets, for paper and plain text; nothing where it is as it was published."""
    return format_html("<sup>〔{}〕</sup>", figure.correction.sign) if figure.correction else SafeString("")


def figure_on_paper(figure: Figure) -> SafeString:
    """A figure as paper has it, with its mark."""
    return format_html("{}{}", figure, mark_on_paper(figure))
