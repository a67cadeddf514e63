"""Members (people and organisations), what they are to one another, and where they are.

Members share one table, because whoever can need, offer and be tied is handled alike from the
form to the engine; `Person` and `Organisation` are its two faces.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from footbridge.core import clock, versions
from footbridge.core.fields import random_id
from footbridge.people.states import (
    AgreedTo,
    Door,
    Hosting,
    Kind,
    Precision,
    Sector,
    Seen,
    Size,
    Stage,
    Standing,
)


class AccountManager(BaseUserManager["Account"]):
    """Makes log-in identities; an address is kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        account = self.model(email=email.strip().lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Account:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Account(AbstractBaseUser, PermissionsMixin):
    """A log-in identity: an address and the means to prove that one holds it."""

    id = random_id()
    email = models.EmailField(_("email"), max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=clock.now)
    # When someone last signed in is nobody's business: Django's column is left out on purpose.
    last_login = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = AccountManager()

    def __str__(self) -> str:
        return self.email


class Place(models.Model):
    """A town, an area or a country, with coordinates; the key names it in its gazetteer."""

    id = random_id()
    key = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    region = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    timezone = models.CharField(max_length=60, blank=True)
    precision = models.CharField(max_length=10, choices=Precision.choices, default=Precision.CITY)

    def __str__(self) -> str:
        return f"{self.name}, {self.country}" if self.country else self.name


class Chapter(models.Model):
    """A network's home in one place, with hosts of its own."""

    id = random_id()
    name = models.CharField(max_length=120, unique=True)
    place = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True)
    language = models.CharField(max_length=10, default="en")
    timezone = models.CharField(max_length=60, default="UTC")
    welcome = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    is_demo = models.BooleanField(default=False)
    version = versions.counted()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def _seen_by() -> models.CharField[str, str]:
    """The column that says to whom a person shows a field."""
    return models.CharField(max_length=10, choices=Seen.choices, default=Seen.MEMBERS)


class Member(models.Model):
    """Someone who can need, offer and be tied to others: a person or an organisation."""

    id = random_id()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    # The name without case and accents, as words.fold leaves it: for search and likely duplicates.
    folded = models.CharField(max_length=200, db_index=True, editable=False)
    headline = models.CharField(_("in one line"), max_length=200, blank=True)
    about = models.TextField(_("about"), blank=True, max_length=5000)
    sector = models.CharField(_("sector"), max_length=10, choices=Sector.choices, blank=True)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, blank=True)
    place = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True, related_name="+")
    chapter = models.ForeignKey(
        Chapter, on_delete=models.SET_NULL, null=True, related_name="members"
    )
    languages = models.JSONField(default=list)
    website = models.URLField(_("website"), max_length=500, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    version = versions.counted()

    # A person's own columns.
    account = models.OneToOneField(
        Account, on_delete=models.SET_NULL, null=True, related_name="person"
    )
    email = models.EmailField(_("email"), max_length=254, null=True, unique=True)
    standing = models.CharField(max_length=10, choices=Standing.choices, blank=True)
    joined_at = models.DateTimeField(null=True)
    paused_until = models.DateField(null=True)
    findable_by_email = models.BooleanField(default=False)
    beyond_chapter = models.BooleanField(default=True)
    asks_per_month = models.PositiveSmallIntegerField(default=3)
    # To whom they show what they say of themself: a column for each of `states.FIELDS`.
    headline_seen_by = _seen_by()
    about_seen_by = _seen_by()
    work_seen_by = _seen_by()
    place_seen_by = _seen_by()
    languages_seen_by = _seen_by()
    website_seen_by = _seen_by()

    # An organisation's own columns.
    size = models.CharField(_("size"), max_length=10, choices=Size.choices, blank=True)
    group = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="group_members"
    )
    legal_form = models.CharField(max_length=120, blank=True)
    former_names = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=Kind.PERSON) | Q(email__isnull=True, account__isnull=True),
                name="only_people_sign_in",
            ),
            # Addresses differ in case only by mistake; the unique column then refuses the second.
            models.CheckConstraint(
                condition=Q(email__isnull=True) | Q(email=Lower("email")),
                name="addresses_in_lower_case",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.PERSON, standing__in=Standing.values)
                | Q(kind=Kind.ORGANISATION, standing=""),
                name="people_have_a_standing",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "folded", "id"], name="member_by_name"),
            models.Index(fields=["chapter", "kind", "standing"], name="member_by_chapter"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_person(self) -> bool:
        return self.kind == Kind.PERSON

    @property
    def is_paused(self) -> bool:
        """A pause is absolute: nobody is suggested, asked or passed through while it lasts."""
        return self.paused_until is not None and self.paused_until >= clock.today()

    @property
    def has_joined(self) -> bool:
        return self.standing == Standing.JOINED


class PersonManager(models.Manager["Person"]):
    def get_queryset(self) -> models.QuerySet[Person]:
        return super().get_queryset().filter(kind=Kind.PERSON)


class OrganisationManager(models.Manager["Organisation"]):
    def get_queryset(self) -> models.QuerySet[Organisation]:
        return super().get_queryset().filter(kind=Kind.ORGANISATION)


class Person(Member):
    """A human being who is in the network, or on a host's list."""

    objects: ClassVar[PersonManager] = PersonManager()
    # Of a stand-in, through whose eyes somebody looks at their own page (`policy.stand_in`).
    knows: frozenset[uuid.UUID] | None = None

    class Meta:
        proxy = True


class Organisation(Member):
    """A firm, association, public body, university or anything else that people act for."""

    objects: ClassVar[OrganisationManager] = OrganisationManager()

    class Meta:
        proxy = True


class Affiliation(models.Model):
    """What a person is in an organisation, from when until when."""

    id = random_id()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    # Both faces share one table, so the two ways back need names of their own.
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="staff")
    role = models.CharField(_("role"), max_length=200, blank=True)
    has_mandate = models.BooleanField(default=False)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    version = versions.counted()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role", "since"], name="affiliation_once"
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(since__isnull=True),
                name="affiliation_once_undated",
            ),
        ]
        ordering = ["-since", "id"]

    def __str__(self) -> str:
        return f"{self.person} at {self.organisation}"

    @property
    def is_current(self) -> bool:
        begun = self.since is None or self.since <= clock.today()
        return begun and (self.until is None or self.until >= clock.today())


