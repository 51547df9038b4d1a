"""Findings, dates and filters in words, composed from data. Plain text: escaping is for those who show it."""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd
import pycountry

from components.view import View
from entente.changes import Changes
from entente.gold import Share
from entente.model import EventType, Precision, Quad, precision_of

Names = Mapping[str, str]

TYPE_WORDS = {
    EventType.AGREE: "agreement",
    EventType.CONSULT: "talks",
    EventType.SUPPORT: "support",
    EventType.CONCEDE: "concession",
    EventType.COOPERATE: "cooperation",
    EventType.AID: "aid",
    EventType.RETREAT: "retreat",
    EventType.REQUEST: "demand",
    EventType.ACCUSE: "accusation",
    EventType.REJECT: "rejection",
    EventType.THREATEN: "threat",
    EventType.PROTEST: "protest",
    EventType.SANCTION: "sanction",
    EventType.MOBILIZE: "mobilisation",
    EventType.COERCE: "coercion",
    EventType.ASSAULT: "assault",
}
# Days and types in our words; those in quotes are the article's.
_OUR_DAY = re.compile(r"(?<= )\d{4}-\d\d-\d\d(?=,|$)")
_TYPE = "|".join(EventType)
_OUR_TYPE = re.compile(rf"(?<=, both )(?:{_TYPE})(?=,)|(?:{_TYPE})(?= and (?:{_TYPE}), both)|(?<= and )(?:{_TYPE})(?=, both)")
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
_LANGUAGES = 4  # named in one line, those with most articles
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}


