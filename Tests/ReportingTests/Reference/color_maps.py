#!/usr/bin/env python3
"""Writes color_maps.json: every colour of matplotlib's viridis and cividis, as `rrggbb`; and prints
the control colours that Sources/Reporting/Figures/ColorMap.swift interpolates between.

Run: python3 color_maps.py   (matplotlib 3.11)
"""
import json
import pathlib

import matplotlib

STEP = 5  # Divides 255, so that the first and the last of the 256 colours are control colours.

maps = {}
for name in ("viridis", "cividis"):
    colors = [matplotlib.colors.to_hex(c)[1:] for c in matplotlib.colormaps[name](range(256))]
    maps[name] = colors
    print(name, ", ".join(f"0x{colors[i].upper()}" for i in range(0, 256, STEP)))

path = pathlib.Path(__file__).with_name("color_maps.json")
path.write_text(json.dumps(maps, indent=1) + "\n")
