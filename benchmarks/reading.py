"""Reading a workbook of 10,000 epics and 30 columns, step by step, beside python-calamine alone.

    python benchmarks/reading.py [epics] [repeats]

`calamine alone` opens the file and takes every cell of the sheet as Python values: no look at the package, no records, no
checks. The steps of `portfolio` follow on the same file, in turn with it, and each is the least of several repeats.
"""
