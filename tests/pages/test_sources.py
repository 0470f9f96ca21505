"""Documents paragraph by paragraph, and the organisations that facts name."""

import re

import pytest

from tests.pages.reading import SOURCE, page
from tests.support import corrected, fact
from xinyi_sat.facts.models import Figure, Organisation, Passage, fact_kinds

pytestmark = pytest.mark.django_db


def with_words(paragraph: int, text: str) -> None:
    """Give a paragraph its words, as `load_source` does."""
    Passage.objects.filter(paragraph=paragraph).update(text=text)


def test_every_figure_leads_to_an_anchor_that_is_there(client, only_selects):
    body = page(client, SOURCE)
    for figure in Figure.objects.public().with_fact():
        assert figure.passage_url == f"{SOURCE}#{figure.anchor}"
        assert body.count(f'id="{figure.anchor}"') == 1


def test_a_source_lists_every_paragraph_with_what_was_read_from_it(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        body = page(client, SOURCE)
    assert len(re.findall(r'id="p\d+"', body)) == Passage.objects.count() == 21
    assert "<blockquote>" not in body
    for kind in fact_kinds():
        assert all(one.get_absolute_url() in body for one in kind.objects.with_source())


def test_where_the_words_are_here_each_figure_is_marked_in_them(client):
    with_words(10, "文" * 281 + "1023人" + "文" * 49)
    body = page(client, SOURCE)
    assert re.search(r'<a class="mark" id="p10-281" href="[^"]+" title="[^"]+：人数">1023人</a>', body)


def test_an_organisation_leads_to_what_names_it(client, only_selects):
    body = page(client, "/organisations/xinyi-science-museum/")
    assert "《新华日报》报道新沂科技馆建设经验" in body
    assert "科技馆微信平台" in body


def test_an_organisation_shows_the_figures_of_what_names_it_with_their_marks(client):
    corrected(fact("overseas-resources"), firms="6家")
    assert 'class="sign"' in page(client, "/organisations/huaxin-new-materials/")


def test_every_organisation_is_listed_under_its_kind(client, only_selects):
    body = page(client, "/organisations/")
    assert all(one.get_absolute_url() in body for one in Organisation.objects.all())
