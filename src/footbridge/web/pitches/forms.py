"""Forms before a talk: a card, a kit, a sheet, a question to a peer, notes, the shelf."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from footbridge.people.cards import MemberCard
from footbridge.pitches.actions import Kit, Met, Notes, Said, Sheet
from footbridge.pitches.states import Felt, Readers, Went
from footbridge.web.forms import VersionedForm

MOST_WORDS, MOST_STORY, MOST_LINE = 600, 1200, 200
_NOT_SAID = [("", "—")]


def _words(label: Any, *, rows: int = 3, most: int = MOST_WORDS, help_text: Any = "") -> Any:
    return forms.CharField(
        label=label,
        required=False,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


def _line(label: Any, *, help_text: Any = "") -> Any:
    return forms.CharField(label=label, required=False, max_length=MOST_LINE, help_text=help_text)


class ShoesForm(VersionedForm):
    """How it looks from one side, in its own words."""

    constraints = _words(
        _("What ties your hands"), help_text=_("Rules, budgets, dates, people who have to agree.")
    )
    incentives = _words(
        _("What you are praised and paid for"), help_text=_("What your year is measured by.")
    )
    fears = _words(_("What you fear"), help_text=_("What would get you into trouble."))
    own_words = _words(
        _("Words you use, and what you mean by them"),
        help_text=_("One on each line: “Partner: a supplier with a contract.”"),
    )
    decides_who = _line(_("Who decides"))
    decides_how_long = _line(_("How long it takes to decide"))
    decides_paper = _line(_("What paper it takes"))
    readers = forms.ChoiceField(
        label=_("Who may read it"),
        choices=Readers.choices,
        initial=Readers.NOBODY,
        widget=forms.RadioSelect,
    )

    def said(self) -> Said:
        """What was said, as the room takes it."""
        return Said(**{name: self.cleaned_data[name] for name in Said.__dataclass_fields__})


class GiveForm(forms.Form):
    """To whom a card is given."""

    to = forms.CharField(
        label=_("Give it to"),
        max_length=200,
        help_text=_("The name of an organisation or a person here."),
    )


class NewPitchForm(forms.Form):
    """Whom one wants to win, and for whom one speaks; the rest is filled in."""

    target_name = forms.CharField(
        label=_("Whom you want to win"),
        max_length=MOST_LINE,
        help_text=_("An organisation or a person. They need not be here."),
    )
    on_behalf_of = forms.ChoiceField(label=_("You speak for"), required=False)

    def __init__(self, *args: Any, sides: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["on_behalf_of"]
        chosen.choices = sides
        if len(sides) == 1:
            del self.fields["on_behalf_of"]


class KitForm(VersionedForm):
    """What is said; the three winners, one ask, a story, proof."""

    ask = _line(
        _("The one thing you ask for"),
        help_text=_("Small enough for a yes in the room. One, not three."),
    )
    theirs = _words(
        _("What they gain"), help_text=_("In their words, not in yours. The strongest first.")
    )
    ours = _words(_("What you gain"))
    community = _words(_("What the community gains"), rows=2)
    decider = _line(
        _("Who decides, by name"), help_text=_("One person who can say yes, and what they are.")
    )
    story = _words(
        _("The story, with one person in it"),
        rows=5,
        most=MOST_STORY,
        help_text=_("Who, where, what changed for them. A minute to tell."),
    )
    emotion = _line(
        _("What they should feel"), help_text=_("Pride, relief, curiosity: one of them.")
    )
    proof = _words(_("Why they can believe you"))
    takes = _line(_("What it takes from them"), help_text=_("Hours, money, people. Honestly."))
    gives = _line(_("What they have from it, and when"))
    objections = _words(
        _("What they may say against it, and your answer"),
        help_text=_("Only you and your peers read this. It is not on the page to hand over."),
    )

    def kit(self) -> Kit:
        """What was said, as the room takes it."""
        return Kit(**{name: self.cleaned_data[name] for name in Kit.__dataclass_fields__})


class WentForm(VersionedForm):
    """How the meeting went."""

    went = forms.ChoiceField(label=_("How it went"), choices=Went.choices, widget=forms.RadioSelect)
    met_on = forms.DateField(
        label=_("When you met"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    words = _words(
        _("What you would say next time"),
        help_text=_("For yourself, and for those who listened first."),
    )

    def met(self) -> Met:
        clean = self.cleaned_data
        return Met(clean["went"], clean["met_on"], clean["words"])


class WorthForm(VersionedForm):
    """What one brings, in words and numbers."""

    brings = _words(
        _("What you bring"), help_text=_("Skills, people who trust you, places, data, time.")
    )
    outcomes = _words(
        _("What came of it before"), help_text=_("Numbers where you have them, a name where not.")
    )
    otherwise = _words(
        _("What it would cost them otherwise"),
        help_text=_("A consultant, an agency, a year of trying: write the amount."),
    )
    day_rate = forms.IntegerField(
        label=_("The least for a day"),
        required=False,
        min_value=1,
        max_value=1_000_000_000,
        help_text=_("Below it you lose. Nobody sees it, unless you show this page to a peer."),
    )
    currency = forms.CharField(
        label=_("Currency"), required=False, max_length=3, help_text=_("Such as EUR.")
    )
    alternatives = _words(
        _("What you do if they say no"), help_text=_("The better it is, the calmer you are.")
    )
    walk_away = _words(
        _("When you walk away"), help_text=_("Decide it before you are in the room.")
    )

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def sheet(self) -> Sheet:
        return Sheet(**{name: self.cleaned_data[name] for name in Sheet.__dataclass_fields__})


class AskForm(forms.Form):
    """A question to a peer: one of those who may be asked."""

    peer = forms.ChoiceField(
        label=_("Who listens"),
        widget=forms.RadioSelect,
        help_text=_("Nobody of the other side stands here."),
    )
    words = forms.CharField(
        label=_("A line to them"),
        required=False,
        max_length=MOST_LINE,
        help_text=_("When you meet them, and what you are unsure of."),
    )
    shows_worth = forms.BooleanField(
        label=_("They may also read what your work is worth to you"),
        required=False,
        help_text=_("With the least that you take for a day. Otherwise they never see it."),
    )

    def __init__(self, *args: Any, peers: list[MemberCard], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["peer"]
        chosen.choices = [(str(one.id), _who(one)) for one in peers]


def _who(one: MemberCard) -> str:
    return " · ".join(words for words in (one.name, one.role, one.organisation) if words)


def _felt(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=Felt.choices, required=False, widget=forms.RadioSelect
    )


class NotesForm(VersionedForm):
    """What a peer heard."""

    heard = _line(
        _("What you heard them ask for"), help_text=_("In your own words, without looking.")
    )
    clear_ask = _felt(_("Is it clear what is asked for?"))
    their_words = _felt(_("Is it said in the other side's words?"))
    answered = _felt(_("Are objections answered?"))
    missing = _words(_("What you would change"))

    def notes(self) -> Notes:
        return Notes(**{name: self.cleaned_data[name] for name in Notes.__dataclass_fields__})


class ReadingForm(forms.Form):
    """Something worth reading."""

    title = forms.CharField(label=_("Title"), max_length=MOST_LINE)
    link = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")
    why = forms.CharField(label=_("Why it is worth reading"), required=False, max_length=300)
    is_shared = forms.BooleanField(label=_("Other members may see it"), required=False)
