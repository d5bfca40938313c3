// The grid: rows by the thousand, a cursor that keys move, blocks that are copied and pasted, cells that are typed into.

import { ColumnsInSight, Tabulator } from "../vendor/grid.js";
import { h } from "./dom.js";
import { choiceOf, compare, groupRow, reveal } from "./grid_parts.js";
import { writeBlock } from "./numbers.js";
import { paperOf } from "./paper.js";

let count = 0;

/**
 * Draws rows `{id, ...}` in columns `{field, title, content(row), sort(row), width, grow, least, align, frozen, at(row), text(row), open(row)}`.
 * `at(row)` names the cell of the portfolio that may be edited there; without one the cell is closed. Of a `wide` grid only the columns in sight are drawn.
 */
export class Grid {
  constructor(host, { rows, columns, groups, heading, label, opens, typed, moves, rowClass, wide = false, empty = "Nothing matches." }) {
    Object.assign(this, { columns, groups, heading, opens, typed, moves, wide, cursor: null, anchor: null, painted: [] });
    this.name = `grid-${(count += 1)}`;
    this.element = h("div", { class: "grid fill", "aria-label": label });
    host.append(this.element);
    this.ready = new Promise((resolve) => { this.isReady = resolve; });
    this.table = new Tabulator(this.element, {
      data: rows,
      index: "id",
      layout: "fitColumns",
      ...(wide ? { renderHorizontal: ColumnsInSight } : {}),
      height: "100%",
      rowHeight: 36,
      headerSortTristate: true,
      columnHeaderVertAlign: "middle",
      placeholder: () => h("p", { class: "soft" }, empty),
      columnDefaults: { vertAlign: "middle" },
      ...(groups ? { groupBy: "group", groupValues: [groups], groupHeader: groupRow(heading), groupToggleElement: false, groupStartOpen: true } : {}),
      rowFormatter: rowClass && ((row) => row.getElement().classList.toggle("marked", rowClass(row.getData()))),
      columns: columns.map((column) => this.define(column)),
    });
    this.table.on("tableBuilt", () => {
      this.element.querySelector(".tabulator-tableholder").removeAttribute("tabindex");
      this.built = true;
      this.isReady();
    });
    this.table.on("cellClick", (event, cell) => this.clicked(event, cell));
    this.table.on("cellDblClick", (event, cell) => { this.place(cell); this.type(); });
    this.element.tabIndex = 0;
    this.element.addEventListener("keydown", (event) => this.pressed(event));
    this.element.addEventListener("copy", (event) => this.copied(event));
    this.element.addEventListener("focus", () => { if (!this.cursor) this.first(); });
  }

  define(column) {
    return {
      field: column.field,
      title: column.title,
      titleFormatter: () => h(column.sort ? "button" : "span", { type: column.sort && "button", class: "heading", title: column.hint }, column.title),
      formatter: (cell) => {
        const content = column.content(cell.getData());
        return content instanceof Node ? content : h("span", { class: "text" }, content);
      },
      width: column.width,
      widthGrow: column.grow ?? 0,
      minWidth: column.least ?? 40,
      hozAlign: column.align ?? "left",
      headerHozAlign: column.align ?? "left",
      frozen: column.frozen ?? false,
      headerSort: Boolean(column.sort),
      sorter: column.sort && ((_one, _other, rowOne, rowOther, _column, direction) => compare(column.sort(rowOne.getData()), column.sort(rowOther.getData()), direction)),
      cssClass: [column.css, column.align === "right" ? "figure" : ""].filter(Boolean).join(" "),
    };
  }

  /** Shows other rows and keeps the place where people look. */
  async setRows(rows) {
    await this.ready;
    if (this.input) { this.later = rows; return; }
    await this.table.replaceData(rows);
    this.paint();
  }

  /** Draws some rows again, or all that can be seen. */
  async refresh(ids) {
    await this.ready;
    const rows = ids ? [...ids].map((id) => this.table.getRow(id)).filter(Boolean) : this.table.getRows("visible");
    for (const row of rows) if ("_row" in row && (!this.input || this.cursor?.id !== row.getIndex())) row.reformat();
    this.paint();
  }

