"""Calendar expressions and their values, as precise as the words are and no more: own strict rules.

A date that nothing supports gets no value; "last month" stays a month. ``published`` is the day the words are read against; without
it only absolute dates have values.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from entente.lexicon.matching import compile_starts
from entente.model import MONTH_NAMES, MONTHS, DateMention, Part, Precision, Span, days_of, precision_of

_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_SMALL = {w: i for i, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])} | {
    "a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "several": 0, "few": 0,
}  # fmt: skip
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4, "last": 4}

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_YEAR = r"(?:1[6-9]\d{2}|20\d{2})"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_NUMBER = r"(?:\d{1,2}|(?i:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty))"

# Holidays on one day of the year wherever they are kept: month and day. Those that move, or differ by country, are no dates.
_HOLIDAYS = {
    "Orthodox Christmas": (1, 7), "Christmas Eve": (12, 24), "Christmas Day": (12, 25), "Christmas": (12, 25), "Boxing Day": (12, 26),
    "New Year's Eve": (12, 31), "New Year's Day": (1, 1), "Valentine's Day": (2, 14), "Women's Day": (3, 8), "St. Patrick's Day": (3, 17),
    "St Patrick's Day": (3, 17), "April Fools' Day": (4, 1), "Earth Day": (4, 22), "Anzac Day": (4, 25), "May Day": (5, 1),
    "Cinco de Mayo": (5, 5), "VE Day": (5, 8), "Juneteenth": (6, 19), "Canada Day": (7, 1), "Fourth of July": (7, 4), "Bastille Day": (7, 14),
    "German Unity Day": (10, 3), "Halloween": (10, 31), "Armistice Day": (11, 11), "Human Rights Day": (12, 10),
}  # fmt: skip
# Attacks that are named by a day without its year.
_NAMED_DAYS = {"sep": "2001-09-11", "9/1": "2001-09-11", "oct": "2023-10-07", "jan": "2021-01-06"}

_PATTERNS = [
    ("named", r"(?P<nd>September 11(?:th)?|Sept\. 11(?:th)?|9/11|October 7(?:th)?|Oct\. 7|January 6(?:th)?|Jan\. 6)(?=\s(?:terror(?:ist)?\s)?(?:attacks?|massacre|insurrection|riot)\b)"),
    ("slashed", r"(?P<n1>\d{1,2})(?P<sep>[/.])(?P<n2>\d{1,2})(?P=sep)(?P<n3>(?:19|20)\d{2}|(?<=/)\d{2})(?!\d|[/.]\d)"),
    ("iso", rf"(?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)"),
    ("mdy", rf"(?P<m1>{_MONTH})\s(?P<d1>{_DAY})(?:st|nd|rd|th)?(?!\d|:\d|,\d{{3}})(?:\s?(?P<r1>-|–|to|and)\s?(?P<d1b>{_DAY})(?:st|nd|rd|th)?(?!\d))?(?:,?\s(?P<y1>{_YEAR})(?!\d)|,?\s(?P<ly1>last year|this year|next year))?"),
    ("dmy", rf"(?P<d2>{_DAY})(?:st|nd|rd|th)?(?:\s?(?P<r2>-|–|to|and)\s?(?P<d2b>{_DAY})(?:st|nd|rd|th)?)?(?:\sof)?\s(?P<m2>{_MONTH})(?![a-z])(?:,?\s(?P<y2>{_YEAR})(?!\d)|,?\s(?P<ly2>last year|this year|next year))?"),
    ("my", rf"(?P<m3>{_MONTH})(?:,?\s(?:of\s)?(?P<y3>{_YEAR})(?!\d)|,?\s(?:of\s)?(?P<ly3>last year|this year|next year|the year before|the previous year|that year|the same year))"),
    ("month", rf"(?P<lead>(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom|[Dd]uring|[Oo]f|[Ll]ast|[Nn]ext|[Tt]his|[Ee]arly|[Ll]ate|[Ee]arlier in|[Ll]ater in|[Tt]o|[Tt]hrough|[Bb]efore|[Aa]fter|[Tt]hroughout|[Bb]etween|and)\s|[Mm]id-)(?P<m4>{_MONTH})(?!\s\d|[a-z]|'|,?\s(?:of\s)?{_YEAR}|,?\s(?:of\s)?(?:last year|this year|next year|the year before|the previous year|that year|the same year))"),
    ("weekday", rf"(?:(?P<wl>[Ll]ast|[Nn]ext|[Tt]his|[Ee]arly|[Ll]ate|[Cc]oming|[Pp]ast)\s)?(?P<wd>{_WEEKDAY})(?!'s\s[A-Z]|s|\sTimes|\s[A-Z][a-z]+\s(?:Times|Post))(?:\s(?:night|morning|afternoon|evening))?"),
    ("today", r"(?P<td>[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow|[Tt]his (?:morning|afternoon|evening)|[Ll]ast night)(?:\s(?:night|morning|afternoon|evening))?"),
    ("ago", rf"(?:(?:about|around|nearly|almost|over|more than)\s)?(?P<n>{_NUMBER})\s(?P<u>day|week|month|year|decade)s?\s(?P<dir>ago|earlier|before that|later|after that|afterwards?)"),
    ("year_before", r"[Tt]he same (?:period|month|quarter)\s(?:of\s|in\s)?(?:last year|a year (?:ago|earlier|before)|the (?:year before|previous year))"),
    ("told", r"(?:(?P<te>[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate)\s(?P<ti>in\s|on\s)?)?(?P<tr>[Tt]h(?:e|at)(?:\svery)?\ssame|[Tt]hat(?:\svery)?|[Tt]he(?:\s(?:previous|preceding|next|following))?)\s(?P<tu>day|night|morning|afternoon|evening|week|month|year)(?:\s(?P<tb>before|earlier|previous|after)(?=[,.;:)]|\sand\b|$))?(?!-|'|’)"),
    ("week", r"(?P<rel>[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast|[Pp]revious|[Cc]oming|[Ff]ollowing|[Cc]urrent)\s(?P<unit>week|month|year|quarter|spring|summer|autumn|fall|winter)(?!\s(?:old|long)|-)"),
    ("quarter", rf"(?P<q>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]inal|[Ll]ast|1st|2nd|3rd|4th)[\s-]quarter(?:\s(?:of\s)?(?:(?P<y5>{_YEAR})|(?P<ly5>last year|this year|next year)))?|Q(?P<q2>[1-4])(?:\s(?:of\s)?(?P<y6>{_YEAR}))?"),
    ("season", rf"(?P<s>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\s(?:of\s)?(?P<y7>{_YEAR})"),
    ("holiday", r"(?P<h>" + "|".join(_HOLIDAYS).replace("'", "['’]") + rf")(?:,?\s(?P<y9>{_YEAR}))?"),
    ("weekend", r"(?P<we>[Tt]his|[Ll]ast|[Nn]ext|[Pp]ast|[Cc]oming|[Oo]ver the|[Aa]t the|[Dd]uring the)\sweekend"),
    ("lone_season", r"(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Dd]uring)\s(?:the\s)?(?:early\s|late\s)?(?P<ls>spring|summer|autumn|fall|winter)(?!\s(?:of|in|from|[A-Z]|\d)|-)"),
    ("short_year", r"(?:[Ii]n|[Ss]ince|[Ff]rom|[Ss]pring of|[Ss]ummer of|[Aa]utumn of|[Ww]inter of)\s(?P<y10>['’]\d{2})"),
    ("year", r"(?:(?<![$€£#.,\d-])|(?<=[Mm]id-))(?P<y8>(?:1[6-9]|20)\d{2})(?![\d%]|,\d|\.\d|-\d)(?:(?<=\bIn \d{4})(?!\s(?:cases|of the)\b)|(?!\s(?:people|soldiers|troops|cases|meters|metres|miles|km|kilometres|kilometers|tons|tonnes|deaths|dead|votes|points|feet|hours|GMT|UTC|local time|of the|men|women|children|residents|employees|jobs|homes|members|workers|prisoners|missiles|drones|rockets|euros|dollars|pounds|kg|lbs|mm|volts)\b))"),
]  # fmt: skip
_BY_FIGURE_ONLY = frozenset({"slashed", "iso", "dmy", "year"})
_BY_FIGURE_TOO = frozenset({"named", "ago", "quarter"})


def _any_of(patterns: Sequence[tuple[str, str]]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(f"(?P<k_{name}>{pattern})" for name, pattern in patterns) + r")(?!\w)")


# Those that can begin with a figure, and those that can begin with a letter: of every place in a text only one of the two is tried.
_BY_FIGURE = _any_of([(name, pattern) for name, pattern in _PATTERNS if name in _BY_FIGURE_ONLY | _BY_FIGURE_TOO])
_BY_LETTER = _any_of([(name, pattern) for name, pattern in _PATTERNS if name not in _BY_FIGURE_ONLY])
# Every expression holds one of these, and begins no further than _LEAD characters before the first ("more than fifteen years ago"),
# with a figure or one of _OPENERS.
_find_hints = compile_starts(
    [
        *"0123456789",
        *[
            "Jan",
            "Feb",
            "Mar",
            "Apr",
            "May",
            "Jun",
            "Jul",
            "Aug",
            "Sep",
            "Oct",
            "Nov",
            "Dec",
            "Day",
            "day",
            "week",
            "period",
            "month",
            "Year",
            "year",
            "decade",
            "quarter",
            "spring",
            "summer",
            "autumn",
            "fall",
        ],
        *["winter", "night", "morrow", "morning", "afternoon", "evening", "Christmas", "Cinco", "Halloween"],
    ]
)
_LEAD = 20
_WORD = re.compile(r"\b\w+")
_OPENERS = frozenset(
    [
        *MONTH_NAMES, *MONTHS, "sept", *_WEEKDAYS, *_SEASONS, *_ORDINALS, *_SMALL, "q1", "q2", "q3", "q4",
        *(re.split(r"\W", name)[0].lower() for name in _HOLIDAYS),
        *["today", "tonight", "yesterday", "tomorrow", "this", "last", "next", "past", "coming", "previous", "following", "current", "early", "earlier", "late", "later", "mid"],
        *["in", "since", "by", "until", "from", "during", "of", "to", "through", "before", "after", "throughout", "between", "and", "over", "at"],
        *["about", "around", "nearly", "almost", "more", "the", "that"],
    ]
)  # fmt: skip
_FUTURE = re.compile(
    r"\b(?:will|shall|should be|would|may|might|won't|due|scheduled|schedule|expected|expects|planned|plans|plan|upcoming|set to|is to|are to|to be|going to|intends|slated|"
    r"ahead of|(?:by|until|before)(?=\s$|$)|start(?:ing)? on|begin(?:ning)? on|(?:starting|beginning)(?: from)?(?=\s$|$)|takes? effect|effective|invited|postponed|deadline|to (?:meet|visit|attend|hold|begin|start|take|open|vote|travel|host))\b"
)
# "are to be released" is no past.
_PAST = re.compile(r"\b(?:was|were|had|did|said|ago|since|after|following|(?<!\bbe )\w{3,}ed)\b")
# The present of a timetable, where nothing before it is told as past: "Xi visits Hanoi on Thursday".
_TIMETABLE = re.compile(r"\b(?:visits|travels|flies|hosts|meets|arrives|departs|convenes|begins|starts|opens|resumes|expires)\b")
# "In the night to Sunday" is the night that began on Saturday.
_NIGHT_TO = re.compile(r"\b(?:(?:in|on|during) the )?(?:over)?night to\s$")
_NAME_BEFORE = re.compile(
    r"(?:Boeing|Airbus|Resolution|resolution|Flight|flight|No\.|number|Article|Section|Route|Highway|Windows|channel|Room|Form|Agenda|Vision|Directive|Law|Act)\s$"
)
_MAY_AFTER = re.compile(r"\s(?:be|have|not|also|well|soon|still|never|become|need|want|lead|take|go|come)\b")


def find_dates(
    text: str, published: dt.date | None, part: Part = Part.TEXT, names: Sequence[Span] = ()
) -> tuple[DateMention, ...]:
    """The calendar expressions of ``text`` that have a value, in order, not overlapping and outside ``names``: "March 23 Movement" tells no day."""
    out: list[DateMention] = []
    for match in _expressions(text):
        if any(start <= match.start() < end for start, end in names):
            continue
        for start, end, value in _values(match, text, published, out):
            if _is_in_calendar(value):
                out.append(DateMention(start, end, text[start:end], value, precision_of(value), part))
    for i, (one, other) in enumerate(pairwise(out)):
        shared = _shared_year(one, other, text)
        if shared is not None:
            out[i] = replace(one, value=shared)
    return tuple(out)


# What stands between two dates of which only the second has its year.
_AND = re.compile(r"\s?(?:and|or|to|until|till|through|[-–])\s?")
_YEARLESS = re.compile(rf"(?:{_DAY}\s)?{_MONTH}(?:\s{_DAY})?")
_WITH_YEAR = re.compile(r"\b\d{4}$")


def _shared_year(one: DateMention, other: DateMention, text: str) -> str | None:
    """The value of a month or a day whose year stands behind the next: "from March to May 2024", "between November and May 2024"."""
    if not _AND.fullmatch(text, one.end, other.start) or not _WITH_YEAR.search(other.text) or not _YEARLESS.fullmatch(one.text):
        return None
    if one.precision not in (Precision.DAY, Precision.MONTH) or other.precision not in (Precision.DAY, Precision.MONTH):
        return None
    year, behind = other.value.split("-", 1)
    rest = one.value.split("-", 1)[1]
    value = f"{int(year) - (rest[:2] > behind[:2]):04}-{rest}"
    return value if value != one.value and _is_in_calendar(value) else None


def _is_in_calendar(value: str) -> bool:
    """Whether the value is in the calendar: 29 February is not in every year."""
    try:
        days_of(value)
    except ValueError:
        return False
    return True


# A headline, the day in full, and the first words of the text behind it, as they stand where a page was taken without its line breaks.
_DATELINE = re.compile(
    rf"[^!?\n]{{12,160}}?[\w'’\")%]\s(?P<day>{_MONTH}\s{_DAY},\s{_YEAR}|{_DAY}\s{_MONTH}\s{_YEAR})\s(?=[A-Z\"“][\w'’.]*[\s,-])"
)
_LEADS_DAY = frozenset(
    ["on", "of", "since", "until", "by", "from", "to", "before", "after", "and", "the", "in", "late", "early", "for"]
)


def find_dateline(text: str, published: dt.date | None) -> Span | None:
    """The day of publication between a headline and its text on one line: the article's own date, not one that it tells of."""
    if published is None:
        return None
    m = _DATELINE.match(text)
    if m is None or text[: m.start("day")].split()[-1].lower() in _LEADS_DAY:
        return None
    dated = find_dates(m["day"], published, Part.TEXT)
    return m.span("day") if dated and dated[0].value == published.isoformat() else None


