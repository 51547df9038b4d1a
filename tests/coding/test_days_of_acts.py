"""Which day and status an act has when its sentence also tells the day of something else."""

from __future__ import annotations

import datetime as dt

import pytest

from entente.coding import code_article
from entente.lexicon import Lexicon
from entente.model import Article, EventType, Status

PUBLISHED = dt.date(2025, 4, 28)  # a Monday
TODAY = PUBLISHED.isoformat()


@pytest.mark.parametrize(
    ("text", "kind", "when", "status"),
    [
        # what came before has the day
        ("Iran releases a Greek tanker after seizing it last Friday.", EventType.RETREAT, TODAY, Status.HAPPENED),
        ("Peru resumes ties with Chile after suspending them in 2017.", EventType.SUPPORT, TODAY, Status.HAPPENED),
        ("Hamas frees two Israelis following the release of four on Friday.", EventType.RETREAT, TODAY, Status.HAPPENED),
        # but those who sign after talks sign on the day of the talks
        ("France and Mali signed a pact after talks in Rome on Friday.", EventType.AGREE, "2025-04-25", Status.HAPPENED),
        # an aside ends at its comma, not at that of an address
        (
            "Hamas freed four Israelis, who were seized in Beeri, Israel, on October 7, 2023.",
            EventType.RETREAT,
            TODAY,
            Status.HAPPENED,
        ),
        # what a text says has its own day, and a crime too
        (
            "Somalia rejects Ethiopia's help over a memorandum of understanding that it signed in January.",
            EventType.REJECT,
            TODAY,
            Status.HAPPENED,
        ),
        ("The ICC sentences a Malian militant for crimes committed in 2012.", EventType.COERCE, TODAY, Status.HAPPENED),
        # the day of the saying is not that of the plan
        ("Russia is to let Iran use a port, two officials said on Monday.", EventType.AGREE, None, Status.PLANNED),
        # what goes on since is going on, what lasts until is there
        ("Chadian troops have killed 90 Sudanese civilians since January.", EventType.ASSAULT, TODAY, Status.HAPPENED),
        # orders to one's own are plans
        ("Ethiopia's premier orders the Ethiopian army to occupy a town in Somalia.", EventType.ASSAULT, None, Status.PLANNED),
        # a holiday that names a market is no day
        ("German police arrest a Syrian in Bremen near a Christmas market.", EventType.COERCE, TODAY, Status.HAPPENED),
    ],
)
def test_an_act_has_its_own_day(text: str, kind: EventType, when: str | None, status: Status, lexicon: Lexicon) -> None:
    events = code_article(Article("days", "", text, PUBLISHED), lexicon).events
    told = [(e.when.value, e.status) for e in events if e.type is kind]
    assert told == [(when, status)]
