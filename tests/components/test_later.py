"""What waits on a first visit, and a view that was asked for while something else was under way."""

from __future__ import annotations

import pytest
from conftest import Open, map_figures, shown

from components import figures, filters, later, maps, plots
from components.later import due
from components.view import View
from entente.corpus import Filters


def test_what_nobody_asked_for_yet_holds_its_place_and_brings_nothing(open_app: Open) -> None:
    app = open_app()
    assert app.get("plotly_chart") and "blockquote" in shown(app)
    for part in ("The timeline", "What changed", "The newest events"):
        app.session_state[due(part)] = False
    app.run()
    assert not app.exception and map_figures(app)
    assert not app.get("plotly_chart") and "blockquote" not in shown(app)
    assert len(app.get("skeleton")) == 3


def test_a_view_asked_for_outlives_a_browser_that_has_not_heard_of_it(open_app: Open) -> None:
    app = open_app()
    # What a click asked for is noted; the next message of the browser still holds the widgets as they were.
    app.session_state["view asked for"] = View(Filters(countries=("BRA",)))
    app.run()
    assert "BRA" in app.query_params["c"] and app.multiselect(key="countries").value == ["BRA"]
    # Asked for once: the reader may take it away.
    app.multiselect(key="countries").set_value([]).run()
    assert "c" not in app.query_params


def test_a_message_that_knew_of_an_older_view_does_not_bring_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, object] = {}
    monkeypatch.setattr(filters.st, "session_state", said)
    filters.set_view(View(Filters(countries=("RUS",))))
    known = filters.views_set()
    filters.set_view(View())
    said["countries"] = ["RUS"]
    filters.keep_view(known)
    assert filters.current_view() == View()
    # What the reader chose since is the reader's.
    said["countries"] = ["UKR"]
    filters.keep_view(filters.views_set())
    assert filters.current_view().filters.countries == ("UKR",)


def test_a_click_that_arrives_when_its_page_was_left_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, object] = {"event": "chosen"}
    monkeypatch.setattr("streamlit.session_state", said)
    later._note_due("What changed")
    plots._pass_on("lanes", "clicked", figures._mark_clicked)
    assert maps.clicked_codes("world-map") == []
    assert said == {"event": "chosen"}