def _expressions(text: str) -> Iterator[re.Match[str]]:
    """All expressions one after another, tried only at the few words near a hint: most words of a text are far from any date."""
    at = 0
    for hint in _find_hints(text):
        if hint < at:
            continue
        for word in _WORD.finditer(text, max(at, hint - _LEAD)):
            start = word.start()
            if start > hint:
                break
            at = start + 1
            figure = text[start].isdecimal()
            if not figure and word.group().lower() not in _OPENERS:
                continue
            match = (_BY_FIGURE if figure else _BY_LETTER).match(text, start)
            if match:
                at = match.end()
                yield match
                break


def basis_of(date: DateMention, published: dt.date | None) -> str:
    """What a date's value rests on, in words: ``'on Monday' before 2025-04-28`` or ``'April 28, 2025'``."""
    words = f"'{date.text}'"
    if published is None or re.search(r"\b(?:1[6-9]|20)\d{2}\b", date.text):
        return words
    first, last = days_of(date.value)
    relation = "before" if last < published else "after" if first > published else "as of"
    return f"{words} {relation} {published.isoformat()}"


def _values(
    m: re.Match[str], text: str, published: dt.date | None, told: Sequence[DateMention]
) -> Iterator[tuple[int, int, str]]:
    """(start, end, value) of the dates in one match: two for a range, none when the words are no date. ``told`` are the dates before it."""
    assert m.lastgroup
    g, kind = m, m.lastgroup[2:]
    start, end = m.span()
    if kind == "iso":
        yield start, end, g["iso"]
    elif kind in ("mdy", "dmy"):
        n = "1" if kind == "mdy" else "2"
        yield from _days(m, n, text, published)
    elif kind == "my":
        month = _month(g["m3"])
        year = int(g["y3"]) if g["y3"] else _said_year(g["ly3"], published)
        if year:
            yield start, end, f"{year}-{month:02d}"
    elif kind == "month":
        yield from _lone_month(m, text, published)
    elif kind == "weekday":
        if published is not None:
            day = _weekday(g["wd"], (g["wl"] or "").lower(), published, text, start, end)
            night = _NIGHT_TO.search(text, max(0, start - 24), start)
            if night:
                start, day = night.start(), day - dt.timedelta(days=1)
            yield start, end, day.isoformat()
    elif kind == "today":
        if published is not None:
            shift = {"yes": -1, "tom": 1, "las": -1}.get(g["td"].lower()[:3], 0)
            yield start, end, (published + dt.timedelta(days=shift)).isoformat()
    elif kind == "ago":
        yield from _ago(m, text, published, told)
    elif kind == "told":
        yield from _told(m, text, published, told)
    elif kind == "year_before":
        if published is not None:
            yield start, end, _year_before(start, text, published, told)
    elif kind == "week":
        value = _relative(g["rel"].lower(), g["unit"], published)
        if value:
            yield start, end, value
    elif kind == "quarter":
        number = int(g["q2"]) if g["q2"] else _ORDINALS[g["q"].lower()]
        said = g["y5"] or g["y6"]
        year = int(said) if said else _said_year(g["ly5"], published)
        if year is None and published is not None and g["q"] and g["q"].lower() != "last":
            now = (published.month + 2) // 3
            future = _is_future(text, start, end)
            year = published.year + (number < now if future else -(number > now))
        if year:
            yield start, end, f"{year}-Q{number}"
    elif kind == "season":
        yield start, end, f"{g['y7']}-{_SEASONS[g['s'].lower()]}"
    elif kind == "holiday":
        number, date = _HOLIDAYS[g["h"].replace("’", "'")]
        year = int(g["y9"]) if g["y9"] else _near_year(number, date, text, start, end, published)
        if year:
            yield start, end, f"{year}-{number:02d}-{date:02d}"
    elif kind == "named":
        day = dt.date.fromisoformat(_NAMED_DAYS[g["nd"].lower()[:3]])
        if published is None or day <= published:
            yield start, end, day.isoformat()
    elif kind == "slashed":
        value = _slashed(int(g["n1"]), int(g["n2"]), g["n3"], published)
        if value:
            yield (start if len(value) > 4 else m.start("n3")), end, value
    elif kind == "weekend":
        if published is not None:
            yield start, end, _weekend(g["we"].lower(), published, text, start, end)
    elif kind == "lone_season":
        value = _lone_season(g["ls"], published, text, start, end)
        if value:
            yield m.start("ls"), end, value
    elif kind == "short_year":
        if published is not None:
            yield m.start("y10"), end, str(_whole_year(g["y10"][1:], published))
    elif kind == "year":
        if not _NAME_BEFORE.search(text[max(0, start - 14) : start]) and int(g["y8"]) < 2100:
            yield start, end, g["y8"]


