// What people paste or type, read as a workbook reads it: comma or point, spaces between thousands, percent.

/** `{value}` with a number, a text or null for a blank; `{refused}` with the reason where it is neither. */
export function readCell(text, field) {
  const typed = String(text ?? "").replace(/[\u00a0\u202f]/g, " ").trim();
  if (typed === "") return { value: null };
  if (field.kind === "flag") return readFlag(typed);
  if (field.kind === "number" || field.kind === "share") return readNumber(typed, field);
  if (field.kind === "choice" && field.choices?.length) {
    const known = field.choices.find((choice) => choice.toLowerCase() === typed.toLowerCase());
    return { value: known ?? typed };
  }
  return { value: typed };
}

function readNumber(typed, field) {
  const share = typed.endsWith("%");
  let digits = (share ? typed.slice(0, -1) : typed).replace(/[\s'\u2019]/g, "");
  const comma = digits.lastIndexOf(","), point = digits.lastIndexOf(".");
  if (comma >= 0 && point >= 0) digits = comma > point ? digits.replaceAll(".", "").replace(",", ".") : digits.replaceAll(",", "");
  else if (comma >= 0) digits = /^-?\d{1,3}(,\d{3}){2,}$/.test(digits) ? digits.replaceAll(",", "") : digits.replace(",", ".");
  if (!/^[-+\u2212]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,3})?$/i.test(digits)) {
    return { refused: `\u201c${typed.slice(0, 40)}\u201d is no number, which ${field.heading} needs.` };
  }
  const value = Number(digits.replace("\u2212", "-"));
  if (!Number.isFinite(value)) return { refused: `${typed.slice(0, 40)} is too large for ${field.heading}.` };
  return { value: share ? Number((value / 100).toPrecision(15)) : value };
}

function readFlag(typed) {
  if (/^(yes|y|true|1|x|ja|oui|s[ií])$/i.test(typed)) return { value: true };
  if (/^(no|n|false|0|-|nein|non)$/i.test(typed)) return { value: false };
  return { refused: `\u201c${typed.slice(0, 40)}\u201d is neither yes nor no.` };
}

/** A block as a clipboard holds it: rows of cells, quotes around what has breaks within. */
export function readBlock(text) {
  const rows = [[]];
  let cell = "", quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at];
    if (quoted) {
      if (sign === '"' && source[at + 1] === '"') { cell += '"'; at += 1; }
      else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === "\t" || sign === "\n") {
      rows.at(-1).push(cell);
      cell = "";
      if (sign === "\n") rows.push([]);
    } else cell += sign;
  }
  rows.at(-1).push(cell);
  return rows;
}

/** A block as a clipboard takes it. */
export function writeBlock(rows) {
  const quote = (value) => {
    const text = String(value ?? "");
    return /[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => row.map(quote).join("\t")).join("\n");
}
