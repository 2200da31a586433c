"""Two people in one record, on every screen of the back office that edits one: what only one of
them changed is stored as they changed it, and what both changed is asked about.

The screens come from the registry of the admin, so a new one is tested too.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier
from urllib.parse import parse_qs, urlsplit

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from casa.accounts.models import User
from casa.accounts.testing import make_staff
from casa.appearance import publishing
from casa.appearance.models import Appearance
from casa.lib.admin import OfficeAdmin
from casa.lib.concurrent_edits import values
from casa.lib.concurrent_edits.opened import NAME
from casa.lib.concurrent_edits.rows import MeetingFormSet
from casa.lib.concurrent_edits.testing import opened, posted_back
from casa.office.roles import AUTHOR, EDITOR
from casa.pages.models import FreePage, SitePage
from casa.pages.testing import make_page
from casa.tests.test_role_matrix import admin_patterns
from casa.unsaved.testing import form_of
from signatories.models import (
    AccessRule,
    InvitationRound,
    Organization,
    ProtectedName,
    Signature,
    UpdateMailing,
)
from signatories.testing import make_mailing, make_organization, make_round, make_signature
from statements import lifecycle
from statements.admin.screen import PARTS, part_url
from statements.models import FrontPageLead, SigningPause, Statement, Topic
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db


# One row of each model that is edited, with a row in each of its inlines.


def statement():
    draft = make_draft("Keep the reading room open")
    Topic.objects.create().names.create(language="en", name="Reading")
    target = draft.targets.create(name="The council", office="Mayor", position=1)
    draft.targets.create(name="The region", position=2)
    draft.references.create(title="Library act", identifier="7/2020", url="https://example.org/a")
    draft.consent_texts.create(language="en", text="I agree.")
    draft.question_texts.create(language="en", label="Read here?", choices="Yes, often\nNo")
    draft.supporter_texts.create(language="en", share_sentence="It is the last one in town.",
                                 step_label="Join us", step_address="/about/")  # fmt: skip
    draft.releases.create(headline="Keep it open", wire="A wire", date=date(2026, 1, 2))
    draft.updates.create(language="en", title="A meeting", body="<p>It was held.</p>")
    draft.deliveries.create(target=target, delivered_on=date(2026, 3, 4), note="By hand.")
    draft.texts.create(language="az", title="Oxu zalı", body="<p>Açıq qalsın.</p>")
    return draft


def signature():
    return make_signature(make_edition(), role="Reader", affiliation="Friends", city="Ganja")


def organization():
    trust = make_organization(city="Ganja", website="https://example.org/")
    trust.aliases.create(name="Trust of rivers")
    return trust


def site_page():
    page = SitePage.objects.get_or_create(key=SitePage.Key.ABOUT)[0]
    page.texts.create(language="en", title="About us", body="<p>We are many.</p>")
    return page


def topic():
    made = Topic.objects.create()
    made.names.create(language="en", name="Rivers")
    made.names.create(language="az", name="Çaylar")
    return made


def invitation_round():
    asking = make_round()
    asking.words.create(language="en", subject="Sign with us?", body="We meet on Monday.")
    return asking


def front_page_lead():
    statements = [make_edition(title).statement for title in ("First", "Second", "Third")]
    return FrontPageLead.objects.update_or_create(pk=1, defaults={"statement": statements[0]})[0]


def appearance():
    row = publishing.draft()
    row.links.create(language="en", place="header", label="Join", address="/contact/")
    return row


MAKERS = {
    Appearance: appearance,
    FreePage: lambda: make_page(public=False),
    Statement: statement,
    Signature: signature,
    Organization: organization,
    SitePage: site_page,
    Topic: topic,
    UpdateMailing: lambda: make_mailing(make_edition().statement, by=make_staff()),
    User: lambda: make_staff("colleague@example.org", name="Cora Colleague"),
    InvitationRound: invitation_round,
    FrontPageLead: front_page_lead,
    SigningPause: lambda: SigningPause.objects.get_or_create(
        pk=1, defaults={"sentence": "We rest.", "is_on": True}
    )[0],
    ProtectedName: lambda: ProtectedName.objects.create(name="Vera Minister"),
    AccessRule: lambda: AccessRule.objects.create(
        action="allow",
        title="A rally",
        network="203.0.113.0/24",
        ends_at=timezone.now() + timedelta(days=1),
    ),
}


def request():
    made = RequestFactory().get("/")
    made.user = User(is_superuser=True, is_staff=True)
    return made


def edited_models():
    """The models whose change form can be saved."""
    return [
        model
        for model, one in admin.site._registry.items()
        if one.has_change_permission(request(), model()) or model in MAKERS
    ]


@pytest.fixture
def office(client):
    client.force_login(make_user())
    return client


def urls(row):
    """The addresses of the screen: the statement's has parts."""
    if isinstance(row, Statement):
        return [part_url(row.pk, name) for name, part in PARTS.items() if part.has_form]
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return [reverse(name, args=[row.pk])]


