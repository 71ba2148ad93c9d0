"""The ruled lines of a page in; what they part and what they frame out."""

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import pairwise

from kommunebudsjett.pdf.glyphs import Rule

# In points: edges that are the same.
_SAME_EDGE = 4.0

# (left, top, right, bottom)
Area = tuple[float, float, float, float]


class Rules:
    """The ruled lines of a page: joined where they go on, horizontal ones by height."""

    def __init__(self, rules: list[Rule]):
        flat: dict[float, list[tuple[float, float]]] = {}
        y = -1e9
        for rule in sorted((r for r in rules if r.top == r.bottom), key=lambda r: r.top):
            y = y if rule.top - y <= 1.5 else rule.top
            flat.setdefault(y, []).append((rule.left, rule.right))
        self.flat = [(y, min(a for a, _ in runs), max(b for _, b in runs), runs) for y, runs in flat.items()]
        self.heights = [rule[0] for rule in self.flat]
        self.upright = [r for r in rules if r.left == r.right and r.bottom - r.top > 3]

    def between(self, above: float, below: float, left: float, right: float) -> bool:
        """Whether a rule over most of left-right stands between two heights."""
        for _, _, _, runs in self.flat[bisect_right(self.heights, above) : bisect_left(self.heights, below)]:
            covered = sum(max(0.0, min(b, right) - max(a, left)) for a, b in runs)
            if covered >= 0.5 * (right - left):
                return True
        return False

    @cached_property
    def areas(self) -> list[Area]:
        """Where three rules or more of the same width stand under each other."""
        groups: list[list[tuple[float, float, float, list]]] = []
        for rule in self.flat:
            _, left, right, _ = rule
            if right - left < 60:
                continue
            for group in groups:
                if abs(group[-1][1] - left) <= _SAME_EDGE and abs(group[-1][2] - right) <= _SAME_EDGE:
                    group.append(rule)
                    break
            else:
                groups.append([rule])
        parts = [part for group in groups for part in self._parted(group)]
        return [(part[0][1], part[0][0], part[0][2], part[-1][0]) for part in parts if len(part) >= 3]

    def band(self, y: float) -> tuple[float, float]:
        """The heights of the rules above and below a height."""
        heights, place = self.heights, bisect_right(self.heights, y)
        return (heights[place - 1] if place else 0.0), (heights[place] if place < len(heights) else y)

    def is_crossed(self, y: float, left: float, right: float) -> bool:
        """Whether an upright rule goes through a height."""
        return any(rule.top <= y <= rule.bottom and left - 2 <= rule.left <= right + 2 for rule in self.upright)

    def _parted(self, group: list[tuple]) -> list[list[tuple]]:
        """Rules of the same width, cut where no upright rule goes on, if there are any: one table ends there."""
        crossed = [self.is_crossed((above[0] + below[0]) / 2, above[1], above[2]) for above, below in pairwise(group)]
        parts = [[group[0]]]
        for rule, goes_on in zip(group[1:], crossed, strict=True):
            if any(crossed) and not goes_on:
                parts.append([rule])
            else:
                parts[-1].append(rule)
        return parts

    def cuts(self, left: float, right: float, top: float, bottom: float) -> list[float]:
        """Where upright rules stand inside an area, over a good part of its height."""
        heights: dict[float, float] = {}
        for rule in self.upright:
            covered = min(rule.bottom, bottom) - max(rule.top, top)
            if left + 4 < rule.left < right - 4 and covered > 0:
                x = next((x for x in heights if abs(x - rule.left) <= 2), rule.left)
                heights[x] = heights.get(x, 0.0) + covered
        return sorted(x for x, height in heights.items() if height >= 0.35 * (bottom - top))
