"""The public pages of a filled site, by name: what `tools/look` opens."""

from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from casa.mail import stops
from signatories.core import tokens
from signatories.mailings import followers
from signatories.models import NAME_LENGTH, CollectedBy, Follower, Organization, Signature
from signatories.signing import held_forms
from signatories.testing import form_data, make_signature, own_url
from statements import addressee_answers, mail_subjects, previews
from statements.models import Edition, Statement
from statements.testing import make_delivery, make_user

PASSAGE, NOTHING = "saturday", "zanzibarium"


@dataclass
class Page:
    """What is opened: by GET, by POST with `form`, or, where nothing leads to it, as `html`."""

    name: str
    path: str
    status: int = 200
    form: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    html: str = ""
    check: str = ""
    """The value of a choice that is taken on the page."""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def with_query(path: str, **query: str) -> str:
    return f"{path}?{urlencode(query)}"


def site(*, search: str = PASSAGE) -> list[Page]:
    """The pages that every site has."""
    front, listed = reverse("statements:home"), reverse("statements:list")
    directory = reverse("signatories:organizations")
    return [
        Page("front", front),
        Page("list", listed),
        Page("list-nothing", with_query(listed, year="1999")),
        Page("search", with_query(listed, q=search)),
        Page("search-nothing", with_query(listed, q=NOTHING)),
        Page("organizations", directory),
        Page("organizations-nothing", with_query(directory, q=NOTHING)),
        Page("about", reverse("pages:about")),
        Page("privacy", reverse("pages:privacy")),
        Page("contact", reverse("pages:contact")),
        Page("your-signature", reverse("signatories:request_link")),
    ]


def statement(edition: Edition, prefix: str = "") -> list[Page]:
    """All there is to read of one statement."""
    slug = edition.statement.slug

    def at(view: str, *more: object) -> str:
        return reverse(view, args=[slug, *more])

    names, frame = at("signatories:list"), at("signatories:embed")
    last = edition.statement.edition_number
    pages = [
        Page("statement", at("statements:detail")),
        Page("signatories", names),
        Page("signatories-nothing", with_query(names, q=NOTHING)),
        Page("how-we-count", at("signatories:how_we_count")),
        Page("receipt-wrong", at("signatories:check_receipt"), 422, {"receipt": "ABC"}),
        Page("receipt-unknown", at("signatories:check_receipt"), 200, {"receipt": "A" * 32}),
        Page("editions", at("statements:editions")),
        Page("edition-old", at("statements:edition", 1)),
        *(
            Page(f"changes-{number}", at("statements:changes", number))
            for number in range(2, last + 1)
        ),
        Page("print", at("statements:print")),
        Page("sign", at("signatories:sign")),
        Page("follow", at("signatories:follow")),
        Page("mastodon", at("signatories:mastodon")),
        Page("mastodon-wrong", at("signatories:mastodon"), 422, {"server": "nowhere"}),
        Page("mastodon-chosen", at("signatories:mastodon"), 200, {"server": "mastodon.social"}),
        Page("embed", frame),
        Page("embed-tally", with_query(frame, show="tally")),
        Page("embed-dark", with_query(frame, theme="dark")),
        Page("badge", at("signatories:badge")),
        Page("qr", at("signatories:qr")),
        Page("share-image", at("share:edition", last, edition.language)),
    ]
    for page in pages:
        page.name = prefix + page.name
    return pages


def organization(one: Organization, name: str = "organization") -> Page:
    return Page(name, one.get_absolute_url())


def form(edition: Edition, **typed: str) -> list[Page]:
    """The sign form as it answers."""
    path = reverse("signatories:sign", args=[edition.statement.slug])
    long_name = typed.get("name", "Nora Lind")
    wrong = {"kind": "person", "name": "", "email": f"{long_name} at example", "country": ""}
    of_nobody = {
        "kind": "organization",
        "name": "",
        "email": "",
        "organization": "",
        "website": "x y",
    }
    return [
        Page("form-errors", path, 422, wrong),
        Page("form-errors-organization", path, 422, of_nobody),
        Page("form-organization", path, check="organization"),
        *_check_mail(edition, form_data(email="wilma.lund@example.org", **typed)),
    ]


