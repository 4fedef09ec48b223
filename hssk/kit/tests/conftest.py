"""What tests of the page frame stand on."""

import runpy
from pathlib import Path

import pytest
from django.utils.translation import trans_real

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "messages.py"


@pytest.fixture(scope="session")
def compiled_messages():
    """The English catalogue as it is now, also where Django read an older one."""
    runpy.run_path(str(SCRIPT))["compile_all"]()
    vars(trans_real)["_translations"].clear()