def _whole_year(two: str, published: dt.date) -> int:
    """The latest year up to publication that ends in these two digits."""
    return published.year - (published.year - int(two)) % 100


def _slashed(one: int, two: int, year: str, published: dt.date | None) -> str | None:
    """A day in figures when only one order of day and month is possible (13/2/2024, 7/7/07); else the year if it is written out."""
    if len(year) == 2 and (published is None or (one != two and max(one, two) <= 12)):
        return None
    if one != two and max(one, two) <= 12:
        return year
    whole = _whole_year(year, published) if len(year) == 2 and published else int(year)
    return f"{whole}-{min(one, two):02d}-{max(one, two):02d}"


def _weekend(lead: str, published: dt.date, text: str, start: int, end: int) -> str:
    """The week whose end a weekend is: no finer value is known to the model."""
    if lead in ("next", "coming"):
        shift = 1 if lead == "next" and published.weekday() >= 5 else 0
    elif published.weekday() >= 5 and lead != "last":
        shift = 0
    else:
        shift = 0 if lead != "last" and lead != "past" and _is_future(text, start, end) else -1
    year, week, _ = (published + dt.timedelta(weeks=shift)).isocalendar()
    return f"{year}-W{week:02d}"


def _lone_season(name: str, published: dt.date | None, text: str, start: int, end: int) -> str | None:
    """The season that "in spring" means when the words before tell of a past or a coming act; what is so every spring has none."""
    if published is None:
        return None
    season, year = _SEASONS[name], published.year
    first, last = days_of(f"{year}-{season}")
    if _is_future(text, start, end):
        return f"{year + (last < published)}-{season}"
    left = max(text.rfind(". ", 0, start), text.rfind("\n", 0, start)) + 1
    if _PAST.search(text, max(left, start - 70), start):
        return f"{year - (first > published)}-{season}"
    return None


