"""Sample values for the style guide: every component in every state, names that strain it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator

from footbridge.web.pictures import (
    SECTORS,
    Beam,
    Chain,
    Goal,
    Point,
    Step,
    Stone,
    Svg,
    Swing,
    indicator_line,
    tornado,
    waterfall,
)

LONG = "Wilhelmina Catharina Featherstonehaugh-Oyelaran de la Fuente y Montenegro"
RIGHT_TO_LEFT = "ليلى عبد الرحمن الحداد"


class SampleForm(forms.Form):
    """One field of each kind."""

    need = forms.CharField(
        label="What do you need?",
        help_text="One sentence is enough. You can say more later.",
        widget=forms.Textarea,
    )
    email = forms.EmailField(label="Your e-mail address")
    since = forms.DateField(
        label="Since when?", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    sector = forms.ChoiceField(
        label="Sector", choices=[(sector.key, sector.word) for sector in SECTORS.values()]
    )
    strength = forms.ChoiceField(
        label="How well do you know each other?",
        help_text="In your own eyes; nobody is told.",
        choices=[("met", "We have met"), ("well", "We know each other well")],
        widget=forms.RadioSelect,
    )
    causes = forms.MultipleChoiceField(
        label="Causes",
        required=False,
        choices=[("food", "Food for everyone"), ("work", "Decent work"), ("sea", "A living sea")],
        widget=forms.CheckboxSelectMultiple,
    )
    talk = forms.BooleanField(label="Just a conversation is fine", required=False)
    sheet = forms.FileField(label="A sheet to read", required=False)


def sample() -> dict[str, Any]:
    """What `style/guide.html` shows."""
    return {
        "long_name": LONG,
        "rtl_name": RIGHT_TO_LEFT,
        "sectors": list(SECTORS),
        "form": SampleForm(),
        "wrong_form": SampleForm(
            prefix="wrong", data={"wrong-email": "ana at example", "wrong-strength": "met"}
        ),
        "pages": Paginator(range(95), 10).page(4),
        "charts": charts(),
        "short_chain": Chain(
            (
                Stone("You"),
                Stone("Ana Ruiz", "Harbour Bakery", "private"),
                Stone("Ben Okafor", "Tideway Food Bank", "nonprofit"),
            ),
            (Step(0.9), Step(0.4)),
        ),
        "direct_chain": Chain(
            (Stone("You"), Stone("Ben Okafor", "Tideway Food Bank", "nonprofit")), (Step(0.1),)
        ),
        "long_chain": Chain(
            (
                Stone("You", "Cold Chain Co-operative", "hybrid"),
                Stone(LONG, "Institute for Applied Coastal Engineering", "academic"),
                Stone(),
                Stone(RIGHT_TO_LEFT, "City of Saltmarket", "public"),
                Stone("小林 さくら", "Tideway Food Bank", "nonprofit"),
            ),
            (Step(0.8, "organised two sessions together"), Step(0.55), Step(0.3), Step(0.12)),
        ),
    }


def charts() -> tuple[Svg, ...]:
    """One of each, with names that strain it and a month that was not measured."""
    measured = {1: 10.0, 2: 12.0, 3: None, 4: 20.0, 5: 22.0}
    return (
        waterfall(
            "Where the value went",
            (
                Beam("All that changed", 510_000, "510,000"),
                Beam("Would have happened anyway", -204_000, "−204,000"),
                Beam(f"Caused by others: {LONG}", -91_800, "−91,800"),
                Beam("Ours", 0, "214,200", is_sum=True),
            ),
        ),
        tornado(
            "What the ratio hangs on",
            (
                Swing("Would have happened anyway", 1.91, 0.96, "1.91 to 0.96"),
                Swing(RIGHT_TO_LEFT, 1.2, 1.6, "1.20 to 1.60"),
            ),
            1.44,
            "1.44 as believed",
            mark_said="1.00",
        ),
        indicator_line(
            "Meals a day",
            [
                Point(date(2026, month, 1), value, f"{value:g} meals" if value else "not measured")
                for month, value in measured.items()
            ],
            Goal(8, "Began at 8"),
            Goal(30, "To be 30", date(2026, 9, 1)),
        ),
    )
