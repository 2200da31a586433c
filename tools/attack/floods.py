"""Too much of what is allowed once: posts, reads, mails, passwords and guesses."""

from collections.abc import Iterator

from tools.attack.attacks import Effort, attack
from tools.attack.client import Answer, Client, forms_of, new_address
from tools.attack.content import PASSWORD, STATEMENT
from tools.attack.site import Site, mails_to

COSTLY = {
    f"/statements/{STATEMENT}.pdf": 50,
    f"/statements/{STATEMENT}/signatories.csv": 50,
    "/statements/?q=library": 130,
    "/api/v1/statements": 250,
}
"""More often than is allowed in two windows, since one may end in between."""
MAILS_A_DAY = 5
SPELLINGS = ["wanda@example.org", "Wanda@Example.org", "wanda+a@example.org", "wanda+b@example.org",
             "WANDA+c@EXAMPLE.ORG", "wanda@example.org."]  # fmt: skip


def sign(client: Client, **typed: str) -> Answer:
    """Send the form of the demo's first statement as a browser without scripts would."""
    page = client.get(f"/sign/{STATEMENT}/")
    fields = next((form.fields for form in forms_of(page) if form.method == "POST"), {})
    least = {"kind": "person", "name": "Nora Lind", "country": "NO", "of_age": "on"}
    answer = client.post(f"/sign/{STATEMENT}/", {**fields, **least, **typed})
    if asks_for_work(answer):
        form = next(form for form in forms_of(answer) if form.method == "POST")
        answer = client.post(form.action, form.fields)
    if "Location" in answer.headers:
        answer = client.get(answer.headers["Location"])
    return answer


def asks_for_work(answer: Answer) -> bool:
    return "One more step" in answer.text


@attack("A flood of signatures from one network", takes_long=True)
def many_signatures(site: Site, effort: Effort) -> Iterator[str]:
    flood = new_address()
    answers = [
        sign(site.stranger(flood), email=f"flood{number}@example.org") for number in range(110)
    ]
    if answers[-1].status == 200 and "Check your mail" in answers[-1].text:
        yield "the 110th signature of one address was taken"
    other = sign(site.stranger(), email="from.elsewhere@example.org")
    if other.status >= 400:
        yield f"another network is refused as well: {other}"


@attack("A flood of what costs much to answer", may_be_slow=True, takes_long=True)
def many_reads(site: Site, effort: Effort) -> Iterator[str]:
    for path, enough in COSTLY.items():
        client = site.stranger()
        # A different question each time, so that no cache answers for the application.
        mark = "&" if "?" in path else "?"
        questions = (client.get(f"{path}{mark}x={number}") for number in range(enough))
        if all(answer.status != 429 for answer in questions):
            yield f"{path}: {enough} times from one network, and never refused"
        if site.stranger().get(path).status != 200:
            yield f"{path}: refused to another network as well"


@attack("More mail to one mailbox than its owner can bear", takes_long=True)
def many_mails(site: Site, effort: Effort) -> Iterator[str]:
    for number, spelling in enumerate(SPELLINGS * 3):
        sign(site.stranger(), email=spelling, name=f"Wanda {number}")
        for page in (f"/statements/{STATEMENT}/follow/", "/your-signature/"):
            client = site.stranger()
            form = next(f for f in forms_of(client.get(page)) if f.method == "POST")
            client.post(form.action, {**form.fields, "email": spelling})
    sign(site.stranger(), email="last@example.net")
    if not mails_to(site, "last@example.net"):
        yield "no mail came at all, so nothing was tried"
    came = [str(one["To"]) for one in site.sink.messages if "wanda" in str(one["To"]).lower()]
    if len(came) > MAILS_A_DAY:
        yield f"{len(came)} mails came to one mailbox: {sorted(set(came))}"


@attack("Guessing passwords, for one account and for many", may_be_slow=True, takes_long=True)
def passwords(site: Site, effort: Effort) -> Iterator[str]:
    guesser = site.stranger()
    answers = [sign_in(guesser, "edda@example.org", f"guess-{number}") for number in range(30)]
    if any(answer.status == 302 for answer in answers):
        yield "a guess was right"
    if answers[-1].status == 200 and "until" not in answers[-1].text:
        yield f"the 30th guess is looked at: {answers[-1]}"
    sprayer = site.stranger()
    sprayed = [sign_in(sprayer, f"staff{n}@example.org", "Summer2026!") for n in range(60)]
    if sprayed[-1].status == 200 and "until" not in sprayed[-1].text:
        yield f"one network tries a password on 60 accounts: {sprayed[-1]}"
    colleague = sign_in(site.stranger(), "edda@example.org", PASSWORD)
    if colleague.status != 302:
        yield f"who owns the account is locked out by it: {colleague}"


def sign_in(client: Client, email: str, password: str) -> Answer:
    page = client.get("/admin/login/")
    form = next((form for form in forms_of(page) if "password" in form.fields), None)
    if form is None:
        return page
    typed = {**form.fields, "username": email, "password": password}
    return client.post("/admin/login/", typed, headers={"Referer": f"{site_of(client)}/admin/"})


def site_of(client: Client) -> str:
    return client.url.rstrip("/")
