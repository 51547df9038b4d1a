"""Who may write: the person at this machine and named editors who signed in. Everybody else reads, and is shown no control for it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from conftest import Open, shown

from components import reader
from components.access import editors_in, is_local, signed_in_as
from entente.errors import InputError
from entente.model import Article

LOCAL = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}
ANNA = {"is_logged_in": True, "email": "Anna@Example.org", "email_verified": True}


@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "127.0.0.1:8501", "127.8.8.8", "[::1]:8501", "LOCALHOST:1"])
def test_a_browser_at_this_machine_is_local(host: str) -> None:
    assert is_local({"host": host}, None)
    assert is_local({"Host": host}, "127.0.0.1") and is_local({"Host": host}, "::1")
    assert is_local({"Host": host}, "::ffff:127.0.0.1")  # what a server on both protocols sees of 127.0.0.1


@pytest.mark.parametrize(
    "host", ["", "news.example.org", "localhost.example.org", "192.168.0.3", "0.0.0.0", "[", "127.0.0.1.nip.io", "x@evil.org"]
)
def test_another_name_for_this_machine_is_not_local(host: str) -> None:
    assert not is_local({"Host": host}, None)


def test_a_request_that_names_no_host_is_not_local() -> None:
    assert not is_local({}, None)


@pytest.mark.parametrize("address", ["192.0.2.1", "::ffff:192.0.2.1", "2001:db8::1", "nonsense", ""])
def test_a_connection_from_elsewhere_is_not_local_whatever_host_it_names(address: str) -> None:
    assert not is_local(LOCAL, address)


@pytest.mark.parametrize("header", ["X-Forwarded-For", "x-real-ip", "Forwarded", "X-Forwarded-Host", "Via", "X-Forwarded-Proto"])
def test_what_a_proxy_passed_on_is_not_local(header: str) -> None:
    assert not is_local(LOCAL | {header: "127.0.0.1"}, None)


def test_editors_are_addresses_in_any_case() -> None:
    assert editors_in(" Anna@Example.org,b@c.de\nd@e.fr ") == {"anna@example.org", "b@c.de", "d@e.fr"}
    assert editors_in("") == editors_in("anyone *") == frozenset()


def test_a_person_is_who_the_provider_says_and_has_verified() -> None:
    assert signed_in_as(ANNA) == "anna@example.org"
    assert signed_in_as(ANNA | {"email_verified": "true"}) == "anna@example.org"


@pytest.mark.parametrize(
    "change",
    [{"is_logged_in": False}, {"is_logged_in": "yes"}, {"email_verified": False}, {"email_verified": None}, {"email": None}, {"email": ""}],
)  # fmt: skip
def test_an_address_that_nobody_vouches_for_is_nobody(change: dict[str, Any]) -> None:
    assert signed_in_as(ANNA | change) == ""


class User(dict[str, Any]):
    """What Streamlit tells of the person at the other end."""

    def to_dict(self) -> dict[str, Any]:
        return dict(self)


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A host with editors and a login; ``sign_in(**claims)`` is who signed in."""

    def run(**claims: Any) -> None:
        monkeypatch.setenv("ENTENTE_EDITORS", "anna@example.org")
        monkeypatch.setattr(st, "user", User({"is_logged_in": False} | claims))

    return run


@pytest.fixture
def own(make_corpus: Callable[..., Path], thanked: Article) -> Path:
    return make_corpus(dataclasses.replace(thanked, published=None, published_basis=""))


def controls(app: Any) -> set[str]:
    """The labels of everything that could write or sign in."""
    labels = {button.label for button in app.button} | {area.label for area in app.text_area}
    labels |= {expander.label for expander in app.expander}
    writing = ("Add", "Set date", "Accept", "Reject", "Keep the changes", "Headline in", "Is this reading", "Sign in", "Sign out")
    return {label for label in labels if label.startswith(writing)}