def _month(word: str) -> int:
    return MONTHS[word.lower()[:3]]


def _said_year(words: str | None, published: dt.date | None) -> int | None:
    """The year that "last year" and its like mean on the day of publication."""
    if published is None or words is None:
        return None
    shift = {"last year": -1, "the year before": -1, "the previous year": -1, "next year": 1}.get(words, 0)
    return published.year + shift


def _days(m: re.Match[str], n: str, text: str, published: dt.date | None) -> Iterator[tuple[int, int, str]]:
    g = m
    if g[f"m{n}"] == "May" and _MAY_AFTER.match(text, m.end()):
        return
    month, first = _month(g[f"m{n}"]), int(g[f"d{n}"])
    if g[f"y{n}"]:
        year: int | None = int(g[f"y{n}"])
    elif g[f"ly{n}"]:
        year = _said_year(g[f"ly{n}"], published)
    else:
        year = _near_year(month, first, text, m.start(), m.end(), published)
    if year is None:
        return
    second = g[f"d{n}b"]
    if second and int(second) > first:
        cut = m.start(f"d{n}b")
        yield m.start(), m.end(f"d{n}"), f"{year}-{month:02d}-{first:02d}"
        yield cut, m.end(), f"{year}-{month:02d}-{int(second):02d}"
    else:
        yield m.start(), m.end(), f"{year}-{month:02d}-{first:02d}"


