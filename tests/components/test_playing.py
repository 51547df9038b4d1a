"""The map through time: what a step shows, how steps are taken, and that a link holds them."""

from __future__ import annotations

import json

from conftest import Open, map_figures, shown
from streamlit.testing.v1 import AppTest


def finding(app: AppTest) -> str:
    return shown(app).split("</h1>")[0].rsplit(">", 1)[1]


def lines(app: AppTest) -> int:
    (chart,) = (said["figure"] for said in map_figures(app))
    traces = json.loads(chart)["data"]
    return sum(trace.get("mode") == "lines" for trace in traces)


def test_a_link_opens_the_week_that_a_day_falls_into(open_app: Open) -> None:
    app = open_app(play="week", at="2024-10-23")
    assert not app.exception and not app.warning
    assert finding(app).startswith("Week of 21 October 2024: ") and " events" in finding(app)
    assert "st-key-timeline::after" in shown(app)
    assert 0 < lines(app) < 8
    app.button(key="step-on").click().run()
    assert finding(app).startswith("Week of 28 October 2024")
    assert app.query_params["at"] == "2024-10-28"


def test_steps_end_where_the_events_end(open_app: Open) -> None:
    app = open_app(play="month")
    first = finding(app)
    app.button(key="step-back").click().run()
    assert finding(app) == first
    app.button(key="play-pause").click().run()
    assert app.session_state["playing"] is True
    assert app.button(key="play-pause").label == "Pause"
    app.button(key="play-pause").click().run()
    assert app.button(key="play-pause").label == "Play"


def test_a_day_before_the_first_step_and_one_after_the_last_give_those(open_app: Open) -> None:
    early, late = (finding(open_app(play="month", at=day)) for day in ("1801-01-01", "2199-01-01"))
    assert early != late
    assert finding(open_app(play="month")) == early


def test_each_shade_says_whose_is_strongest(open_app: Open) -> None:
    said = {shade: shown(open_app(shade=shade)) for shade in ("mentions", "events", "balance", "share")}
    assert "Named most: United States, in 51 of a hundred articles." in said["share"]
    assert "Named most: United States," in said["mentions"] and "mentions." in said["mentions"]
    assert "In most events: " in said["events"]
    assert "conflict most for " in said["balance"]
