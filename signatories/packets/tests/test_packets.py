"""A packet holds who signed at one moment, whole and in order, and is never changed."""

import io
import zipfile
from datetime import timedelta
from hashlib import sha256

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from casa.accounts.testing import make_staff
from casa.retention import rules
from signatories.models import ExportLog, Organization, Packet, PacketPiece
from signatories.moderation import decisions
from signatories.packets import files, freezing, making, pieces, worker
from signatories.packets.freezing import PacketError
from signatories.testing import make_organization, make_signature
from statements import lifecycle
from statements.models import Target
from statements.testing import make_draft, make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def edition():
    return make_edition()


def in_role(name):
    user = make_staff(f"{name.lower()}@example.org")
    user.groups.add(Group.objects.get(name=name))
    return user


def make_packet(edition, **chosen):
    packet = making.order(edition.statement, by=None, **{"language": edition.language, **chosen})
    return finish(packet)


def finish(packet):
    while worker.do_step(packet.pk):
        pass
    packet.refresh_from_db()
    return packet


def unpacked(packet):
    with making.archive(packet, by=None) as file, zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def text_of(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def sheet_of(xlsx):
    with zipfile.ZipFile(io.BytesIO(xlsx)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def test_each_file_has_everybody_who_is_named_and_nobody_else(edition):
    target = Target.objects.create(statement=edition.statement, name="The council")
    make_signature(edition, "Nora Lind", lead_position=1, role="Chair", city="Oslo", country="NO")
    make_signature(edition, organization=make_organization("River Trust"))
    make_signature(edition, "Ilkin Dahl", email="ilkin@example.org", postal_code="AZ9999")
    make_signature(edition, "Someone Secret", name_withheld=True)
    make_signature(edition, "Vera Unseen", state="hidden")
    said = make_signature(edition, "Ada Berg", comment="My pupils read there.")
    make_signature(edition, "Bo Silent", comment="For the office alone.")
    packet = make_packet(
        edition, target=target, letter="Dear {addressee}, {count}: {title} {other}",
        comments=[said.pk],
    )  # fmt: skip
    found = unpacked(packet)
    slug = edition.statement.slug
    assert list(found) == [f"{slug}.pdf", "names.csv", "names.xlsx", "packet.html", "SHA256SUMS"]
    texts = {
        "pdf": text_of(found[f"{slug}.pdf"]),
        "csv": found["names.csv"].decode(),
        "html": found["packet.html"].decode(),
        "xlsx": sheet_of(found["names.xlsx"]),
    }
    for kind, text in texts.items():
        for part in ("Nora Lind", "River Trust", "Ilkin Dahl", "Ada Berg", "Norway"):
            assert part in text, (kind, part)
        for part in ("Someone Secret", "Vera Unseen", "@example.org", "AZ9999", "office alone"):
            assert part not in text, (kind, part)
    for kind in ("pdf", "html"):
        text = texts[kind]
        assert "Dear The council, 1 organization and 5 people" in text.replace("\xa0", " "), kind
        assert edition.title in text
        assert "{other}" in text
        assert edition.sha256 in text
        assert "My pupils read there." in text
    assert (packet.organizations, packet.people, packet.withheld, packet.names) == (1, 5, 1, 5)


def test_checksums_are_those_of_the_files(edition):
    make_signature(edition)
    packet = make_packet(edition)
    found = unpacked(packet)
    sums = dict(line.split("  ")[::-1] for line in found.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: sha256(data).hexdigest() for name, data in found.items()}
    with making.archive(packet, by=None) as file:
        assert sha256(file.read()).hexdigest() == packet.sha256


def test_the_pdf_is_tagged_and_has_title_language_and_outline(edition):
    make_signature(edition, "Nora Lind", lead_position=1)
    make_signature(edition, "Ilkin Dahl")
    pdf = PdfReader(io.BytesIO(unpacked(make_packet(edition, paper="us-letter"))[
        f"{edition.statement.slug}.pdf"]))  # fmt: skip
    assert pdf.metadata.title == edition.title
    assert pdf.root_object["/Lang"] == "en"
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.xmp_metadata.rdf_root.toxml()
    assert {"Statement", "Submitted by", "People"} <= {
        one.title for one in pdf.outline if not isinstance(one, list)
    }
    assert pdf.pages[0].mediabox.width == 612


def test_names_go_on_in_numbered_volumes(edition, monkeypatch):
    monkeypatch.setattr(freezing, "NAMES_IN_VOLUME", 2)
    names = ["Ada Ames", "Bo Bell", "Cy Cole", "Di Dean", "Ed Eden"]
    for name in reversed(names):
        make_signature(edition, name)
    found = unpacked(make_packet(edition))
    slug = edition.statement.slug
    volumes = [text_of(found[f"{slug}-{n}-of-3.pdf"]) for n in (1, 2, 3)]
    assert ["Ada Ames" in volumes[0], "Cy Cole" in volumes[1], "Ed Eden" in volumes[2]] == [
        True
    ] * 3
    assert "Volume 2 of 3" in volumes[0]
    assert "People (continued)" in volumes[1]
    assert edition.ask in volumes[0]
    assert edition.ask not in volumes[1]
    rows = found["names.csv"].decode().splitlines()
    assert [row.split(",")[1] for row in rows[1:]] == names


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("alphabet", ["Çinarə", "Dilarə", "Əli", "Xalid", "İlkin", "Zaur"]),
        ("country", ["Əli", "İlkin", "Dilarə", "Xalid", "Çinarə", "Zaur"]),
    ],
)
def test_names_stand_in_the_order_of_the_language(order, expected):
    edition = make_edition(language="az")
    for name, country in zip(
        ["Zaur", "İlkin", "Xalid", "Əli", "Dilarə", "Çinarə"], ["", "AZ", "NO", "AZ", "NO", ""],
        strict=True,
    ):  # fmt: skip
        make_signature(edition, name, country=country)
    rows = unpacked(make_packet(edition, order=order))["names.csv"].decode().splitlines()
    assert [row.split(",")[1] for row in rows[1:]] == expected


