// On which language the spellings of a text are based: of all, and of every entity.

import { byId, h, language, name, plural, state } from "./core.js";

const SHOWN = 60;

export function render() {
  const view = byId("view-profile"), profile = state.doc?.profile;
  if (!profile?.entities.length) {
    view.replaceChildren(h("p", { class: "empty" }, state.doc ? "This text names no person or place of the gazetteer." : "Whose spellings a text uses, and on which language they are based, is counted here: paste a text first."));
    return;
  }
  const bases = Object.entries(profile.bases);
  const colours = new Map(bases.filter(([base]) => base !== "other").map(([base], place) => [base, `k${place < 8 ? place + 1 : 0}`]));
  const shade = (base) => colours.get(base) ?? "k0";
  const total = bases.reduce((sum, [, count]) => sum + count, 0);
  view.replaceChildren(h("div", { class: "sheet" },
    h("h2", { class: "lead" }, "Which language the spellings are based on"),
    h("p", { class: "soft small" }, `${plural(total, "mention")} of ${plural(profile.entities.length, "person or place", "persons and places")}; organisations, whose names are translated, are left out.`),
    h("div", { class: "whole", role: "img", "aria-label": bases.map(([base, count]) => `${language(base)} ${count}`).join(", ") },
      bases.map(([base, count]) => segment(base, count, shade(base), count / total > 0.12 ? (base === "other" ? "other" : language(base)) : ""))),
    h("div", { class: "legend" }, bases.map(([base, count]) => h("span", {}, h("i", { class: `swatch ${shade(base)}`, "aria-hidden": "true" }), `${language(base)} `, h("b", {}, `${count} (${Math.round((100 * count) / total)} %)`)))),
    table(profile, shade)));
}

function segment(base, count, shade, label) {
  const part = h("span", { class: `seg ${shade}`, title: `${language(base)}: ${count}` }, label);
  part.style.flexGrow = count;
  part.style.flexBasis = "0";
  return part;
}

function table(profile, shade) {
  const most = Math.max(...profile.entities.map((entity) => entity.mentions));
  const row = (entity) => {
    const lane = h("div", { class: "lane", "aria-hidden": "true" }, Object.entries(entity.bases).map(([base, count]) => segment(base, count, shade(base), "")));
    lane.style.width = `${(100 * entity.mentions) / most}%`;
    return h("tr", {}, h("th", { scope: "row" }, name(entity.name)), h("td", { class: "n" }, entity.mentions), h("td", { class: "of" }, lane),
      h("td", { class: "how" }, entity.spellings.map((spelling) => h("span", {}, name(spelling.text), h("em", {}, `${spelling.base}${spelling.count > 1 ? ` ×${spelling.count}` : ""}`)))));
  };
  const rows = profile.entities.map(row);
  const body = h("tbody", {}, rows.slice(0, SHOWN));
  const found = h("table", { class: "rows" },
    h("thead", {}, h("tr", { class: "eyebrow" }, h("th", { scope: "col" }, "Who"), h("th", { scope: "col", class: "n" }, "n"), h("th", { scope: "col", class: "of" }, "Based on"), h("th", { scope: "col" }, "Spelt"))), body);
  const rest = rows.slice(SHOWN);
  const more = rest.length ? h("button", { onclick: () => { body.append(...rest); more.remove(); } }, `Show ${rest.length} more`) : "";
  return h("div", {}, found, more);
}