def _check_mail(edition: Edition, typed: dict[str, Any]) -> list[Page]:
    """What follows the form, and what helps where no mail comes."""
    token = held_forms.hold(held_forms.SIGN, typed, statement=edition.statement)
    return [
        Page("check-mail", reverse("signatories:check_mail", args=[token])),
        Page("check-mail-forgotten", reverse("signatories:check_mail", args=["nonsense"]), 410),
        Page("no-mail", reverse("signatories:no_mail_to", args=[token])),
    ]


def signing(edition: Edition, **fields: Any) -> list[Page]:
    """What a signer meets after the form, one after the other."""
    slug = edition.statement.slug
    waiting = make_signature(edition, state=Signature.State.PENDING, **fields)
    done = make_signature(edition, wants_updates=True, **fields)
    code, no_mail = (reverse(f"signatories:{one}", args=[slug]) for one in ("code", "no_mail"))
    confirm = reverse("signatories:confirm", args=[tokens.make(waiting, tokens.CONFIRM)])
    used = reverse("signatories:confirm", args=[tokens.make(done, tokens.CONFIRM)])
    typed = {"email": waiting.email, "code": "000000"}
    link = held_forms.hold(held_forms.LINK, {"email": done.email})
    return [
        Page("code", code),
        Page("code-wrong", code, 422, typed),
        Page("no-mail-advice", no_mail),
        Page("confirm", confirm),
        Page("confirm-invalid", reverse("signatories:confirm", args=["nonsense"]), 404),
        _thank_you("thank-you", done),
        Page("confirm-link-of", used),
        *_own(edition, done.name, done),
        *_following(edition),
        Page("mail-stop", _stop_url(done)),
        Page("mail-stop-invalid", reverse("stop_mail", args=["nonsense"]), 404),
        Page(
            "unsubscribe",
            reverse("signatories:unsubscribe", args=[tokens.make(done, tokens.UPDATES)]),
        ),
        *_verifying_again(edition, waiting),
        Page("link-requested", reverse("signatories:link_requested", args=[link])),
        Page("link-errors", reverse("signatories:request_link"), 422, {"email": "nora"}),
    ]


def _verifying_again(edition: Edition, signer: Signature) -> list[Page]:
    """What a representative is asked, and a link that does not work."""
    now = timezone.now()
    trust = Organization.objects.create(
        name=f"{signer.displayed_name} Trust"[:NAME_LENGTH],
        verification=Organization.Verification.VERIFIED,
        verified_at=now,
        asked_again_at=now,
    )
    token = tokens.make(make_signature(edition, organization=trust), tokens.VERIFY_AGAIN)
    return [
        Page("verify-again", reverse("signatories:verify_again", args=[token])),
        Page("verify-again-invalid", reverse("signatories:verify_again", args=["nonsense"]), 404),
    ]


def _thank_you(name: str, done: Signature) -> Page:
    """What the button of the confirm page is answered with, at the statement's URL."""
    pressed = {"confirm": tokens.make(done, tokens.CONFIRM)}
    return Page(name, done.statement.get_absolute_url(), 200, pressed)


def _stop_url(one: Signature) -> str:
    token = stops.make_token(one.email, mail_subjects.about(one.statement))
    return reverse("stop_mail", args=[token])


def _own(edition: Edition, name: str, done: Signature) -> list[Page]:
    """A signer's private page and what it leads to."""
    withheld = make_signature(edition, name, name_withheld=True)
    withdrawn = make_signature(edition, name, state=Signature.State.WITHDRAWN)
    return [
        Page("manage", own_url(done)),
        Page("manage-done", with_query(own_url(done), done="correct")),
        Page("manage-withheld", own_url(withheld)),
        Page("manage-withdrawn", own_url(withdrawn)),
        Page("manage-correct", own_url(done, "correct")),
        Page("manage-correct-errors", own_url(done, "correct"), 422, {"name": ""}),
        Page("manage-show", own_url(withheld, "show")),
        Page("manage-withdraw", own_url(done, "withdraw")),
        Page("manage-erase", own_url(done, "erase")),
        Page("manage-invalid", reverse("signatories:manage", args=["nonsense"]), 404),
    ]


def _following(edition: Edition) -> list[Page]:
    path = reverse("signatories:follow", args=[edition.statement.slug])
    follower = Follower.objects.create(
        statement=edition.statement, email="faye@example.org", email_key="faye@example.org"
    )

    typed = {"email": "frida@example.org"}
    asked_by = held_forms.hold(held_forms.FOLLOW, typed, statement=edition.statement)

    def link(view: str, purpose: str) -> str:
        return reverse(view, args=[followers.make_token(follower, purpose)])

    return [
        Page("follow-errors", path, 422, {"email": "faye"}),
        Page("follow-asked", reverse("signatories:follow_asked", args=[asked_by])),
        Page("follow-confirm", link("signatories:follow_confirm", followers.CONFIRM)),
        Page("follow-leave", link("signatories:follow_leave", followers.LEAVE)),
    ]


