"""The lexicon's files: complete, witnessed by pycountry, and with errors that name file and entry."""

from __future__ import annotations

import shutil
from pathlib import Path

import pycountry
import pytest

from entente.errors import LexiconError
from entente.lexicon import LEXICON_FOLDER, ActorKind, Lexicon, load_lexicon
from entente.model import EventType, MentionKind


def test_every_iso_country_and_kosovo_is_there(lexicon: Lexicon) -> None:
    codes = {c for c, a in lexicon.names.actors.items() if a.kind is ActorKind.COUNTRY}
    assert codes == {c.alpha_3 for c in pycountry.countries} | {"XKX"}


def test_every_populated_country_has_a_capital_a_demonym_and_a_point(lexicon: Lexicon) -> None:
    uninhabited = {"ATA", "BVT", "HMD", "UMI", "MAC", "BES"}
    for code, actor in lexicon.names.actors.items():
        if actor.kind is ActorKind.COUNTRY:
            assert -90 <= actor.point.lat <= 90 and -180 <= actor.point.lon <= 180
            assert (actor.point.lat, actor.point.lon) != (0.0, 0.0), code
            assert actor.seat is not None or code in uninhabited, code


def test_the_sixteen_types_have_patterns(lexicon: Lexicon) -> None:
    assert {p.type for p in lexicon.grammar.patterns} == set(EventType)


def test_leaders_know_their_terms(lexicon: Lexicon) -> None:
    terms = [n for n in lexicon.names.names["Barack Obama"] if n.kind is MentionKind.LEADER]
    assert [(n.code, str(n.since), str(n.until)) for n in terms] == [("USA", "2009-01-20", "2017-01-20")]


def test_a_group_is_an_actor_apart_from_the_country_it_acts_in(lexicon: Lexicon) -> None:
    groups = [a for a in lexicon.names.actors.values() if a.kind is ActorKind.GROUP]
    assert len(groups) >= 80
    for group in groups:
        country = lexicon.names.actors[group.country]
        assert country.kind is ActorKind.COUNTRY and group.code != country.code, group.code


def test_no_leader_is_also_listed_as_never_a_country(lexicon: Lexicon) -> None:
    for text, found in lexicon.names.names.items():
        if any(n.kind is MentionKind.LEADER for n in found):
            assert all(n.code for n in found), text


def test_kursk_and_vostochny_lie_in_russia(lexicon: Lexicon) -> None:
    for name in ("Kursk", "Vostochny"):
        assert {n.code for n in lexicon.names.names[name]} == {"RUS"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "lexicon"
    shutil.copytree(LEXICON_FOLDER, folder)
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "countries.yml",
            "point: [33.83, 66.01]",
            "point: [133.83, 66.01]",
            "countries.yml, entry AFG: [133.83, 66.01] is no place on earth",
        ),
        (
            "countries.yml",
            ", until: 1999-08-31",
            "",
            "countries.yml, entry DEU: the former capital Bonn needs the day until which it was one",
        ),
        ("countries.yml", 'name: "Kabul"', 'nome: "Kabul"', "countries.yml, entry AFG: unknown key 'nome'"),
        ("groups.yml", "country: LBN", "country: LEB", "groups.yml, entry HEZBOLLAH: no actor has the code 'LEB'"),
        ("leaders.csv", "2009-01-20,2017-01-20", "2019-01-20,2017-01-20", "ends before it begins"),
        ("leaders.csv", "2009-01-20,2017-01-20,", "2009-01-20,2017-01-20,,", "has 8 cells, should have 7"),
        ("leaders.csv", "person,aliases", "person,alias", "leaders.csv, entry (header): columns are ['person', 'alias'"),
        ("places.csv", ",city,", ",town,", "places.csv, entry row"),
        ("patterns.yml", "- type: ASSAULT", "- type: ASAULT", "patterns.yml, entry 1 (ASAULT): type is none of"),
        ("patterns.yml", 'object: "@place city', 'object: "@plaice city', "'@plaice' is no kind of noun; known are @group"),
        ("topics.yml", "sport:", "sport: 3\nsports:", "topics.yml, entry sport"),
        ("ambiguous.yml", "default: country", "default: both", "ambiguous.yml, entry Georgia: default is country or other"),
    ],
)
def test_an_error_names_file_and_entry(copy: Path, file: str, old: str, new: str, said: str) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LexiconError) as error:
        load_lexicon(copy)
    assert said in str(error.value)


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "words.yml").unlink()
    with pytest.raises(LexiconError, match=r"words\.yml"):
        load_lexicon(copy)
