"""Sessions of which the database keeps a digest of the key, and data bound to that very key.

Whoever reads the table can take up no session; whoever writes it can put nobody's data under a key
of their own, for the signature of the data covers the key (docs/decisions/0039).
"""

from hashlib import blake2b
from typing import Any

from django.contrib.sessions.backends import db


def digest_of(key: str) -> str:
    """What is kept of the key of a session: 40 hex digits. The key is of some 165 bits of chance,
    so that the digest needs neither salt nor slowing."""
    return blake2b(key.encode(), digest_size=20).hexdigest()


class SessionStore(db.SessionStore):
    """Django's store, but for what the key is called in the database."""

    @property
    def key_salt(self) -> str:
        return f"hssk.access.sessions|{self.session_key}"

    def _get_session_from_db(self) -> Any:
        kept, self._session_key = self._session_key, digest_of(self._session_key or "")
        found = super()._get_session_from_db()  # type: ignore[misc]
        self._session_key = kept if found else None
        return found

    def exists(self, session_key: str) -> bool:
        return super().exists(digest_of(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        kept = super().create_model_instance(data)
        kept.session_key = digest_of(kept.session_key)
        return kept

    def delete(self, session_key: str | None = None) -> None:
        if (key := session_key or self.session_key) is not None:
            self.model.objects.filter(session_key=digest_of(key)).delete()

    @classmethod
    def forget(cls, digest: str) -> None:
        """End the session of which `digest` is kept."""
        cls.get_model_class().objects.filter(session_key=digest).delete()