def many(number: int, word: str, plural: str = "") -> str:
    """``1 event``, ``1,204 events``."""
    return f"{number:,} {word if number == 1 else plural or word + 's'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def shortened(words: str, longest: int = 80) -> str:
    """Words for a label: those of more than ``longest`` characters end with an ellipsis, after a whole item of a list or a whole word
    where one ends in the second half."""
    if len(words) <= longest:
        return words
    kept = words[: longest - 2]
    ends = (kept.rfind(sign, longest // 2) for sign in (", ", " "))
    end = next((end for end in ends if end > 0), len(kept))
    return f"{kept[:end]} …"


def set_off(text: str) -> str:
    """Words of an article for the middle of a line of ours: those that run from right to left are kept from turning what stands
    beside them around (Unicode's first strong isolate)."""
    return f"\u2068{text}\u2069" if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text) else text


def day_words(day: dt.date) -> str:
    """``28 April 2025``."""
    return f"{day.day} {day:%B %Y}"


def basis_words(basis: str) -> str:
    """How a date is known (``When.basis``), or why reports are one event, with its days and types as people write them."""
    return _OUR_TYPE.sub(lambda kind: TYPE_WORDS[EventType(kind[0])], _OUR_DAY.sub(lambda day: date_words(day[0]), basis))


def date_words(value: str | None) -> str:
    """A date value as people write it, as precise as it is: ``28 April 2025``, ``April 2025``, ``spring 2025``, ``2025``."""
    if not value:
        return "undated"
    precision = precision_of(value)
    if precision is Precision.DAY:
        return day_words(dt.date.fromisoformat(value))
    if precision is Precision.WEEK:
        return f"week of {day_words(dt.date.fromisocalendar(int(value[:4]), int(value[6:]), 1))}"
    if precision is Precision.MONTH:
        return f"{dt.date(int(value[:4]), int(value[5:]), 1):%B %Y}"
    if precision is Precision.QUARTER:
        return f"{('first', 'second', 'third', 'fourth')[int(value[6]) - 1]} quarter of {value[:4]}"
    return f"{_SEASONS[value[5:]]} {value[:4]}" if precision is Precision.SEASON else value


def bin_words(day: dt.date, grain: str) -> str:
    """A day, week or month by its first day: ``28 April 2025``, ``week of 28 April 2025``, ``April 2025``."""
    return day_words(day) if grain == "day" else date_words(f"{day:%G-W%V}" if grain == "week" else f"{day:%Y-%m}")


def parties(actor: Sequence[str], recipient: Sequence[str], names: Names) -> str:
    """Who to whom: ``Russia → Ukraine``, ``China and Russia`` when both act, ``North Korea`` when no recipient is named."""
    left, right = ([names.get(code, code) for code in codes] for codes in (actor, recipient))
    if set(actor) == set(recipient):
        return listed(left)
    if not right:
        return listed(left)
    return f"{listed(left)} → {listed(right)}"


def chips(view: View, names: Names) -> dict[str, str]:
    """What is narrowed, in words, by the field that does it. Empty when nothing is."""
    f = view.filters
    said: dict[str, str] = {}
    if f.countries:
        who = [names.get(code, code) for code in f.countries]
        if len(who) == 1 or f.side == "either":
            said["countries"] = listed(who, "or")
        elif f.side == "first":
            said["countries"] = f"{who[0]} toward {listed(who[1:], 'or')}"
        else:
            said["countries"] = f"{'mutual ' if f.side == 'mutual' else ''}between {listed(who)}"
    if f.since or f.until:
        said["dates"] = span_words(f.since, f.until) + (", by date published" if f.clock == "published" else "")
    if f.quads:
        said["quads"] = _quad_words(f.quads)
    if f.types:
        said["types"] = listed([TYPE_WORDS[kind] for kind in f.types], "or")
    if f.statuses:
        said["statuses"] = listed([status.value for status in f.statuses], "or")
    if f.outlets:
        said["outlets"] = listed(list(f.outlets), "or")
    if f.text:
        said["text"] = f"“{f.text}”"
    return said


def _quad_words(quads: Sequence[Quad]) -> str:
    chosen = set(quads)
    if chosen == {Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT}:
        return "conflict only"
    if chosen == {Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION}:
        return "cooperation only"
    return listed([quad.value for quad in quads], "or")


def span_words(since: dt.date | None, until: dt.date | None) -> str:
    """``2024``, ``March 2024``, ``since 3 May 2024``, ``3 May 2024 to 9 June 2024``."""
    if since and until:
        if (since.month, since.day, until.month, until.day) == (1, 1, 12, 31):
            return f"{since.year}" if since.year == until.year else f"{since.year} to {until.year}"
        if since.day == 1 and (until + dt.timedelta(days=1)).day == 1 and (since.year, since.month) == (until.year, until.month):
            return f"{since:%B %Y}"
        return day_words(since) if since == until else f"{day_words(since)} to {day_words(until)}"
    return f"since {day_words(since)}" if since else f"until {day_words(until)}" if until else "all dates"


def summed(count: str) -> str:
    """What may be added up over classes and weeks where ``count`` is drawn: an outlet that tells of two is still one outlet, so there
    it is the events."""
    return "events" if count == "outlets" else count


def map_finding(arcs: pd.DataFrame, names: Names, count: str) -> str:
    """The largest relation of a frame of arcs, as a title."""
    count = summed(count)
    drawn = arcs[arcs["actor"] != arcs["recipient"]]
    if not len(drawn):
        return "No relation between two actors"
    pairs = drawn.groupby(["actor", "recipient", "mutual"])[[count]].sum().reset_index()
    top = pairs.sort_values([count, "actor", "recipient"], ascending=[False, True, True]).iloc[0]
    rows = drawn[(drawn["actor"] == top.actor) & (drawn["recipient"] == top.recipient) & (drawn["mutual"] == top.mutual)]
    total = int(top[count])
    other_way = drawn[(drawn["actor"] == top.recipient) & (drawn["recipient"] == top.actor) & ~drawn["mutual"]]
    each = "" if top.mutual or int(other_way[count].sum()) != total else f"{total:,} each way, "
    if each:
        rows, total = pd.concat([rows, other_way]), 2 * total
    quad = rows.groupby("quad")[count].sum().sort_values(ascending=False)
    who = [names.get(code, code) for code in (top.actor, top.recipient)]
    relation = f"{who[0]} {'and' if top.mutual else '⇄' if each else '→'} {who[1]}"
    main = int(quad.iloc[0])
    part = "" if total == 1 else "all " if main == total else f"{main:,} of them "
    share = f"{many(total, count[:-1])}, {each}{part}{quad.index[0]}"
    return f"{relation}: {share}"


def shade_finding(values: pd.Series, shade: str, names: Names) -> str:
    """Which country is shaded the strongest, in a sentence. ``values``: by code, as ``charts.world_map.shaded`` gives them."""
    if not len(values):
        return "No country is shaded."
    if shade == "balance":
        up, down = (str(code) for code in (values.idxmax(), values.idxmin()))
        said = [f"cooperation most for {names.get(up, up)}, by {many(int(values.max()), 'event')}"] if values.max() > 0 else []
        said += [f"conflict most for {names.get(down, down)}, by {many(int(-values.min()), 'event')}"] if values.min() < 0 else []
        return f"What outweighs: {listed(said)}." if said else "Cooperation and conflict are even."
    code = str(values.idxmax())
    most = values.max()
    number = f"in {number_words(most)} of a hundred articles" if shade == "share" else f"{most:,.0f} {shade}"
    return f"{'In most events' if shade == 'events' else 'Named most'}: {names.get(code, code)}, {number}."


def country_finding(name: str, partners: pd.DataFrame, names: Names, events: int, cooperation: int, conflict: int) -> str:
    """With whom an actor has most to do, and which side outweighs, as a title.

    ``partners``: [code, events], most first; ``cooperation`` and ``conflict`` split the ``events`` it takes part in.
    """
    if not events:
        return f"{name}: nothing that happened"
    if cooperation == conflict:
        weight = "cooperation and conflict even"
    else:
        more, less = ("cooperation", "conflict") if cooperation > conflict else ("conflict", "cooperation")
        high, low = max(cooperation, conflict), min(cooperation, conflict)
        weight = f"{more} outweighs {less}, {high:,} to {low:,}" if low else f"only {more}"
    if not len(partners):
        return f"{name}: {many(events, 'event')}, no partner named; {weight}"
    top = partners.iloc[0]
    share = "all" if int(top["events"]) == events else f"{int(top['events']):,} of"
    return f"{name}: {share} {many(events, 'event')} with {names.get(top['code'], top['code'])}; {weight}"


def matrix_finding(totals: pd.DataFrame, names: Names, count: str) -> str:
    """Who acts on whom most, and whether it comes back, as a title. ``totals``: one row a directed pair [actor, recipient, mutual,
    events, reports, outlets]."""
    one_way = totals[~totals["mutual"]]
    if not len(one_way):
        return "Only mutual events, such as talks and treaties"
    top = one_way.sort_values([count, "actor", "recipient"], ascending=[False, True, True]).iloc[0]
    ends = {top["actor"], top["recipient"]}
    both = totals[totals["actor"].isin(ends) & totals["recipient"].isin(ends)]
    back = int(both[~both["mutual"] & (both["actor"] == top["recipient"])][count].sum())
    mutual = int(both[both["mutual"]][count].sum())
    actor, recipient = names.get(top["actor"], top["actor"]), names.get(top["recipient"], top["recipient"])
    together = f", {mutual:,} mutual" if mutual else ""
    if back == top[count]:
        return f"{actor} and {recipient} act toward each other most: {many(back, count[:-1])} each way{together}"
    rest = f", {back:,} the other way{together}"
    return f"{actor} acts toward {recipient} most: {many(int(top[count]), count[:-1])}{rest}"


def network_finding(found: Sequence[Sequence[str]], names: Names) -> str:
    """Around whom relations gather, as a title. ``found``: circles of codes, the busiest first in each."""
    heads = [names.get(circle[0], circle[0]) for circle in found]
    if len(heads) == 1:
        return f"One circle, around {heads[0]}"
    shown = listed(heads[:4]) if len(heads) <= 4 else f"{', '.join(heads[:4])} and {len(heads) - 4} more"
    number = _NUMBERS[len(heads)] if len(heads) < len(_NUMBERS) else str(len(heads))
    return f"{number} circles, around {shown}"


def reading_finding(right: Share, found: Share) -> str:
    """How many of the pairs linked are right, and how many are found, as a title."""
    return f"Of the pairs the coder links, {right.value:.0%} are right; of those a reader links, it finds {found.value:.0%}"


def merging_finding(right: Share, found: Share) -> str:
    """How many merges of reports are right, and how many reports of one event are merged, as a title."""
    return f"Of the reports that are merged, {right.value:.0%} tell one event; of those that do, {found.value:.0%} are merged"


def types_finding(right: Mapping[str, Share], least: int = 15) -> str:
    """Which types are read best and worst, among those with ``least`` cases or more, as a title."""
    enough = {kind: share for kind, share in right.items() if share.of >= least}
    if len(enough) < 2:
        return "By type there are too few cases to compare"
    best, worst = (pick(enough, key=lambda kind: enough[kind].value) for pick in (max, min))
    return f"Read best: {best}, {enough[best].value:.0%} right; read worst: {worst}, {enough[worst].value:.0%}"


def confidence_finding(bins: Mapping[float, Share]) -> str:
    """Whether the surest readings are right as often as they claim, as a title. ``bins``: the lower edge of a tenth of confidence
    to the share that is right."""
    if not bins:
        return "Nothing was coded, so no confidence can be judged"
    top = max(bins)
    low, high = bins[top].interval
    kept = "fewer than they claim" if high < top else "more than they claim" if low > top + 0.1 else "as they claim"
    return f"Of the surest readings, {top:.1f} to {top + 0.1:.1f}, {bins[top].value:.0%} are right: {kept}"


def coverage_finding(coverage: Mapping[str, int]) -> str:
    """How many articles tell no event and how many have no date, as a title."""
    articles, silent, undated = (coverage[name] for name in ("articles", "silent_articles", "undated_articles"))
    if not articles:
        return "This corpus is empty"
    told = "Every article" if not silent else f"{articles - silent:,} of {many(articles, 'article')}"
    if articles == silent:
        told = "No article"
    tells = "tell" if silent and articles - silent > 1 else "tells"
    return f"{told} {tells} an event; {f'{undated:,}' if undated else 'none'} {'is' if undated == 1 else 'are'} undated"


@functools.cache
def language_name(code: str) -> str:
    """The English name of a language by its ISO 639-1 code ("Greek"), or the code where it has none."""
    known = pycountry.languages.get(alpha_2=code)
    return str(known.name).partition(" (")[0].removeprefix("Modern ") if known else code


def foreign_words(rows: pd.DataFrame) -> str:
    """How many articles in other languages were read for mentions only, with the languages; empty when there are none. ``rows``
    are those of ``Corpus.foreign``."""
    if rows.empty:
        return ""
    count = int(rows["articles"].sum())
    named = [f"{int(n):,} {language_name(str(code))}" for code, n in zip(rows["language"], rows["articles"], strict=True)]
    listed = ", ".join(named[:_LANGUAGES]) + (", …" if len(named) > _LANGUAGES else "")
    return f"{many(count, 'article')} in other languages {'was' if count == 1 else 'were'} read only for the countries named: {listed}"


def changes_finding(changes: Changes, names: Names) -> str:
    """Which pair is furthest out of line in the last week, or that none is, as a title."""
    if changes.week is None:
        return "What changed: no event is dated to a week"
    week = f"the week of {day_words(changes.week)}"
    if not changes.judged:
        return f"What changed in {week}: too few earlier events to tell"
    if not changes.found:
        return f"No pair is out of line in {week}"
    top = changes.found[0]
    a, b = (names.get(code, code) for code in top.pair)
    rest = len(changes.found) - 1
    return (
        f"{a} and {b} {'more' if top.events > top.expected else 'less'} than usual in {week}: {many(top.events, 'event')}, "
        f"{number_words(top.expected)} expected" + (f"; {many(rest, 'pair')} more out of line" if rest else "")
    )


def number_words(number: float) -> str:
    """An expected count as people say it: ``12``, ``1.4``, ``under 0.1``."""
    return f"{number:,.0f}" if number >= 10 else f"{number:.1f}" if number >= 0.1 else "under 0.1"


def chance_words(chance: float) -> str:
    """A small chance as people say it: ``1 in 40``, ``less than 1 in a million``."""
    if chance < 1e-6:
        return "less than 1 in a million"
    odds = round(1 / chance)
    return f"1 in {round(odds, 2 - len(str(odds))) if odds >= 100 else odds:,}"


def timeline_finding(bins: pd.DataFrame, count: str, grain: str, *, events: int) -> str:
    """Which side outweighs the other, and when most happened, as a title.

    ``events`` is how many there are in all: where the ``bins`` hold fewer, the title says of which it speaks, since those without a
    date that is close enough may be of the other side.
    """
    count = summed(count)
    if not len(bins):
        return "No event is dated closely enough to be drawn"
    said = _bins_finding(bins, count, grain)
    return said if bins["events"].sum() >= events else f"Where the {grain} is known, {said[0].lower()}{said[1:]}"


def _bins_finding(bins: pd.DataFrame, count: str, grain: str) -> str:
    conflict = bins["quad"].map(lambda quad: "conflict" in quad)
    down, up = int(bins[conflict][count].sum()), int(bins[~conflict][count].sum())
    if up == down:
        weight = f"Cooperation and conflict even, {many(up, count[:-1])} each"
    else:
        more, less = ("Cooperation", "conflict") if up > down else ("Conflict", "cooperation")
        weight = f"{more} outweighs {less}, {max(up, down):,} {count} to {min(up, down):,}"
        if not min(up, down):
            weight = f"Only {more.lower()}, {many(max(up, down), count[:-1])}"
    sums = bins.groupby("bin")[count].sum()
    if len(sums) < 3:
        return weight
    day = pd.to_datetime(sums.index)[int(sums.to_numpy().argmax())].date()
    return f"{weight}; most {'on ' if grain == 'day' else 'in the ' if grain == 'week' else 'in '}{bin_words(day, grain)}"


def lanes_finding(types: Sequence[str]) -> str:
    """Which types of event are told most often, as a title. ``types`` is that of each report, at least one."""
    counts = Counter(types)
    most = max(counts.values())
    top = [TYPE_WORDS[kind] for kind in EventType if counts[kind] == most]
    if len(counts) == 1:
        return f"Only {top[0]}: {many(most, 'report')}"
    if len(top) > 3:
        return f"By type: none told more often than {'once' if most == 1 else many(most, 'time')}"
    return f"Told most often: {listed(top)}, {most:,} of {many(len(types), 'report')}" + (" each" if len(top) > 1 else "")


def directions_finding(sums: Mapping[str, int], left: str, right: str, count: str) -> str:
    """Who acts more toward the other, as a title. ``sums``: "first" (``left`` acts), "second", "mutual" to the count."""
    first, second, mutual = (sums.get(way, 0) for way in ("first", "second", "mutual"))
    together = f"; {mutual:,} together" if mutual else ""
    if not first and not second:
        return f"All together: {many(mutual, count[:-1])}" if mutual else "Who acts toward whom"
    if first == second:
        return f"Both act alike toward the other: {many(first, count[:-1])} each{together}"
    (more, high), (less, low) = sorted(((left, first), (right, second)), key=lambda one: -one[1])
    if not low:
        return f"Only {more} acts toward {less}: {many(high, count[:-1])}{together}"
    return f"{more} acts more toward {less} than the other way, {high:,} {count} to {low:,}{together}"
