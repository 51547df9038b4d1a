"""Which date a reading has: the expression that governs its clause, else the article's day, else none. Never a made-up day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from entente.coding.dates import basis_of, number_of
from entente.coding.readings import BESIDE, NOTHING_APART, Reading
from entente.model import DateMention, EventType, Precision, Span, Status, When, days_of

# An act dated this many days before the article is told as background, not as news.
_OLD_DAYS = 31
# A day further back than this is not the news that a report goes on to tell.
_NEWS_DAYS = 7


_SAID = frozenset({EventType.THREATEN, EventType.ACCUSE, EventType.REQUEST, EventType.REJECT})
# Coarser than any value that a date can have.
_LONG_AGO = re.compile(
    r"\b(?:1[5-9]|20)\d0s\b|\b(?:decades|centuries) ago\b|\b(?:nineteenth|twentieth|19th|20th)[- ]century\b|"
    r"\b(?:in|during) (?:the )?(?:(?:\w+ )?(?:stages|days|weeks|months|years) of the )?(?:Korean War|Vietnam War|World War (?:I|II|One|Two)|(?:First|Second) World War|Cold War|colonial)\b"
)
# Counts from what was told before, in no number that is given.
_LOOSE = re.compile(
    r"\b(?:some |many )?(?:days|weeks|months|years|decades) (?:later|earlier|before|afterwards?)\b(?=[,.;)]|$)|\b(?:Days|Weeks|Months|Years) (?:later|earlier)\b|"
    r"\bat the time\b(?=[,.;)]|$)"
)
# What stands before an act that another followed by so many days.
_AFTER = re.compile(r"\b(\w+) (day|week)s? after (?:the |that )?$")
# What stands before the end of a time allowed.
_LIMIT = re.compile(
    r"\b(?:by|before|until|till|within|no later than|(?:by|before|until|till|through|at|around|towards?) the (?:end|close|start|beginning|middle) of)\s$"
)
# What is named after a holiday.
_OF_HOLIDAY = re.compile(
    r" (?:markets?|trees?|part(?:y|ies)|fairs?|parades?|lights|concerts?|dinners?|fires?|gifts?|truces?|celebrations?|festivities)\b"
)
# Behind what is told.
_SAYING = re.compile(r"\b(?:said|says|told|tells|announced|announces|reported|reports)\b")
# What a year belongs to: "the war of 1967".
_OF_THING = re.compile(
    r"\bthe (?!end|start|beginning|middle|close|rest|course|remainder|spring|summer|autumn|fall|winter|half|quarter|whole)[a-z-]+ of $"
)
# What leads an earlier act, up to the date in it, with no comma between: "following the release of four on Monday".
_FOLLOWING = re.compile(r"\b(?:after|following|despite)\b [^,;]*$")
# What stands before how long a state lasts.
_LASTING = re.compile(r"\b(?:until|till)\s$")
# Before the day from which a measure holds.
_FROM_WHEN = re.compile(r"\b(?:beginning|starting|effective|from|as of|(?:to|will) (?:start|begin|take effect))(?: on| in)?\s$")
_MEASURES = frozenset({EventType.SANCTION, EventType.CONCEDE, EventType.COERCE, EventType.MOBILIZE})
# A phrase led by "since" up to the date in it: "the first since the raid in April".
_SINCE = re.compile(r"\bsince\b[^,;.]*$")


# Behind these stands what something is about or for.
_OF_WHAT = frozenset({"about", "over", "of", "regarding", "concerning", "against"})


def bind_date(
    reading: Reading, text: str, dates: Sequence[DateMention], published: dt.date | None, told: DateMention | None = None
) -> tuple[When, Status]:
    """The reading's date and its status in the light of that date.

    ``dates`` are those of the sentence, which stands in ``text``. A date inside the reading's own words wins, the nearest to the trigger first; a date
    elsewhere in the sentence counts for an act told as news when it is the only one. A sentence without any date goes on about ``told``, the day that the
    sentences before it tell of; without that it is the news of the day of publication.
    """
    status = reading.status
    dates = [d for d in dates if not _only_describes(d, text, reading.trigger)]
    verb = reading.clause.verb if reading.clause is not None else None
    ongoing = verb is not None and verb.tense == "perfect" and reading.clause is not None and reading.clause.kind != "relative"
    if verb is not None and (not verb.perfect or ongoing):
        # "held a call, their first since 2022": since then, not then
        since_then = [d for d in dates if _SINCE.search(text, _behind(reading.trigger, max(0, d.start - 80), d.start), d.start)]
        # "have been killed since the start of the year": in the year that it is
        dates = [d for d in dates if d not in since_then or (verb.perfect and published and days_of(d.value)[1] >= published)]
    apart = reading.apart() if dates else NOTHING_APART
    if apart.causes and status is Status.HAPPENED:
        # "imposed sanctions over the attack on Sunday": the day of the attack
        caused = [d for d in dates if any(start <= d.start <= end for start, end in apart.causes)]
        dates = [d for d in dates if d not in caused]
    if not dates and status in (Status.HAPPENED, Status.BACKGROUND):
        long_ago = _LONG_AGO.search(text, _sentence_start(text, reading.window[0]), reading.window[1] + BESIDE)
        apart = reading.apart() if long_ago else apart
        if long_ago and not any(start <= long_ago.start() <= end for start, end in (*apart.inner, *apart.aside)):
            return When(None, None, f"'{long_ago[0]}', which is no year"), Status.BACKGROUND
        loose = _LOOSE.search(
            text, _sentence_start(text, reading.window[0]), reading.window[1] + BESIDE + len("decades afterwards")
        )
        if loose:
            return When(None, None, f"'{loose[0]}', which is no day"), status
    lasts = status is Status.PLANNED or (status is Status.HAPPENED and verb is not None and verb.form == "ing")
    if published is not None and lasts:
        # "says that its pact permitting flights stays in force until May", "approved a deployment until May": that is when it ends
        dates = [d for d in dates if days_of(d.value)[1] <= published or not _LASTING.search(text, max(0, d.start - 8), d.start)]
    limited = reading.type is EventType.REQUEST or (verb is not None and verb.form in ("finite", "infinitive"))
    if published is not None and status in (Status.HAPPENED, Status.BACKGROUND) and limited:
        # "agreed to disarm by the end of the year": a time limit that has not run out dates nothing that is done
        dates = [d for d in dates if days_of(d.value)[1] <= published or not _LIMIT.search(text, max(0, d.start - 24), d.start)]
    if published is not None and status is Status.HAPPENED and _is_of_today(reading) and verb is not None and verb.lemma != "die":
        # "hands over three bodies following the release of four on Monday": what is told in the present is the news of today
        earlier = [d for d in dates if days_of(d.value)[1] < published]
        dates = [d for d in dates if d not in earlier or not _FOLLOWING.search(text, reading.trigger[1], d.start)]
    if published is not None and (_is_done(reading) or _is_said(reading)):
        # "was mediated by Egypt and is due to begin on Sunday": no act that is done lies ahead
        dates = [d for d in dates if days_of(d.value)[0] <= published]
    # "concern about the treaty that the two concluded on Wednesday": the day of the treaty, not of the concern
    inner = [d for d in dates if any(start <= d.start <= end + BESIDE for start, end in apart.inner)]
    aside = [d for d in dates if any(start <= d.start <= end + BESIDE for start, end in apart.aside)]
    mine = [d for d in dates if reading.window[0] <= d.start <= reading.window[1] + BESIDE and d not in inner]
    # "finds him guilty of killing a soldier in January and sentences him": the day of the killing
    mine = [d for d in mine if d not in aside or d.start >= reading.trigger[0]]
    if (
        not mine
        and not inner
        and len(dates) == 1
        and not aside
        and (status in (Status.HAPPENED, Status.PLANNED, Status.DENIED) or _opens(dates[0], reading))
        and not reading.features & {"background", "purpose", "told"}
        and not ("noun:oblique" in reading.features and "meanwhile" not in reading.features)
        and not (status is Status.HAPPENED and _is_of_more(dates[0], reading, text, published))
        # "will visit Oman, officials said on Monday": no day of the visit unless it lies ahead
        and not (status is Status.PLANNED and _lies_ahead(reading) and _is_of_saying(dates[0], reading, text, published))
    ):
        mine = list(dates)
    if published is not None and status is Status.PLANNED and _lies_ahead(reading):
        # "will withdraw its soldiers, Macron said on Sunday": the day is that of the saying
        mine = [d for d in mine if days_of(d.value)[1] >= published]
    since = _days_after(reading, text, dates, published, told) if not mine else None
    if since is not None:
        mine = [since]
    if mine:
        best = min(mine, key=lambda d: _distance(d, reading.trigger))
        when = When(best.value, best.precision, basis_of(best, published))
        if published is not None and status is Status.BACKGROUND and (since is not None or "pluperfect" in reading.features):
            # "had recalled its ambassador last Thursday" goes on with the news
            status = Status.HAPPENED
        if published is not None and status is Status.HAPPENED:
            first, last = days_of(best.value)
            if (published - last).days > _OLD_DAYS:
                status = Status.BACKGROUND
            elif first > published:
                status = Status.PLANNED
        if (
            published is not None
            and status is Status.PLANNED
            and days_of(best.value)[1] < published
            and "infinitive" not in reading.features
        ):
            status = Status.HAPPENED
        return when, status
    if status is Status.DENIED and "denied" in reading.features:
        return When(None, None, "no date in the sentence, and what is denied has no day"), status
    older = _long_before(reading, dates, published)
    if older is not None and status is Status.HAPPENED:
        return When(None, None, f"before '{older.text}', which is no day"), Status.BACKGROUND
    goes_on = not _is_of_today(reading)
    if (
        status in (Status.HAPPENED, Status.DENIED)
        and goes_on
        and told is not None
        and all(d in inner or d in aside for d in dates)
    ):
        return When(told.value, told.precision, f"goes on from {basis_of(told, published)}"), status
    if status in (Status.HAPPENED, Status.DENIED) and published is not None:
        return When(published.isoformat(), Precision.DAY, f"published {published.isoformat()}"), status
    if published is None and status in (Status.HAPPENED, Status.DENIED):
        return When(None, None, "no date in the sentence, and the article has none"), status
    return When(None, None, "no date in the sentence"), status


def _days_after(
    reading: Reading, text: str, dates: Sequence[DateMention], published: dt.date | None, told: DateMention | None
) -> DateMention | None:
    """The day or week of what another act followed by so many of them: "expelled two envoys on Sunday, a day after Chad had expelled four"."""
    start = reading.window[0]
    m = _AFTER.search(text, max(0, start - 30), start)
    if m is None or published is None:
        return None
    days = [d for d in dates if d.precision is Precision.DAY and d.end <= m.start()] or ([told] if told is not None else [])
    base = dt.date.fromisoformat(days[-1].value) if days else published
    number = number_of(m[1])
    if base > published or not number:
        return None
    words = text[m.start() : m.end()].rstrip()
    if m[2] == "day":
        return DateMention(m.start(), m.end(), words, (base - dt.timedelta(days=number)).isoformat(), Precision.DAY)
    year, week, _ = (base - dt.timedelta(weeks=number)).isocalendar()
    return DateMention(m.start(), m.end(), words, f"{year}-W{week:02d}", Precision.WEEK)


def _opens(date: DateMention, reading: Reading) -> bool:
    """Whether the date leads the main clause that looks back: "A day earlier Seoul had suspended the pact"."""
    led = reading.clause is not None and reading.clause.kind == "main" and not reading.clause.connector
    return led and "pluperfect" in reading.features and 0 <= reading.window[0] - date.end <= BESIDE


def _behind(trigger: Span, first: int, last: int) -> int:
    """From where to look back from ``last``: from the trigger if it stands between, else from ``first``."""
    return trigger[1] if first < trigger[1] < last else first


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence begins in which the character at ``at`` stands, as far as full stops tell."""
    return max(text.rfind(". ", 0, at), text.rfind("\n", 0, at)) + 1