def save(client, row, data):
    """What each part of the screen answers, with what it was opened with before any was saved."""
    return [client.post(url, data) for url in urls(row)]


def screen(row):
    """The form of the record, and those of its stored rows."""
    form, formsets = opened(row)
    rows = [one for formset in formsets for one in formset.initial_forms if hasattr(one, "meet")]
    return [form, *rows]


def fields(row):
    """(html name, form, name of the field) of all that staff edit on the record's screen."""
    return [
        (form.add_prefix(name), form, name)
        for form in screen(row)
        for name in form.compared()
        if name not in form.stood and not isinstance(form.fields[name], forms.FileField)
    ]


# Values a field may have, where no rule of the form is broken.
GIVEN = {
    "slug": ["first-address", "second-address"],
    "accent": ["#112233", "#445566"],
    "second": ["#112233", "#445566"],
    "contact_email": ["first@example.org", "second@example.org"],
    "fediverse_account": ["@first@example.org", "@second@example.org"],
    "address": ["https://example.org/1", "https://example.org/2"],
    "email": ["first@example.org", "second@example.org"],
    "website": ["https://example.org/1", "https://example.org/2"],
    "ror": ["02mhbdp94", "00f54p054"],
    "url": ["https://example.org/1", "https://example.org/2"],
    "step_address": ["https://example.org/1", "https://example.org/2"],
    "choices": ["Yes\nNo", "Often\nNever"],
    "original_url": ["https://example.org/1", "https://example.org/2"],
    "country": ["NO", "AZ"],
    "minimum_age": [14, 15],
    "reminder_days": ["5", "6, 3"],
    "answers_to": ["first@example.org", "second@example.org"],
    "network": ["198.51.100.0/24", "192.0.2.0/24"],
}
# Fields with one value that is right, whose screen decides, or that only make sense together.
FIXED = {
    "domain",
    "language",
    "region",
    "target",
    "position",
    "statement",
    "groups",
    "topics",
    "ask_country",
    "ask_region",
    "next_statement",
}


def others(form, name):
    """Two values that the field does not have."""
    field, now = form.fields[name], form[name].initial
    if name in GIVEN:
        return GIVEN[name]
    if isinstance(field, forms.BooleanField):
        return [not now] * 2
    if isinstance(field, forms.ChoiceField):
        keys = [key for key, _label in values.flat(field.choices)]
        return [key for key in keys if key not in ("", None) and str(key) != str(now)][:2]
    return dates(name, now) or words(field, name)


def dates(name, now):
    if isinstance(now, datetime) or "_at" in name or name.endswith(("until", "deadline")):
        base = (now or timezone.now()).replace(hour=10, minute=0, second=0, microsecond=0)
        later = 30 if "closes" in name else 3
        return [base + timedelta(days=days) for days in (later, later + 1)]
    if isinstance(now, date) or name.endswith("_on") or name == "date":
        return [date(2026, 5, days) for days in (3, 4)]
    return []


def words(field, name):
    if values.is_rich(field):
        return [f"<p>{word} words.</p>" for word in ("First", "Second")]
    if isinstance(field, forms.IntegerField):
        return [3, 4]
    return [f"{word} {name}" for word in ("First", "Second")]


def column(form, name):
    return type(form.instance)._base_manager.filter(pk=form.instance.pk), name


def change_behind(form, name, value):
    """A colleague stores another value meanwhile."""
    rows, column_name = column(form, name)
    rows.update(**{column_name: value})


def stored(form, name):
    rows, column_name = column(form, name)
    return rows.values_list(column_name, flat=True).get()


def as_posted(form, name, value):
    field = form.fields[name]
    found = values._as_posted(field.widget, form.add_prefix(name), field.prepare_value(value))
    return dict(found)


