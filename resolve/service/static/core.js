// What all views share: making elements, asking the service, saying what happened, and the state of the page.

export const state = { text: "", doc: null, chosen: -1, status: null, decisions: null, colours: new Map() };

export const byId = (id) => document.getElementById(id);

// An element with attributes and children; texts are always set as text, never as markup.
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const name = (text) => h("bdi", {}, text);

export const plural = (count, one, many = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

// Never shown as certain: 0.9999 is "> 99.9 %", not 100.
export function percent(p) {
  if (p >= 0.999) return "> 99.9 %";
  if (p < 0.001) return "< 0.1 %";
  return `${(100 * p).toFixed(p < 0.1 || p > 0.95 ? 1 : 0)} %`;
}

export const signed = (bits) => `${bits < 0 ? "−" : "+"}${Math.abs(bits).toFixed(1)}`;

const LANGUAGES = new Intl.DisplayNames(["en"], { type: "language" });
export function language(code) {
  if (code === "other") return "other languages";
  try {
    return code.split(/([/+])/).map((part) => (part === "/" ? " or " : part === "+" ? " and " : LANGUAGES.of(part))).join("");
  } catch {
    return code;
  }
}

export class Failure extends Error {}

export async function ask(path, body, method) {
  const options = { method: method ?? (body === undefined ? "GET" : "POST"), headers: {}, credentials: "same-origin" };
  if (body !== undefined) {
    options.headers["content-type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Failure("The service does not answer. Is it still running?");
  }
  const found = await answer.json().catch(() => null);
  if (answer.status === 401) location.assign("/sign-in");
  if (!answer.ok) throw new Failure(found?.error?.message ?? `The service answered ${answer.status}.`);
  return found;
}

export function complain(error) {
  const notice = byId("notice");
  notice.textContent = error ? (error instanceof Failure ? error.message : `The page failed: ${error.message}`) : "";
  notice.hidden = !error;
  if (error && !(error instanceof Failure)) console.error(error);
}

export function say(text) {
  byId("said").textContent = text;
}

// Do something that takes a moment, show that it does, and say what went wrong.
export async function working(element, task) {
  complain(null);
  element?.classList.add("working");
  element?.setAttribute("aria-busy", "true");
  try {
    return await task();
  } catch (error) {
    complain(error);
    return null;
  } finally {
    element?.classList.remove("working");
    element?.removeAttribute("aria-busy");
  }
}

// Run only the last of many calls, a moment after it.
export function settled(task, wait = 160) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => task(...values), wait);
  };
}

// The evidence of a pair as bars that begin where the one before ended.
export function waterfall(evidence, total, caption = "") {
  let sum = 0;
  const steps = evidence.map((piece) => {
    const from = sum;
    sum += piece.bits;
    return { ...piece, from, to: sum };
  });
  const low = Math.min(0, ...steps.map((step) => step.to)), high = Math.max(1, ...steps.map((step) => step.to));
  const at = (bits) => (100 * (bits - low)) / (high - low);
  const track = (from, to, kind) => {
    const bar = h("i", { class: kind });
    bar.style.left = `${at(Math.min(from, to))}%`;
    bar.style.width = `${Math.max(at(Math.max(from, to)) - at(Math.min(from, to)), 0.6)}%`;
    const row = h("div", { class: "track", "aria-hidden": "true" }, bar);
    row.style.setProperty("--zero", `${at(0)}%`);
    return row;
  };
  const pair = (step) => {
    const sides = [step.left, step.right].filter(Boolean).map(name);
    const said = sides.length === 2 ? [sides[0], " ~ ", sides[1]] : sides;
    return said.length || step.note ? h("span", { class: "pair-of" }, ...said, step.note ? `${said.length ? " · " : ""}${step.note}` : "") : null;
  };
  return h("table", { class: "fall" },
    h("caption", { class: caption ? "soft" : "quiet-live" }, caption || "Evidence in bits"),
    h("tbody", {}, steps.map((step) => h("tr", {},
      h("th", { scope: "row" }, h("span", { class: "what" }, step.feature), pair(step)),
      h("td", {}, track(step.from, step.to, step.bits < 0 ? "down" : "")),
      h("td", { class: "bits" }, signed(step.bits))))),
    h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, "All evidence"), h("td", {}, track(0, total, total < 0 ? "down" : "")),
      h("td", { class: "bits" }, `${signed(total)} bits`))));
}
