"""Formats that draw pages: glyphs, strokes and pictures become lines and grids."""
