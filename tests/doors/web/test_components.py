"""The components that every page is built of, and what no template may hold."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

import footbridge.web
from footbridge.web.style import LONG, sample

WEB = Path(footbridge.web.__file__).parent
ROOT = WEB.parents[2]
COMPONENTS = sorted(path.stem for path in (WEB / "templates/cotton").glob("[!_]*.html"))
HOSTILE = '"x" onfocus="alert(1)" y=\'<script>\' "z"'


def draw(source: str, **context: Any) -> str:
    """What a page that holds `source` would show."""
    request = RequestFactory().get("/find/?sector=public&page=2")
    compiled = CottonCompiler().process("{% load i18n %}" + source)
    return engines["django"].from_string(compiled).render(context, request)


@pytest.fixture
def guide() -> str:
    request = RequestFactory().get("/style/")
    request.person = SimpleNamespace(name="Ana Ruiz", is_demo=False)  # type: ignore[attr-defined]
    known = {"demo": True, "is_host": True, "waiting_count": 3}
    return render_to_string("style/guide.html", {**sample(), **known}, request)


def test_the_guide_shows_every_component() -> None:
    shown = (WEB / "templates/style/guide.html").read_text() + (
        WEB / "templates/_header.html"
    ).read_text()
    missing = [name for name in COMPONENTS if f"<c-{name.replace('_', '-')}" not in shown]
    assert missing == []


def test_the_catalogue_names_every_component() -> None:
    catalogue = (ROOT / "docs/look.md").read_text()
    missing = [
        name
        for name in COMPONENTS
        if name != "wordmark" and f"`c-{name.replace('_', '-')}`" not in catalogue
    ]
    assert missing == []


def test_the_guide_renders_whole(guide: str) -> None:
    assert "<c-" not in guide
    assert "{{" not in guide
    assert LONG in guide
    assert guide.count("<h1") == 1


def test_no_identifier_stands_twice_on_the_guide(guide: str) -> None:
    identifiers = re.findall(r'\sid="([^"]+)"', guide)
    assert sorted(identifiers) == sorted(set(identifiers))


@pytest.mark.parametrize(
    "source",
    [
        '<c-page-head :title="text" :lede="text" />',
        '<c-button :title="text">x</c-button>',
        '<c-button title="{{ text }}">x</c-button>',
        '<c-link-button :href="text">x</c-link-button>',
        '<c-post-button :action="text" :data-note="text">x</c-post-button>',
        '<c-notice :title="text">{{ text }}</c-notice>',
        '<c-suggestion :name="text" :organisation="text" sector="public" :id="text" />',
        '<c-person name="{{ text }}" :role="text" :note="text" />',
        '<c-chip sector="public" :label="text" />',
        '<c-reason :evidence="text">{{ text }}</c-reason>',
        '<c-copy id="a" :value="text" :label="text" />',
        '<c-stat :value="text" :label="text" />',
        '<c-table id="a" :caption="text">x</c-table>',
        '<c-moment :when="text" :title="text" />',
        '<c-task :title="text" :when="text" />',
        '<c-empty :title="text" :example="text" />',
        '<c-progress :label="text" :text="text" />',
    ],
)
def test_what_a_person_typed_cannot_become_markup(source: str) -> None:
    page = draw(source, text=HOSTILE)
    assert "<script" not in page
    assert 'onfocus="' not in page
    assert "alert(1)" in page


def test_a_component_does_not_pick_up_what_the_page_happens_to_know() -> None:
    page = draw("<c-notice>Words</c-notice>", title="Of the page", kind="error")
    assert "Of the page" not in page
    assert "notice-info" in page


def test_an_attribute_that_is_not_a_components_own_lands_on_its_element() -> None:
    page = draw('<c-button kind="plain" hx-post="/a/" disabled>Go</c-button>')
    button = '<button class="button button-plain" type="submit" hx-post="/a/" disabled>Go</button>'
    assert page.strip() == button


def test_an_attribute_that_is_false_or_nothing_is_left_out() -> None:
    page = draw('<c-button :disabled="no" :name="nothing">Go</c-button>', no=False, nothing=None)
    assert page.strip() == '<button class="button button-primary" type="submit">Go</button>'


def test_a_button_that_acts_is_a_form_with_a_token() -> None:
    page = draw('<c-post-button action="/yes/">Yes</c-post-button>')
    assert 'method="post" action="/yes/"' in page
    assert 'name="csrfmiddlewaretoken"' in page


def test_a_part_with_nothing_in_it_has_no_heading() -> None:
    page = draw(
        """<c-suggestion name="Ben"><c-slot name="missing">
        {% if nothing %}<c-reasons></c-reasons>{% endif %}
        </c-slot></c-suggestion>"""
    )
    assert "What is missing" not in page


def test_a_value_that_is_nothing_is_not_printed() -> None:
    page = draw('<c-person name="Ben" :role="nothing" :organisation="nothing" />', nothing=None)
    assert "None" not in page


class Question(forms.Form):
    need = forms.CharField(label="What do you need?", help_text="One sentence.")
    how = forms.ChoiceField(
        label="How?", choices=[("a", "A")], widget=forms.RadioSelect, help_text="One of them."
    )
    note = forms.CharField(required=False)


def test_a_question_is_tied_to_its_help_and_its_error() -> None:
    page = draw('<c-field :field="form.need" />', form=Question({}))
    assert '<label class="field-label" for="id_need">What do you need?</label>' in page
    assert 'aria-describedby="id_need_helptext id_need_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_need_helptext">One sentence.' in page
    assert 'id="id_need_error"' in page


def test_help_that_the_page_gives_is_read_with_the_question() -> None:
    page = draw('<c-field :field="form.note" help="In your own words." />', form=Question())
    label = re.search(r"<label.*?</label>", page, re.S)
    assert label is not None
    assert "In your own words." in label[0]


def test_choices_are_grouped_under_their_question() -> None:
    page = draw('<c-field :field="form.how" />', form=Question())
    assert '<fieldset class="field" aria-describedby="id_how_helptext">' in page
    assert "<legend>How?</legend>" in page


def test_only_questions_that_may_stay_empty_say_so() -> None:
    form = Question()
    assert "(if you like)" in draw('<c-field :field="form.note" />', form=form)
    assert "(if you like)" not in draw('<c-field :field="form.need" />', form=form)


def test_the_summary_of_errors_leads_to_each_question() -> None:
    page = draw('<c-form-errors :form="form" />', form=Question({"how": "a"}))
    assert 'href="#id_need"' in page
    assert 'href="#id_how' not in page
    assert 'role="alert"' in page


def test_a_form_without_errors_has_no_summary() -> None:
    assert draw('<c-form-errors :form="form" />', form=Question()).strip() == ""


def test_turning_the_page_keeps_what_was_asked() -> None:
    page = draw('<c-pagination :page="page" />', page=Paginator(range(30), 10).page(2))
    assert 'rel="prev" href="/find/?sector=public&amp;page=1"' in page
    assert 'rel="next" href="/find/?sector=public&amp;page=3"' in page
    assert "Page 2 of 3" in page


def test_one_page_needs_no_turning() -> None:
    page = draw('<c-pagination :page="page" />', page=Paginator(range(3), 10).page(1))
    assert page.strip() == ""


def test_progress_says_how_far_or_that_nobody_knows() -> None:
    known = draw('<c-progress label="Reading" done="3" total="9" />')
    unknown = draw('<c-progress label="Reading" />')
    assert 'value="3" max="9"' in known
    assert "value=" not in unknown


def templates() -> list[Path]:
    return sorted((WEB / "templates").rglob("*.html"))


TEMPLATE_CODE = re.compile(r"{[%{].*?[%}]}", re.S)
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "an inline script": re.compile(
        r"""<script(?![^>]*\s(?:src=|type="application/(?:ld\+)?json"))""", re.I
    ),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+=", re.I),
    "an address of another site": re.compile(r"""(?:src|href)=["'](?:https?:)?//""", re.I),
}


