"""Sessions as the database keeps them: without what would let anybody into one.

The row is found by a hash of the cookie's key, and what is in the session is sealed with a key that
is not in the database. So a copy of the database opens none.
"""

import hashlib
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as OfDjango

from casa.lib import sealing

LENGTH = 40  # of Django's column
PURPOSE = "session"


def hash_of(key: str | None) -> str:
    """What the row of a session stands under. The key is random, so nobody finds it from there."""
    return hashlib.sha256(str(key).encode()).hexdigest()[:LENGTH]


class SessionStore(OfDjango):
    def _get_session_from_db(self) -> Any:
        given, self._session_key = self.session_key, hash_of(self.session_key)
        try:
            return super()._get_session_from_db()  # type: ignore[misc]
        finally:
            if self._session_key is not None:  # there is none: the cookie is to be forgotten
                self._session_key = given

    def exists(self, session_key: str) -> bool:
        return super().exists(hash_of(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        row.session_key = hash_of(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            super().delete(hash_of(key))

    def encode(self, session_dict: dict[str, Any]) -> str:
        return sealing.seal(super().encode(session_dict).encode(), purpose=PURPOSE, owner="")

    def decode(self, session_data: Any) -> dict[str, Any]:
        """What is in a session; nothing, which ends it, where its key is not known any more."""
        try:
            text = sealing.unseal(session_data, purpose=PURPOSE, owner="")
        except sealing.BrokenSealError:
            return {}
        return super().decode(text.decode())
