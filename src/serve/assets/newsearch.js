// What the page can do beyond plain HTML: completion, search within facets, keys.
"use strict";

const box = document.getElementById("q");
const form = document.getElementById("search");
const list = document.getElementById("completions");

// The last answer to what was typed; earlier ones that come late are dropped.
let asked = 0;
let from = 0;
let chosen = -1;

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

async function json(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  return response.ok ? response.json() : null;
}

// Waits until nothing has been typed for a moment.
function calmly(work, pause) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), pause);
  };
}

// --- Completion: the combobox pattern of the ARIA Authoring Practices.

box.setAttribute("role", "combobox");
box.setAttribute("aria-autocomplete", "list");
box.setAttribute("aria-controls", "completions");
box.setAttribute("aria-expanded", "false");

function close() {
  asked += 1;
  chosen = -1;
  list.hidden = true;
  list.replaceChildren();
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function choose(at) {
  const options = [...list.children];
  chosen = options.length ? (at + options.length + 1) % (options.length + 1) : -1;
  if (chosen === options.length) chosen = -1;
  options.forEach((option, number) => option.setAttribute("aria-selected", String(number === chosen)));
  if (chosen < 0) {
    box.removeAttribute("aria-activedescendant");
  } else {
    box.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  }
}

// A name that is taken becomes a filter; the words before it stay.
function take(option) {
  const bytes = new TextEncoder().encode(box.value);
  box.value = new TextDecoder().decode(bytes.slice(0, from)).trim();
  form.append(element("input", { type: "hidden", name: option.dataset.kind, value: option.dataset.name }));
  close();
  form.submit();
}

const complete = calmly(async () => {
  const typed = box.value;
  if (typed.trim().length < 2) return close();
  const number = ++asked;
  const found = await json(`/api/complete?limit=8&q=${encodeURIComponent(typed)}`).catch(() => null);
  if (number !== asked || document.activeElement !== box) return;
  if (!found || found.completions.length === 0) return close();
  from = found.from;
  chosen = -1;
  list.replaceChildren(...found.completions.map(({ kind, name, articles }, at) => {
    const option = element("li", { role: "option", id: `completion-${at}`, "aria-selected": "false", "data-kind": kind, "data-name": name },
      element("span", { class: "name" }, name), element("span", { class: "kind" }, kind),
      element("span", { class: "docs" }, articles.toLocaleString("en")));
    // The box keeps the focus.
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => take(option));
    return option;
  }));
  list.hidden = false;
  box.setAttribute("aria-expanded", "true");
}, 60);

box.addEventListener("input", complete);
box.addEventListener("blur", close);
box.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const open = !list.hidden;
  if (event.key === "ArrowDown" && open) choose(chosen + 1);
  else if (event.key === "ArrowUp" && open) choose(chosen < 0 ? list.children.length - 1 : chosen - 1);
  else if (event.key === "Enter" && open && chosen >= 0) take(list.children[chosen]);
  else if (event.key === "Escape") open ? close() : box.blur();
  else return;
  event.preventDefault();
});

// --- Search within facets.

// The form hides the search as the server understood it; `find` is in it too.
function searched(find) {
  const search = new URLSearchParams(new FormData(find.form));
  search.delete("facet_search");
  return search;
}

function narrowed(find, key, name) {
  const search = searched(find);
  search.append(key, name);
  return `/search?${search}`;
}

for (const find of document.querySelectorAll(".facet .find")) {
  const facet = find.closest(".facet");
  const kind = facet.dataset.kind;
  let number = 0;
  find.addEventListener("input", calmly(async () => {
    const own = ++number;
    const asking = searched(find);
    asking.set("limit", "0");
    asking.set("facets", `${kind}:20`);
    if (find.value.trim()) asking.set("facet_search", find.value.trim());
    const found = await json(`/api/search?${asking}`).catch(() => null);
    if (!found || own !== number) return;
    facet.querySelector("ul").replaceChildren(...found.facets[kind].map(({ name, docs }) =>
      element("li", {}, element("a", { href: narrowed(find, kind, name) },
        element("span", { class: "name" }, name), " ", element("span", { class: "docs" }, docs.toLocaleString("en"))))));
  }, 120));
}

// On a narrow screen what narrows stands below the hits, and is closed.
const narrow = document.querySelector(".narrow");
if (narrow && matchMedia("(max-width: 56rem)").matches) narrow.open = false;

// --- Keys.

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const titles = [...document.querySelectorAll(".hits .title")];
  const at = titles.indexOf(document.activeElement);
  const go = (rel) => document.querySelector(`.pages a[rel=${rel}]`)?.click();
  if (event.key === "/") { box.focus(); box.select(); }
  else if (event.key === "ArrowDown" && titles.length) titles[Math.min(at + 1, titles.length - 1)].focus();
  else if (event.key === "ArrowUp" && at > 0) titles[at - 1].focus();
  else if (event.key === "ArrowRight") go("next");
  else if (event.key === "ArrowLeft") go("prev");
  else return;
  event.preventDefault();
});
