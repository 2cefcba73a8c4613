# SPDX-License-Identifier: MPL-2.0
import pytest

from indgang.directory import search
from indgang.web import tenants
from tests.cast import Cast, assemble
from tests.pages import Browser


@pytest.fixture
def cast(db: None) -> Cast:
    tenants.forget_hosts()
    search.forget_all()
    return assemble()


@pytest.fixture
def browse(cast: Cast) -> Browser:
    """A client that checks every page it fetches."""
    return Browser(cast)
