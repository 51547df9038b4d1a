"""One chart alone, and the picture of a link."""

from __future__ import annotations

from conftest import Open, shown

from components.sharing import qr_picture


def test_alone_there_is_one_chart_its_source_and_no_filter(open_app: Open) -> None:
    app = open_app(only="timeline", c="RUS")
    assert not app.exception and not app.warning
    assert [chart.proto.alt[:16] for chart in app.get("plotly_chart")] == ["Events over time"]
    assert "narrowed to Russia" in shown(app) and "/?c=RUS<" in shown(app)
    assert not app.sidebar.multiselect and "blockquote" not in shown(app)
    assert app.query_params["only"] == "timeline"


def test_on_another_page_than_the_world_nothing_is_alone(open_app: Open) -> None:
    app = open_app("events", only="map")
    assert app.sidebar.multiselect and "e-source" not in shown(app)


def test_a_link_too_long_for_a_picture_has_none() -> None:
    assert qr_picture("https://news.example.org/?c=RUS").startswith("<svg ")
    assert qr_picture("https://news.example.org/?q=" + "a" * 4000) == ""