def merged(data, form, name, value):
    """`data` with another value of one field."""
    for html_name, given in as_posted(form, name, value).items():
        if html_name.endswith(("_shown", "_meant")):
            continue  # what a moment was shown with stays what it was
        data.pop(html_name, None)
        if given is not None:
            data[html_name] = given


def edited(row):
    found = [(form, name) for _html, form, name in fields(row) if name not in FIXED]
    return [(form, name) for form, name in found if others(form, name)]


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize("model", edited_models(), ids=lambda model: model._meta.label_lower)
def test_every_screen_that_edits_says_what_it_was_opened_with(office, model):
    assert model in MAKERS, f"add one {model._meta.label} to MAKERS"
    row = MAKERS[model]()
    model_admin = admin.site.get_model_admin(model)
    assert isinstance(model_admin, OfficeAdmin)
    assert not model_admin.list_editable, "the list would have to say what it was opened with"
    for page in map(office.get, urls(row)):
        assert f'name="{NAME}"' in page.text
        for inline in page.context["inline_admin_formsets"]:
            if inline.has_change_permission:
                assert isinstance(inline.formset, MeetingFormSet)


@pytest.mark.medium
@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model._meta.label_lower)
def test_a_screen_saved_untouched_changes_nothing(office, model):
    row = MAKERS[model]()
    before = [(form.snapshot(), form.instance.pk) for form in screen(row)]
    for answer in save(office, row, posted_back(row)):
        assert answer.status_code == 302, answer.context["errors"]
    assert [(form.snapshot(), form.instance.pk) for form in screen(row)] == before
    history = getattr(model, "history", None)
    if history is not None:
        assert history.filter(id=row.pk).count() <= 1


@pytest.mark.slow
@pytest.mark.parametrize("turn", [0, 1])
@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model._meta.label_lower)
def test_what_each_of_two_changed_is_stored(office, model, turn):
    """Every second field is changed by a colleague, the others by who saves afterwards."""
    row = MAKERS[model]()
    data = posted_back(row)
    expected = []
    for place, (form, name) in enumerate(edited(row)):
        value, *_rest = others(form, name)
        if place % 2 == turn:
            change_behind(form, name, value)
        else:
            merged(data, form, name, value)
        expected.append((form, name, value))
    for answer in save(office, row, data):
        assert answer.status_code == 302, answer.context["errors"]
    for form, name, value in expected:
        assert stored(form, name) == value, name


def can_conflict(form, name):
    field = form.fields[name]
    return not isinstance(field, forms.BooleanField) and len(set(map(str, others(form, name)))) == 2


@pytest.mark.page
@pytest.mark.slow
@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model._meta.label_lower)
def test_what_both_changed_is_shown_and_nothing_is_stored(office, model):
    row = MAKERS[model]()
    data = posted_back(row)
    both = [(form, name) for form, name in edited(row) if can_conflict(form, name)]
    for form, name in both:
        theirs, mine = others(form, name)
        change_behind(form, name, theirs)
        merged(data, form, name, mine)
    answers = {
        url: answer
        for url, answer in zip(urls(row), save(office, row, data), strict=True)
        if answer.status_code != 302  # a part with none of these fields
    }
    conflicts = [one for answer in answers.values() for one in answer.context["conflicts"]]
    shown = {conflict.choice_name for conflict in conflicts}
    assert shown == {form.add_prefix(f"_choice_{name}") for form, name in both}
    for form, name in both:
        assert stored(form, name) == others(form, name)[0], name
    for url, answer in answers.items():
        for text in ("As it was", "Theirs", "Yours"):
            assert text in answer.text
        # Saved again without a choice it is still refused.
        again = dict(data, **{NAME: answer.context["opened"]})
        assert office.post(url, again).status_code == 200
        decided = again | {
            name: value
            for conflict in conflicts
            for name, value in ((conflict.seen_name, conflict.seen), (conflict.choice_name, "mine"))
        }
        assert office.post(url, decided).status_code == 302
    for form, name in both:
        assert stored(form, name) == others(form, name)[1], name


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model._meta.label_lower)
def test_what_was_deleted_meanwhile_leaves_what_was_typed_on_the_screen(office, model):
    row = MAKERS[model]()
    data = posted_back(row)
    words_of = ((form, name) for form, name in edited(row)
                if isinstance(form.fields[name], forms.CharField))  # fmt: skip
    form, name = next(words_of, (None, ""))
    if form is None:
        pytest.skip("It has no words.")
    merged(data, form, name, others(form, name)[0])
    url, *_parts = urls(row)
    model._base_manager.filter(pk=row.pk).delete()
    answer = office.post(url, data)
    assert answer.status_code == 409
    assert "it was deleted or erased" in answer.text
    assert str(others(form, name)[0]).removeprefix("<p>").removesuffix("</p>") in answer.text


