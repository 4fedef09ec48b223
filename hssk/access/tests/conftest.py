"""The catalogue fixture of the page frame serves the account pages too; and what comes in asks the
database as the server does."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from psycopg.pq import TransactionStatus

from hssk.kit.tests.conftest import compiled_messages  # noqa: F401


@pytest.fixture(autouse=True)
def _as_the_server(monkeypatch):
    """Requests in the role of the server: tests sign in as the machine, and pages that open before
    anybody is known (signing in, one's own account) would write with rights that they do not have.
    """
    ask = Client.request

    def asked(self, **request):
        raw = connection.connection
        if raw is None:  # a test without a database
            return ask(self, **request)
        raw.execute(f'SET ROLE "{settings.APP_ROLE}"')
        try:
            return ask(self, **request)
        finally:
            if raw.info.transaction_status != TransactionStatus.INERROR:
                raw.execute("RESET ROLE")

    monkeypatch.setattr(Client, "request", asked)
