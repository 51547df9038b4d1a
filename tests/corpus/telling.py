"""A tiny coder and articles for the tests of the corpus: what it finds can be told from the words alone.

Processes that code import this module, so it takes nothing of the corpus.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from entente.model import (
    Article,
    Coded,
    DateMention,
    Event,
    EventType,
    Mention,
    MentionKind,
    Part,
    Place,
    Precision,
    Status,
    When,
)
from entente.reading import article_id

_EVENT = re.compile(
    r"([A-Z]{3}(?:\+[A-Z]{3})*) ([A-Z]+) ([A-Z]{3}|none)(?: ([a-z]+))?(?: on (\d{4}(?:-\d{2}(?:-\d{2})?)?))?[^.]*\."
)


def article(text: str, published: str | None = "2025-04-28", outlet: str = "Wire", title: str = "News") -> Article:
    day = dt.date.fromisoformat(published) if published else None
    return Article(article_id(title, text), title, text, day, "given by hand" if day else "", "https://example.org/a", outlet)


def tell(one: Article) -> Coded:
    """Sentences of the form "RUS ASSAULT UKR happened on 2025-04-28 near Sumy." are events; "none" means no recipient."""
    mentions, events = [], []
    for m in _EVENT.finditer(one.text):
        actors, kind = tuple(m[1].split("+")), EventType(m[2])
        recipients = () if m[3] == "none" else (m[3],)
        if kind in (EventType.CONSULT, EventType.AGREE):
            actors = recipients = actors + recipients
        value = m[5] or (one.published.isoformat() if one.published else None)
        precision = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}[len(value)] if value else None
        basis = "a date in the sentence" if m[5] else f"published {value}" if value else "no date"
        status = Status(m[4]) if m[4] in set(Status) else Status.HAPPENED
        mentions += [
            Mention(m.start(1), m.end(1), m[1], code, MentionKind.NAME, "name", Place(code, 1.5, -2.0) if code == "UKR" else None)
            for code in dict.fromkeys(actors + recipients)
        ]
        events.append(
            Event(
                actors, recipients, kind, status, When(value, precision, basis), m.span(), m.span(2), (m.span(1),),
                (m.span(3),) if recipients else (), "test rule", 0.5, ("USA",) if "said" in m[0] else (), Part.TEXT,
            )
        )  # fmt: skip
    dates = tuple(DateMention(m.start(), m.end(), m[0], m[0], Precision.DAY) for m in re.finditer(r"\d{4}-\d{2}-\d{2}", one.text))
    return Coded(one.id, one.published, tuple(mentions), dates, tuple(events), "" if events else "sport")


def tell_slowly(one: Article) -> Coded:
    time.sleep(0.002)
    return tell(one)


@dataclass(frozen=True)
class Deadly:
    """Tells as ``tell`` does, but the process that meets the article ends at once: the first time, or each time.

    It stands here, not with its test, because each process that codes imports the module: of the test's there would be seconds more.
    """

    article_id: str
    met: Path
    always: bool = False
    version: str = "tell"

    def __call__(self, article: Article) -> Coded:
        if article.id == self.article_id and (self.always or not self.met.exists()):
            self.met.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return tell(article)


def many(count: int, start: int = 0) -> list[Article]:
    """Articles that differ, with an event or two each; some tell the same as another."""
    codes = ["RUS", "UKR", "USA", "CHN", "PRK", "KOR", "JPN", "FRA", "DEU", "IND", "PAK"]
    out = []
    for n in range(start, start + count):
        a, b = codes[n % 11], codes[(n * 7 + 1) % 11]
        day = dt.date(2024, 1, 1) + dt.timedelta(days=n % 300)
        kind = list(EventType)[n % 16]
        b = b if b != a else "BRA"
        text = f"{a} {kind} {b} happened near Place{n}. " + (f"{b} ACCUSE {a} said Place{n}." if n % 3 == 0 else "")
        out.append(article(text, day.isoformat() if n % 10 else None, f"Outlet {n % 5}"))
        if n % 7 == 5:
            out[-1] = article("RUS ASSAULT UKR happened near Placemark.", outlet=f"Outlet {n}", title=f"Again {n}")
    return out
