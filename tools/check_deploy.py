"""Run Django's deployment checks under the settings of a production site."""

import os
import subprocess
import sys
import tempfile

PRODUCTION = {
    "ENV_FILE": "",
    "DEBUG": "0",
    "SECRET_KEY": "for-this-check-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH",
    "ALLOWED_HOSTS": "letters.example.org",
    "DATABASE_URL": "postgres://casa@localhost/casa",
    "EMAIL_URL": "smtp+tls://casa:secret@mail.example.org:587",
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, **PRODUCTION, "VAR_DIR": folder}
        command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)


if __name__ == "__main__":
    main()
