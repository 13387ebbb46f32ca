// The text with its mentions, and the list of whom it names.

import { byId, h, name, plural, say, state } from "./core.js";
import { showMention, showNobody } from "./inspect.js";

const CHUNK = 12000;

// Mentions count code points, strings of the browser UTF-16 units; most texts need no table.
export function places(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (point) => point;
  const found = new Uint32Array(text.length + 1);
  let point = 0;
  for (let unit = 0; unit < text.length; point++) {
    found[point] = unit;
    unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  }
  found[point] = text.length;
  return (at) => found[at];
}

// The eight most named entities have a colour, the second four also another line. Who has one keeps it while
// the text is the same, so that a decision does not repaint everybody else.
export function colour(doc) {
  const counts = new Map();
  for (const link of doc.links) if (link.entity_id) counts.set(link.entity_id, (counts.get(link.entity_id) ?? 0) + 1);
  const ranked = [...counts].sort((a, b) => b[1] - a[1]);
  const kept = new Map(ranked.map(([id]) => [id, state.colours.get(id) ?? 0]));
  const free = [1, 2, 3, 4, 5, 6, 7, 8].filter((number) => ![...kept.values()].includes(number));
  for (const [id] of ranked) if (!kept.get(id)) kept.set(id, free.shift() ?? 0);
  state.colours = kept;
  return ranked;
}

export const shade = (id) => {
  const number = state.colours.get(id) ?? 0;
  return `k${number}${number > 4 ? " double" : ""}`;
};

function mark(link, number, text) {
  const said = link.status === "resolved" ? link.name : link.status === "ambiguous" ? "open" : "unknown";
  return h("span", {
    class: `m ${link.status} ${link.entity_id ? shade(link.entity_id) : ""}`, role: "button", tabindex: number === 0 ? "0" : "-1",
    "data-n": number, "data-id": link.entity_id, "aria-label": `${text}: ${said}`, title: link.name ?? said,
  }, text);
}

export function render() {
  const { text, doc } = state;
  const at = places(text);
  const article = byId("text");
  const ranked = colour(doc);
  const chunks = [];
  let chunk = h("div", { class: "chunk" }), size = 0, last = 0;
  // Text between mentions; a long text is cut at line ends, so that a browser lays out what is seen.
  const plain = (from, to) => {
    let start = from;
    while (size + to - start > CHUNK) {
      const end = text.indexOf("\n", start + Math.max(0, CHUNK - size));
      if (end < 0 || end >= to) break;
      chunk.append(text.slice(start, end));
      chunks.push(chunk);
      chunk = h("div", { class: "chunk" });
      size = 0;
      start = end + 1;
    }
    chunk.append(text.slice(start, to));
    size += to - start;
  };
  doc.links.forEach((link, number) => {
    const start = at(link.start), end = at(link.end);
    plain(last, start);
    chunk.append(mark(link, number, text.slice(start, end)));
    size += end - start;
    last = end;
  });
  plain(last, text.length);
  article.replaceChildren(...chunks, chunk);
  filters(doc);
  showCast(ranked);
}

function filters(doc) {
  const count = (status) => doc.links.filter((link) => link.status === status).length;
  const kinds = [["", "all", doc.links.length], ["resolved", "resolved", count("resolved")], ["ambiguous", "open", count("ambiguous")], ["unknown", "unknown", count("unknown")]];
  const shown = byId("text").dataset.only ?? "";
  byId("filters").replaceChildren(...kinds.map(([kind, said, n]) =>
    h("button", { "aria-pressed": String(kind === shown), "data-kind": kind, onclick: () => only(kind) }, h("b", {}, n.toLocaleString("en")), said)));
}

function only(kind) {
  const article = byId("text");
  article.dataset.only = kind;
  article.className = `text${kind ? ` only-${kind}` : ""}`;
  filters(state.doc);
}

export function showCast(ranked = colour(state.doc)) {
  const { doc } = state;
  const spellings = (id) => [...new Set(doc.links.filter((link) => link.entity_id === id).map((link) => link.text.replace(/\s+/g, " ")))];
  const row = ([id, count]) => h("li", {}, h("button", { onclick: () => go(doc.links.findIndex((link) => link.entity_id === id)), onmouseenter: () => kin(id), onmouseleave: () => kin(null) },
    h("span", { class: `swatch ${shade(id)}`, "aria-hidden": "true" }),
    h("span", {}, name(doc.entities[id]?.name ?? id), h("small", {}, ...spellings(id).slice(0, 6).flatMap((text, i) => [i ? " · " : "", name(text)]))),
    h("span", { class: "n" }, count.toLocaleString("en"))));
  const side = byId("side");
  side.classList.remove("mention");
  side.replaceChildren(
    h("div", { class: "head" }, h("h2", { class: "lead" }, "Named here"), h("span", { class: "soft small" }, plural(ranked.length, "entity", "entities"))),
    ranked.length ? h("ul", { class: "cast" }, ranked.map(row)) : h("p", { class: "soft" }, "Nobody of the gazetteer is named in this text."));
}

export function kin(id) {
  for (const mention of document.querySelectorAll(".m.kin")) mention.classList.remove("kin");
  if (id) for (const mention of document.querySelectorAll(`.m[data-id="${CSS.escape(id)}"]`)) mention.classList.add("kin");
}

export const visible = (link) => {
  const kind = byId("text").dataset.only;
  return !kind || link.status === kind;
};

export function go(number, focus = true) {
  const link = state.doc?.links[number];
  document.querySelectorAll(".m.chosen").forEach((mention) => mention.classList.remove("chosen"));
  if (!link) {
    state.chosen = -1;
    kin(null);
    showCast();
    return;
  }
  state.chosen = number;
  const mention = document.querySelector(`.m[data-n="${number}"]`);
  document.querySelectorAll('.m[tabindex="0"]').forEach((other) => other.setAttribute("tabindex", "-1"));
  mention.setAttribute("tabindex", "0");
  mention.classList.add("chosen");
  kin(link.entity_id);
  showMention(link, number);
  if (focus) mention.focus({ preventScroll: true });
  mention.scrollIntoView({ block: matchMedia("(max-width: 62rem)").matches ? "start" : "center", behavior: "smooth" });
  say(`${link.text}: ${link.status === "resolved" ? link.name : link.status}`);
}

export function step(direction, fits = visible) {
  const links = state.doc?.links ?? [];
  for (let number = state.chosen + direction; number >= 0 && number < links.length; number += direction) {
    if (fits(links[number])) return go(number);
  }
  return undefined;
}

export { showNobody };
