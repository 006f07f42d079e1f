"use strict";
// Nothing is decided here: a change is shown as the server renders it, an action is a form of the page.

// Read before the first form is there: none is then sent by the browser itself, as a page that Back
// would ask to send again. So what the page holds is looked up when it is needed.
const main = () => document.getElementById("contenu");
const announce = (text) => { document.getElementById("annonce").textContent = text; };
let refreshing = null;
// What somebody opened or closed stays so; a step that has just been begun shows what it says.
const toggled = new Map();

function isTyping() {
  const field = document.activeElement;
  return main().contains(field) && field.matches("input:not([type=file], [type=checkbox]), select, textarea");
}

function tell(text) {
  const place = document.getElementById("avis");
  place.textContent = text;
  place.hidden = !text;
}

function filled() {
  const fields = [...main().querySelectorAll("input[id]:not([type=file]), select[id]")];
  return fields.map((field) => [field.id, field.value, field.checked]);
}

function fill(fields) {
  for (const [id, value, checked] of fields) {
    const field = document.getElementById(id);
    if (!field) continue;
    if (field.matches("[type=checkbox], [type=radio]")) field.checked = checked;
    else field.value = value;
  }
}

function show(text, kept = filled()) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.getElementById("contenu");
  if (!fresh) return;
  const notice = page.getElementById("avis");
  if (notice.textContent) tell(notice.textContent);
  const active = main().contains(document.activeElement) ? document.activeElement : null;
  const focused = active ? active.id : "";
  const position = window.scrollY;
  const dropped = document.getElementById("deposes");
  const wasRunning = document.getElementById("avance") !== null;
  if (notice.textContent) kept = filled();
  main().replaceChildren(...fresh.childNodes);
  fill(kept);
  for (const [id, isOpen] of toggled) {
    const item = document.getElementById(id);
    if (item) item.open = isOpen;
  }
  const place = document.getElementById("deposes");
  if (place && dropped) place.replaceWith(dropped);
  const isRunning = document.getElementById("avance") !== null;
  const sum = document.getElementById("bilan");
  if (wasRunning && !isRunning && !notice.textContent) tell("");
  if (wasRunning && !isRunning) announce(sum ? sum.textContent : "L’étape est terminée.");
  // Whoever is on a link or a button without a name of its own stays on it.
  const alike = (item) => item.textContent === active.textContent;
  const target = focused ? document.getElementById(focused) : active && [...main().querySelectorAll(active.tagName)].find(alike);
  if (target && !target.disabled) target.focus({ preventScroll: true });
  else if (focused === "arreter" && sum) (document.querySelector(`#dit-${sum.dataset.etape} > summary`) || main()).focus({ preventScroll: true });
  else if (focused) (document.getElementById("arreter") || main()).focus({ preventScroll: true });
  window.scrollTo(0, position);
}

async function refresh() {
  if (refreshing) { refreshing = "again"; return; }
  refreshing = "now";
  try {
    const answer = await fetch(location.pathname);
    // What somebody is typing stays; the next change shows the rest.
    if (!isTyping()) show(await answer.text());
  } catch { /* the stream says that the desk is gone */ }
  const again = refreshing === "again";
  refreshing = null;
  if (again) refresh();
}

function progress(event) {
  const bar = document.getElementById("avance");
  if (!bar) { refresh(); return; }
  const told = JSON.parse(event.data);
  if (told.steps) { bar.max = told.steps; bar.value = told.done; } else bar.removeAttribute("value");
  const what = document.getElementById("quoi");
  if (what.textContent !== told.what) { what.textContent = told.what; announce(told.what); }
}

// A link to a place of this page opens what hides it, and leads the keyboard there.
function reveal(id) {
  const target = id && document.getElementById(id);
  if (!target) return false;
  const hiding = target.closest("details");
  if (hiding) { hiding.open = true; toggled.set(hiding.id, true); }
  const place = target.matches("a, button, input, select, [tabindex]") ? target : target.querySelector("button, input, select, a") || target;
  place.focus();
  target.scrollIntoView({ block: "nearest" });
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('main a[href^="#"]');
  if (link && reveal(link.getAttribute("href").slice(1))) event.preventDefault();
  const details = event.target.closest("summary")?.parentElement;
  if (details && details.id) toggled.set(details.id, !details.open);
});

// A double click is one click: its second half may lie on what the first one brought.
document.addEventListener("click", (event) => {
  if (event.detail > 1 && event.target.closest("button")) event.preventDefault();
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.hasAttribute("data-vif")) return;
  event.preventDefault();
  if (form.action.endsWith("/faire")) {
    for (const id of [...toggled.keys()]) if (id.startsWith("dit-")) toggled.delete(id);
  }
  tell(form.dataset.attente || "");
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  tell("");
  // A file that nothing opens is offered as a copy, another page is gone to.
  if (new URL(answer.url).pathname === location.pathname) show(await answer.text(), form.action.endsWith("/faire") ? [] : filled());
  else location.href = answer.url;
  const reply = main().querySelector("[data-annonce]");
  if (reply) announce(reply.innerText);
});

async function drop(files, folders = []) {
  for (const name of folders) {
    const line = document.createElement("li");
    line.textContent = `${name} : c’est un dossier. Déposer les fichiers qu’il contient, ou en faire une archive zip.`;
    document.getElementById("deposes").append(line);
  }
  for (const file of files) {
    const list = document.getElementById("deposes");
    const line = document.createElement("li");
    line.textContent = `${file.name} : envoi…`;
    list.append(line);
    try {
      const address = document.getElementById("depot").dataset.action;
      const answer = await fetch(`${address}?nom=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
      line.textContent = (await answer.json()).told;
    } catch {
      line.textContent = `${file.name} : l’envoi a été interrompu. Le déposer de nouveau.`;
    }
  }
}

document.addEventListener("change", (event) => {
  if (event.target.id !== "fichiers") return;
  const files = [...event.target.files];
  event.target.value = "";
  drop(files);
});
// A file dropped beside the area must not take the page's place.
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  const area = document.getElementById("depot");
  if (area) area.classList.toggle("dessus", area.contains(event.target));
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  const area = document.getElementById("depot");
  if (!area) return;
  area.classList.remove("dessus");
  if (!area.contains(event.target)) return;
  const files = [...event.dataTransfer.files];
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.());
  const folders = entries.filter((entry) => entry?.isDirectory).map((entry) => entry.name);
  drop(files.filter((file) => !folders.includes(file.name)), folders);
});

// A browser opens six connections to one server at most: a tab that nobody sees leaves its own.
let stream = null;
function follow() {
  const seen = !document.hidden && document.body.dataset.flux;
  if (!seen && stream) { stream.close(); stream = null; }
  if (!seen || stream) return;
  stream = new EventSource(document.body.dataset.flux);
  const lost = document.getElementById("panne");
  stream.addEventListener("change", refresh);
  stream.addEventListener("progress", progress);
  stream.addEventListener("open", () => { lost.hidden = true; refresh(); });
  stream.addEventListener("error", () => { lost.hidden = false; });
}
document.addEventListener("visibilitychange", follow);
document.addEventListener("DOMContentLoaded", follow);
