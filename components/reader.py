"""What the screen asks of the corpus, remembered by the corpus's fingerprint and the filters, both small."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from components.charts.timeline import Grain
from components.charts.world_map import SMALL
from entente.corpus import Corpus, Filters, ensure_sample
from entente.lexicon import ActorKind, Lexicon, load_lexicon
from entente.model import Article, Coded

ROOT = Path(__file__).resolve().parents[1]
FRAMES = 64  # answers kept for all sessions; each is an aggregate of some kilobytes


@st.cache_resource(show_spinner=False, max_entries=1)
def lexicon() -> Lexicon:
    """The lexicon, loaded once for all sessions."""
    return load_lexicon()


@st.cache_data(show_spinner=False, max_entries=1)
def actors() -> pd.DataFrame:
    """All actors, indexed by code [name, kind, lat, lon]: countries at their label, organisations and groups at their seat."""
    rows = []
    for actor in lexicon().names.actors.values():
        at = actor.point if actor.kind is ActorKind.COUNTRY else actor.seat or actor.point
        rows.append({"code": actor.code, "name": actor.name, "kind": actor.kind.value, "lat": at.lat, "lon": at.lon})
    return pd.DataFrame(rows).set_index("code")


@st.cache_data(show_spinner=False, max_entries=1)
def names() -> dict[str, str]:
    """The name of every code."""
    return {str(code): str(name) for code, name in actors()["name"].items()}


@st.cache_data(show_spinner=False, max_entries=1)
def visible_shapes() -> frozenset[str]:
    """The codes whose shape on the base map is large enough to be seen."""
    features = json.loads((ROOT / "static" / "countries.geojson").read_text(encoding="utf-8"))["features"]
    return frozenset(feature["id"] for feature in features if feature["properties"]["area"] >= SMALL)
