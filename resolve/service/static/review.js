// What is open, what a reviewer decides, and what was decided.

import { ask, byId, h, name, percent, plural, say, state, working } from "./core.js";
import { places } from "./text.js";

let again = async () => {};
export const onDecision = (task) => { again = task; };

// Keep a decision, then read the text again with it.
export async function decide(decision, number = -1) {
  const kept = await working(byId("side"), () => ask("/decisions", decision));
  if (!kept) return;
  state.decisions = kept;
  say("Decided.");
  await again(number);
}

async function undo(time) {
  const kept = await working(byId("view-review"), () => ask(`/decisions/${encodeURIComponent(time)}`, undefined, "DELETE"));
  if (!kept) return;
  state.decisions = kept;
  say("Taken back.");
  await again(-1);
}

export const open = () => (state.doc?.links ?? []).filter((link) => link.status === "ambiguous");

export function count() {
  const badge = byId("open-count"), n = open().length;
  badge.textContent = n;
  badge.hidden = n === 0;
  badge.setAttribute("aria-label", `${n} open`);
}

// Mentions that are spelt alike and could mean the same are decided together.
function groups() {
  const found = new Map();
  state.doc?.links.forEach((link, number) => {
    if (link.status !== "ambiguous") return;
    const key = `${link.text.replace(/\s+/g, " ").toLowerCase()}\n${link.candidates.map((candidate) => candidate.entity_id).join(" ")}`;
    if (!found.has(key)) found.set(key, []);
    found.get(key).push({ link, number });
  });
  return [...found.values()];
}

export function render() {
  const view = byId("view-review"), found = groups();
  view.replaceChildren(h("div", { class: "cards" },
    state.doc
      ? found.length
        ? h("h2", { class: "lead" }, `${plural(found.length, "spelling")} that the text leaves open`)
        : h("p", { class: "empty" }, "Nothing in this text is open.")
      : h("p", { class: "empty" }, "What a text leaves open is listed here: paste a text first."),
    ...found.map(card), history()));
}

function card(mentions) {
  const { link, number } = mentions[0];
  const ticked = new Set();
  const same = h("button", { disabled: true, onclick: () => merge() }, "These two are the same");
  const tick = (id, on) => {
    if (on) ticked.add(id); else ticked.delete(id);
    same.disabled = ticked.size !== 2;
  };
  const merge = () => {
    const [kept, other] = link.candidates.map((candidate) => candidate.entity_id).filter((id) => ticked.has(id));
    return decide({ kind: "same", entity_id: kept, other_id: other });
  };
  const option = (candidate) => {
    const entity = state.doc.entities[candidate.entity_id] ?? { name: candidate.entity_id };
    const about = [entity.description, candidate.entity_id].filter(Boolean).join(" · ");
    return h("li", {}, h("div", { class: "who" },
      link.candidates.length > 1
        ? h("label", { class: "name tick" }, h("input", { type: "checkbox", onchange: (event) => tick(candidate.entity_id, event.target.checked) }), name(entity.name))
        : h("span", { class: "name" }, name(entity.name)),
      h("span", { class: "p" }, percent(candidate.probability)),
      h("button", { class: "take", onclick: () => decide({ kind: "pick", text: link.text, entity_id: candidate.entity_id }) }, "This one"),
      h("span", { class: "about" }, about)));
  };
  return h("article", { class: "card", "data-n": number },
    h("div", { class: "head" }, h("h2", {}, name(link.text.replace(/\s+/g, " "))), h("span", { class: "soft small" }, plural(mentions.length, "mention"))),
    ...mentions.slice(0, 3).map(({ link: each }) => quote(each)),
    h("ul", { class: "candidates" }, link.candidates.map(option)),
    h("div", { class: "choose" },
      h("button", { onclick: () => decide({ kind: "none", text: link.text, candidates: link.candidates.map((candidate) => candidate.entity_id) }) }, "None of these"),
      link.candidates.length > 1 ? same : null, link.candidates.length > 1 ? h("span", { class: "soft small" }, "tick two that are one entity") : null));
}

function quote(link) {
  const at = places(state.text), start = at(link.start), end = at(link.end);
  const from = Math.max(0, start - 90), to = Math.min(state.text.length, end + 90);
  const clean = (text) => text.replace(/\s+/g, " ");
  return h("blockquote", { class: "quote", dir: "auto" }, from ? "… " : "", clean(state.text.slice(from, start)).replace(/^\S*\s/, from ? "" : "$&"),
    h("mark", {}, clean(state.text.slice(start, end))), clean(state.text.slice(end, to)).replace(/\s\S*$/, to < state.text.length ? "" : "$&"), to < state.text.length ? " …" : "");
}

function history() {
  const kept = state.decisions;
  if (!kept) return null;
  const where = kept.file ? ["They are kept in ", h("span", { class: "mono" }, kept.file), "."] : ["They hold until the service ends; start it with ", h("span", { class: "mono" }, "--decisions FILE"), " to keep them."];
  return h("section", { class: "card decided" }, h("h2", {}, "Decisions"), h("p", { class: "soft small" }, ...where),
    kept.decisions.length ? h("ul", {}, kept.decisions.slice(0, 200).map(line)) : h("p", { class: "soft" }, "None yet."));
}

function line({ time, rows }) {
  const means = rows.find((row) => row.kind === "alias"), not = rows.filter((row) => row.kind === "exclude");
  const merged = means && not.length && not.every((row) => row.id !== means.id) && rows.length > 2;
  const said = merged || (means && not.length && rows.length === 2 && not[0].name !== means.name)
    ? [h("b", { class: "mono" }, not[0].id), " is ", h("b", { class: "mono" }, means.id)]
    : means
      ? [h("b", {}, name(means.name)), " means ", h("span", { class: "mono" }, means.id), not.length ? " instead of " : "", ...not.map((row) => h("span", { class: "mono" }, row.id))]
      : [h("b", {}, name(not[0].name)), " is not ", h("span", { class: "mono" }, not.map((row) => row.id).join(", "))];
  return h("li", {}, h("span", {}, ...said), h("span", { class: "soft small" }, time ? new Date(time).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }) : "from the file"),
    time ? h("button", { onclick: () => undo(time) }, "Undo") : null);
}
