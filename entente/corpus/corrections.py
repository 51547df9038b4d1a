"""What people have said of events: accepted, rejected, or fixed. A layer over what was coded, so that it survives recoding."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import duckdb

from entente.corpus.connection import borrow, files_sql
from entente.corpus.schema import CORRECTIONS
from entente.errors import InputError
from entente.model import Event, EventType, Status, When, days_of, precision_of
from entente.plain_text import plain

Verdict = Literal["accept", "reject", "fix"]
VERDICTS: tuple[Verdict, ...] = ("accept", "reject", "fix")
# In the log beside the verdicts: a report taken out of its merge, and that undone; and a day of publication given to an article.
SPLIT, UNSPLIT, PUBLISHED = "split", "unsplit", "published"
CHANGEABLE = ("actor", "recipient", "type", "status", "when")


@dataclass(frozen=True, slots=True)
class Correction:
    """The newest judgement of one event. ``change`` holds the fields that a fix changes: actor, recipient, type, status, when."""

    event_id: str
    verdict: Verdict
    change: dict[str, Any] = dataclasses.field(hash=False)


@dataclass(frozen=True, slots=True)
class LoggedCorrection:
    """One row of the log, as it is exported and imported: ``change`` is a JSON object, ``at`` has a time zone. A day given to an
    article has no ``event_id``."""

    event_id: str
    article_id: str
    verdict: str
    change: str
    who: str
    why: str
    at: dt.datetime

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two rows one: all of it, texts as a file for spreadsheets keeps them."""
        said = json.dumps(json.loads(self.change), sort_keys=True)
        at = self.at.astimezone(dt.UTC).isoformat()
        return self.event_id, self.article_id, self.verdict, said, plain(self.who), plain(self.why), at


# Longer ones no person wrote.
_LONGEST = {"event_id": 64, "article_id": 64, "verdict": 16, "change": 4_000, "who": 320, "why": 4_000, "at": 40}


def check_logged(row: Mapping[str, Any], now: dt.datetime) -> LoggedCorrection:
    """A row of a log from elsewhere. Raises InputError saying what is wrong with it.

    ``now`` has a time zone: a judgement of the future would hold against all to come.
    """
    if wrong := sorted(map(str, row.keys() ^ _LONGEST.keys())):
        raise InputError(f"needs the fields {', '.join(_LONGEST)} and no others; see {', '.join(wrong)[:200]}")
    change = row["change"]
    said = {name: str(row[name] or "") for name in _LONGEST if name != "change"}
    said["change"] = change if isinstance(change, str) else json.dumps(change, ensure_ascii=False)
    for name, most in _LONGEST.items():
        if len(said[name]) > most:
            raise InputError(f"{name} is longer than {most} characters")
    if not said["who"].strip():
        raise InputError("who corrected is not said")
    if said["verdict"] not in (*VERDICTS, SPLIT, UNSPLIT, PUBLISHED):
        raise InputError(f"{said['verdict']!r} is not a verdict; they are {', '.join((*VERDICTS, SPLIT, UNSPLIT, PUBLISHED))}")
    for name in ("event_id", "article_id"):
        if not (said[name].isascii() and said[name].isalnum()) and (said[name] or name == "article_id"):
            raise InputError(f"{name} {said[name]!r} is no id of letters and digits")
    if bool(said["event_id"]) != (said["verdict"] != PUBLISHED):
        raise InputError("a verdict needs an event_id; a day given to an article has none")
    try:
        at = dt.datetime.fromisoformat(said["at"])
        changed = json.loads(said["change"] or "{}")
    except (ValueError, RecursionError):
        raise InputError("at must be a time such as 2025-04-28T09:30:00+00:00, and change a JSON object") from None
    if at.tzinfo is None or at > now + dt.timedelta(days=1):
        raise InputError(f"at {said['at']!r} lacks its time zone or lies in the future")
    if not isinstance(changed, dict):
        raise InputError("change must be a JSON object")
    if said["verdict"] == PUBLISHED:
        try:
            dt.date.fromisoformat(str(changed.get("published")))
        except ValueError:
            raise InputError("change must hold the day of publication, as 2025-04-28") from None
        changed = {name: str(changed.get(name) or "") for name in ("published", "before")}
    else:
        changed = check_change(changed)
        if bool(changed) != (said["verdict"] == "fix"):
            raise InputError(
                f"{said['verdict']} with the change {json.dumps(changed)[:200]}: a fix changes something, others nothing"
            )
    return LoggedCorrection(
        said["event_id"],
        said["article_id"],
        said["verdict"],
        json.dumps(changed, ensure_ascii=False),
        said["who"],
        said["why"],
        at,
    )


