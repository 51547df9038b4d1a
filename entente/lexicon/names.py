"""From the lexicon's files to actors and the names that mean them."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from entente.errors import LexiconError
from entente.lexicon.files import LEXICON_FOLDER, load_csv, load_yaml
from entente.lexicon.matching import compile_longest
from entente.lexicon.model import Actor, ActorKind, ActorNames, Ambiguity, Name
from entente.model import MentionKind, Place

# In these countries the family name comes first.
_FAMILY_FIRST = frozenset({"CHN", "TWN", "HKG", "MAC", "PRK", "KOR", "VNM", "KHM", "SGP"})
# So many people of other countries bear a given name that is Western.
_WESTERN = 5
_SURE_KINDS = frozenset({MentionKind.NAME, MentionKind.DEMONYM, MentionKind.CAPITAL, MentionKind.GOVERNMENT})
_PLACE_KINDS = frozenset(["city", "province", "sea", "strait", "region", "site", "island", "base"])


def normal(text: str) -> str:
    """Typographic apostrophes, dashes and blanks made plain, one character for one, so that offsets stay."""
    if text.isascii() and "\n" not in text and "\t" not in text:
        return text  # nearly every name
    # several times as fast as str.translate, since most of these are not in the text at all
    for char, plain in _PLAIN.items():
        text = text.replace(char, plain)
    return text


_PLAIN = {"’": "'", "‘": "'", "ʻ": "'", "\u00a0": " ", "\u202f": " ", "‑": "-", "\n": " ", "\t": " "}


def _point(value: Any, file: str, entry: str, name: str) -> Place:
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(x, (int, float)) for x in value)):
        raise LexiconError(file, entry, f"needs [latitude, longitude], has {value!r}")
    lat, lon = float(value[0]), float(value[1])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise LexiconError(file, entry, f"[{lat}, {lon}] is no place on earth: latitude first, then longitude")
    return Place(name, lat, lon)


def texts_of(value: Any, file: str, entry: str, key: str) -> list[str]:
    """A list of names, empty where there is none. Raises LexiconError naming file, entry and key."""
    if value is None:
        return []
    if not (isinstance(value, list) and all(isinstance(x, str) and x for x in value)):
        raise LexiconError(file, entry, f"{key} needs a list of names, has {value!r}")
    return value


@lru_cache(maxsize=16_384)
def _day(text: str, last: bool) -> dt.date | None:
    """YYYY, YYYY-MM or YYYY-MM-DD as its first or last day; None for anything else. Kept, since many begin when another ends."""
    try:
        parts = [int(p) for p in text.split("-")]
        if len(parts) == 3:
            return dt.date(*parts)
        if len(parts) == 2:
            year, month = parts
            return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1) if last else dt.date(year, month, 1)
        if len(parts) == 1:
            return dt.date(parts[0], 12, 31) if last else dt.date(parts[0], 1, 1)
    except ValueError:
        pass
    return None


def _date(text: str, file: str, entry: str, last: bool) -> dt.date | None:
    """The first or last day that a cell tells; None for an empty one. Raises LexiconError."""
    day = _day(text, last) if text else None
    if text and day is None:
        raise LexiconError(file, entry, f"{text!r} is not a date such as 2013, 2013-05 or 2013-05-07")
    return day


def known_keys(entry: Any, keys: str, file: str, name: str) -> dict[str, Any]:
    """An entry that has no other keys than ``keys``, which are separated by blanks. Raises LexiconError."""
    if not isinstance(entry, dict):
        raise LexiconError(file, name, f"needs keys such as {keys.split()[0]}, has {entry!r}")
    unknown = set(entry) - set(keys.split())
    if unknown:
        raise LexiconError(file, name, f"unknown key {sorted(unknown)[0]!r}; known are {keys}")
    return entry


def load_actor_names(folder: Path = LEXICON_FOLDER) -> ActorNames:
    """Actors and names of the lexicon in ``folder``, validated and compiled. Raises LexiconError naming file and entry."""
    actors: dict[str, Actor] = {}
    names: dict[str, list[Name]] = defaultdict(list)

    def add(name: Name) -> None:
        names[normal(name.text)].append(name)

    _add_countries(folder, actors, add)
    _add_organisations(folder, actors, add)
    _add_groups(folder, actors, add)
    for code, values in load_yaml(folder, "governments.yml").items():
        _must_know(code, actors, "governments.yml", code)
        for text in texts_of(values, "governments.yml", code, "the entry"):
            add(Name(text, code, MentionKind.GOVERNMENT))
    for key, values in load_yaml(folder, "not-countries.yml").items():
        for text in texts_of(values, "not-countries.yml", key, "the entry"):
            names[normal(text)] = [Name(text, None, None)]
    surnames = _add_leaders(folder, actors, add)
    _add_places(folder, actors, names, add)
    ambiguous = _ambiguous(folder, actors, names, add)
    for text in [t for t, found in names.items() if found[0].kind in (MentionKind.NAME, MentionKind.CAPITAL) and len(t) > 4]:
        if text.upper() not in names:
            names[text.upper()] = names[text]
    forms = tuple(names)
    return ActorNames(
        actors=actors,
        names={t: tuple(v) for t, v in names.items()},
        ambiguous=ambiguous,
        sure={
            form: first.code
            for form, (first, *_) in names.items()
            if first.code and first.kind in _SURE_KINDS and form not in ambiguous
        },
        surnames={k: tuple(sorted(v)) for k, v in surnames.items()},
        forms=forms,
        matcher=compile_longest(forms),
    )


def _must_know(code: str, actors: dict[str, Actor], file: str, entry: str) -> None:
    if code not in actors:
        near = [c for c in actors if c[:2] == code[:2]][:4]
        raise LexiconError(
            file, entry, f"no actor has the code {code!r}" + (f"; did you mean {', '.join(near)}?" if near else "")
        )


def _add_countries(folder: Path, actors: dict[str, Actor], add: Any) -> None:
    file = "countries.yml"
    for code, entry in load_yaml(folder, file).items():
        e = known_keys(entry, "name in_sentence names adjective people point capital former_capitals", file, code)
        if not (isinstance(e.get("name"), str) and len(code) == 3 and code.isupper()):
            raise LexiconError(file, code, "needs a name, and a code of three capital letters")
        point = _point(e.get("point"), file, code, e["name"])
        seat = None
        if "capital" in e:
            c = known_keys(e["capital"], "name at also", file, code)
            seat = _point(c.get("at"), file, code, c["name"])
            for text in [c["name"], *texts_of(c.get("also"), file, code, "capital also")]:
                if text != e["name"]:
                    add(Name(text, code, MentionKind.CAPITAL, Place(c["name"], seat.lat, seat.lon)))
        for former in e.get("former_capitals", []):
            c = known_keys(former, "name at also until", file, code)
            seat_then = _point(c.get("at"), file, code, c["name"])
            until = _date(str(c.get("until", "")), file, code, True)
            if until is None:
                raise LexiconError(file, code, f"the former capital {c['name']} needs the day until which it was one")
            for text in [c["name"], *texts_of(c.get("also"), file, code, "former_capitals also")]:
                add(Name(text, code, MentionKind.CAPITAL, Place(c["name"], seat_then.lat, seat_then.lon), until=until))
        actors[code] = Actor(code, ActorKind.COUNTRY, e["name"], e.get("in_sentence", e["name"]), point, seat)
        for text in [e["name"], *texts_of(e.get("names"), file, code, "names")]:
            add(Name(text, code, MentionKind.NAME))
        for key, form in (("adjective", "adjective"), ("people", "people")):
            for text in texts_of(e.get(key), file, code, key):
                add(Name(text, code, MentionKind.DEMONYM, form=form))


def _add_organisations(folder: Path, actors: dict[str, Actor], add: Any) -> None:
    file = "organisations.yml"
    for code, entry in load_yaml(folder, file).items():
        e = known_keys(entry, "name in_sentence names seat", file, code)
        s = known_keys(e.get("seat"), "name at", file, code)
        seat = _point(s.get("at"), file, code, s["name"])
        actors[code] = Actor(code, ActorKind.ORGANISATION, e["name"], e.get("in_sentence", e["name"]), seat, seat)
        for text in [e["name"], *texts_of(e.get("names"), file, code, "names")]:
            add(Name(text, code, MentionKind.ORGANISATION))


def _add_groups(folder: Path, actors: dict[str, Actor], add: Any) -> None:
    file = "groups.yml"
    for code, entry in load_yaml(folder, file).items():
        e = known_keys(entry, "name in_sentence country governs names at", file, code)
        _must_know(e.get("country", ""), actors, file, code)
        point = _point(e.get("at"), file, code, e["name"])
        terms = tuple(_term(text, file, code) for text in texts_of(e.get("governs"), file, code, "governs"))
        actors[code] = Actor(code, ActorKind.GROUP, e["name"], e.get("in_sentence", e["name"]), point, None, e["country"], terms)
        for text in [e["name"], *texts_of(e.get("names"), file, code, "names")]:
            add(Name(text, code, MentionKind.GROUP))


def _term(text: str, file: str, code: str) -> tuple[dt.date, dt.date]:
    """The days of "1996-09-27/2001-11-13"; with nothing behind the stroke it lasts."""
    first, stroke, last = text.partition("/")
    try:
        days = dt.date.fromisoformat(first), dt.date.fromisoformat(last) if last else dt.date.max
    except ValueError:
        days = (dt.date.max, dt.date.min)
    if not stroke or days[0] > days[1]:
        raise LexiconError(file, code, f"governs is a span such as 2021-08-15/ or 1996-09-27/2001-11-13, not {text!r}")
    return days


def _add_leaders(folder: Path, actors: dict[str, Actor], add: Any) -> dict[str, set[str]]:
    file = "leaders.csv"
    surnames: dict[str, set[str]] = defaultdict(set)
    rows = load_csv(folder, file, "person aliases code role since until source")
    given = Counter(person.split()[0] for person in {row["person"] for row in rows if row["code"] not in _FAMILY_FIRST})
    for number, row in enumerate(rows, 2):
        entry = f"row {number} ({row['person']})"
        _must_know(row["code"], actors, file, entry)
        since, until = _date(row["since"], file, entry, False), _date(row["until"], file, entry, True)
        if since and until and since > until:
            raise LexiconError(file, entry, "ends before it begins")
        person = row["person"]
        for text in dict.fromkeys([person, *filter(None, row["aliases"].split("|"))]):
            add(Name(text, row["code"], MentionKind.LEADER, person=person, role=row["role"], since=since, until=until))
        words = person.split()
        if len(words) > 1:
            # "Joseph Wu" is written as in the West
            first = row["code"] in _FAMILY_FIRST and not (len(words) == 2 and given[words[0]] >= _WESTERN)
            surnames[words[0] if first else words[-1]].add(person)
    return surnames


def _add_places(folder: Path, actors: dict[str, Actor], names: dict[str, list[Name]], add: Any) -> None:
    file = "places.csv"
    for number, row in enumerate(load_csv(folder, file, "name aliases code kind lat lon population source"), 2):
        code = row["code"]
        if code and code not in actors:
            raise LexiconError(file, f"row {number} ({row['name']})", f"no country has the code {code!r}")
        if row["kind"] not in _PLACE_KINDS:
            raise LexiconError(
                file, f"row {number} ({row['name']})", f"kind {row['kind']!r} is none of {', '.join(sorted(_PLACE_KINDS))}"
            )
        try:
            place = Place(row["name"], float(row["lat"]), float(row["lon"])) if row["lat"] else None
            size = int(row["population"] or 0)
            if code == "USA" and row["kind"] == "province":
                # The states of the union are as well known as any large city.
                size = max(size, 1_000_000)
        except ValueError:
            raise LexiconError(file, f"row {number} ({row['name']})", "lat, lon and population need numbers") from None
        by_hand = row["source"] == "by hand"
        for text in [row["name"], *row["aliases"].split("|")] if row["aliases"] else (row["name"],):
            known = names.get(normal(text))
            if known and known[0].kind is not MentionKind.PLACE:
                continue
            add(Name(text, code or None, MentionKind.PLACE, place, size=size, by_hand=by_hand))


def _ambiguous(folder: Path, actors: dict[str, Actor], names: dict[str, list[Name]], add: Any) -> dict[str, Ambiguity]:
    file = "ambiguous.yml"
    out = {}
    for text, entry in load_yaml(folder, file).items():
        e = known_keys(entry, "code other for against default person form shared", file, text)
        for key in ("code", "other"):
            if e.get(key):
                _must_know(e[key], actors, file, text)
        if e.get("default") not in ("country", "other"):
            raise LexiconError(file, text, "default is country or other")
        if normal(text) not in names:
            kind = MentionKind.DEMONYM if e.get("form") else MentionKind.NAME
            add(Name(text, e["code"], kind, form=e.get("form", "")))
        out[normal(text)] = Ambiguity(
            e["code"],
            e.get("other"),
            tuple(texts_of(e.get("for"), file, text, "for")),
            tuple(texts_of(e.get("against"), file, text, "against")),
            e["default"] == "country",
            bool(e.get("person")),
            bool(e.get("shared")),
        )
    return out
