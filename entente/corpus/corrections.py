"""What people have said of events: accepted, rejected, or fixed. A layer over what was coded, so that it survives recoding."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import duckdb

from entente.corpus.connection import connect, files_sql
from entente.corpus.schema import CORRECTIONS
from entente.errors import InputError
from entente.model import Event, EventType, Status, When, precision_of

Verdict = Literal["accept", "reject", "fix"]
VERDICTS: tuple[Verdict, ...] = ("accept", "reject", "fix")
# In the log beside the verdicts: a report taken out of its merge, and that undone.
SPLIT, UNSPLIT = "split", "unsplit"
CHANGEABLE = ("actor", "recipient", "type", "status", "when")


@dataclass(frozen=True, slots=True)
class Correction:
    """The newest judgement of one event. ``change`` holds the fields that a fix changes: actor, recipient, type, status, when."""

    event_id: str
    verdict: Verdict
    change: dict[str, Any] = dataclasses.field(hash=False)


def latest_corrections(con: duckdb.DuckDBPyConnection) -> dict[str, Correction]:
    """The newest correction of each event, by its id. The log holds also dates given to articles and merges undone."""
    rows = con.execute(
        f"""select event_id, arg_max(verdict, "at"), arg_max(change, "at") from stored_corrections
            where event_id <> '' and verdict in {VERDICTS} group by 1 order by 1"""
    ).fetchall()
    return {event_id: Correction(event_id, verdict, json.loads(change)) for event_id, verdict, change in rows}


def split_events(correction_files: Sequence[str]) -> frozenset[str]:
    """Events that people took out of a merge: they stand apart until somebody undoes that."""
    rows = connect().execute(
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
                    precision_of(str(value))
                out[name] = str(value) if value else None
        except ValueError as error:
            raise InputError(f"{name}: {error}") from None
    return out


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
