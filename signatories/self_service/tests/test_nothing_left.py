"""After an erasure no table holds a word of who was erased, whatever they did before.

Two kinds of words are looked for, in every column of every table. Those that somebody typed, once
they have used every form there is. And one put into each text column that is declared as
somebody's, also into a column that was not there when this test was written.
"""

import dataclasses
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django import forms
from django.db import DatabaseError, connection, models, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from casa.lib import data_keys
from casa.lib.concurrent_edits.testing import opened_with
from casa.lib.data_keys import MARK
from casa.lib.personal_data import Retention, Subject, declared
from casa.mail.kinds import Trouble
from casa.mail.models import OutgoingMail
from signatories.core import bounces
from signatories.core.personal_data import SIGNATURE, UNCHANGED
from signatories.leads import placement
from signatories.mailings import followers, updates
from signatories.models import (
    Follower,
    ImportBatch,
    ImportLine,
    ImportProof,
    ImportSource,
    Signature,
)
from signatories.moderation import decisions, decisions_on_many, worker
from signatories.signing.forms import FOR_ORGANIZATION, FOR_PERSON, SignForm
from signatories.testing import begin_mailing, form_data, make_mailing, own_url, press_confirm
from statements import lifecycle, previews
from statements.models import Ask
from statements.testing import ASKS, make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

ADDRESS = "zqaddress@example.org"
ASKED = {**dict.fromkeys(ASKS, Ask.OPTIONAL), "ask_region": Ask.NO, "may_withhold": True}
TAKES_WORDS = (forms.TextInput, forms.Textarea)
TEXT = (models.CharField, models.TextField, models.JSONField)
SEALED = re.compile(rf"{MARK}[a-z0-9-]+:[\w=-]+")
FOUND_BY = {"email_key", "name", "nonce", "key"}
KEPT_WITH_THEM = {
    Retention.WITH_SIGNATURE,
    Retention.AFTER_END,
    Retention.NETWORK,
    Retention.WITH_LINES,
    Retention.IN_LOG,
    Retention.WITH_FOLLOWING,
    Retention.WITH_LINK,
    Retention.WITH_MAIL,
}


def each_column():
    """(model, its field, what is declared of it)"""
    for model, columns in declared.items():
        fields = {field.attname: field for field in model._meta.concrete_fields}
        for column in columns:
            yield model, fields[column.name], column


COLUMNS = {(model._meta.db_table, field.column): column for model, field, column in each_column()}