def _is_done(reading: Reading) -> bool:
    """Whether a verb in the past or the perfect tells the act as done."""
    clause = reading.clause
    return (
        reading.status is Status.HAPPENED
        and "verb" in reading.features
        and clause is not None
        and clause.verb.form == "finite"
        and clause.verb.tense in ("past", "perfect")
    )


def _is_said(reading: Reading) -> bool:
    """Whether a verb tells what is said today, whatever day it is said of: "threatens measures if the transit ends on 1 January"."""
    verb = reading.clause.verb if reading.clause is not None else None
    told = (
        verb is not None and "verb" in reading.features and verb.form == "finite" and not verb.modal and verb.tense == "present"
    )
    return told and reading.status is Status.HAPPENED and reading.type in _SAID


def _long_before(reading: Reading, dates: Sequence[DateMention], published: dt.date | None) -> DateMention | None:
    """The date, long past, of what came after the act: "cut ties in 2016 after protesters stormed its embassy"."""
    if published is None or reading.clause is None or reading.clause.connector != "after":
        return None
    later = [d for d in dates if d.end <= reading.window[0]]
    return later[-1] if later and (published - days_of(later[-1].value)[1]).days > _OLD_DAYS else None


def _is_of_today(reading: Reading) -> bool:
    """Whether a verb in the present tells the act, which goes on with no day in the past: "Kinshasa accuses Kigali"."""
    verb = reading.clause.verb if reading.clause is not None and "verb" in reading.features else None
    return verb is not None and verb.form == "finite" and not verb.modal and verb.tense == "present"