def test_the_same_freeze_makes_the_same_bytes(edition):
    organization = make_organization("River Trust")
    make_signature(edition, organization=organization)
    make_signature(edition, "Ilkin Dahl", country="NO")
    packet = making.order(edition.statement, by=None, language="en")
    worker.do_step(packet.pk)
    packet.refresh_from_db()

    def make():
        for number in range(packet.files - 1):
            with files.make(packet, number)[1] as file:
                yield file.read()

    made = list(make())
    make_signature(edition, "Late Comer")
    Organization.objects.filter(pk=organization.pk).update(name="Another Name")
    assert list(make()) == made
    assert all(made)
    archives = []
    for _time in range(2):
        with transaction.atomic():
            finish(packet)
            archives.append(packet.sha256)
            transaction.set_rollback(True)
        packet.refresh_from_db()
    assert archives[0] == archives[1] != ""


def test_a_packet_that_is_sealed_is_never_changed(edition):
    packet = make_packet(edition)
    rows = Packet.objects.filter(pk=packet.pk)
    attempts = [
        lambda: rows.update(people=7),
        lambda: rows.update(sha256="0" * 64),
        lambda: rows.update(comments=[3]),
        rows.delete,
        PacketPiece.objects.filter(packet=packet).delete,
        lambda: PacketPiece.objects.create(packet=packet, file="x", position=0, data=b"x"),
        lambda: PacketPiece.objects.filter(packet=packet).update(position=7),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert unpacked(packet)


def test_files_that_are_not_those_that_were_sealed_are_refused(edition):
    packet = make_packet(edition)
    piece = packet.pieces.get(position=0)
    piece.data = bytes(piece.data)[:-1] + b"!"
    piece.save()
    with pytest.raises(PacketError):
        making.archive(packet, by=None)


def test_names_lie_encrypted(edition, monkeypatch):
    make_signature(edition, "Ilkin Dahl")
    packet = making.order(edition.statement, by=None, language="en")
    worker.do_step(packet.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM signatories_packetpiece")
        assert all(b"Ilkin" not in bytes(data) for (data,) in cursor.fetchall())
    assert any(b"Ilkin" in bytes(one.data) for one in packet.pieces.all())


def test_it_can_be_stopped_gone_on_with_and_discarded(edition):
    make_signature(edition)
    packet = making.order(edition.statement, by=None, language="en")
    worker.do_step(packet.pk)
    assert making.stop(packet)
    assert not worker.do_step(packet.pk)
    assert not making.stop(packet)
    assert making.resume(packet)
    worker.do_step(packet.pk)
    assert making.stop(packet)
    assert making.discard(packet)
    assert not Packet.objects.exists()
    assert not PacketPiece.objects.exists()


def test_another_worker_takes_up_what_a_killed_one_left(edition):
    make_signature(edition)
    packet = making.order(edition.statement, by=None, language="en")
    worker.do_step(packet.pk)
    assert worker._claim(packet.pk)  # and is killed
    assert not worker.do_step(packet.pk)
    Packet.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert finish(packet).state == Packet.State.DONE


def test_a_step_that_fails_is_tried_again_and_then_waits_for_staff(edition, monkeypatch, caplog):
    packet = making.order(edition.statement, by=None, language="en")
    worker.do_step(packet.pk)
    monkeypatch.setattr(files, "make", lambda *_args: 1 / 0)
    for _time in range(worker.TRIES):
        Packet.objects.update(due_at=None)
        assert not worker.do_step(packet.pk)
    packet.refresh_from_db()
    assert packet.state == Packet.State.STOPPED
    assert "failed" in caplog.text


def test_none_is_made_of_what_nobody_can_read(edition, caplog):
    with pytest.raises(PacketError):
        making.order(make_draft(), by=None, language="en")
    packet = making.order(edition.statement, by=None, language="en")
    lifecycle.withdraw(edition.statement, by=None, note="No more.")
    assert finish(packet).state == Packet.State.STOPPED
    assert not packet.pieces.exists()


def test_a_download_is_in_the_log_of_exports(client, edition):
    editor = in_role("Editor")
    make_signature(edition)
    packet = make_packet(edition)
    client.force_login(editor)
    answer = client.get(reverse("admin:signatories_packet_archive", args=[packet.pk]))
    assert sha256(b"".join(answer.streaming_content)).hexdigest() == packet.sha256
    assert packet.file_name in answer["Content-Disposition"]
    log = ExportLog.objects.get()
    assert (log.by, log.statement, log.rows) == (editor, edition.statement, 1)


def test_comments_are_offered_to_whoever_may_read_them(client, edition):
    make_signature(edition, "Ada Berg", comment="My pupils read there.")
    url = reverse("admin:signatories_packet_new", args=[edition.statement.pk])
    for role, is_shown in (("Editor", False), ("Moderator", True)):
        client.force_login(in_role(role))
        assert ("My pupils read there." in client.get(url).text) == is_shown


def test_staff_have_one_made(client, edition, django_capture_on_commit_callbacks):
    client.force_login(in_role("Editor"))
    url = reverse("admin:signatories_packet_new", args=[edition.statement.pk])
    shown = client.get(url)
    assert "{addressee}" in shown.text
    posted = {"language": "en", "order": "alphabet", "paper": "a4", "letter": "Dear all\x00"}
    refused = client.post(url, {**posted, "language": "xx"})
    assert refused.status_code == 422
    assert "Dear all" in refused.text
    letter = "Dear all\r\n\r\nHere it is.\r\n{date}"
    answer = client.post(url, {**posted, "letter": letter}, follow=True)
    assert "Words, figures and names are being read." in answer.text
    packet = Packet.objects.get()
    worker.go_on()
    page = client.get(reverse("admin:signatories_packet_show", args=[packet.pk])).text
    packet.refresh_from_db()
    assert packet.sha256 in page
    assert "<p>Dear all</p><p>Here it is.<br>" in unpacked(packet)["packet.html"].decode()
    assert "Dear all" in client.get(url).text


def test_staff_are_told_who_left_since(client, edition):
    gone = make_signature(edition, "Ada Berg")
    make_signature(edition, "Bo Bell")
    packet = make_packet(edition)
    decisions.hide(gone, by=make_user("moderator@example.org"), reason="Asked by letter.")
    make_signature(edition, "Cy Cole", confirmed_at=packet.frozen_at + timedelta(seconds=1))
    assert making.since(packet) == (1, 1)


def test_files_go_after_their_time_and_the_checksum_stays(edition):
    packet = make_packet(edition)
    unfinished = making.order(edition.statement, by=None, language="en")
    worker.do_step(unfinished.pk)
    Packet.objects.filter(pk=unfinished.pk).update(made_at=timezone.now() - timedelta(days=1200))
    making.empty([packet.pk])
    packet.refresh_from_db()
    assert packet.emptied_at
    assert packet.sha256
    assert not packet.pieces.exists()
    with pytest.raises(PacketError):
        making.archive(packet, by=None)
    rules.run("empty-packets")
    assert list(Packet.objects.all()) == [packet]


def test_the_command_writes_the_archive(edition, tmp_path, capsys):
    make_signature(edition)
    Target.objects.create(statement=edition.statement, name="The council")
    letter, path = tmp_path / "letter.txt", tmp_path / "packet.zip"
    letter.write_text("Dear {addressee}")
    editor = in_role("Editor")
    call_command(
        "packet", edition.statement.slug, "--to=The council", f"--letter={letter}",
        f"--output={path}", f"--by={editor.email}",
    )  # fmt: skip
    packet = Packet.objects.get()
    assert sha256(path.read_bytes()).hexdigest() == packet.sha256
    assert packet.sha256 in capsys.readouterr().out
    assert packet.made_by == editor
    assert ExportLog.objects.get().by == editor
    for wrong in (["none"], [edition.statement.slug, "--to=Nobody"],
                  [edition.statement.slug, "--by=x@example.org"],
                  [edition.statement.slug, "--language=xx"]):  # fmt: skip
        with pytest.raises(CommandError):
            call_command("packet", *wrong)


@pytest.mark.parametrize(
    "name", ["森本", "=cmd()", "<script>alert(1)</script>", '#read("/etc/passwd")']
)
def test_a_name_is_never_a_command(edition, name):
    make_signature(edition, name)
    found = unpacked(make_packet(edition))
    assert "<script>" not in found["packet.html"].decode()
    assert name in text_of(found[f"{edition.statement.slug}.pdf"]) or name == "森本"
    assert ",=cmd" not in found["names.csv"].decode()


def test_pieces_come_back_in_their_order(edition, monkeypatch):
    monkeypatch.setattr(pieces, "PIECE", 4)
    packet = making.order(edition.statement, by=None, language="en")
    size, digest = pieces.store(packet, "a", io.BytesIO(b"in four pieces"))
    assert (size, digest) == (14, sha256(b"in four pieces").hexdigest())
    with pieces.opened(packet, "a") as file:
        assert file.read() == b"in four pieces"
