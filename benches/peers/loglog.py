"""Draws small plots with logarithmic axes side by side, as one SVG."""

import math
from dataclasses import dataclass
from html import escape

COLUMNS = 3
WIDTH, HEIGHT = 330, 260
LEFT, RIGHT, TOP, BOTTOM = 62, 84, 34, 46
SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
# Distinct in shade, dashes and marks, also in black-and-white print.
STYLES = (("#000000", "", "circle"), ("#6b6b6b", "6 3", "square"))
STEPS_OF_DECADE = (1, 2, 5)


@dataclass
class Line:
    """A named line of (x, y) points."""

    name: str
    points: list


@dataclass
class Panel:
    """A plot with its title, which names the unit."""

    title: str
    lines: list
    proportional: bool = False


class Axis:
    """A logarithmic axis between two coordinates of the page."""

    def __init__(self, values, start, end, whole_decades):
        low, high = math.log10(min(values)), math.log10(max(values))
        if whole_decades:
            low, high = math.floor(low + 1e-9), math.ceil(high - 1e-9)
        if high - low < 1:
            middle = (low + high) / 2
            low, high = middle - 0.5, middle + 0.5
        self.low, self.high, self.start, self.end = low, high, start, end

    def place(self, value):
        """The coordinate of a value."""
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self):
        """The tick values: powers of ten, and steps between them if there are few."""
        decades = range(math.floor(self.low), math.ceil(self.high) + 1)
        steps = STEPS_OF_DECADE if self.high - self.low < 2 else (1,)
        values = [step * 10.0**decade for decade in decades for step in steps]
        return [value for value in values if self.low - 1e-9 <= math.log10(value) <= self.high + 1e-9]


def draw(title, x_label, panels):
    """The SVG of all panels."""
    columns = min(COLUMNS, len(panels))
    rows = math.ceil(len(panels) / columns)
    width, height = columns * WIDTH, rows * HEIGHT + 30
    body = "".join(
        f'<g transform="translate({at % columns * WIDTH} {30 + at // columns * HEIGHT})">{draw_panel(panel, x_label)}</g>\n'
        for at, panel in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'font-family="Helvetica, Arial, sans-serif" font-size="11" fill="#000000" role="img">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n'
        f'<text x="{LEFT}" y="20" font-size="14" font-weight="bold">{escape(title)}</text>\n{body}</svg>\n'
    )


def draw_panel(panel, x_label):
    """One plot with its frame, ticks and lines."""
    points = [point for line in panel.lines for point in line.points]
    x = Axis([point[0] for point in points], LEFT, WIDTH - RIGHT, False)
    y = Axis([point[1] for point in points], HEIGHT - BOTTOM, TOP, True)
    parts = [text(LEFT, TOP - 10, panel.title, weight="bold"), *draw_ticks(x, y)]
    parts.append(
        f'<rect x="{LEFT}" y="{TOP}" width="{x.end - x.start}" height="{y.start - y.end}" fill="none" stroke="#000000"/>'
    )
    parts.append(text((x.start + x.end) / 2, HEIGHT - 10, x_label, "middle"))
    if panel.proportional:
        parts.append(draw_proportion(panel.lines[0].points[0], x, y))
    parts += [draw_line(line, style, x, y) for line, style in zip(panel.lines, STYLES)]
    return "".join(parts + draw_names(panel.lines, x, y))


def draw_ticks(x, y):
    """Grid lines and labels of both axes."""
    for value in x.ticks():
        at = x.place(value)
        yield f'<path d="M{at:.1f} {y.start}V{y.end}" stroke="#dddddd"/>'
        if math.log10(value) % 1 < 1e-9:
            yield text(at, y.start + 16, power(value), "middle")
    for value in y.ticks():
        at = y.place(value)
        yield f'<path d="M{x.start} {at:.1f}H{x.end}" stroke="#dddddd"/>'
        yield text(x.start - 6, at + 4, f"{value:,.10g}", "end")


def power(value):
    """The label of a power of ten."""
    return "10" + str(round(math.log10(value))).translate(SUPERSCRIPTS)


def draw_proportion(first, x, y):
    """A thin line from the first point: proportional growth, within the frame."""
    growth = min(10 ** (x.high - math.log10(first[0])), 10 ** (y.high - math.log10(first[1])))
    ends = [first, (first[0] * growth, first[1] * growth)]
    path = " ".join(f"{x.place(a):.1f},{y.place(b):.1f}" for a, b in ends)
    return f'<polyline points="{path}" fill="none" stroke="#6b6b6b" stroke-width="1.2" stroke-dasharray="1.5 3"/>'


def draw_line(line, style, x, y):
    """A line with a mark at each point."""
    color, dashes, mark = style
    places = [(x.place(a), y.place(b)) for a, b in line.points]
    path = " ".join(f"{a:.1f},{b:.1f}" for a, b in places)
    marks = "".join(draw_mark(mark, color, a, b) for a, b in places)
    return f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="1.8" stroke-dasharray="{dashes}"/>{marks}'


def draw_mark(mark, color, a, b):
    """A filled circle or an open square."""
    if mark == "circle":
        return f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{color}"/>'
    return f'<rect x="{a - 3:.1f}" y="{b - 3:.1f}" width="6" height="6" fill="#ffffff" stroke="{color}" stroke-width="1.5"/>'


def draw_names(lines, x, y):
    """The names at the ends of the lines, without overlap."""
    ends = sorted((y.place(line.points[-1][1]) + 4, line.name) for line in lines)
    places = []
    for wanted, name in ends:
        at = max(wanted, places[-1][0] + 13) if places else wanted
        places.append((at, name))
    return [text(x.end + 6, at, name) for at, name in places]


def text(x, y, words, anchor="start", weight="normal"):
    """A piece of text."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}">{escape(words)}</text>'
