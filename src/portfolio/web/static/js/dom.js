// Elements are made here and nowhere else: what people typed enters the page as text, never as HTML.

const SVG = "http://www.w3.org/2000/svg";
/** Characters that nobody sees, or that turn the direction of others around. */
export const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

/** What people typed, with characters that nobody sees shown as a sign, so that no name can pretend to be another. */
export function visible(value) {
  return String(value ?? "").replace(new RegExp(INVISIBLE, "g"), (sign) => (sign === "\n" || sign === "\t" ? " " : "\ufffd"));
}

/** An element with properties (`class`, `on...`, `aria-...`, `data-...`) and children; strings become text. */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) set(element, name, value);
  append(element, children);
  return element;
}

/** Replaces everything inside an element. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** A drawing from the page's own set. */
export function icon(name, label) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", "icon");
  if (label) {
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", label);
  } else picture.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  picture.append(use);
  return picture;
}

/** A button that does one thing. */
export function button(text, onclick, properties = {}) {
  const { icon: picture, ...rest } = properties;
  return h("button", { type: "button", onclick, ...rest }, picture && icon(picture), text);
}

/** The drawing that the server made, taken apart and put together again from what a drawing may hold. */
export function drawing(text) {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (parsed.nodeName !== "svg") throw new Error("The drawing cannot be read.");
  return clean(parsed);
}

const DRAWN = new Set(["svg", "g", "rect", "path", "line", "polyline", "polygon", "circle", "ellipse", "text", "tspan", "title",
  "desc", "defs", "marker", "clipPath", "pattern", "a"]);

function clean(node) {
  const copy = document.createElementNS(SVG, node.nodeName === "a" ? "g" : node.nodeName);
  for (const { name, value } of node.attributes) {
    if (!/^(on|style$|href$|xlink|xmlns)/i.test(name)) copy.setAttribute(name, value);
  }
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) copy.append(visible(child.data));
    else if (child.nodeType === Node.ELEMENT_NODE && DRAWN.has(child.nodeName)) copy.append(clean(child));
  }
  return copy;
}

function set(element, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "class") element.className = value;
  else if (name === "width%") element.style.width = `${value}%`;
  else if (name === "left%") element.style.left = `${value}%`;
  else if (["value", "checked", "disabled", "selected", "readOnly", "hidden", "open", "tabIndex"].includes(name)) element[name] = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : visible(child));
  }
}