@pytest.mark.medium
def test_words_of_news_that_was_sent_meanwhile_stay_on_the_screen(office):
    mailing = MAKERS[UpdateMailing]()
    data = posted_back(mailing, **{"words-0-subject": "We won, nearly"})
    user = User.objects.last()
    type(mailing).objects.update(state="finished", begun_at=timezone.now(), begun_by=user)
    (answer,) = save(office, mailing, data)
    assert answer.status_code == 409
    assert "it was sent, handed on or published" in answer.text
    assert "We won, nearly" in answer.text
    assert mailing.words.get().subject != "We won, nearly"


@pytest.mark.medium
def test_words_of_a_draft_that_was_handed_on_meanwhile_stay_on_the_screen(client):
    author = make_user("author@example.org", is_superuser=False)
    author.groups.add(Group.objects.get(name=AUTHOR.name))
    client.force_login(author)
    draft = make_draft(by=author)
    data = posted_back(draft, **{"texts-0-title": "Keep both rooms open"})
    lifecycle.submit(draft, by=author)
    answer = client.post(part_url(draft.pk), data)
    assert answer.status_code == 409
    assert "Keep both rooms open" in answer.text
    assert draft.texts.get().title == "Keep the reading room open"


def test_whoever_never_had_it_open_is_refused_as_ever(client):
    client.force_login(make_user("plain@example.org", is_superuser=False))
    assert client.post(part_url(make_draft().pk), {}).status_code == 403


def delete_url(row):
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_delete"
    return reverse(name, args=[row.pk])


@pytest.mark.medium
@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model._meta.label_lower)
def test_what_somebody_changed_is_not_deleted_unseen(office, model):
    row = MAKERS[model]()
    if not admin.site.get_model_admin(model).has_delete_permission(request(), row):
        assert office.get(delete_url(row)).status_code == 403
        return
    form, name = edited(row)[-1]  # of a row that goes with it, where there is one
    seen = office.get(delete_url(row)).context["seen"]
    change_behind(form, name, others(form, name)[0])
    answer = office.post(delete_url(row), {"post": "yes", "_seen": seen}, follow=True)
    assert "Somebody changed it after this page was opened" in answer.text
    assert model._base_manager.filter(pk=row.pk).exists()
    data = {"post": "yes", "_seen": answer.context["seen"]}
    assert office.post(delete_url(row), data).status_code == 302
    assert not model._base_manager.filter(pk=row.pk).exists()


@pytest.mark.medium
def test_words_that_somebody_changed_are_not_published_unseen(office):
    draft = make_draft()
    url = reverse("admin:statements_statement_action", args=[draft.pk, "publish"])
    seen = office.get(url).context["seen"]
    draft.texts.update(body="<p>Something else.</p>")
    answer = office.post(url, {"seen": seen, "note": "Now."})
    assert "Somebody changed the words after you opened this page" in answer.text
    assert 'value="Now."' in answer.text
    assert not draft.editions.exists()
    assert office.post(url, {"seen": answer.context["seen"]}).status_code == 302
    assert draft.editions.exists()


