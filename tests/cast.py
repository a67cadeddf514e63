"""A standing cast, so that every test tells its story with the same people.

Rosa seeks, Kofi connects, Lena is sought; Tariq is Lena's colleague, Hana hosts the chapter,
Sven deputises, Noor is a stranger from another chapter, Ines runs a public office.
"""

from __future__ import annotations

from functools import cached_property

from footbridge.core.words import fold
from footbridge.people import actions as people
from footbridge.people.models import (
    Account,
    Affiliation,
    Chapter,
    Host,
    Organisation,
    Person,
    Place,
)
from footbridge.people.states import Hosting, Kind, Precision, Sector, Standing
from footbridge.veil import actions as veil


class Cast:
    """Each member of the cast is written to the database when first called for."""

    @cached_property
    def porto(self) -> Place:
        return self._place("Porto", "PT", 41.15, -8.61)

    @cached_property
    def lisbon(self) -> Place:
        return self._place("Lisbon", "PT", 38.72, -9.14)

    @cached_property
    def chapter(self) -> Chapter:
        return Chapter.objects.create(name="Harbour chapter", place=self.porto)

    @cached_property
    def other_chapter(self) -> Chapter:
        return Chapter.objects.create(name="Hill chapter", place=self.lisbon)

    @cached_property
    def food_bank(self) -> Organisation:
        return self.organisation("Harbour Food Bank", Sector.NONPROFIT)

    @cached_property
    def cold_chain(self) -> Organisation:
        return self.organisation("Northwind Cold Chain", Sector.PRIVATE)

    @cached_property
    def city(self) -> Organisation:
        return self.organisation("City Health Office", Sector.PUBLIC)

    @cached_property
    def seeker(self) -> Person:
        return self.person("Rosa Seeker", at=self.food_bank, role="Founder")

    @cached_property
    def connector(self) -> Person:
        return self.person("Kofi Connector", at=self.city, role="Partnerships officer")

    @cached_property
    def target(self) -> Person:
        return self.person("Lena Sought", at=self.cold_chain, role="Operations lead")

    @cached_property
    def colleague(self) -> Person:
        return self.person("Tariq Colleague", at=self.cold_chain, role="Sales")

    @cached_property
    def host(self) -> Person:
        host = self.person("Hana Host")
        Host.objects.create(person=host, chapter=self.chapter)
        return host

    @cached_property
    def deputy(self) -> Person:
        deputy = self.person("Sven Deputy")
        Host.objects.create(person=deputy, chapter=self.chapter, role=Hosting.DEPUTY)
        return deputy

    @cached_property
    def stranger(self) -> Person:
        return self.person("Noor Stranger", chapter=self.other_chapter)

    @cached_property
    def listed(self) -> Person:
        """Someone who is only on the host's list."""
        return self.person("Ivo Listed", standing=Standing.KNOWN)

    def hidden(self, person: Person) -> Account:
        """Someone goes under the radar, having shown that their address is theirs."""
        people.prove_address(people.account_for(person))
        return veil.hide(actor=person)

    def person(
        self,
        name: str,
        *,
        at: Organisation | None = None,
        role: str = "",
        chapter: Chapter | None = None,
        standing: Standing = Standing.JOINED,
        **fields: object,
    ) -> Person:
        """A person of this name, who may act for an organisation."""
        person = Person.objects.create(
            kind=Kind.PERSON,
            name=name,
            folded=fold(name),
            email=fields.pop("email", name.lower().replace(" ", ".") + "@example.org"),
            standing=standing,
            chapter=chapter or self.chapter,
            place=fields.pop("place", self.porto),
            languages=fields.pop("languages", ["en"]),
            **fields,
        )
        if at:
            Affiliation.objects.create(person=person, organisation=at, role=role)
        return person

    def organisation(self, name: str, sector: Sector, **fields: object) -> Organisation:
        """An organisation of this name."""
        return Organisation.objects.create(
            kind=Kind.ORGANISATION,
            name=name,
            folded=fold(name),
            sector=sector,
            chapter=self.chapter,
            place=fields.pop("place", self.porto),
            **fields,
        )

    def _place(self, name: str, country: str, latitude: float, longitude: float) -> Place:
        return Place.objects.create(
            key=f"test:{name}",
            name=name,
            country=country,
            latitude=latitude,
            longitude=longitude,
            precision=Precision.CITY,
        )
