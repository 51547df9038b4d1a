"""What the browser says of a click or a drag on a chart."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import Open

from components import figures, plots
from components.view import View
from entente.corpus import Filters


def test_a_chart_that_can_be_clicked_on_is_no_widget_of_which_a_record_is_kept(open_app: Open) -> None:
    app = open_app("pair", c=("RUS", "PRK"))
    drawn = app.get("plotly_chart")
    assert {chart.proto.id.rpartition("-")[2] for chart in drawn} >= {"timeline", "lanes", "directions"}
    assert not any(chart.proto.selection_mode for chart in drawn)


def test_what_was_clicked_and_dragged_is_passed_on_by_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, list[Any]]] = []
    monkeypatch.setattr("streamlit.session_state", {"follow-lanes": {"clicked": ["an event"], "dragged": None}})
    plots._pass_on("lanes", "clicked", lambda said: told.append(("clicked", said)))
    plots._pass_on("lanes", "dragged", lambda said: told.append(("dragged", said)))
    assert told == [("clicked", ["an event"])]


@pytest.mark.parametrize("said", [None, "text", {"x": 1}, 7, []])
def test_what_is_no_list_is_passed_on_to_nobody(said: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.session_state", {"follow-timeline": {"clicked": said}})
    plots._pass_on("timeline", "clicked", lambda _: pytest.fail("passed on"))


@pytest.mark.parametrize("mark", [["never", "ever", "verbal conflict"], [None, None, None], ["2024-01-01"], [{}], [[], 1, 2]])
def test_a_mark_that_no_bar_has_narrows_nothing(mark: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "set_view", lambda _: pytest.fail("narrowed"))
    figures._bar_clicked(mark)
    figures._brushed(mark)


def test_the_days_dragged_across_narrow_the_view_whichever_way_the_drag_went(monkeypatch: pytest.MonkeyPatch) -> None:
    views: list[View] = []
    monkeypatch.setattr(figures, "current_view", View)
    monkeypatch.setattr(figures, "set_view", views.append)
    figures._brushed(["2024-03-09 07:12:55.0001", "2024-02-01"])
    filters: Filters = views[0].filters
    assert (str(filters.since), str(filters.until)) == ("2024-02-01", "2024-03-09")