def latest_corrections(con: duckdb.DuckDBPyConnection) -> tuple[dict[str, Correction], list[tuple[str, str]]]:
    """The newest correction of each event, by its id; and the event and the reason of each that no event can be read by, as one that an
    older version let pass with a date of no calendar. These do not hold, and what was said before them does.

    The log holds also dates given to articles and merges undone.
    """
    rows = con.execute(
        f"""select event_id, verdict, change from stored_corrections
            where event_id <> '' and verdict in {VERDICTS} order by "at" desc, event_id, verdict, change"""
    ).fetchall()
    latest: dict[str, Correction] = {}
    unreadable = []
    for event_id, verdict, change in rows:
        if event_id not in latest:
            try:
                latest[event_id] = Correction(event_id, verdict, check_change(_parsed(change)))
            except InputError as error:
                unreadable.append((event_id, str(error)))
    return latest, unreadable


def given_day(said: LoggedCorrection) -> dt.date | None:
    """The day that a row of the log gives an article; None when it is in no calendar."""
    try:
        return dt.date.fromisoformat(str(_parsed(said.change).get("published")))
    except (ValueError, InputError):
        return None


def _parsed(change: str) -> dict[str, Any]:
    """What a fix of the log changes. Raises InputError."""
    try:
        parsed = json.loads(change or "{}")
    except (ValueError, RecursionError):
        parsed = None
    if not isinstance(parsed, dict):
        raise InputError("change must be a JSON object")
    return parsed


def split_events(correction_files: Sequence[str]) -> frozenset[str]:
    """Events that people took out of a merge: they stand apart until somebody undoes that."""
    rows = borrow().execute(
        f"""select event_id from ({files_sql(correction_files, CORRECTIONS)}) where verdict in ('{SPLIT}', '{UNSPLIT}')
            group by 1 having arg_max(verdict, "at") = '{SPLIT}'"""
    )
    return frozenset(event_id for (event_id,) in rows.fetchall())


def check_change(change: dict[str, Any]) -> dict[str, Any]:
    """``change`` in the form that is kept. Raises InputError naming the field that is wrong."""
    out: dict[str, Any] = {}
    for name, value in change.items():
        if name not in CHANGEABLE:
            raise InputError(f"{name!r} cannot be corrected; these can: {', '.join(CHANGEABLE)}")
        try:
            if name in ("actor", "recipient"):
                codes = [value] if isinstance(value, str) else list(value)
                out[name] = [str(code).strip().upper() for code in codes if str(code).strip()]
                if name == "actor" and not out[name]:
                    raise InputError("an event needs an actor; reject it instead")
            elif name == "type":
                out[name] = EventType(str(value).upper()).value
            elif name == "status":
                out[name] = Status(str(value).lower()).value
            else:
                if value:
                    _check_date(str(value))
                out[name] = str(value) if value else None
        except ValueError as error:
            choices = {"type": EventType, "status": Status}.get(name)
            said = f"{value!r} is none of {', '.join(choices)}" if choices else str(error)
            raise InputError(f"{name}: {said}") from None
    return out


def _check_date(value: str) -> None:
    """Raises ValueError when a date value has none of the forms, or is in no calendar, as 2025-02-30."""
    precision_of(value)
    try:
        days_of(value)
    except (ValueError, OverflowError):
        raise ValueError(f"{value!r} is in no calendar") from None


def corrected(event: Event, correction: Correction) -> Event:
    """The event as a person fixed it."""
    change = correction.change
    fields: dict[str, Any] = {}
    for name in ("actor", "recipient"):
        if name in change:
            fields[name] = tuple(change[name])
    if fields.get("actor") == event.recipient and fields.get("recipient") == event.actor:
        # Who does it to whom was the wrong way round: the words that name them change sides too.
        fields |= {"actor_span": event.recipient_span, "recipient_span": event.actor_span}
    if "type" in change:
        fields["type"] = EventType(change["type"])
    if "status" in change:
        fields["status"] = Status(change["status"])
    if "when" in change:
        value = change["when"]
        fields["when"] = When(value, precision_of(value) if value else None, "corrected by hand")
    return dataclasses.replace(event, **fields)
