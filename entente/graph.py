"""Relations as a graph: who keeps company with whom, where each stands in a picture of it, and the graph as a file."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from itertools import accumulate, pairwise

import networkx as nx
import pandas as pd

Point = tuple[float, float]

_SEED = 7  # the same relations give the same picture
_WIDEST = 3  # even steps between one actor and the next along an axis, at most
_COUNTS = ("events", "reports", "outlets", "cooperation", "conflict")


def pairs_of(totals: pd.DataFrame) -> pd.DataFrame:
    """Both directions of each pair together, most events first [left, right, events, reports, cooperation, conflict, forth, back,
    mutual]; ``left`` comes before ``right`` in the alphabet of codes, ``forth`` counts the events in which the left one acts.

    ``totals``: one row a directed pair [actor, recipient, mutual, events, reports, cooperation, conflict].
    """
    forward = totals["actor"] < totals["recipient"]
    frame = pd.DataFrame(
        {
            "left": totals["actor"].where(forward, totals["recipient"]),
            "right": totals["recipient"].where(forward, totals["actor"]),
            "forth": totals["events"].where(forward & ~totals["mutual"], 0),
            "back": totals["events"].where(~forward & ~totals["mutual"], 0),
            "mutual": totals["events"].where(totals["mutual"], 0),
            **{name: totals[name] for name in ("events", "reports", "cooperation", "conflict")},
        }
    )
    columns = ["events", "reports", "cooperation", "conflict", "forth", "back", "mutual"]
    sums = frame.groupby(["left", "right"])[columns].sum().reset_index()
    return sums.sort_values(["events", "left", "right"], ascending=[False, True, True]).reset_index(drop=True)


def actor_events(totals: pd.DataFrame) -> dict[str, int]:
    """How many events of pairs each actor takes part in, by code, most first. ``totals`` as in ``pairs_of``."""
    sides = [totals.set_index(side)["events"] for side in ("actor", "recipient")]
    sums = pd.concat(sides).groupby(level=0).sum().rename_axis("code").reset_index(name="events")
    sums = sums.sort_values(["events", "code"], ascending=[False, True])
    return {str(code): int(events) for code, events in zip(sums["code"], sums["events"], strict=True)}


def circles(pairs: pd.DataFrame) -> list[list[str]]:
    """Actors that have more to do with each other than with the rest, the circle with most events first, in each the busiest first.

    Found by greedy modularity (Clauset, Newman and Moore 2004) on the number of events. ``pairs`` as ``pairs_of`` gives them.
    """
    graph = _undirected(pairs)
    if not graph:
        return []
    weight = dict(graph.degree(weight="events"))
    found = nx.community.greedy_modularity_communities(graph, weight="events")
    ordered = [sorted(circle, key=lambda code: (-weight[code], code)) for circle in found]
    return sorted(ordered, key=lambda circle: (-sum(weight[code] for code in circle), circle))


def layout(pairs: pd.DataFrame) -> dict[str, Point]:
    """A place for each actor, x and y within -1 and 1, near those that it has most to do with. The same pairs give the same places."""
    graph = _undirected(pairs)
    # The most frequent pair would pull two actors into one spot: the logarithm keeps the rest of the picture apart.
    for _, _, data in graph.edges(data=True):
        data["pull"] = math.sqrt(math.log1p(data["events"]))
    if len(graph) == 1:
        return dict.fromkeys(graph, (0.0, 0.0))
    places = nx.spring_layout(graph, weight="pull", k=2.2 / math.sqrt(max(1, len(graph))), iterations=200, seed=_SEED)
    spots = {str(code): (float(x), float(y)) for code, (x, y) in places.items()}
    across, up = (_spread({code: spot[axis] for code, spot in spots.items()}) for axis in (0, 1))
    return {code: (across[code], up[code]) for code in spots}


def _spread(positions: Mapping[str, float]) -> dict[str, float]:
    """Positions within -1 and 1, halfway to even steps, so that a crowded middle opens and who flew far off comes nearer. Nobody
    leaves a gap of more than ``_WIDEST`` steps: two who have to do with no other would push all others into a corner."""
    order = sorted(positions, key=lambda code: (positions[code], code))
    if not order:
        return {}
    widest = _WIDEST * (positions[order[-1]] - positions[order[0]]) / len(order)
    steps = (min(widest, positions[after] - positions[before]) for before, after in pairwise(order))
    own = list(accumulate(steps, initial=0.0))
    width, most = own[-1] or 1.0, max(1, len(order) - 1)
    return {code: 2 * (0.45 * at / width + 0.55 * i / most) - 1 for i, (code, at) in enumerate(zip(order, own, strict=True))}


def as_graphml(totals: pd.DataFrame, actors: pd.DataFrame) -> bytes:
    """The directed graph as GraphML for Gephi, Cytoscape, igraph and others, in UTF-8.

    ``totals``: one row a directed pair [actor, recipient, mutual, events, reports, outlets, cooperation, conflict]; a mutual one
    becomes two edges that say so. ``actors``: indexed by code [name, kind, lat, lon].
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in totals.to_dict("records"):
        ends = (str(row["actor"]), str(row["recipient"]))
        counts = {name: int(row[name]) for name in _COUNTS}
        for left, right in (ends, ends[::-1]) if row["mutual"] else (ends,):
            graph.add_edge(left, right, mutual=bool(row["mutual"]), weight=counts["events"], **counts)
    known = actors.to_dict("index")
    for code in graph:
        if actor := known.get(code):
            place = {name: float(actor[name]) for name in ("lat", "lon")}
            graph.nodes[code].update(label=str(actor["name"]), kind=str(actor["kind"]), **place)
    file = io.BytesIO()
    nx.write_graphml(graph, file, prettyprint=True)
    return file.getvalue()


def circle_of(found: list[list[str]]) -> Mapping[str, int]:
    """The number of each actor's circle, by code."""
    return {code: number for number, circle in enumerate(found) for code in circle}


def _undirected(pairs: pd.DataFrame) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    for left, right, events in zip(pairs["left"], pairs["right"], pairs["events"], strict=True):
        graph.add_edge(str(left), str(right), events=int(events))
    return graph