# How each screen of our own that writes keeps what others did meanwhile.
GUARDED = {
    "statements_statement_action": "the moment and the words that it showed, and the state",
    "statements_statement_correct": "the words that it showed",
    "statements_statement_pause": "whether it pauses or resumes; both sentences are told",
    "statements_statement_part": "it is a part of the change form",
    "signatories_signature_leads": "the order that it was opened with",
    "signatories_signature_lead": "whether it puts in or takes out",
    "pages_freepage_publish": "a mark of the words that it showed",
    "pages_freepage_take_back": "it takes back once, and keeps the draft",
    "accounts_user_deactivate": "it writes one column, and pressing it twice does the same",
    "signatories_signature_decide": "a mark of each row that it showed",
    "signatories_organization_decide": "a mark of each row that it showed",
    "signatories_organization_merge": "a mark of all that it showed",
    "signatories_organization_moved": "the state: it is undone once",
    "signatories_organization_split": "that what was chosen is still there",
    "signatories_organization_likely": "whether the answer is new",
    "signatories_decision_criteria": "the criteria that it was opened with",
    "signatories_decision_queue": "a mark of the row that it showed",
    "signatories_decision_progress": "the number that it showed, and the state",
    "signatories_importbatch_review": "the version of each line that it showed",
    "signatories_importbatch_apply": "how many lines and mails it showed, and the state",
    "signatories_importbatch_close": "how many lines it showed, and the state",
    "signatories_importbatch_again": "the state, and that nothing was made of it",
    "signatories_importbatch_undo": "the state: it is undone once",
    "signatories_logoupload_review": "the state: it is decided on once, and undone once",
    "signatories_ownermailing_new": "the number that it showed; nobody is asked twice",
    "signatories_ownermailing_show": "the state of the mailing",
    "signatories_papercount_show": "the version that it showed, where it checks; sheets are added",
    "signatories_papercount_correct": "the version that it was opened with",
    "signatories_papercount_withdraw": "the state: it is withdrawn once",
    "signatories_packet_show": "the state: it is stopped, and discarded, once",
    "signatories_papercount_remove": "whether the sheet is there still",
    "signatories_updatemailing_send": "the state of the mailing",
    "signatories_updatemailing_confirm": "the words that it showed, and the number of readers",
    "signatories_addresseemailing_show": "whether it is on or off, and a stop of the addressee",
    "signatories_addresseemailing_stop_all": "it stops what is on by then",
    "statements_statement_answers": "the answer that it showed, and the state of it or of the link",
    "signatories_invitationround_people": "each verb asks the state that it changes, of each row",
    "signatories_invitationround_person": "a mark of the row that it was opened with",
    "signatories_invitationround_send": "how many it showed, and which mail is due",
    "signatories_invitationround_stop": "whether it stops or goes on",
    "signatories_invitationround_end": "whether it is ended or not",
    "auth_user_password_change": "a password is never merged: the later one counts",
}
ADDING = {  # they change nothing that was there
    "statements_statement_comment", "statements_statement_copy", "statements_statement_previews",
    "signatories_signature_export", "signatories_signature_counts",
    "signatories_decision_invalidation",
    "signatories_importbatch_new", "signatories_importbatch_one",
    "signatories_importbatch_release", "signatories_papercount_new",
    "signatories_packet_new",
    "signatories_logoupload_new",
    "signatories_invitationround_add_people", "signatories_invitationround_add_one",
}  # fmt: skip
SHOWING = {
    "statements_statement_lead_picture", "statements_statement_old_picture",
    "statements_statement_picture_size",
    "statements_statement_check_links", "statements_statement_preview",
    "statements_statement_preview_page", "statements_statement_preview_picture",
    "pages_freepage_preview",
    "statements_statement_file", "statements_statement_thumbnail", "statements_statement_old_file",
    "statements_statement_history_export", "signatories_signature_answers",
    "signatories_signature_referrers",
    "signatories_importbatch_proof", "signatories_papercount_sheet",
    "signatories_packet_archive", "signatories_addresseemailing_html",
    "signatories_invitationround_mail", "signatories_invitationround_mail_html",
    "signatories_invitationround_csv",
    "signatories_updatemailing_html", "mail_outgoingmail_samples", "mail_outgoingmail_sample_html",
}  # fmt: skip
OF_DJANGO = ("_changelist", "_add", "_change", "_delete", "_history")


