// One mention: whom it could mean, why, and what a reviewer says.

import { ask, byId, h, name, percent, settled, state, waterfall, language, working } from "./core.js";
import { decide } from "./review.js";
import { go } from "./text.js";

const STATES = { resolved: "resolved", ambiguous: "open", unknown: "unknown" };

export function showNobody() {
  byId("side").replaceChildren();
}

function facts(link) {
  const rows = [];
  if (link.name) rows.push(["means", name(link.name)]);
  if (link.scheme) rows.push(["spelt", /^[a-z]{2,3}$/.test(link.scheme) ? `as in ${language(link.scheme)}` : link.scheme]);
  if (link.base) rows.push(["based on", language(link.base)]);
  return rows.length ? h("dl", { class: "facts" }, rows.map(([key, value]) => h("div", {}, h("dt", {}, key), h("dd", {}, value)))) : h("p", { class: "facts" }, said(link));
}

function said(link) {
  if (link.status === "ambiguous") return "Several entities fit, and the text does not say which.";
  return link.candidates.length ? "Nobody of the gazetteer fits well enough." : "A person’s name that no entity of the gazetteer explains.";
}

export function showMention(link, number, chosen = 0) {
  const side = byId("side");
  side.classList.add("mention");
  side.replaceChildren(
    h("div", { class: "head" }, h("h2", { class: "spelt" }, name(link.text.replace(/\s+/g, " "))),
      h("button", { class: "icon", "aria-label": "Close", title: "Close (Esc)", onclick: () => go(-1) }, "×")),
    h("span", { class: `state ${link.status}` }, STATES[link.status]),
    facts(link),
    link.candidates.length ? h("h3", { class: "eyebrow" }, link.candidates.length === 1 ? "Candidate" : "Candidates") : "",
    link.candidates.length ? h("ul", { class: "candidates" }, link.candidates.map((candidate, place) => option(link, number, candidate, place, place === chosen))) : "",
    verdicts(link, number));
}

// A candidate in two lines; the one that is shown also says who it is and why it could be meant.
function option(link, number, candidate, place, shown) {
  const entity = state.doc.entities[candidate.entity_id] ?? { name: candidate.entity_id };
  const bar = h("i");
  bar.style.width = `${100 * candidate.probability}%`;
  const settledOn = link.status === "resolved" && link.entity_id === candidate.entity_id;
  const title = shown || !candidate.evidence
    ? h("span", { class: "name" }, name(entity.name))
    : h("button", { class: "name link", "aria-expanded": "false", title: "Why?", onclick: () => showMention(link, number, place) }, name(entity.name));
  return h("li", { class: shown ? "shown" : "" },
    h("div", { class: "who" }, title, h("span", { class: settledOn ? "p wide" : "p" }, percent(candidate.probability)),
      settledOn ? null : h("button", { class: "take", title: `This one (${place + 1})`, onclick: () => pick(link, number, candidate.entity_id) }, "This one", h("kbd", {}, place + 1)),
      h("span", { class: "meter", "aria-hidden": "true" }, bar),
      shown ? h("span", { class: "about" }, entity.description) : null,
      shown ? h("span", { class: "about mono" }, candidate.entity_id) : null),
    shown && candidate.evidence?.length ? waterfall(candidate.evidence, candidate.bits) : null,
    shown && place > 0 ? h("div", { class: "choose" }, h("button", { onclick: () => same(link, number, candidate.entity_id) }, "Same entity as the first")) : null);
}

export const pick = (link, number, id) =>
  decide({ kind: "pick", text: link.text, entity_id: id, ...(link.status === "resolved" && link.entity_id !== id ? { instead_of: link.entity_id } : {}) }, number);

export const nobody = (link, number) =>
  decide({ kind: "none", text: link.text, candidates: link.candidates.map((candidate) => candidate.entity_id) }, number);

const same = (link, number, other) => decide({ kind: "same", entity_id: link.candidates[0].entity_id, other_id: other }, number);

function verdicts(link, number) {
  const found = h("ul", { class: "found" });
  const look = settled(async (query) => {
    if (!query.trim()) return found.replaceChildren();
    const answer = await working(null, () => ask(`/entities?limit=6&q=${encodeURIComponent(query)}`));
    return found.replaceChildren(...(answer?.entities ?? []).map((entity) => h("li", {},
      h("button", { onclick: () => pick(link, number, entity.id) }, h("b", {}, name(entity.name)), h("small", {}, entity.description || entity.id)))));
  });
  const field = h("input", { type: "search", id: "someone", dir: "auto", placeholder: "Search the gazetteer", oninput: (event) => look(event.target.value) });
  return h("div", { class: "else" },
    link.candidates.length ? h("button", { title: "None of these (0)", onclick: () => nobody(link, number) }, "None of these", h("kbd", {}, "0")) : null,
    h("p", {}, h("label", { for: "someone" }, link.candidates.length ? "Or somebody else" : "Somebody whom the gazetteer has under another name")), field, found);
}
