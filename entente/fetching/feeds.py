"""The list of news feeds in data/feeds.yml, checked when it is loaded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pycountry
import yaml

from entente.errors import FetchError, InputError
from entente.fetching.addresses import parse_address

FEEDS_FILE = Path(__file__).resolve().parent.parent.parent / "data" / "feeds.yml"
_FIELDS = {"name", "address", "country", "language"}


@dataclass(frozen=True, slots=True)
class Feed:
    """A news feed: its outlet's ``name``, ``country`` as ISO3, ``language`` as ISO 639-1, and the region it is listed under."""

    name: str
    address: str
    country: str
    language: str
    region: str


def load_feeds(region: str = "", file: Path = FEEDS_FILE) -> list[Feed]:
    """The feeds of one region, or all. Raises InputError for a file that breaks its rules and for a region it lacks."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{file.name} cannot be read: {error.strerror}; is the data folder complete?") from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"{file.name} is not YAML: {error}") from None
    if not isinstance(content, dict) or not all(isinstance(rows, list) for rows in content.values()):
        raise InputError(f"{file.name} must give a list of feeds for each region")
    feeds: list[Feed] = []
    for name, rows in content.items():
        feeds += [_feed(row, str(name), file.name) for row in rows]
    for field in ("name", "address"):
        values = [getattr(feed, field) for feed in feeds]
        if twice := sorted({value for value in values if values.count(value) > 1}):
            raise InputError(f"{file.name}, entry {twice[0]}: the {field} is given twice")
    if region:
        chosen = [feed for feed in feeds if feed.region.casefold() == region.casefold()]
        if not chosen:
            raise InputError(f"there are no feeds for {region!r}; the regions are {', '.join(regions(feeds))}")
        return chosen
    return feeds


def regions(feeds: list[Feed]) -> list[str]:
    """The regions in the order of the list."""
    return list(dict.fromkeys(feed.region for feed in feeds))


def _feed(row: object, region: str, file: str) -> Feed:
    if not isinstance(row, dict) or set(row) != _FIELDS or not all(isinstance(value, str) and value for value in row.values()):
        raise InputError(f"{file}, {region}: an entry must give {', '.join(sorted(_FIELDS))}, each as text; it is {row!r:.200}")
    where = f"{file}, entry {row['name']}"
    try:
        address = parse_address(row["address"]).url
    except FetchError as error:
        raise InputError(f"{where}: the address {row['address']!r}: {error}") from None
    if pycountry.countries.get(alpha_3=row["country"]) is None:
        raise InputError(f"{where}: the country {row['country']!r} is no ISO 3166 code of three letters")
    if not re.fullmatch(r"[a-z]{2}", row["language"]) or pycountry.languages.get(alpha_2=row["language"]) is None:
        raise InputError(f"{where}: the language {row['language']!r} is no ISO 639-1 code of two letters")
    return Feed(row["name"], address, row["country"], row["language"], region)
