"""Every test of this room keeps its files, jobs and progress in a home of its own."""

import pytest

from hssk.kit.home import Home


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.HOME = Home(tmp_path / "home").open()
