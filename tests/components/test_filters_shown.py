"""The sidebar: on which pages it offers what, and that what it does not offer there is not forgotten."""

from __future__ import annotations

import pytest
from conftest import Open
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup

from components.view import UNCOUNTED, UNFILTERED


@pytest.mark.parametrize("page", UNFILTERED)
def test_a_page_that_no_filter_changes_offers_none_and_forgets_none(page: str, open_app: Open) -> None:
    narrowed = {"c": ["RUS", "PRK"], "side": "mutual", "quad": "verbal-cooperation", "from": "2024-01-01", "count": "reports"}
    app = open_app(page, **narrowed)
    assert not app.sidebar.multiselect and not app.sidebar.selectbox and not app.sidebar.date_input
    assert not [button for button in app.button if button.key and button.key.startswith(("chip-", "clear-"))]
    for _ in range(2):  # the second run knows of the widgets only what was noted of them
        assert {key: app.query_params[key] for key in narrowed} == narrowed
        app.run()
    app.switch_page("components/pages/world.py").run()
    assert app.sidebar.multiselect(key="countries").value == ["RUS", "PRK"]
    assert app.sidebar.selectbox(key="count").value == "reports"
    assert [chip.label for chip in app.button if chip.key == "chip-countries"] == ["mutual between Russia and North Korea"]


@pytest.mark.parametrize("page", [*UNCOUNTED, "country", "matrix", "events"])
def test_a_page_offers_what_is_counted_and_shaded_only_where_that_changes_it_and_forgets_neither(
    page: str, open_app: Open
) -> None:
    app = open_app(page, count="reports", shade="balance")
    offered = [box.key for box in app.sidebar.selectbox]
    assert offered == ([] if page in UNCOUNTED else ["count"])
    app.run()
    assert app.query_params["count"] == "reports" and app.query_params["shade"] == "balance"
    app.switch_page("components/pages/world.py").run()
    assert app.sidebar.selectbox(key="count").value == "reports" and app.sidebar.selectbox(key="shade").value == "balance"


def side_of(app: AppTest) -> ButtonGroup[str]:
    return next(one for one in app.sidebar.get("button_group") if one.proto.label == "How they take part")


def test_the_page_of_a_pair_shows_in_the_sidebar_what_it_shows_and_narrows_no_other_page(open_app: Open) -> None:
    app = open_app("pair", c=["RUS", "PRK"])
    assert [option.content for option in side_of(app).proto.options] == ["both", "one way", "mutual"]
    assert side_of(app).value == "both"
    app.run()
    assert side_of(app).value == "both" and "side" not in app.query_params
    world = app.switch_page("components/pages/world.py").run()
    assert side_of(world).value == "either" and "side" not in app.query_params
    app.switch_page("components/pages/pair.py").run()
    side_of(app).set_value("mutual").run()
    assert app.query_params["side"] == "mutual" and side_of(app).value == "mutual"
    app.multiselect(key="countries").set_value(["RUS"]).run()
    assert "either" in [option.content for option in side_of(app).proto.options] and side_of(app).value == "mutual"


def test_a_long_selection_is_cut_between_names_and_told_in_full_under_the_pointer(open_app: Open) -> None:
    many = ["USA", "CHN", "RUS", "PRK", "KOR", "JPN", "UKR", "IRN", "ISR", "FRA"]
    app = open_app(c=many, q="missile")
    chip, short = (next(button for button in app.button if button.key == f"chip-{field}") for field in ("countries", "text"))
    assert chip.label.endswith("Ukraine, Iran …") and "Israel or France" in chip.help
    assert short.label == "“missile”" and not short.help
