"""One small workbook for each feature that real ones have and that a careless program loses."""

from __future__ import annotations

from collections.abc import Callable

from tests.xlsx import cell_features as cells
from tests.xlsx import data_features as data
from tests.xlsx import drawn_features as drawn
from tests.xlsx.hand_made import HandMade

FEATURES: dict[str, Callable[[], HandMade]] = {
    feature.__name__: feature
    for feature in (
        *(
            drawn.slicer,
            drawn.threaded_comments,
            drawn.sparklines,
            drawn.other_sheet_validations,
            drawn.protected_sheet,
            drawn.modern_chart,
            drawn.shapes,
        ),
        *(
            drawn.form_control,
            drawn.active_x,
            data.macros,
            data.custom_xml,
            data.power_query,
            data.external_link,
            data.pivot_table,
        ),
        *(cells.prefixed, cells.strict, cells.no_positions, cells.carriage_returns, cells.shared_texts),
        *(cells.relation_prefix_on_sheet, cells.array_formulas, cells.merged_cells, cells.shared_formulas),
        *(cells.calculated_by_hand, cells.no_rows, cells.pretty_printed),
    )
}
REFUSED: dict[str, Callable[[], HandMade]] = {feature.__name__: feature for feature in (data.signed, cells.in_utf16)}
"""What must not be changed at all."""