  /** Shows the rows that a test accepts. */
  async filter(test) {
    await this.ready;
    if (test) this.table.setFilter(test);
    else this.table.clearFilter();
  }

  /** Puts the cursor on a cell and brings it into sight. */
  async select(id, field = this.cursor?.field ?? this.columns[0].field, { focus = false } = {}) {
    await this.ready;
    const row = this.table.getRow(id);
    if (!row) return;
    this.cursor = { id, field };
    this.anchor = null;
    await this.table.scrollToRow(row, "nearest", false).catch(() => {});
    reveal(this, field);
    this.paint();
    if (focus) this.element.focus({ preventScroll: true });
    this.moves?.(this.cursor);
  }

  /** Of some columns only one is shown, where there is no room for more. */
  showOnly(fields, field) {
    if (!this.built) return;
    for (const one of fields) this.table[one === field ? "showColumn" : "hideColumn"](one);
    this.table.redraw();
  }

  /** Fits the columns into a room that changed. */
  redraw() {
    if (this.built) this.table.redraw();
  }

  /** The same rows as a plain table, for the printer. */
  paper() {
    return paperOf(this);
  }

  destroy() {
    this.table.destroy();
    this.element.remove();
  }

  first() {
    const [row] = this.table.getRows("active");
    const column = this.columns.find((one) => one.at) ?? this.columns[0];
    if (row) this.select(row.getIndex(), column.field);
  }

  clicked(event, cell) {
    if (event.target.closest("input, select")) return;
    const before = this.cursor;
    this.place(cell);
    if (event.shiftKey && before) { this.anchor = this.anchor ?? before; this.paint(); return; }
    this.anchor = null;
    this.paint();
    this.element.focus({ preventScroll: true });
    this.moves?.(this.cursor);
    if (this.columns.find((column) => column.field === this.cursor.field)?.open) this.opens?.(cell.getData(), this.cursor);
  }

  place(cell) {
    const at = { id: cell.getRow().getIndex(), field: cell.getField() };
    if (this.input && (at.id !== this.cursor?.id || at.field !== this.cursor?.field)) this.input.blur();
    this.cursor = at;
    this.paint();
  }

