# SPDX-License-Identifier: MPL-2.0
import pytest
from hypothesis import HealthCheck, settings

from indgang.directory import search
from indgang.web import tenants
from tests.cast import Cast, assemble
from tests.pages import Browser

# How long an example takes depends on the machine, and no test of ours is about that.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture
def cast(db: None) -> Cast:
    tenants.forget_hosts()
    search.forget_all()
    return assemble()


@pytest.fixture
def browse(cast: Cast) -> Browser:
    """A client that checks every page it fetches."""
    return Browser(cast)