@pytest.mark.parametrize("template", templates(), ids=lambda path: path.name)
def test_a_template_holds_nothing_that_the_security_policy_refuses(template: Path) -> None:
    markup = TEMPLATE_CODE.sub("", template.read_text())
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(markup)] == []


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color:red">',
        "<style>p {}</style>",
        "<script>go()</script>",
        '<a href="{{ x }}" onclick="go()">',
        '<img src="https://cdn.example/a.png">',
    ],
)
def test_each_thing_that_is_refused_would_be_found(markup: str) -> None:
    bare = TEMPLATE_CODE.sub("", markup)
    assert sum(bool(pattern.search(bare)) for pattern in FORBIDDEN.values()) == 1


def test_only_help_texts_are_printed_unescaped() -> None:
    """They are ours, never a member's, and Django prints them so as well."""
    unescaped = [path.name for path in templates() if re.search(r"\|\s*safe\b", path.read_text())]
    assert unescaped == ["_field_words.html"]


def test_every_stylesheet_is_linked_once() -> None:
    css = WEB / "static/css"
    named = re.findall(r'@import url\("([^"]+)"\) layer', (css / "footbridge.css").read_text())
    there = {str(path.relative_to(css)) for path in css.rglob("*.css")} - {"footbridge.css"}
    assert sorted(named) == sorted(there)