def _is_future(text: str, start: int, end: int) -> bool:
    """Whether the words around speak of what is to come."""
    left = max(text.rfind(". ", 0, start), text.rfind("\n", 0, start)) + 1
    before = text[max(left, start - 100) : start]
    future = max((f.end() for f in _FUTURE.finditer(before)), default=-1)
    past = max((p.end() for p in _PAST.finditer(before)), default=-1)
    if future < 0 and past < 0:
        return text[left:start].lstrip()[:1].isupper() and bool(_TIMETABLE.search(before))
    # "expected" is both, and speaks of the future
    return future >= past and future >= 0


def _near_year(month: int, day: int, text: str, start: int, end: int, published: dt.date | None) -> int | None:
    """The year of a day without one: the one nearest to publication, past unless the words speak of the future."""
    if published is None:
        return None
    try:
        here = dt.date(published.year, month, day)
    except ValueError:
        return None
    gap = (here - published).days
    if gap > 0:
        return (
            published.year
            if gap <= 30 or (_is_future(text, start, end) and gap <= 300) or (gap < 150 and _is_future(text, start, end))
            else published.year - 1
        )
    if -gap > 180 and _is_future(text, start, end):
        return published.year + 1
    return published.year


# What stands before a month and hardly before a name that begins like one.
_BEFORE_MONTHS = frozenset(
    [
        "in",
        "since",
        "by",
        "until",
        "during",
        "last",
        "next",
        "this",
        "early",
        "late",
        "earlier in",
        "later in",
        "throughout",
        "mid-",
    ]
)