def scan(words):
    """Where each of `words` stands: {word: {(table, column)}}."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [description[0] for description in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    text = opened(value).casefold()
                    for word in words:
                        if word in text:
                            found.setdefault(word, set()).add((table, name))
    return found


def opened(value):
    """What a value of the database says to whoever has the keys."""
    if isinstance(value, (bytes, memoryview)) and bytes(value).startswith(MARK.encode()):
        name, sealed = bytes(value)[len(MARK) :].split(b":", 1)
        return str(data_keys.unseal(name.decode(), sealed))
    return SEALED.sub(lambda found: data_keys.unseal_text(found[0]), str(value))


# A life


def typed_into(form, kind):
    """A word into each field of the form that takes words, found again by its name."""
    data = form_data(kind=kind, email=ADDRESS, authorized="on", wants_updates="on")
    of_others = FOR_PERSON if kind == "organization" else FOR_ORGANIZATION
    for name, asked in form.fields.items():
        takes_words = isinstance(asked.widget, TAKES_WORDS) and name not in of_others
        if isinstance(asked, forms.URLField) and takes_words:
            data[name] = f"https://zq{name}.example.org/"
        elif takes_words and not isinstance(asked, forms.EmailField):
            data[name] = f"zq{name}".replace("_", "")
    return data


def words_in(data):
    texts = (text for text in data.values() if isinstance(text, str) and "zq" in text)
    return {text.removeprefix("https://").partition(".")[0].partition("@")[0] for text in texts}


@dataclass
class Life:
    """What somebody left behind; `words` are those that they typed."""

    client: object
    staff: object
    kind: str = "person"
    words: set = dataclasses.field(default_factory=lambda: {"zqaddress"})

    def invited(self):
        draft = make_draft(**ASKED)
        until = timezone.now() + timedelta(days=2)
        link, path = previews.give(
            draft, name="Zqinvited", email=ADDRESS, expires_at=until, by=self.staff
        )
        previews.send(link)
        self.client.get(path)
        self.words.add("zqinvited")
        self.edition = lifecycle.publish(draft, by=None)[0]
        return self

    def signed(self):
        url = reverse("signatories:sign", args=[self.edition.statement.slug])
        data = typed_into(SignForm(self.edition), self.kind)
        answer = self.client.post(url, data)
        assert answer.status_code == 302, answer.context["form"].errors
        self.words |= words_in(data)
        self.signature = Signature.objects.get()
        press_confirm(self.client, self.signature)
        return self

    def corrected(self):
        """By the signer, who typed other words before; and by staff, with reasons."""
        data = typed_into(SignForm(self.edition), self.kind)
        for name in ("name", "role", "comment"):
            data[name] = f"zqnew{name}"
        self.words |= {"zqnewname", "zqnewrole", "zqnewcomment"}
        # What nobody saw is in no history.
        self.words -= {"zqcomment", *(("zqname", "zqrole") if self.kind == "organization" else ())}
        assert self.client.post(own_url(self.signature, "correct"), data).status_code == 302
        self.signature.refresh_from_db()
        decisions.edit(self.signature, {"credentials": "zqcredentials"}, by=self.staff)
        decisions.hide(self.signature, by=self.staff, reason="Zqnewname asked us by telephone.")
        decisions.restore(self.signature, by=self.staff, reason="Zqnewname rang again.")
        many = Signature.objects.filter(pk=self.signature.pk)
        decision = decisions_on_many.prepare(many, "hide", by=self.staff)
        decisions_on_many.begin(
            decision, by=self.staff, reason="Zqnewname, as all others of that school."
        )
        worker.carry_out()
        decision.refresh_from_db()
        decisions_on_many.undo(decision, by=self.staff)
        worker.carry_out()
        self.signature.refresh_from_db()
        self.words.add("zqcredentials")
        if self.signature.organization:
            decisions.verify(self.signature.organization, by=self.staff, reason="Zqnewname wrote.")
        placement.make_lead(self.signature, by=self.staff)
        self._edited_in_admin()
        return self

    def _edited_in_admin(self):
        self.client.force_login(self.staff)
        url = reverse("admin:signatories_signature_change", args=[self.signature.pk])
        page = self.client.get(url).context["adminform"].form
        data = {name: page[name].value() or "" for name in page.fields if name != "name_withheld"}
        data |= opened_with(self.signature)
        data |= {"honorific": "Zqdr", "events-TOTAL_FORMS": 0, "events-INITIAL_FORMS": 0}
        assert self.client.post(url, data).status_code == 302
        self.client.logout()
        self.words.add("zqdr")

    def imported(self):
        """The same person stood in a list that staff imported, too; a mail proves it."""
        batch = ImportBatch.objects.create(
            statement=self.edition.statement, source="one", sha256="0" * 64, consent="mail"
        )
        line = ImportLine.objects.create(
            batch=batch, position=1, number=1, original="Zqimported, Zqtown",
            fields={"name": "Zqimported"}, doubts=["Is Zqtown a town?"], filled={"city": "Zqtown"},
            signature=self.signature,
        )  # fmt: skip
        ImportProof.objects.create(line=line, words="Dear Zqproof", file_name="zqproof.eml")
        ImportSource.objects.create(batch=batch, data=b"zqsource")
        self.words |= {"zqimported", "zqtown", "zqproof"}
        return self

    def mailed(self):
        self.client.post(reverse("signatories:request_link"), {"email": ADDRESS.upper()})
        begin_mailing(make_mailing(self.edition.statement, by=self.staff))
        assert updates.send_updates() == 1
        bounces.record_bounce(OutgoingMail.objects.filter(to=ADDRESS).last(), Trouble.SOFT)
        return self

    def followed(self):
        url = reverse("signatories:follow", args=[self.edition.statement.slug])
        self.client.post(url, {"email": ADDRESS})
        followers.confirm(Follower.objects.get())
        return self

    def erased(self, what):
        assert self.client.post(own_url(self.signature, "erase"), {"what": what}).status_code == 200
        return self


def lead(client, kind):
    life = Life(client, make_user(), kind=kind)
    return life.invited().signed().corrected().imported().mailed().followed()


@pytest.fixture
def life(client, request):
    return lead(client, request.param)


EACH_KIND = pytest.mark.parametrize("life", ["person", "organization"], indirect=True)


# What they typed


@pytest.mark.slow
@EACH_KIND
def test_what_supporters_type_stands_in_columns_that_are_declared_as_somebodys(life):
    found = scan(life.words)
    assert set(found) == life.words, "Each word that was typed is stored."
    wrong = {
        f"{table}.{column} holds what a supporter typed: declare whom it tells of, why, how long"
        for places in found.values()
        for table, column in places
        if (table, column) not in COLUMNS or not COLUMNS[table, column].ground
    }
    assert not wrong, "\n".join(sorted(wrong))


def of_organizations(place):
    """What stays of an organization: in the directory, and in its signature."""
    column = COLUMNS[place]
    is_in_directory = column.ground and column.ground.subject == Subject.ORGANIZATION
    return is_in_directory or getattr(column, "erased", None) is UNCHANGED


@pytest.mark.slow
@pytest.mark.parametrize(
    ("life", "what"),
    [("person", "this"), ("person", "all"), ("organization", "this"), ("organization", "all"),
     ("organization", "representative")],
    indirect=["life"],
)  # fmt: skip
def test_nothing_that_somebody_typed_is_left(life, what):
    life.erased(what)
    left = {
        f"{table}.{column} still says “{word}”: let privacy.py in signatories/self_service erase it"
        for word, places in scan(life.words).items()
        for table, column in places
        if not (life.kind == "organization" and of_organizations((table, column)))
    }
    assert not left, "\n".join(sorted(left))
    assert set(scan(life.words)) <= {"zqorganization", "zqwebsite", "zqcity"}


# Whatever may stand in a column


def personal_texts():
    """(model, field) of each text column that goes with whom it tells of; addresses stay as they
    are, by which the others are found."""
    for model, field, column in each_column():
        is_text = isinstance(field, TEXT) and not field.choices
        is_found_by = isinstance(field, models.EmailField) or field.attname in FOUND_BY
        if (
            column.ground
            and column.ground.retention in KEPT_WITH_THEM
            and is_text
            and not is_found_by
        ):
            yield model, field


def fill():
    """Put a word of its own into each of them: {word: "table.column"}."""
    marks = {}
    for number, (model, field) in enumerate(personal_texts()):
        word = f"zq{number:03}x"
        value = {"zq": word} if isinstance(field, models.JSONField) else word
        rows = QuerySet(model).all()  # `objects` of history refuses to change it
        assert rows.exists(), f"Let a life in this test leave a row of {model._meta.label}."
        for row in rows:
            put(row, field, value)
        marks[word] = f"{model._meta.db_table}.{field.column}"
    return marks


def put(row, field, value):
    if isinstance(value, dict) and isinstance(getattr(row, field.attname), dict):
        value = getattr(row, field.attname) | value
    try:
        with transaction.atomic():
            QuerySet(type(row)).filter(pk=row.pk).update(**{field.attname: value})
    except DatabaseError:  # the database lets nobody change the row, so there is one more
        row.pk = None
        setattr(row, field.attname, value)
        type(row).objects.bulk_create([row])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("life", "what"),
    [("person", "all"), ("organization", "all"), ("organization", "representative")],
    indirect=["life"],
)
def test_nothing_is_left_in_any_column_that_goes_with_somebody(life, what):
    marks = fill()
    assert set(scan(marks)) == set(marks), "Each word was put into its column."
    life.signature.refresh_from_db()
    life.erased(what)
    kept = unchanged() if life.kind == "organization" else set()
    left = {marks[word] for word in scan(marks)} - kept
    assert not left, (
        f"{sorted(left)}: let privacy.py in signatories/self_service erase it, or declare that it"
        " is kept for good, and why."
    )


def unchanged():
    """The columns of a signature that are the organization's, and stay with it."""
    table = Signature._meta.db_table
    return {f"{table}.{column.name}" for column in SIGNATURE if column.erased is UNCHANGED}


@pytest.mark.medium
def test_whoever_stops_following_leaves_nothing(client):
    life = Life(client, make_user())
    life.edition = make_edition()
    life.followed()
    assert scan({"zqaddress"})
    followers.unfollow(Follower.objects.get())
    assert not scan({"zqaddress"})