def _is_of_saying(date: DateMention, reading: Reading, text: str, published: dt.date | None) -> bool:
    """Whether the day is the one on which somebody told of the act."""
    told = published is not None and days_of(date.value)[1] <= published
    return told and _SAYING.search(text, reading.window[1], max(reading.window[1], date.start)) is not None


def _is_of_more(date: DateMention, reading: Reading, text: str, published: dt.date | None) -> bool:
    """Whether the day, which lies ahead, is that of something else than what is told as done: "sign a treaty and are set to begin talks
    on 27 June"; but not that from which a measure holds: "announces a ban beginning on 19 September"."""
    ahead = published is not None and days_of(date.value)[0] > published
    return ahead and not (reading.type in _MEASURES and _FROM_WHEN.search(text, max(0, date.start - 24), date.start))


def _lies_ahead(reading: Reading) -> bool:
    """Whether a verb in the future tells the act."""
    clause = reading.clause
    return clause is not None and "verb" in reading.features and (clause.verb.tense == "future" or clause.verb.modal == "would")


def day_told(
    dates: Sequence[DateMention], text: str, published: dt.date | None, before: DateMention | None
) -> DateMention | None:
    """The day that a report tells of once a sentence of ``text`` with ``dates`` is read: a day of the week before publication, else the one
    known ``before``."""
    if published is None:
        return None
    for date in dates:
        if _leads_back(date, text):
            continue
        if date.precision is Precision.DAY and 0 <= (published - dt.date.fromisoformat(date.value)).days < _NEWS_DAYS:
            # "had left a day earlier", "in a vote last Sunday": who looks back goes on with the day of before
            return before if before is not None and date.value < before.value else date
    return before


