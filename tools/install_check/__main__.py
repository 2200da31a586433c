"""Follow docs/install.md on an empty Debian 12; fail where the page is wrong: make install-check

The commands are read from the page. The machine is made of Debian's packages and boots with systemd
in a container, without a network of its own; it is removed in the end. What cannot be done without
the world outside is told as it comes: `in its place`. What is not committed is not seen.

    --keep  leave the machine running at the end, and say how to enter it
"""

import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType

from tools import next_version
from tools.install_check import guide, machine
from tools.install_check.guide import StandIn
from tools.next_version import git

ROOT = Path(__file__).resolve().parents[2]
HOME = Path("~/.cache/casa-install-check").expanduser()

UPGRADED, FAILS = "v99.0.0", "v99.0.1"

CERTIFICATE = """apt-get install --yes curl openssl >/dev/null
mkdir -p /etc/letsencrypt/live/$NAME
test "$(curl -s -o /dev/null -w '%{http_code}' http://$NAME/.well-known/acme-challenge/x)" = 404
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$NAME" \\
  -addext "subjectAltName=DNS:$NAME" -keyout /etc/letsencrypt/live/$NAME/privkey.pem \\
  -out /etc/letsencrypt/live/$NAME/fullchain.pem
cp /etc/letsencrypt/live/$NAME/fullchain.pem /usr/local/share/ca-certificates/here.crt
update-ca-certificates"""
WRITTEN = (
    f"sed -i 's|^EMAIL_URL=.*|EMAIL_URL=smtp://127.0.0.1:{machine.MAIL_PORT}|;"
    " s|^SITE_NAME=.*|SITE_NAME=Reading Room Coalition|;"
    " s|^SITE_POSTAL_ADDRESS=.*|SITE_POSTAL_ADDRESS=2 Library Lane, Ravnsborg|' /srv/casa/.env"
)
STAND_INS = (
    StandIn("export SOURCE=", "a clone of this folder", "export SOURCE=file:///usr/src/casa.git"),
    StandIn("nano ", "what is typed there, with a mail server of the check", WRITTEN),
    StandIn(
        "casa createsuperuser", "the answers to its questions are given beforehand",
        "DJANGO_SUPERUSER_PASSWORD=keep-the-reading-room-open casa createsuperuser --noinput"
        ' --email "$MAIL" --name "Nora Lind"',
    ),
    StandIn(
        "/srv/casa/app/deploy/upgrade", "a version of the check, since another one fails",
        f"/srv/casa/app/deploy/upgrade {UPGRADED}",
    ),
    StandIn("certbot ", "Let's Encrypt cannot ask this machine; one of its own", CERTIFICATE),
)  # fmt: skip