def errors(withdrawn: str) -> list[Page]:
    """Error pages where they occur; those of a broken site as they would be sent."""
    link = reverse("signatories:request_link")
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    return [
        Page("400", "/", html=render_to_string("400.html", request=RequestFactory().get("/"))),
        Page("403", link, 403, {"email": "nora@example.org"}, elsewhere),
        Page("404", reverse("statements:detail", args=["nothing-of-this-name"]), 404),
        Page("410", withdrawn, 410),
        Page("500", "/", html=render_to_string("500.html")),
        Page("503", "/", html=render_to_string("503.html")),
        Page("503-busy", "/", html=render_to_string("busy.html")),
        Page("429", link, 429, {"email": "nora@example.org"}),
    ]


def correction(edition: Edition, name: str) -> Page:
    """Where a signer of the first edition answers a material correction."""
    first = Edition.objects.get(statement=edition.statement, number=1, language=edition.language)
    signed = make_signature(first, name, consented_at=timezone.now())
    token = tokens.make(signed, tokens.CORRECTION)
    return Page("correction", reverse("signatories:correction", args=[token]))


def question_to_imported(edition: Edition, name: str) -> Page:
    """Where somebody whose name was imported says whether they stand by it."""
    collected = make_signature(edition, name, consent_source=CollectedBy.PARTNER)
    token = tokens.make(collected, tokens.ASK)
    return Page("ask", reverse("signatories:ask", args=[token]))


def signing_for(edition: Edition, signed: Organization, waits: Organization) -> list[Page]:
    """The same for a representative, where the pages differ."""
    fields = {"role": "Chair", "wants_updates": True}
    done = make_signature(edition, "Rita Ravn", organization=signed, **fields)
    waiting = make_signature(
        edition, "Ruth Ravn", organization=waits, state=Signature.State.PENDING, **fields
    )
    confirm = reverse("signatories:confirm", args=[tokens.make(waiting, tokens.CONFIRM)])
    return [
        Page("organization-confirm", confirm),
        _thank_you("organization-thank-you", done),
        Page("organization-manage", own_url(done)),
        Page("organization-manage-correct", own_url(done, "correct")),
        Page("organization-manage-withdraw", own_url(done, "withdraw")),
        Page("organization-manage-erase", own_url(done, "erase")),
    ]


def previews_of(draft: Statement) -> list[Page]:
    """What a first signatory sees before anything is public."""
    until = timezone.now() + timedelta(days=7)
    link, path = previews.give(
        draft, name="Lena Lead", email="lena@example.org", expires_at=until, by=make_user(),
        may_sign=True,
    )  # fmt: skip
    sign = reverse("signatories:invitation", args=[previews.token_of(link)])
    return [
        Page("preview", path),
        Page("preview-unknown", reverse("statements:preview", args=["nonsense"]), 404),
        Page("invitation-errors", sign, 422, {"kind": "person", "name": ""}),
        Page("invitation-too-late", sign, 409, {"action": "agree"}),
    ]


def answering(edition: Edition) -> list[Page]:
    """How an addressee answers a hand-over by a private link."""
    statement = edition.statement
    handed_over = make_delivery(statement, note="By two pupils and a librarian, with all names.")
    link = addressee_answers.give(handed_over, by=make_user("gives@example.org"))
    path = reverse("statements:answer", args=[addressee_answers.token_of(link)])
    said = {"words": "We keep it open.", "name": "Ines Falk", "office": "Chair", "consent": "Yes."}
    addressee_answers.answer(handed_over, **said)
    return [
        Page("answer", path),
        Page("answer-errors", path, 422, {"words": "We keep it open."}),
        Page("answer-unknown", reverse("statements:answer", args=["nonsense"]), 404),
    ]


def challenged(edition: Edition) -> Page:
    """What a script is asked for: here one that fills in a field which people do not see."""
    path = reverse("signatories:sign", args=[edition.statement.slug])
    return Page("one-more-step", path, 429, form_data(subject="Hello"))