def _lone_month(m: re.Match[str], text: str, published: dt.date | None) -> Iterator[tuple[int, int, str]]:
    if published is None:
        return
    lead, word = m["lead"].strip().lower(), m["m4"]
    if lead == "and" and not re.search(rf"{_MONTH}\s$", text[max(0, m.start() - 12) : m.start()]):
        return
    if (
        word in ("May", "March")
        and lead in ("of", "to", "and", "before", "after", "this", "by")
        and not re.match(r"\s(?:this|last|next)\syear", text[m.end() : m.end() + 12])
    ):
        if lead not in ("by", "of", "this") or _MAY_AFTER.match(text, m.end()):
            return
    if lead not in _BEFORE_MONTHS and re.match(r"\s[A-Z]", text[m.end() : m.end() + 2]):
        return  # "the death of April Jones", but "in May Macron met"
    month = _month(word)
    year = published.year
    if lead == "last":
        year -= month >= published.month
    elif lead == "next":
        year += month <= published.month
    elif month > published.month:
        year -= not (_is_future(text, m.start(), m.end()) or lead in ("by", "until", "mid-") or lead == "this")
    elif month < published.month - 1 and (
        _is_future(text, m.start(), m.end()) and re.search(r"\bwill\b", text[max(0, m.start() - 60) : m.start()])
    ):
        year += 1
    named = lead in ("last", "next", "this", "early", "late", "mid-")
    yield (m.start() if named else m.start("m4")), m.end(), f"{year}-{month:02d}"