@pytest.mark.parametrize("page", ["corpus", "events"])
def test_a_reader_of_a_public_host_is_shown_no_control_that_writes(page: str, open_app: Open, own: Path) -> None:
    event = reader.Corpus.open(own).events(reader.Filters())["event_id"].iloc[0]
    app = open_app(page, corpus=own, local=False, event=event)
    assert not app.exception and controls(app) == set()
    assert "Add articles" not in shown(app)
    assert ("Articles are added by those who keep this corpus" in shown(app)) == (page == "corpus")


def test_the_person_at_this_machine_adds_dates_and_corrects(open_app: Open, own: Path) -> None:
    assert {"Add", "Set date"} <= controls(open_app("corpus", corpus=own))
    event = reader.Corpus.open(own).events(reader.Filters())["event_id"].iloc[0]
    assert {"Accept", "Reject", "Is this reading right?"} <= controls(open_app("events", corpus=own, event=event))


def test_a_read_only_host_offers_nobody_a_change(
    open_app: Open, own: Path, sign_in: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTENTE_READ_ONLY", "1")
    sign_in()
    assert controls(open_app("corpus", corpus=own)) == set()
    sign_in(**ANNA)
    assert controls(open_app("corpus", corpus=own)) == {"Sign out"}


def test_who_may_be_an_editor_is_offered_the_way_in(open_app: Open, own: Path, sign_in: Callable[..., None]) -> None:
    sign_in()
    assert controls(open_app("corpus", corpus=own, local=False)) == {"Sign in to edit"}


def test_no_way_in_where_no_editor_is_named(
    open_app: Open, own: Path, sign_in: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in()
    monkeypatch.delenv("ENTENTE_EDITORS")
    assert controls(open_app("corpus", corpus=own, local=False)) == set()


def test_no_way_in_where_no_login_is_set_up(open_app: Open, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTENTE_EDITORS", "anna@example.org")
    assert controls(open_app("corpus", corpus=own, local=False)) == set()


def test_a_named_editor_adds_and_corrects_under_the_address_signed_in_with(
    open_app: Open, own: Path, sign_in: Callable[..., None]
) -> None:
    sign_in(**ANNA)
    assert {"Add", "Set date", "Sign out"} <= controls(open_app("corpus", corpus=own, local=False))
    event = reader.Corpus.open(own).events(reader.Filters())["event_id"].iloc[0]
    app = open_app("events", corpus=own, local=False, event=event)
    assert "Your name" not in {field.label for field in app.text_input}
    next(button for button in app.button if button.label == "Reject").click().run()
    assert not app.exception
    assert reader.Corpus.open(own).corrections_of(event)["who"].tolist() == ["anna@example.org"]
    assert "rejected by anna," in shown(app) and "example.org" not in shown(app)


def test_somebody_else_who_signs_in_reads_only(open_app: Open, own: Path, sign_in: Callable[..., None]) -> None:
    sign_in(**ANNA | {"email": "eve@example.org"})
    assert controls(open_app("corpus", corpus=own, local=False)) == {"Sign out"}
    sign_in(**ANNA | {"email_verified": False})
    assert controls(open_app("corpus", corpus=own, local=False)) == {"Sign out"}


@pytest.mark.parametrize("write", ["add", "date", "correct", "split"])
def test_the_gate_stands_in_front_of_the_change_itself(
    write: str, own: Path, monkeypatch: pytest.MonkeyPatch, thanked: Article
) -> None:
    monkeypatch.setenv("ENTENTE_CORPUS", str(own))
    before = reader.Corpus.open(own).fingerprint
    with pytest.raises(InputError, match="only editors"):
        if write == "add":
            reader.add_articles([thanked], [], lambda count: None)
        elif write == "date":
            reader.date_article(thanked.id, dt.date(2025, 4, 28))
        elif write == "split":
            reader.split("0" * 16, who="Eve", why="")
        else:
            reader.correct("0" * 16, "reject", who="Eve", why="", change={})
    assert reader.Corpus.open(own).fingerprint == before
