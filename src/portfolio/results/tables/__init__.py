"""Every table of the results, declared once as data: frames, the reference and whatever is exported follow from it.

Key columns have the same name wherever they stand (`epic`, `value_stream`, `period`), so that tables can be joined.
"""