def _weekday(name: str, lead: str, published: dt.date, text: str, start: int, end: int) -> dt.date:
    """The day a weekday means: the last one up to publication, or the next one when the words speak of the future."""
    back = (published.weekday() - _WEEKDAYS.index(name.lower())) % 7
    if lead in ("last", "past"):
        return published - dt.timedelta(days=back or 7)
    if lead in ("next", "coming"):
        return published + dt.timedelta(days=7 - back)
    if back and _is_future(text, start, end):
        return published + dt.timedelta(days=7 - back)
    return published - dt.timedelta(days=back)


def number_of(word: str) -> int:
    """A small number in figures or words ("a" is one); 0 for any other word."""
    return int(word) if word.isdigit() else _SMALL.get(word.lower(), 0)


_PRESENT = re.compile(r"\b(?:is|are|has|have)\b")
# What is told counts on within so many characters of one paragraph.
_TOLD_NEAR = 400
# Days before publication within which a day told of further up is the one from which "a day earlier" counts.
_TOLD_WITHIN = 14
# From which of the dates told an expression of this unit can count: a month knows no day.
_FINE_ENOUGH = {
    "day": (Precision.DAY,),
    "week": (Precision.DAY, Precision.WEEK),
    "month": (Precision.DAY, Precision.WEEK, Precision.MONTH),
    "year": tuple(Precision),
}


def _told_near(at: int, unit: str, text: str, told: Sequence[DateMention], published: dt.date) -> dt.date | None:
    """The first day of the date that the words before ``at`` tell of in the same paragraph, when it is fine enough to count a ``unit`` from.

    A sentence in the present does not count on from another that dates far back: "the vote of 1 December. The cabinet is sworn in the same day".
    """
    sentence = max(text.rfind(". ", 0, at), text.rfind("\n", 0, at)) + 1
    for date in reversed(told):
        if at - date.end > _TOLD_NEAR or text.find("\n", date.end, at) >= 0:
            return None
        if date.end <= sentence and (published - days_of(date.value)[1]).days > _TOLD_WITHIN:
            if _PRESENT.search(text, sentence, at):
                return None
        if date.precision in _FINE_ENOUGH[unit]:
            return days_of(date.value)[0]
    return None


def _told_lately(at: int, unit: str, text: str, published: dt.date, told: Sequence[DateMention]) -> dt.date:
    """The date told of near by, else a day told of further up that is news, else the day of publication."""
    near = _told_near(at, unit, text, told, published)
    if near is not None:
        return near
    last = next((d for d in reversed(told) if d.precision is Precision.DAY), None)
    day = dt.date.fromisoformat(last.value) if last is not None else published
    return day if 0 <= (published - day).days <= _TOLD_WITHIN else published


def _counted(day: dt.date, unit: str, number: int) -> str:
    """The value that is ``number`` units from ``day``, as precise as the unit."""
    if unit == "day":
        return (day + dt.timedelta(days=number)).isoformat()
    if unit == "week":
        year, week, _ = (day + dt.timedelta(weeks=number)).isocalendar()
        return f"{year}-W{week:02d}"
    if unit == "month":
        months = day.year * 12 + day.month - 1 + number
        return f"{months // 12}-{months % 12 + 1:02d}"
    return str(day.year + number)


