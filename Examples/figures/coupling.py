#!/usr/bin/env python3
"""Draws coupling_matrix.csv as an SVG: coupling.py MATRIX.csv TRUTH.tsv > coupling.svg

Each cell is a coupling share; an outline marks the target stage that is known to be right.
"""
import csv
import sys
from html import escape

WIDTH, HEIGHT, LEFT, TOP = 84, 34, 64, 54
FONT = "font-family='DejaVu Sans, Helvetica, Arial, sans-serif' font-size='13'"


def colour(share):
    """White to dark blue, even in lightness."""
    low, high = (247, 250, 253), (8, 64, 129)
    return "rgb(%d,%d,%d)" % tuple(round(a + (b - a) * share) for a, b in zip(low, high))


def text(x, y, words, anchor="middle", fill="#222"):
    return f"<text x='{x}' y='{y}' text-anchor='{anchor}' fill='{fill}' {FONT}>{escape(words)}</text>"


rows = list(csv.reader(open(sys.argv[1])))
known = {row["source_stage"]: row["target_stage"] for row in csv.DictReader(open(sys.argv[2]), delimiter="\t")}
layers, regions = rows[0][1:], rows[1:]
total_width = LEFT + WIDTH * len(layers) + 16
total_height = TOP + HEIGHT * len(regions) + 34

print(f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {total_width} {total_height}' "
      f"width='{total_width}' height='{total_height}' role='img' aria-labelledby='title'>")
print("<title id='title'>Coupling shares of five regions over six model layers</title>")
print(f"<rect width='{total_width}' height='{total_height}' fill='#fff'/>")
print(text(LEFT, 20, "Coupling share: how a region's mass is spread over the layers", "start"))
for column, layer in enumerate(layers):
    print(text(LEFT + WIDTH * (column + 0.5), TOP - 10, layer))
outlines = []
for row, (region, *shares) in enumerate(regions):
    y = TOP + HEIGHT * row
    print(text(LEFT - 10, y + 22, region, "end"))
    for column, share in enumerate(map(float, shares)):
        x = LEFT + WIDTH * column
        print(f"<rect x='{x}' y='{y}' width='{WIDTH}' height='{HEIGHT}' fill='{colour(share)}' "
              "stroke='#fff' stroke-width='2'/>")
        print(text(x + WIDTH / 2, y + 22, f"{share:.2f}", fill="#fff" if share > 0.5 else "#222"))
        if known.get(region) == layers[column]:
            outlines.append(f"<rect x='{x + 1}' y='{y + 1}' width='{WIDTH - 2}' height='{HEIGHT - 2}' "
                            "fill='none' stroke='#d95f02' stroke-width='3'/>")
print("\n".join(outlines))
y = TOP + HEIGHT * len(regions) + 12
print(f"<rect x='{LEFT}' y='{y}' width='18' height='12' fill='none' stroke='#d95f02' stroke-width='3'/>")
print(text(LEFT + 26, y + 11, "the layer that the region was simulated from", "start"))
print("</svg>")
