"""When two reports are of one event: the rule alone, and how it holds on the sample's gold facts."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools

import pytest

from entente.corpus.incidents import Report, all_words, content_words, directed_pairs, join_reports, same_event, with_story


def report(number: int, sentence: str, **changes: object) -> Report:
    words, names = content_words(sentence, ["Kenya", "Kenyan", "Somalia", "Somali", "accused"])
    day = dt.date(2025, 4, 28)
    one = Report(
        f"e{number}", f"a{number}", directed_pairs(["KEN"], ["SOM"]), frozenset({"KEN", "SOM"}), "ASSAULT", "material conflict",
        "happened", "day", "'Monday'", day, day, day, all_words(sentence), words, names,
    )  # fmt: skip
    return dataclasses.replace(one, **changes)


FIRST = "Kenyan jets bombed a camp near Kismayo on Monday, killing twelve fighters."
SECOND = "An attack by Kenyan jets on a camp outside Kismayo killed a dozen fighters, Somalia said."


def test_two_tellings_of_one_strike_are_one_event_with_a_reason() -> None:
    why = same_event(report(1, FIRST), report(2, SECOND))
    assert why.startswith("same parties, both ASSAULT, both on 2025-04-28")


@pytest.mark.parametrize(
    "changes",
    [
        {"article_id": "a1"},
        {"quad": "verbal conflict", "type": "ACCUSE"},
        {"status": "planned"},
        {"status": "denied"},
        {"pairs": directed_pairs(["SOM"], ["KEN"])},
        {"published": dt.date(2025, 5, 2)},
        {"first": dt.date(2025, 4, 27), "last": dt.date(2025, 4, 27)},
        {"parties": frozenset({"KEN", "SOM", "ETH"}), "pairs": directed_pairs(["ETH"], ["SOM"])},
        {"words": frozenset({"other", "words"})},
        {"names": frozenset({"garowe"})},
    ],
)
def test_whatever_differs_keeps_reports_apart(changes: dict[str, object]) -> None:
    assert same_event(report(1, FIRST), dataclasses.replace(report(2, SECOND), **changes)) == ""


def test_strikes_on_two_towns_on_one_day_are_two_events() -> None:
    other = "Kenyan jets bombed a camp near Garowe on Monday, killing twelve fighters."
    assert same_event(report(1, FIRST), report(2, other)) == ""


def test_the_same_sentence_is_the_same_telling_even_without_a_name() -> None:
    plain = "Kenya thanked Somalia on Monday for its soldiers."
    assert same_event(report(1, plain), report(2, plain))
    assert same_event(report(1, plain), report(2, "Kenya thanked Somalia on Monday for its fish and its rice.")) == ""


def test_a_meeting_dated_by_its_publication_is_the_one_of_the_day_before() -> None:
    meeting = {"type": "CONSULT", "quad": "verbal cooperation"}
    one = report(1, "The presidents of Kenya and Somalia talked about fishing rights in Mombasa.", **meeting)
    day = dt.date(2025, 4, 29)
    other = report(2, "After their talk about fishing rights both presidents flew home.", **meeting, first=day, last=day)
    assert same_event(one, other) == ""
    assert "one of them dated by its publication" in same_event(one, dataclasses.replace(other, basis="published 2025-04-29"))


AID = {"type": "AID", "quad": "material cooperation"}
LATER = {"published": dt.date(2025, 4, 30)}


def test_a_later_report_that_looks_back_on_the_day_tells_the_same() -> None:
    one = report(1, "Kenya confirmed that its soldiers had left for Somalia to guard the port of Kismayo.", **AID)
    other = report(2, "A senator was angry after Nairobi admitted that it had deployed troops in Somalia.", **AID, **LATER)
    assert "on which the later one looks back" in same_event(one, other)
    assert same_event(one, dataclasses.replace(other, published=one.published)) == ""
    assert same_event(one, dataclasses.replace(other, basis="published 2025-04-28")) == ""
    assert same_event(one, dataclasses.replace(other, words=frozenset({"senato", "vaccin"}))) == ""


def test_figures_that_differ_speak_against_looking_back() -> None:
    one = report(1, "Kenya gave Somalia 300 buses for the schools of Kismayo.", **AID)
    assert same_event(one, report(2, "Nairobi had sent Somalia 40 buses, a senator recalled.", **AID, **LATER)) == ""
    assert same_event(one, report(2, "Nairobi had sent Somalia buses, a senator recalled.", **AID, **LATER))


def test_looking_back_on_a_strike_must_name_nothing_by_which_it_could_be_another() -> None:
    one = report(1, "Kenyan jets bombed a camp and a depot near Kismayo, killing twelve fighters there.")
    assert same_event(one, report(2, "The talks ended after Kenya had bombed a depot in Somalia.", **LATER))
    assert same_event(one, report(2, "The talks ended after Kenya had bombed a depot near Garowe.", **LATER)) == ""


def test_a_meeting_looked_back_on_needs_no_word_in_common() -> None:
    meeting = {"type": "CONSULT", "quad": "verbal cooperation"}
    one = report(1, "The presidents of Kenya and Somalia sat down in Mombasa over fishing rights.", **meeting)
    other = report(2, "Ministers wrote letters a day after the two men had shaken hands.", **meeting, **LATER)
    assert same_event(one, other)
    assert same_event(one, dataclasses.replace(other, pairs=directed_pairs(["KEN", "SOM"], ["SOM", "KEN"]))) == ""


def test_an_agreement_dated_by_either_of_two_days_is_one_if_both_name_the_country_it_was_made_in() -> None:
    deal = {"type": "AGREE", "quad": "verbal cooperation", "places": frozenset({"DJI"})}
    day = dt.date(2025, 4, 29)
    one = report(1, "Kenya and Somalia settled their quarrel over fishing in Djibouti.", **deal)
    other = report(2, "The fishing accord was negotiated in Djibouti.", **deal, first=day, last=day)
    assert "both in DJI" in same_event(one, other)
    assert same_event(one, dataclasses.replace(other, places=frozenset({"ETH"}))) == ""


def test_an_agreement_of_a_monday_is_looked_back_on_as_of_the_weekend_before() -> None:
    deal = {"type": "AGREE", "quad": "verbal cooperation"}
    one = report(1, "Kenya and Somalia agreed to share 400 wagons after two days of talks.", **deal)
    weekend = {"precision": "week", "basis": "'over the weekend'", "first": dt.date(2025, 4, 26), "last": dt.date(2025, 4, 27)}
    later = "The deal on 400 wagons was negotiated by Kenya and Somalia over the weekend."
    one, other = (
        *with_story([one], "Kenya and Somalia share wagons"),
        *with_story([report(2, later, **deal, **weekend, published=dt.date(2025, 4, 30))], "The first wagons roll"),
    )
    assert "looked back on as of the weekend before" in same_event(one, other)
    assert same_event(one, dataclasses.replace(other, published=one.published)) == ""  # that is news of another deal
    assert same_event(one, dataclasses.replace(other, first=dt.date(2025, 4, 21))) == ""  # "last week" holds many
    assert same_event(one, dataclasses.replace(other, words=frozenset({"deal", "fish"}), names=frozenset())) == ""
    assert same_event(dataclasses.replace(one, first=dt.date(2025, 4, 29), last=dt.date(2025, 4, 29)), other) == ""


def test_a_charge_told_a_day_later_is_one_where_the_articles_tell_another_act_alike() -> None:
    act = report(
        1, "Ethiopia shelled Somalia near Dolow.", parties=frozenset({"ETH", "SOM"}), pairs=directed_pairs(["ETH"], ["SOM"])
    )
    charge = {"type": "ACCUSE", "quad": "verbal conflict"}
    first = report(1, "Kenya condemned the shelling and called the admission a disgrace.", **charge)
    day = dt.date(2025, 4, 29)
    again = {"first": day, "last": day, "published": day, "basis": "published 2025-04-29"}
    later = report(2, "Somalia had broken the truce of spring by its shelling, a minister in Kenya said.", **charge, **again)
    told, alone = dataclasses.replace(act, event_id="e3", article_id="a2"), "Kenya calls the admission of Dolow shameful"
    one = with_story([first, act], "Ethiopia admits it shelled Dolow")[0]
    other = with_story([later, told], alone)[0]
    assert "in articles that tell another act alike" in same_event(one, other)
    assert same_event(one, with_story([later], alone)[0]) == ""
    assert same_event(one, dataclasses.replace(other, words=frozenset({"milk"}))) == ""
    assault = {"type": "ASSAULT", "quad": "material conflict"}
    assert same_event(dataclasses.replace(one, **assault), dataclasses.replace(other, **assault)) == ""


def test_one_mediation_may_be_told_with_some_of_its_mediators() -> None:
    def mediation(number: int, mediators: list[str], between: list[str]) -> Report:
        parties = {"pairs": directed_pairs(mediators, between), "parties": frozenset((*mediators, *between))}
        return report(number, "Talks went on.", type="CONSULT", quad="verbal cooperation", words=frozenset(), **parties)

    one = mediation(1, ["KEN", "ETH"], ["SOM", "DJI"])
    assert "a mediation between the same" in same_event(one, mediation(2, ["KEN", "UGA"], ["DJI", "SOM"]))
    assert same_event(one, mediation(2, ["UGA", "RWA"], ["DJI", "SOM"])) == ""
    assert same_event(one, mediation(2, ["KEN", "UGA"], ["SOM", "ERI"])) == ""
    later = dataclasses.replace(
        mediation(2, ["KEN", "UGA"], ["DJI", "SOM"]), first=dt.date(2025, 4, 27), last=dt.date(2025, 4, 27)
    )
    assert same_event(one, later) == ""


def test_two_charges_over_one_town_need_more_in_common_than_its_name() -> None:
    charge = {"type": "ACCUSE", "quad": "verbal conflict"}
    one = report(1, "Kenya accused Somalia of arming rebels in Kismayo.", **charge)
    assert same_event(one, report(2, "Kenya accused Somalia of shelling a camp in Kismayo.", **charge)) == ""
    assert same_event(one, report(2, "Kenya accused Somalia of hiding rebels in Kismayo.", **charge))


def test_a_toll_is_of_the_attack_on_that_town_that_was_told_before() -> None:
    one = report(1, "Kenyan jets bombed structures around Kismayo, killing 35 people and wounding 131.")
    later = "The toll of the raid by jets on Kismayo rises to 46."
    assert same_event(one, report(2, later))
    assert same_event(one, report(2, later.replace("Kismayo", "Garowe"))) == ""
    assert same_event(one, report(2, later.replace("toll", "sound"))) == ""


def test_two_attacks_in_one_city_on_two_places_are_two() -> None:
    one = report(1, "Kenyan jets bombed the clinic of Farjano in Kismayo, where families had sought shelter.")
    assert same_event(one, report(2, "Kenyan tanks fired at the clinic of Calanley in Kismayo from twenty metres.")) == ""
    assert same_event(one, report(2, "Kenyan tanks fired at the clinic of Farjano in Kismayo from twenty metres."))


def test_one_thing_by_two_names_is_one_word() -> None:
    assert content_words("Soldiers came in planes.")[0] == content_words("Troops came by aircraft.")[0]


def shelling(number: int, sentence: str, **changes: object) -> Report:
    return report(number, sentence, pattern="ASSAULT: attack", **changes)


def test_two_short_tellings_in_the_same_words_are_one_event_by_whoever_s_hand() -> None:
    one = shelling(1, "Kenyan troops hit a town on Monday.", words=frozenset({"troops", "town"}))
    other = shelling(2, "Kenya's army hit a town on Monday.", words=frozenset({"troops", "town"}))
    assert same_event(one, other)
    assert same_event(one, dataclasses.replace(other, words=frozenset({"town"})))
    assert same_event(one, dataclasses.replace(other, pattern="ASSAULT: kill")) == ""
    assert same_event(one, dataclasses.replace(other, words=frozenset({"troops", "camp"}))) == ""
    assert same_event(one, dataclasses.replace(other, words=frozenset({"town", "bridge"}))) == ""


def test_what_is_done_once_a_day_may_be_told_at_more_length() -> None:
    gift = {**AID, "pattern": "AID: give + aid", "names": frozenset()}
    one = report(1, "Kenya gave Somalia boats on Monday.", **gift)
    other = report(2, "Kenya gave Somalia boats on Monday, which will guard the port and catch smugglers.", **gift)
    assert same_event(one, other)
    assert same_event(report(1, "Kenya gave Somalia buses on Monday.", **gift), other) == ""


def test_a_day_and_the_week_around_it_are_one_when_nothing_else_is_said() -> None:
    week = {"precision": "week", "first": dt.date(2025, 4, 28), "last": dt.date(2025, 5, 4)}
    gift = {**AID, "pattern": "AID: give + aid"}
    one = report(1, "Kenya gave Somalia tents and medicine on Monday.", **gift)
    assert same_event(one, report(2, "Kenya gave Somalia tents and medicine this week.", **gift, **week))
    assert same_event(one, report(2, "Kenya gave Somalia tents and blankets this week.", **gift, **week)) == ""
    raid = shelling(1, "Kenya hit a village and a farm on Monday.", words=frozenset({"villag", "farm"}))
    assert same_event(raid, shelling(2, "Kenya hit a village and a farm.", words=frozenset({"villag", "farm"}), **week)) == ""


def test_in_few_words_one_other_thing_makes_it_another_act_though_the_day_after_tells_it() -> None:
    ban = {"type": "SANCTION", "published": dt.date(2025, 4, 29)}
    one = report(1, "Kenya banned maize imports from Somalia on Monday.", type="SANCTION")
    assert same_event(one, report(2, "Kenya banned sugar imports from Somalia on Monday.", **ban)) == ""
    assert same_event(one, report(2, "Kenya banned imports of Somali maize on Monday.", **ban))


def test_two_attacks_on_one_town_need_more_in_common_than_its_name() -> None:
    one = report(1, "Kenyan jets bombed a market in Kismayo, killing nine people and setting stalls on fire.")
    assert (
        same_event(one, report(2, "Kenya killed four teachers in Kismayo with a shell, a doctor at the clinic told reporters."))
        == ""
    )
    assert same_event(one, report(2, "Kenya killed four teachers at a market in Kismayo, a doctor at the clinic told reporters."))


def test_the_rule_is_symmetric() -> None:
    reports = [
        report(n, text) for n, text in enumerate((FIRST, SECOND, FIRST.replace("Kismayo", "Garowe"), "Kenya bombed 1,200 huts."))
    ]
    for one, other in itertools.permutations(reports, 2):
        assert same_event(one, other) == same_event(other, one)


def test_joining_does_not_depend_on_the_order_of_the_links() -> None:
    links = [("b", "c", "x"), ("d", "e", "x"), ("a", "b", "x"), ("e", "c", "x")]
    for order in itertools.permutations(links):
        assert {group for group, _ in join_reports(order, {}).values()} == {"a"}
    assert join_reports([("x", "y", "r")], {"x": "a"})["a"][0] == "a"
