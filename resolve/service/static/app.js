// The page: views, the text that is typed or dropped, keys.

import { ask, byId, complain, Failure, h, name, percent, say, state, waterfall, working } from "./core.js";
import * as gazetteer from "./gazetteer.js";
import { nobody, pick } from "./inspect.js";
import * as profile from "./profile.js";
import * as review from "./review.js";
import * as text from "./text.js";

const EXAMPLE = `Sviatlana Tsikhanouskaya arrived in Vilnius on Monday with Pavel Latushka. Svetlana Tikhanovskaya, as Russian-language agencies spell her, had met Donald Tusk in Warsaw the week before.

Лидер белорусской оппозиции Светлана Тихановская встретилась в Вильнюсе с Павлом Латушко. О Тихановской говорил и Дмитрий Песков; Лукашенко промолчал.

Святлана Ціханоўская заклікала вызваліць Мікалая Статкевіча і Марыю Калеснікаву.

Viktar and Eduard Babaryka were arrested on the same day. A letter signed only “Babaryka” reached the office; Ivan Petrov, who carried it, would not say more, and Petrov left the town.`;

const ALL_EVIDENCE = 60000;
const VIEWS = ["text", "review", "profile", "gazetteer", "compare"];

// ---------------------------------------------------------------- views

export function show(view) {
  for (const each of VIEWS) {
    const tab = byId(`tab-${each}`), on = each === view;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    byId(`view-${each}`).hidden = !on;
  }
  if (shown() !== view || view !== "text") scrollTo({ top: 0 });
  if (view === "review") review.render();
  if (view === "profile") profile.render();
  if (view === "gazetteer") gazetteer.opened();
  if (view === "compare") byId("left").focus();
}

const shown = () => VIEWS.find((view) => !byId(`view-${view}`).hidden);

function tabs() {
  VIEWS.forEach((view, place) => {
    const tab = byId(`tab-${view}`);
    tab.addEventListener("click", () => show(view));
    tab.addEventListener("keydown", (event) => {
      const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!move) return;
      event.preventDefault();
      const next = VIEWS[(place + move + VIEWS.length) % VIEWS.length];
      show(next);
      byId(`tab-${next}`).focus();
    });
  });
}

// ---------------------------------------------------------------- a text

async function find(number = -1) {
  const source = state.text;
  if (!source.trim()) return say("There is no text yet.");
  const doc = await working(byId("view-text").querySelector(".compose:not([hidden]), .page"), () =>
    ask("/text", { text: source, evidence: source.length <= ALL_EVIDENCE ? "all" : "best" }));
  if (!doc) return undefined;
  state.doc = doc;
  if (number === -1) state.colours = new Map();
  byId("compose").hidden = true;
  byId("reading").hidden = false;
  text.render();
  review.count();
  if (number >= 0 && number < doc.links.length) text.go(number);
  if (shown() === "review") review.render();
  if (number < 0) say(`${doc.links.length} mentions, ${review.open().length} of them open.`);
  return undefined;
}

function edit() {
  text.go(-1);
  byId("reading").hidden = true;
  byId("compose").hidden = false;
  byId("source").focus();
}

function take(value) {
  // lone halves of characters, as broken copies have them, cannot be sent
  const whole = value.toWellFormed ? value.toWellFormed() : value;
  state.text = whole;
  if (byId("source").value !== whole) byId("source").value = whole;
  const most = state.status?.limits.text;
  byId("length").textContent = whole ? `${whole.length.toLocaleString("en")} characters` : "";
  complain(most && whole.length > most ? new Failure(`At most ${most.toLocaleString("en")} characters are taken at once.`) : null);
}

async function file(found) {
  if (!found) return;
  const most = 4 * (state.status?.limits.text ?? 1_000_000);
  if (found.size > most) return complain(new Failure(`${found.name} has ${found.size.toLocaleString("en")} bytes; use the command “resolve text” for long files.`));
  try {
    take(new TextDecoder("utf-8", { fatal: true }).decode(await found.arrayBuffer()));
    state.doc = null;
    await find();
  } catch (error) {
    complain(error instanceof TypeError ? new Failure(`${found.name} is no text in UTF-8; convert it first.`) : error);
  }
}