class Acquaintance(models.Model):
    """That the network made two people known to each other: one row for each side, `other` being
    the one who sees what `person` shows to people whom they were introduced to."""

    id = random_id()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="acquaintances")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["other", "person"], name="acquainted_once"),
            models.CheckConstraint(condition=~Q(person=F("other")), name="acquainted_with_another"),
        ]

    def __str__(self) -> str:
        return f"{self.person} was introduced to {self.other}"


class PublicPage(models.Model):
    """The page of a person who chose to be seen by everyone on the web. Without a row there is
    none."""

    id = random_id()
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="public_page")
    # The end of its address: drawn at random unless they chose one.
    slug = models.CharField(max_length=60, unique=True)
    # Whether search engines may list it.
    may_be_listed = models.BooleanField(default=False)
    since = models.DateTimeField(default=clock.now)
    version = versions.counted()

    def __str__(self) -> str:
        return self.slug


class Reach(models.Model):
    """A place where an organisation works, besides where it sits."""

    id = random_id()
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="reach")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "place"], name="reach_once")]

    def __str__(self) -> str:
        return f"{self.organisation} works in {self.place}"


class Identifier(models.Model):
    """A name that some register or spreadsheet gives a member: a second import finds it again."""

    id = random_id()
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=60)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="identifier_once")]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class Host(models.Model):
    """Someone who looks after a chapter."""

    id = random_id()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="hosting")
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="hosts")
    role = models.CharField(max_length=10, choices=Hosting.choices, default=Hosting.HOST)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "chapter"], name="host_once")]

    def __str__(self) -> str:
        return f"{self.person} for {self.chapter}"


class Invitation(models.Model):
    """A link that lets people into a chapter."""

    id = random_id()
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="invitations")
    door = models.CharField(max_length=10, choices=Door.choices)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, related_name="invitations"
    )
    note = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)
    most_uses = models.PositiveIntegerField(default=1)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "id"]

    def __str__(self) -> str:
        return f"{self.door} invitation to {self.chapter}"

    @property
    def is_open(self) -> bool:
        unused = self.used < self.most_uses
        return unused and self.revoked_at is None and self.expires_at > clock.now()


class AccessToken(models.Model):
    """A secret with which a program acts for a person; only its digest is kept."""

    id = random_id()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "id"]

    def __str__(self) -> str:
        return self.name


class SpentLink(models.Model):
    """A link that served its one time: kept as a digest, as long as it would have been good."""

    id = random_id()
    digest = models.CharField(max_length=64, unique=True)
    good_until = models.DateTimeField()

    def __str__(self) -> str:
        return "a spent link"


class Agreement(models.Model):
    """What someone agreed to, when, and in which words; and when they took it back."""

    id = random_id()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="agreements")
    to = models.CharField(max_length=20, choices=AgreedTo.choices)
    wording = models.CharField(max_length=20)
    language = models.CharField(max_length=10, blank=True)
    given_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["given_at", "id"]
        indexes = [models.Index(fields=["person", "to"], name="agreement_by_person")]

    def __str__(self) -> str:
        return f"{self.to} in the words of {self.wording}"