def _leads_back(date: DateMention, text: str) -> bool:
    """Whether the day is only that from which something counts, or whose something is: "since Monday's earthquake"."""
    return text[date.end : date.end + 2] in ("'s", "’s") or _SINCE.search(text, max(0, date.start - 30), date.start) is not None


def _only_describes(date: DateMention, text: str, trigger: Span) -> bool:
    """Whether the date only describes a thing that is not the act itself: "the 2020 election", but "the 2019 air strike"; "remarks about
    last year's election", but "at last week's summit"; or a holiday names a thing: "a Christmas market"."""
    owned = text[date.end : date.end + 2] in ("'s", "’s") and trigger[1] <= date.start
    if owned and text[: date.start].rstrip().rsplit(" ", 1)[-1].lower() in _OF_WHAT:
        return True
    if _OF_HOLIDAY.match(text, date.end) and date.text[:1].isupper() and not any(c.isdigit() for c in date.text):
        return True
    if date.precision is not Precision.YEAR or not date.text.isdigit():
        return False
    if _OF_THING.search(text, _behind(trigger, 0, date.start), date.start):
        return True  # "not to repeat the mistake of 1990"
    between = text[date.end : trigger[0]]
    if trigger[0] > date.end and len(between.split()) <= 2 and not re.search(r"[^\w\s-]", between):
        return False
    behind = text[date.end : date.end + 2]
    lead = text[: date.start].rstrip().rsplit(" ", 1)[-1].lower()
    return (
        len(behind) == 2
        and behind[0] == " "
        and behind[1].isalpha()
        and lead not in ("in", "since", "of", "by", "until", "from", "during", "early", "late", "around", "after", "before")
    )


def _distance(date: DateMention, trigger: Span) -> int:
    """Characters between a date and a trigger; a date before the verb counts a little further than one behind it."""
    if date.start >= trigger[1]:
        return date.start - trigger[1]
    return trigger[0] - date.end + 5
