// The grid of the page: rows that scroll by the thousand, sorted, grouped. Editing, copying and pasting are the page's own.
import Tabulator from "tabulator-tables/src/js/core/Tabulator.js";
import VirtualDomHorizontal from "tabulator-tables/src/js/core/rendering/renderers/VirtualDomHorizontal.js";
import FilterModule from "tabulator-tables/src/js/modules/Filter/Filter.js";
import FormatModule from "tabulator-tables/src/js/modules/Format/Format.js";
import FrozenColumnsModule from "tabulator-tables/src/js/modules/FrozenColumns/FrozenColumns.js";
import GroupRowsModule from "tabulator-tables/src/js/modules/GroupRows/GroupRows.js";
import InteractionModule from "tabulator-tables/src/js/modules/Interaction/Interaction.js";
import ResizeTableModule from "tabulator-tables/src/js/modules/ResizeTable/ResizeTable.js";
import SortModule from "tabulator-tables/src/js/modules/Sort/Sort.js";

Tabulator.registerModule([
  FilterModule, FormatModule, FrozenColumnsModule, GroupRowsModule, InteractionModule, ResizeTableModule, SortModule,
]);

/** Draws the columns that can be seen and the next one on either side; the library's own draws five screens of them. */
class ColumnsInSight extends VirtualDomHorizontal {
  calcWindowBuffer() {
    this.windowBuffer = Math.max(...this.table.columnManager.columnsByIndex.filter(({ visible }) => visible).map((column) => column.getWidth()));
  }
}

export { ColumnsInSight, Tabulator };