def _ago(m: re.Match[str], text: str, published: dt.date | None, told: Sequence[DateMention]) -> Iterator[tuple[int, int, str]]:
    """So many days before publication ("ago"), or before or after what was told just before ("two days later")."""
    number, unit, way = number_of(m["n"]), m["u"], m["dir"]
    if published is None or not number or unit == "decade":
        return
    start = m.start("n")
    if way == "ago":
        yield start, m.end(), _counted(published, unit, -number)
    elif way == "earlier":
        yield start, m.end(), _counted(_told_lately(start, unit, text, published, told), unit, -number)
    else:
        near = _told_near(start, unit, text, told, published)
        if near is not None:
            yield start, m.end(), _counted(near, unit, -number if way == "before that" else number)


# "To end the day at 7,114 points", "at the start of the day", but not "at the end of the day", which is no day.
_SPENT = re.compile(
    r"\b(?:end(?:s|ed|ing)?|clos(?:e|es|ed|ing)|finish(?:es|ed|ing)?|start(?:s|ed|ing)?|beg[aiu]n(?:s|ning)?|(?<!At the )(?<!at the )end of|(?:start|beginning|close|"
    r"middle|rest|remainder|half|course|part) of)\s$"
)


def _told(m: re.Match[str], text: str, published: dt.date | None, told: Sequence[DateMention]) -> Iterator[tuple[int, int, str]]:
    """What counts from the date told before: "the same day", "that week", "the following month", "the day before", "later in the day"."""
    if published is None:
        return
    start, end = m.span()
    said, behind = m["tr"].lower(), m["tb"]
    unit = m["tu"] if m["tu"] in _FINE_ENOUGH else "day"
    shift = -1 if said.endswith(("previous", "preceding")) or behind in ("before", "earlier", "previous") else 0
    shift = 1 if said.endswith(("next", "following")) or behind == "after" else shift
    if (m["te"] and not m["ti"] and said == "the") or text.startswith(" of ", end):
        return  # "late the evening", "early on the evening of 17 September"
    if said == "the" and behind is None:
        if not m["ti"] and not _SPENT.search(text, max(0, start - 16), start):
            return
        if unit != "day" and _is_future(text, start, end):
            # "will leave by the end of the year": that of publication, unless the words before tell of another
            value, near = _counted(published, unit, 0), _told_near(start, unit, text, told, published)
            if near is None or _counted(near, unit, 0) == value:
                yield start, end, value
            return
    if said.endswith("next") and unit != "day":
        return  # "the next week" is the one to come, or the one after: nobody can say
    if said.startswith("that") or shift > 0:
        near = _told_near(start, unit, text, told, published)
        if near is not None:
            yield start, end, _counted(near, unit, shift)
        return
    if said.endswith("same") and unit != "day":
        near = _told_near(start, unit, text, told, published)
        if near is None:
            return
        yield start, end, _counted(near, unit, 0)
        return
    yield start, end, _counted(_told_lately(start, unit, text, published, told), unit, shift)


def _year_before(at: int, text: str, published: dt.date, told: Sequence[DateMention]) -> str:
    """The month or quarter told of, a year before: "sales fell in January, against the same month a year ago"; else the year."""
    for date in reversed(told):
        if at - date.end > _TOLD_NEAR or text.find("\n", date.end, at) >= 0:
            break
        if date.precision in (Precision.MONTH, Precision.QUARTER):
            return f"{int(date.value[:4]) - 1}{date.value[4:]}"
    return str(published.year - 1)


def _relative(rel: str, unit: str, published: dt.date | None) -> str | None:
    if published is None or rel in ("following", "previous") or (rel == "past" and unit != "week"):
        return None
    shift = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(rel, 0)
    if unit == "week":
        year, week, _ = (published + dt.timedelta(weeks=shift)).isocalendar()
        return f"{year}-W{week:02d}"
    if unit == "month":
        months = published.year * 12 + published.month - 1 + shift
        return f"{months // 12}-{months % 12 + 1:02d}"
    if unit == "quarter":
        quarters = published.year * 4 + (published.month - 1) // 3 + shift
        return f"{quarters // 4}-Q{quarters % 4 + 1}"
    if unit == "year":
        return str(published.year + shift)
    year = published.year
    season = _SEASONS[unit]
    first = days_of(f"{year}-{season}")[0]
    if rel == "last" and first > published - dt.timedelta(days=60):
        year -= 1
    elif rel == "next" and first <= published:
        year += 1
    return f"{year}-{season}"


__all__ = ["Precision", "basis_of", "find_dateline", "find_dates", "number_of"]
