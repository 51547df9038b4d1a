"""Agency copy told by two outlets counts as one independent outlet."""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path

import pytest
from telling import article, tell

from entente.corpus import Corpus, Filters
from entente.corpus.agencies import credited_agency
from entente.corpus.copies import find_copies, is_copy, word_runs

AGENCY = (
    "RUS ASSAULT UKR happened on 2025-04-28 near Sumy. Rescue workers dug through the rubble of a bakery for most of the night. "
    "The governor said that nine people were treated for burns and that power was back in two of five quarters by noon. "
    "A spokesman for the railways spoke of delays on the line to the south, where a signal box had lost its roof."
)
CUT = AGENCY.split(" A spokesman", maxsplit=1)[0] + " Our newspaper will report more."
OWN = (
    "RUS ASSAULT UKR happened on 2025-04-28 near Sumy. Olena, who sells flowers at the market, was asleep when her windows burst. "
    "Her brother drove her to an aunt in the next village, with a cat, two suitcases and a box of tulip bulbs for the autumn. "
    "Schools stay closed until Friday, the mayor told parents who had come to ask for buses out of the town."
)


def outlets(folder: Path) -> dict[str, int]:
    corpus = Corpus.open(folder)
    assert corpus.arcs(Filters())["outlets"].tolist() == [corpus.count(Filters())["outlets"]]
    return {name: n for name, n in corpus.count(Filters()).items() if name != "undated"}


def test_agency_copy_in_two_newspapers_is_one_independent_outlet(tmp_path: Path) -> None:
    told = [article(AGENCY, outlet="Wire"), article(CUT, outlet="Gazette", title="Night of fire")]
    Corpus.open(tmp_path).add(told, tell)
    assert outlets(tmp_path) == {"events": 1, "reports": 2, "outlets": 1}
    Corpus.open(tmp_path).add([article(OWN, outlet="Herald")], tell)
    assert outlets(tmp_path) == {"events": 1, "reports": 3, "outlets": 2}


@pytest.mark.parametrize("batch", [1, 2, 10])
def test_copies_are_found_whatever_the_order_and_the_batches(tmp_path: Path, batch: int) -> None:
    told = [article(AGENCY, outlet="Wire"), article(CUT, outlet="Gazette"), article(OWN, outlet="Herald")]
    for number, order in enumerate(itertools.permutations(told)):
        Corpus.open(tmp_path / str(number)).add(order, tell, batch=batch)
        assert outlets(tmp_path / str(number)) == {"events": 1, "reports": 3, "outlets": 2}


def test_the_copy_counts_for_the_outlet_that_had_it_first(tmp_path: Path) -> None:
    wire = [article(AGENCY, "2025-04-28", "Wire"), article(OWN, "2025-04-28", "Wire")]
    Corpus.open(tmp_path).add([*wire, article(CUT, "2025-04-29", "Gazette")], tell)
    assert outlets(tmp_path) == {"events": 1, "reports": 3, "outlets": 1}
    # The newspaper can still be chosen by its own name.
    assert Corpus.open(tmp_path).count(Filters(outlets=("Gazette",)))["reports"] == 1


def test_copies_are_known_after_coding_again_and_after_a_date_is_given(tmp_path: Path) -> None:
    first, second = article(AGENCY, outlet="Wire"), article(CUT, None, "Gazette")
    Corpus.open(tmp_path).add([first, second], tell)
    Corpus.open(tmp_path).recode(tell)
    assert outlets(tmp_path)["outlets"] == 1
    Corpus.open(tmp_path).set_published(second.id, first.published, tell, who="A. Reader")  # type: ignore[arg-type]
    assert outlets(tmp_path) == {"events": 1, "reports": 2, "outlets": 1}


def test_short_texts_are_no_copies_however_alike() -> None:
    assert not is_copy(word_runs("Russia attacked Ukraine again on Monday"), word_runs("Russia attacked Ukraine again on Monday"))
    short = article("RUS ASSAULT UKR happened.")
    assert find_copies([short], (), ()).to_pylist() == [{"article_id": short.id, "bands": [], "copy_of": []}]


def test_the_same_quotation_makes_no_copy() -> None:
    quoted = "The minister said that he would not accept another word of it until all the prisoners had come home safe and well."
    assert not is_copy(word_runs(quoted + OWN), word_runs(quoted + AGENCY))


@pytest.mark.parametrize(
    ("text", "author", "outlet", "agency"),
    [
        ("SEOUL, April 28 (Yonhap) -- North Korea fired two missiles.", "", "Daily", "Yonhap"),
        ("(Reuters) - North Korea fired two missiles.", "", "Daily", "Reuters"),
        ("New Delhi [India], April 28 (ANI): The minister left.", "", "Daily", "ANI"),
        ("MOSCOW, April 28. /TASS/. The minister left.", "", "Daily", "TASS"),
        ("KYIV, Ukraine (AP) — The minister left.", "", "Daily", "AP"),
        ("The minister left.\nSource: Xinhua", "", "Daily", "Xinhua"),
        ("The minister left.\n© 2025 AFP", "", "Daily", "AFP"),
        ("The minister left. (PTI)", "", "Daily", "PTI"),
        ("The minister left.", "By Jane Doe, Associated Press", "Daily", "AP"),
        ("The minister left.", "Reuters Staff", "Daily", "Reuters"),
        ("The minister left.", "", "Agence France-Presse", "AFP"),
        ("The minister left, Reuters reported.", "Jane Doe", "Daily", ""),
        ("The Mutual Aid Programme (MAP) has ended, the minister told Xinhua.", "Sana Ansa", "Daily", ""),
        ("The minister told the AP that he had left", "", "Daily", ""),
    ],
)
def test_an_agency_is_known_by_how_it_is_credited_not_by_being_quoted(text: str, author: str, outlet: str, agency: str) -> None:
    assert credited_agency(dataclasses.replace(article(text, outlet=outlet), author=author)) == agency


def test_reports_rewritten_from_one_agency_are_one_independent_outlet(tmp_path: Path) -> None:
    told = [
        article("SUMY, Ukraine (AP) — " + OWN, outlet="Gazette"),
        article("RUS ASSAULT UKR happened on 2025-04-28 near Sumy, with much else. (AP)", outlet="Herald"),
        article("RUS ASSAULT UKR happened on 2025-04-28 near Sumy, told anew.", outlet="AP"),
    ]
    Corpus.open(tmp_path).add(told, tell)
    assert outlets(tmp_path) == {"events": 1, "reports": 3, "outlets": 1}
    Corpus.open(tmp_path).add([article("RUS ASSAULT UKR happened on 2025-04-28 near Sumy. (AFP)", outlet="Post")], tell)
    assert outlets(tmp_path) == {"events": 1, "reports": 4, "outlets": 2}
    # A copy that drops the credit is still the agency's.
    Corpus.open(tmp_path).add([article(OWN, outlet="Thief", title="Ours")], tell)
    assert outlets(tmp_path) == {"events": 1, "reports": 5, "outlets": 2}
