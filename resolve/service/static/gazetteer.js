// The gazetteer: who is in it, under which names, and how these are spelt under which scheme.

import { ask, byId, h, language, name, plural, settled, working } from "./core.js";

const SHOWN = 12;

async function search(query) {
  const answer = await working(byId("found").parentElement, () => ask(`/entities?limit=30&q=${encodeURIComponent(query)}`));
  if (!answer || byId("query").value !== query) return;
  byId("found").replaceChildren(...answer.entities.map((entity) => h("li", {},
    h("button", { "data-id": entity.id, onclick: () => show(entity.id) }, h("b", {}, name(entity.name)),
      entity.matched !== entity.name ? h("span", { class: "soft" }, " ", name(entity.matched)) : null,
      h("small", {}, [entity.description, entity.type].filter(Boolean).join(" · "))))));
  if (!answer.entities.length) byId("found").append(h("li", { class: "soft" }, "Nobody. Try the whole name, or another spelling of it."));
}

export async function show(id) {
  const panel = byId("entity");
  for (const button of document.querySelectorAll("#found button")) button.setAttribute("aria-current", String(button.dataset.id === id));
  const entity = await working(panel, () => ask(`/entity?id=${encodeURIComponent(id)}`));
  if (entity) panel.replaceChildren(...described(entity));
}

function described(entity) {
  const wikidata = /^Q\d+$/.test(entity.wikidata) ? h("a", { href: `https://www.wikidata.org/wiki/${entity.wikidata}`, rel: "noreferrer noopener", target: "_blank" }, entity.wikidata) : null;
  const more = Object.entries(entity.attributes).map(([key, value]) => [key, value]);
  return [
    h("h2", { class: "spelt" }, name(entity.name)),
    h("p", { class: "soft" }, entity.description),
    h("dl", { class: "facts" }, [["ID", h("span", { class: "mono" }, entity.id)], ["type", entity.type], ...(wikidata ? [["Wikidata", wikidata]] : []), ...more]
      .map(([key, value]) => h("div", {}, h("dt", {}, key), h("dd", {}, value)))),
    h("h3", { class: "eyebrow" }, `Names in the gazetteer (${entity.names.length})`),
    h("dl", { class: "names" }, entity.names.flatMap((each) => [h("dt", {}, each.lang || "–"), h("dd", {}, name(each.name), each.kind === "name" ? "" : h("em", {}, ` ${each.kind}`))])),
    ...spellings(entity),
  ];
}

// Spellings by language, those derived through a sister language apart; the schemes of one spelling together.
function spellings(entity) {
  const blocks = new Map();
  for (const form of entity.spellings) {
    if (!form.lang) continue;
    const title = `${language(form.lang)}${form.derived ? `, derived from ${language(form.derived)}` : ""}`;
    if (!blocks.has(title)) blocks.set(title, new Map());
    const block = blocks.get(title);
    if (!block.has(form.text)) block.set(form.text, []);
    if (form.title) block.get(form.text).push(form.title);
  }
  const total = [...blocks.values()].reduce((sum, block) => sum + block.size, 0);
  if (!total) {
    const why = entity.type === "organization" ? "Names of organisations are translated rather than spelt, so no schemes are listed." : "All its names are in Latin letters, so there is nothing to romanise; other spellings are found all the same.";
    return [h("p", { class: "soft small" }, why)];
  }
  return [
    h("h3", { class: "eyebrow" }, `Spellings by scheme (${total})`),
    ...[...blocks].map(([title, block]) => {
      const rows = [...block].map(([text, titles]) => h("tr", {}, h("th", { scope: "row" }, name(text)), h("td", {}, titles.join("; ") || "its own letters")));
      const table = (some) => h("table", { class: "schemes" }, h("tbody", {}, some));
      return h("section", { class: "block" }, h("h3", {}, title), table(rows.slice(0, SHOWN)),
        rows.length > SHOWN ? h("details", {}, h("summary", {}, plural(rows.length - SHOWN, "more spelling")), table(rows.slice(SHOWN))) : null);
    }),
  ];
}

export function start() {
  const later = settled(search);
  byId("query").addEventListener("input", (event) => later(event.target.value));
}

export function opened() {
  if (!byId("found").childElementCount) search(byId("query").value);
  byId("query").focus();
}