  pressed(event) {
    if (event.target !== this.element) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-12, 0], PageDown: [12, 0], Home: [-1e6, 0], End: [1e6, 0] };
    if (steps[event.key]) {
      event.preventDefault();
      this.typed?.settle?.();
      this.move(...steps[event.key], event.shiftKey);
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      if (this.editable()) this.type();
      else this.opens?.(this.row()?.getData(), this.cursor);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      if (!this.editable()) return;
      event.preventDefault();
      this.typed?.set(this.cells().map((cell) => ({ ...cell, text: "" })));
    } else if (this.editable() && /^[\d.,+-]$/.test(event.key)) {
      event.preventDefault();
      event.stopPropagation();
      if (!this.typed?.digit?.(event.key, this.cursor, this.row().getData())) this.type(event.key);
    }
  }

  async move(down, right, extend) {
    const rows = this.table.getRows("active");
    const fields = this.columns.map((column) => column.field);
    if (!rows.length) return;
    const here = Math.max(0, rows.findIndex((row) => row.getIndex() === this.cursor?.id));
    const row = rows[Math.min(rows.length - 1, Math.max(0, here + down))];
    const place = Math.min(fields.length - 1, Math.max(0, fields.indexOf(this.cursor?.field) + right));
    const anchor = extend ? this.anchor ?? this.cursor : null;
    await this.select(row.getIndex(), fields[place]);
    this.anchor = anchor;
    this.paint();
  }

  row() {
    return this.cursor && this.table.getRow(this.cursor.id);
  }

  column() {
    return this.columns.find((column) => column.field === this.cursor?.field);
  }

  /** The cell of the portfolio under the cursor, where it may be edited. */
  editable() {
    const row = this.row();
    return row ? this.column()?.at?.(row.getData()) ?? null : null;
  }

  /** The block from the anchor to the cursor: rows of `{row, column}`. */
  block() {
    if (!this.cursor) return [];
    const rows = this.table.getRows("active");
    const line = (at) => rows.findIndex((row) => row.getIndex() === at.id);
    const place = (at) => this.columns.findIndex((column) => column.field === at.field);
    const other = this.anchor ?? this.cursor;
    const [top, bottom] = [line(this.cursor), line(other)].sort((a, b) => a - b);
    const [left, right] = [place(this.cursor), place(other)].sort((a, b) => a - b);
    return rows.slice(top, bottom + 1).map((row) => this.columns.slice(left, right + 1).map((column) => ({ row: row.getData(), column })));
  }

  /** The cells of the block that may be edited. */
  cells() {
    return this.block().flat().filter(({ row, column }) => column.at?.(row)).map(({ row, column }) => ({ row, column, at: column.at(row) }));
  }

  /** Where a block of texts would go: cells from the cursor down and to the right, with what is closed or outside. */
  target(texts) {
    const rows = this.table.getRows("active");
    const top = rows.findIndex((row) => row.getIndex() === this.cursor?.id);
    const left = this.columns.findIndex((column) => column.field === this.cursor?.field);
    if (top < 0) return [];
    return texts.flatMap((line, down) => line.map((text, right) => {
      const row = rows[top + down]?.getData();
      const column = this.columns[left + right];
      return { text, row, column, at: row && column?.at?.(row) };
    }));
  }

  copied(event) {
    if (event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    const text = this.block().map((line) => line.map(({ row, column }) => (column.text ? column.text(row) : "")));
    event.clipboardData.setData("text/plain", writeBlock(text));
  }

  paint() {
    for (const element of this.painted) element.classList.remove("cursor", "in-block");
    this.painted = this.cursor && this.anchor ? this.block().flat().slice(0, 4000).map(({ row, column }) => this.cellAt(row.id, column.field)).filter(Boolean) : [];
    for (const element of this.painted) element.classList.add("in-block");
    const element = this.cursor && this.cellAt(this.cursor.id, this.cursor.field);
    if (!element) return;
    this.painted.push(element);
    element.classList.add("cursor");
    element.id = `${this.name}-cursor-${(count += 1)}`;
    this.element.setAttribute("aria-activedescendant", element.id);
  }

  cellAt(id, field) {
    const row = this.table.getRow(id);
    return row ? row.getCell(field)?.getElement?.() : null;
  }

  /** Opens a field in the cell under the cursor. */
  type(begin) {
    const at = this.editable();
    const row = this.row()?.getData();
    const column = this.column();
    if (!at || this.input || !this.typed) return;
    const element = this.cellAt(this.cursor.id, this.cursor.field);
    if (!element) return;
    const input = column.choices?.length ? choiceOf(column.choices, column.text(row)) : h("input", { class: "typing", value: begin ?? column.text(row), "aria-label": `${column.title} of ${row.id}`, autocomplete: "off" });
    this.input = input;
    element.replaceChildren(input);
    let done = false;
    const finish = (keep, step) => {
      if (done) return;
      done = true;
      const text = input.value;
      this.input = null;
      if (this.later) { this.setRows(this.later); this.later = null; }
      this.table.getRow(row.id)?.reformat();
      if (keep) this.typed.set([{ row, column, at, text }]);
      this.paint();
      if (step) { this.element.focus({ preventScroll: true }); this.move(...step); }
    };
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      const step = { Enter: [event.shiftKey ? -1 : 1, 0], Tab: [0, event.shiftKey ? -1 : 1] }[event.key];
      if (step) { event.preventDefault(); finish(true, step); }
      if (event.key === "Escape") { event.preventDefault(); finish(false, [0, 0]); }
    });
    input.addEventListener("blur", () => finish(true));
    if (input.tagName === "SELECT") input.addEventListener("change", () => finish(true, [0, 0]));
    input.focus();
    if (begin === undefined) input.select?.();
  }
}