AFTERWARDS = """say '## What is there afterwards'
NAME=letters.example.org
from="Referer: https://$NAME/sign/manage/a-private-link/"
ask() { curl -sS --max-time 20 "$@"; }
not() { if "$@"; then echo "This should not be so: $*"; return 1; fi; }
up() { for i in $(seq 90); do ask -fo /dev/null $1 2>/dev/null && return; sleep 1; done; false; }
up https://$NAME/health/ready/
test "$(ask -o /dev/null -w '%{http_code} %{redirect_url}' http://$NAME/x)" = "301 https://$NAME/x"
ask https://$NAME/ | grep 'Reading Room Coalition' >/dev/null
up https://$NAME/health/work/
ask https://$NAME/admin/login/ | grep password >/dev/null
systemctl is-active casa-web casa-worker nginx postgresql casa-backup.timer

say 'The nightly backup is made, and by the unit.'
systemctl start casa-backup; ls /var/backups/casa | grep '^casa-.*tar$' >/dev/null

say 'The site can read its code and write to its own folder alone.'
not runuser -u casa -- touch /srv/casa/app/manage.py
not runuser -u nobody -- cat /srv/casa/app/.env

say 'No log holds a private link.'
ask https://$NAME/sign/confirm/a-private-link/ >/dev/null
ask -H "$from" https://$NAME/static/missing.css >/dev/null
ask "https://$NAME/?q=a-private-name" >/dev/null
test -s /var/log/casa/access.log
not grep -r a-private /var/log/casa /var/log/nginx /var/log/postgresql
journalctl --no-pager > /tmp/journal; not grep a-private /tmp/journal
logrotate --force /etc/logrotate.d/casa
ask https://$NAME/ >/dev/null; sleep 1; test -s /var/log/casa/access.log

say 'While the application is away, readers are told so.'
systemctl stop casa-web
ask https://$NAME/sign/confirm/a-private-link/ | grep 'Back in a moment' >/dev/null
ask -H "$from" https://$NAME/static/x.css >/dev/null
not grep -r a-private /var/log/casa /var/log/nginx
systemctl start casa-web
up https://$NAME/health/ready/

say 'What is broken is restored.'
file=$(ls /var/backups/casa/*.tar | head -1)
systemctl stop casa-web casa-worker
runuser -u postgres -- dropdb casa
runuser -u postgres -- createdb -O casa -T template0 -E UTF8 --locale C.UTF-8 casa
rm -rf /srv/casa/app/var/media
casa restore "$file"
systemctl start casa-web casa-worker
up https://$NAME/health/ready/

say 'The next version is there, and its tables.'
runs() { test "$(readlink /srv/casa/app)" = /srv/casa/releases/$1; up https://$NAME/health/ready/; }
tables() { runuser -u casa -- psql -Atc "SELECT count(*) FROM pg_tables WHERE tablename = 'next'"; }
runs v99.0.0
test "$(tables)" = 1

say 'Meanwhile somebody reads and asks, and is never refused.'
touch /tmp/asking
( while [ -e /tmp/asking ]; do
    ask -o /dev/null -w '%{http_code}\\n' https://$NAME/admin/login/ || echo lost
    sleep 0.2
  done ) > /tmp/seen &

say 'A version that fails goes back by itself.'
not /srv/casa/app/deploy/upgrade v99.0.1
runs v99.0.0
test "$(tables)" = 1

say 'The version before comes back when it is asked for, and its tables.'
/srv/casa/app/deploy/upgrade --back
runs first
test "$(tables)" = 0

rm /tmp/asking; wait
sort /tmp/seen | uniq -c
test "$(sort -u /tmp/seen)" = 200"""


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _add_versions(source: Path, clone: Path) -> None:
    """Two that the page's machine can be brought to; the second fails amid its tables."""
    git(ROOT, "clone", "--quiet", str(source), str(clone))
    failing = next_version.with_table("failing", after="next", fails=True)
    next_version.tag(clone, UPGRADED, dict(next_version.with_table("next")))
    next_version.tag(clone, FAILS, dict(failing))
    git(clone, "push", "--quiet", "origin", UPGRADED, FAILS)


def main() -> int:
    signal.signal(signal.SIGTERM, _stop)  # so that the machine is ended in that case, too
    if lacking := machine.missing():
        print(f"install-check: {lacking}", file=sys.stderr)
        return 1
    followed = guide.steps(guide.PAGE.read_text("utf-8"), "On a Debian server")
    kept = guide.steps(guide.PAGE.read_text("utf-8"), "Keeping it")
    script = guide.script([*followed, *kept], STAND_INS) + AFTERWARDS
    HOME.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "casa.git")
        subprocess.run(["git", "clone", "--quiet", "--bare", ROOT, source], check=True)
        _add_versions(source, Path(folder, "next"))
        cache = Path("~/.cache/pip").expanduser()
        cache.mkdir(parents=True, exist_ok=True)
        root = machine.make_root(HOME)
        with machine.booted(root, source, cache) as made:
            code = made.run(script)
            print("\nThe page is right." if code == 0 else "\nThe page is wrong, or this check is.")
            if "--keep" in sys.argv:
                input(f"To enter: nsenter --target {made.leader} --all bash. Enter ends it. ")
        shutil.rmtree(root)
    return code


if __name__ == "__main__":
    sys.exit(main())
