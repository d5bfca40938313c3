"""Frames: the tables of a portfolio as a program holds them, read by the headings that a workbook has."""