def test_every_screen_of_our_own_keeps_what_others_did_meanwhile_or_writes_nothing():
    labels = ("accounts", "auth", "mail", "pages", "signatories", "statements")
    names = {
        key
        for key, _route in admin_patterns()
        if key.startswith(labels)
        and "/" not in key
        and not (key.endswith(OF_DJANGO) and key not in GUARDED)
    }
    undecided = names - set(GUARDED) - ADDING - SHOWING
    assert not undecided, f"say how {undecided} keep what somebody else did while they were open"
    assert set(GUARDED) | ADDING | SHOWING == names


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_saves_in_the_same_moment_keep_what_each_changed(client):
    """Eight people, each with a field of their own and one that all change."""
    trust = make_organization(city="Ganja")
    names = ("city", "website", "name", "kind")
    typed = {
        "city": "Baku", "website": "https://example.org/1", "name": "River Friends",
        "kind": "company",
    }  # fmt: skip
    data = [posted_back(trust, **{name: typed[name]}) for name in names]
    data += [posted_back(trust, region=f"Region {number}") for number in range(4)]
    clients = [Client() for _one in data]
    for number, one in enumerate(clients):
        one.force_login(make_user(f"editor{number}@example.org"))
    start = Barrier(len(data))

    def save(number):
        start.wait()
        answer = clients[number].post(*urls(trust), data[number])
        connection.close()
        return answer.status_code

    with ThreadPoolExecutor(len(data)) as pool:
        answers = list(pool.map(save, range(len(data))))
    trust.refresh_from_db()
    assert {name: getattr(trust, name) for name in names} == typed
    assert sorted(answers) == [200] * 3 + [302] * 5  # one region is stored, three are asked about
    assert answers[4 + int(trust.region[-1])] == 302


@pytest.mark.medium
def test_words_that_are_offered_back_are_not_put_over_those_of_somebody_else(client):
    """They come back together with what their form was opened with."""
    user = make_staff(is_superuser=True)
    client.force_login(user)
    made = topic()
    (url,) = urls(made)
    sent = form_of(client, url, **{"names-0-name": "Rivers and lakes"})
    sent |= {"names-1-name": "Çaylar"}
    client.logout()
    back = parse_qs(urlsplit(client.post(url, sent).url).query)["next"][0]
    made.names.filter(language="en").update(name="Water")
    client.force_login(user)
    page = client.get(back)
    assert "Rivers and lakes" in page.text
    answer = client.post(url, form_of(client, back, **{"names-0-name": "Rivers and lakes"}) | {
        "names-1-name": "Çaylar",
    })  # fmt: skip
    assert answer.status_code == 200
    assert [one.label for one in answer.context["conflicts"]] == ["Name"]
    assert made.names.get(language="en").name == "Water"


@pytest.mark.medium
def test_roles_that_two_gave_can_both_stay(office):
    colleague = MAKERS[User]()
    author, editor = (Group.objects.get(name=name) for name in (AUTHOR.name, EDITOR.name))
    data = posted_back(colleague, groups=[author.pk])
    colleague.groups.add(editor)
    (answer,) = save(office, colleague, data)
    (conflict,) = answer.context["conflicts"]
    assert conflict.versions[0].words == ""
    decided = {
        NAME: answer.context["opened"], conflict.seen_name: conflict.seen,
        conflict.choice_name: "both",
    }  # fmt: skip
    (answer,) = save(office, colleague, data | decided)
    assert answer.status_code == 302
    assert set(colleague.groups.all()) == {author, editor}


@pytest.mark.medium
@pytest.mark.parametrize("choice", ["theirs", "mine"])
def test_a_file_that_both_replaced_is_asked_about(office, settings, tmp_path, choice):
    settings.MEDIA_ROOT = tmp_path
    draft = make_draft()
    page = part_url(draft.pk, "files")

    def sheet(text):
        return SimpleUploadedFile("sheet.pdf", b"%PDF-1.7 " + text, content_type="application/pdf")

    def stored_sheet():
        with draft.attachments.get().file.open() as file:
            return file.read().removeprefix(b"%PDF-1.7 ").decode()

    added = {"attachments-TOTAL_FORMS": 1, "attachments-0-title": "Facts",
             "attachments-0-position": 1, "attachments-0-statement": draft.pk}  # fmt: skip
    first = posted_back(draft) | added | {"attachments-0-file": sheet(b"first")}
    assert office.post(page, first).status_code == 302
    opened_before = posted_back(draft)
    theirs = posted_back(draft) | {"attachments-0-file": sheet(b"theirs")}
    assert office.post(page, theirs).status_code == 302
    answer = office.post(page, opened_before | {"attachments-0-file": sheet(b"mine")})
    (conflict,) = answer.context["conflicts"]
    assert conflict.label == "File"
    assert stored_sheet() == "theirs"
    decided = {
        NAME: answer.context["opened"], conflict.seen_name: conflict.seen,
        conflict.choice_name: choice, "attachments-0-file": sheet(b"mine"),
    }  # fmt: skip
    assert office.post(page, opened_before | decided).status_code == 302
    assert stored_sheet() == choice
