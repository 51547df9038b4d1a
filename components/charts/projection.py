"""Where a place lands on the map, and how a curve between two places runs."""

from __future__ import annotations

import math

ROTATION = 11.0  # degrees: the map's middle, so that its edge runs through the Bering Strait and Chukotka stays attached

Point = tuple[float, float]

# Coefficients of Šavrič, Patterson and Jenny (2018), The Equal Earth map projection.
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796


def wrapped(lon: float) -> float:
    """The same longitude within -180 and 180 degrees."""
    return (lon + 180.0) % 360.0 - 180.0


def equal_earth(lon: float, lat: float) -> Point:
    """Equal Earth coordinates (x right, y up, in radii) of a place in degrees, the map rotated by ``ROTATION``."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    t2 = theta * theta
    t6 = t2 * t2 * t2
    x = math.radians(wrapped(lon - ROTATION)) * math.cos(theta)
    x *= 2 * math.sqrt(3) / (3 * (9 * _A4 * t6 * t2 + 7 * _A3 * t6 + 3 * _A2 * t2 + _A1))
    return x, theta * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))


def curve(start: Point, end: Point, bend: float, points: int = 24, reach: float = 1.0) -> list[Point]:
    """A quadratic curve from ``start`` to ``end``, both (lon, lat) in degrees, the short way round.

    ``bend`` is how far its middle lies to the left of the straight line, as a share of its length, so that there and back run
    apart. It ends after ``reach`` of its way. Longitudes come back within -180 and 180.
    """
    (x0, y0), (x1, y1) = start, end
    dx, dy = wrapped(x1 - x0), y1 - y0
    # Long curves bow less for their length, or they would leave the inhabited world.
    bend *= 1 - 0.5 * min(1.0, math.hypot(dx, dy) / 150)
    cx, cy = x0 + dx / 2 - dy * bend * 2, y0 + dy / 2 + dx * bend * 2
    # A control point beyond the pole would fold the curve over the map's upper edge.
    cy = max(-80.0, min(86.0, cy))
    path = []
    for i in range(points):
        t = reach * i / (points - 1)
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        path.append((wrapped(a * x0 + b * cx + c * (x0 + dx)), max(-84.0, min(84.0, a * y0 + b * cy + c * y1))))
    return path


def heading(path: list[Point]) -> float:
    """The screen angle at a path's end in degrees, clockwise from up, as Equal Earth draws it."""
    (x0, y0), (x1, y1) = equal_earth(*path[-2]), equal_earth(*path[-1])
    return math.degrees(math.atan2(x1 - x0, y1 - y0))