function composing() {
  const source = byId("source"), compose = byId("compose");
  source.addEventListener("input", () => take(source.value));
  byId("find").addEventListener("click", () => find());
  byId("edit").addEventListener("click", edit);
  byId("example").addEventListener("click", () => { take(EXAMPLE); find(); });
  byId("file").addEventListener("change", (event) => file(event.target.files[0]));
  document.addEventListener("dragover", (event) => { event.preventDefault(); compose.classList.add("over"); });
  document.addEventListener("dragleave", () => compose.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    compose.classList.remove("over");
    const dropped = event.dataTransfer.files[0], plain = event.dataTransfer.getData("text/plain");
    show("text");
    if (dropped) file(dropped);
    else if (plain) { take(plain); find(); }
  });
}

function reading() {
  const article = byId("text");
  const number = (event) => event.target.closest?.(".m")?.dataset.n;
  article.addEventListener("click", (event) => { if (number(event) !== undefined) text.go(Number(number(event))); });
  article.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && number(event) !== undefined) {
      event.preventDefault();
      text.go(Number(number(event)));
    }
  });
  article.addEventListener("mouseover", (event) => text.kin(event.target.closest?.(".m")?.dataset.id ?? state.doc?.links[state.chosen]?.entity_id));
  byId("next").addEventListener("click", () => text.step(1));
  byId("previous").addEventListener("click", () => text.step(-1));
}

// ---------------------------------------------------------------- two names

async function compare(event) {
  event.preventDefault();
  const [left, right] = ["left", "right"].map((id) => byId(id).value);
  const found = await working(byId("pair"), () => ask("/explain", { left, right }));
  if (!found) return;
  const roles = (side) => side.flatMap(([word, role], place) => [place ? ", " : "", name(word), h("span", { class: "soft" }, ` ${role}`)]);
  byId("comparison").replaceChildren(
    h("div", { class: "verdict" }, h("strong", {}, percent(found.probability)), h("span", { class: "soft" }, "that both are one person’s, if one pair in a thousand is")),
    h("p", { class: "small" }, ...roles(found.left_roles)), h("p", { class: "small" }, ...roles(found.right_roles)),
    waterfall(found.evidence, found.bits));
}

// ---------------------------------------------------------------- keys and colours

function keys(event) {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && !byId("compose").hidden && shown() === "text") return find();
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select") || byId("keys").open) return undefined;
  const link = shown() === "text" ? state.doc?.links[state.chosen] : undefined;
  const candidate = link?.candidates[Number(event.key) - 1];
  const act = {
    j: () => text.step(1), k: () => text.step(-1), o: () => text.step(1, (each) => each.status === "ambiguous"),
    Escape: () => text.go(-1), "?": () => byId("keys").showModal(), "/": () => show("gazetteer"),
    0: () => link?.candidates.length && nobody(link, state.chosen),
  }[event.key];
  if (/^[1-5]$/.test(event.key) && candidate) { event.preventDefault(); return pick(link, state.chosen, candidate.entity_id); }
  if (!act || (["j", "k", "o", "Escape"].includes(event.key) && shown() !== "text")) return undefined;
  event.preventDefault();
  return act();
}

function theme() {
  const root = document.documentElement;
  const kept = localStorage.getItem("theme");
  if (kept) root.dataset.theme = kept;
  byId("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
  });
}

async function start() {
  theme();
  tabs();
  composing();
  reading();
  gazetteer.start();
  review.onDecision((number) => find(number < 0 ? -2 : number));
  byId("pair").addEventListener("submit", compare);
  byId("keys-open").addEventListener("click", () => byId("keys").showModal());
  document.addEventListener("keydown", keys);
  await working(null, async () => {
    state.status = await ask("/status");
    state.decisions = await ask("/decisions");
  });
  if (state.status) byId("holds").textContent = `${state.status.entities.toLocaleString("en")} entities, ${state.status.names.toLocaleString("en")} names`;
  if (state.status?.decisions.repaired) complain(new Failure(state.status.decisions.repaired));
  take(byId("source").value);
  const asked = new URLSearchParams(location.search).get("entity");
  if (asked) {
    show("gazetteer");
    gazetteer.show(asked);
  }
}

start();
