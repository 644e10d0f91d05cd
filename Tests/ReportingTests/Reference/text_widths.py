#!/usr/bin/env python3
"""Writes text_widths.json, lines of text with their widths in points at 9 points as FreeType lays
them out with kerning; and, with `--table`, prints the advance
widths of DejaVu Sans, which are the last extension of
Sources/Reporting/Figures/TextMeasure.swift.

Run: python3 text_widths.py [--table]   (fontTools 4, Pillow 13, DejaVu 2.37 of fonts-dejavu-core)
"""
import json
import pathlib
import sys

from fontTools.ttLib import TTFont
from PIL import ImageFont

FOLDER = pathlib.Path("/usr/share/fonts/truetype/dejavu")
FILES = {False: FOLDER / "DejaVuSans.ttf", True: FOLDER / "DejaVuSans-Bold.ttf"}
# Latin with its accents, Greek, Cyrillic, punctuation, arrows and the operators of plain text.
BLOCKS = [(0x20, 0x7E), (0xA0, 0x17F), (0x370, 0x45F), (0x2010, 0x2044), (0x2190, 0x2199),
          (0x2200, 0x226F)]
SAMPLES = [
    "V1", "block03", "hV4", "expected depth (stage)", "Layer profile", "0.0", "-12.50", "1e-05",
    "Inferior temporal cortex, left hemisphere", "model.layers[12].attention.output.dense",
    "WAVE AVATAR To Ty", "ρ = 0.53 ± 0.02", "Über größere Maße", "iiiiillll", "MMMMWWWW",
    "области зрительной коры", "p < 0.001 & q ≥ 0.05", "a → b", "“quoted” – dash — more",
]


def table():
    print("/// Advance widths of DejaVu Sans 2.37, made by Tests/ReportingTests/Reference/"
          "text_widths.py.")
    print("extension TextMeasure {")
    print("  /// A run of characters, and for each its advance in 1/2048 of the size of the letters;"
          " 0 for a\n  /// mark over its neighbour or for a character that the font lacks.")
    print("  struct Block: Sendable {\n    let first: UInt32\n    let regular: [UInt16]\n"
          "    let bold: [UInt16]\n  }\n")
    print("  static let blocks = [")
    for first, last in BLOCKS:
        print(f"    Block(\n      first: 0x{first:X},")
        for name, file in (("regular", FILES[False]), ("bold", FILES[True])):
            font = TTFont(file)
            glyphs, advances = font.getBestCmap(), font["hmtx"]
            assert font["head"].unitsPerEm == 2048
            widths = [str(advances[glyphs[c]][0]) if c in glyphs else "0"
                      for c in range(first, last + 1)]
            print(f"      {name}: [")
            line = "       "
            for width in widths:
                if len(line) + len(width) + 2 > 100:
                    print(line)
                    line = "       "
                line += f" {width},"
            print(line)
            print("      ]" + ("," if name == "regular" else "),"))
    print("  ]\n}")


def samples():
    # At a size of many pixels, so that no hinting rounds the advances.
    cases = []
    for bold, file in FILES.items():
        font = ImageFont.truetype(str(file), 2048, layout_engine=ImageFont.Layout.BASIC)
        for text in SAMPLES:
            cases.append({"text": text, "isBold": bold,
                          "width": round(font.getlength(text) * 9 / 2048, 4)})
    path = pathlib.Path(__file__).with_name("text_widths.json")
    path.write_text(json.dumps(cases, indent=1, ensure_ascii=False) + "\n")


table() if "--table" in sys.argv else samples()
