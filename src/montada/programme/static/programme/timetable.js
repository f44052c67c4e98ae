// Moving sessions about in a plan: by dragging, or picked up and carried by arrow keys.
// Without it each session's form does the same. The server says what is in the way; the
// table is drawn by the server alone, here it is only replaced.

const told = document.getElementById("carrying");
const PATIENCE = { moved: 120, idle: 4000, solving: 1000 };
let carried = null; // { slug, minutes, room, row, grab, revision: of the plan when it was picked up }
let waiting = null;
let asked = null;
let behind = false; // others have changed something while one carries

const board = () => document.getElementById("board");
const table = () => board().querySelector(".planner");
const rows = () => [...table().tBodies[0].rows];
const columns = () => [...table().tHead.rows[0].querySelectorAll("th[data-room]")];
const cardOf = (slug) => board().querySelector(`[data-session="${CSS.escape(slug)}"]`);

function tell(lines, level = "") {
  const [first, ...others] = lines;
  told.replaceChildren(...(first ? [Object.assign(document.createElement("p"), { textContent: first, dir: "auto" })] : []));
  if (others.length) {
    const list = document.createElement("ul");
    list.append(...others.map((text) => Object.assign(document.createElement("li"), { textContent: text, dir: "auto" })));
    told.append(list);
  }
  told.dataset.level = level;
}

// Where the carried session would be: a frame over the table, whatever cells are under it.
function ghost() {
  const scroll = board().querySelector(".planner-scroll");
  let frame = scroll.querySelector(".planner-ghost");
  if (!carried || carried.room === null) return frame?.remove();
  frame ??= scroll.appendChild(Object.assign(document.createElement("div"), { className: "planner-ghost" }));
  const base = scroll.getBoundingClientRect();
  const column = columns()[carried.room].getBoundingClientRect();
  const all = rows();
  const last = Math.min(all.length, carried.row + Math.ceil(carried.minutes / board().dataset.unit)) - 1;
  const top = all[carried.row].getBoundingClientRect().top;
  frame.style.left = `${column.left - base.left + scroll.scrollLeft}px`;
  frame.style.width = `${column.width}px`;
  frame.style.top = `${top - base.top + scroll.scrollTop}px`;
  frame.style.height = `${all[last].getBoundingClientRect().bottom - top}px`;
  frame.className = `planner-ghost ${told.dataset.level ?? ""}`;
  return frame;
}

function where() {
  return { session: carried.slug, room: columns()[carried.room].dataset.room, start: rows()[carried.row].dataset.at };
}

async function askConflicts() {
  asked?.abort();
  asked = new AbortController();
  const place = where();
  try {
    const answer = await fetch(`${board().dataset.conflicts}?${new URLSearchParams(place)}`, { signal: asked.signal });
    const found = await answer.json();
    if (!carried) return;
    const words = found.conflicts.map((one) => one.words);
    tell([found.place, ...(words.length ? words : [found.none ?? ""])].filter(Boolean), found.conflicts[0]?.level ?? "");
    ghost();
  } catch (fault) {
    if (fault.name !== "AbortError") tell([told.dataset.failed]);
  }
}

function moved() {
  told.dataset.level = "";
  ghost();
  clearTimeout(waiting);
  waiting = setTimeout(askConflicts, PATIENCE.moved);
}

function placeOf(card) {
  const cell = card.closest("td");
  if (!cell) return { room: 0, row: 0 };
  const row = rows().indexOf(cell.parentElement);
  const middle = cell.getBoundingClientRect();
  const room = columns().findIndex((th) => { const box = th.getBoundingClientRect(); return box.left <= middle.left + middle.width / 2 && middle.left + middle.width / 2 <= box.right; });
  return { room: Math.max(0, room), row };
}

function pickUp(card) {
  carried = { slug: card.dataset.session, minutes: Number(card.dataset.minutes), ...placeOf(card), grab: 0, revision: board().dataset.revision };
  card.classList.add("carried");
  card.querySelector("[data-move]")?.setAttribute("aria-pressed", "true");
}

function putBack(words) {
  const slug = carried?.slug;
  clearTimeout(waiting);
  asked?.abort();
  carried = null;
  board().querySelectorAll(".carried").forEach((card) => card.classList.remove("carried"));
  board().querySelectorAll("[aria-pressed]").forEach((button) => button.removeAttribute("aria-pressed"));
  if (table()) ghost();
  tell(words ? [words] : []);
  if (slug) cardOf(slug)?.querySelector("[data-move]")?.focus();
  if (behind) { behind = false; show(board().dataset.day); }
}

// The table as the server draws it takes the place of the one that is there.
function draw(html, { focus = null } = {}) {
  const scroll = board().querySelector(".planner-scroll");
  const at = [scroll?.scrollLeft ?? 0, scroll?.scrollTop ?? 0];
  const held = board().contains(document.activeElement) ? document.activeElement.closest("[data-session]")?.dataset.session : null;
  const drawn = new DOMParser().parseFromString(html, "text/html").getElementById("board");
  if (!drawn) return tell([told.dataset.failed]);
  board().replaceWith(drawn);
  board().querySelector(".planner-scroll")?.scrollTo(...at);
  ready();
  const said = board().querySelector("[data-said]")?.textContent;
  if (said) tell([said]);
  if (focus ?? held) cardOf(focus ?? held)?.querySelector("[data-move]")?.focus({ preventScroll: true });
}

async function show(day) {
  const query = new URLSearchParams({ day });
  if (board().dataset.roomShown) query.set("room_shown", board().dataset.roomShown);
  const answer = await fetch(`${board().dataset.page}?${query}`, { headers: { "X-Timetable": "1" } });
  if (answer.ok) draw(await answer.text());
}

async function send(values) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const form = new URLSearchParams({ revision: carried.revision, csrfmiddlewaretoken: token, ...values });
  const query = new URLSearchParams({ day: board().dataset.day });
  if (board().dataset.roomShown) query.set("room_shown", board().dataset.roomShown);
  const slug = values.session;
  carried = null;
  clearTimeout(waiting);
  asked?.abort();
  behind = false;
  try {
    const answer = await fetch(`${board().dataset.change}?${query}`, { method: "POST", body: form, headers: { "X-Timetable": "1" } });
    draw(await answer.text(), { focus: slug });
  } catch {
    putBack(told.dataset.failed);
  }
}

function drop() {
  if (carried.room === null) return putBack(told.dataset.nowhere);
  return send({ action: "place", ...where() });
}

// By keyboard: the button of a card picks up, arrows move, Enter puts down.
function byKey(event) {
  const isRightToLeft = document.documentElement.dir === "rtl";
  const steps = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [isRightToLeft ? 1 : -1, 0], ArrowRight: [isRightToLeft ? -1 : 1, 0] };
  const step = steps[event.key];
  if (step) {
    carried.room = Math.min(columns().length - 1, Math.max(0, carried.room + step[0]));
    carried.row = Math.min(rows().length - 1, Math.max(0, carried.row + step[1]));
    moved();
    ghost()?.scrollIntoView({ block: "nearest", inline: "nearest" });
  } else if (event.key === "Enter" || event.key === " ") drop();
  else if (event.key === "Escape") putBack(told.dataset.putBack);
  else if (event.key === "Delete") send({ action: "unplace", session: carried.slug });
  else if (event.key === "PageUp" || event.key === "PageDown") otherDay(event.key === "PageUp" ? -1 : 1);
  else return;
  event.preventDefault();
}

async function otherDay(step) {
  const days = [...board().querySelectorAll("[data-date]")].map((link) => link.dataset.date);
  const day = days[days.indexOf(board().dataset.day) + step];
  if (!day) return;
  const kept = carried;
  await show(day);
  if (carried !== kept) return; // put back, or down, meanwhile
  carried.row = Math.min(carried.row, rows().length - 1);
  moved();
}

document.addEventListener("keydown", (event) => { if (carried && !event.ctrlKey && !event.metaKey && !event.altKey) byKey(event); });
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-move]");
  if (!button || carried) return;
  pickUp(button.closest("[data-session]"));
  tell([told.dataset.picked]);
  ghost();
});

// By dragging: the card is the handle, the upper edge says the time.
document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.("[data-session]");
  if (!card || card.dataset.locked !== undefined) return;
  if (carried) putBack();
  event.dataTransfer.setData("text/plain", card.dataset.session);
  event.dataTransfer.effectAllowed = "move";
  pickUp(card);
  carried.grab = event.clientY - card.getBoundingClientRect().top;
  carried.isDragged = true;
});

function pointed(event) {
  if (!event.target.closest?.(".planner-scroll")) return null;
  const top = event.clientY - Math.min(carried.grab, 24);
  const room = columns().findIndex((th) => { const box = th.getBoundingClientRect(); return box.left <= event.clientX && event.clientX <= box.right; });
  const row = rows().findIndex((tr) => tr.getBoundingClientRect().bottom > top);
  return room < 0 || row < 0 ? null : { room, row };
}

document.addEventListener("dragover", (event) => {
  if (!carried?.isDragged) return;
  const place = pointed(event);
  const isElsewhere = event.target.closest?.("#unplaced, [data-date]");
  if (place || isElsewhere) event.preventDefault();
  if (!place || (place.room === carried.room && place.row === carried.row)) return;
  Object.assign(carried, place);
  moved();
});

document.addEventListener("drop", (event) => {
  if (!carried?.isDragged) return;
  event.preventDefault();
  const day = event.target.closest?.("[data-date]")?.dataset.date;
  if (event.target.closest?.("#unplaced")) send({ action: "unplace", session: carried.slug });
  else if (day) send({ action: "place", ...where(), start: `${day}${where().start.slice(10)}` });
  else if (pointed(event)) { Object.assign(carried, pointed(event)); drop(); } else putBack(told.dataset.nowhere);
});
document.addEventListener("dragend", () => { if (carried?.isDragged) putBack(told.dataset.putBack); });

// Others at work on the same plan, and the solver: asked for every few seconds, unless
// nobody looks, or somebody is about to choose something.
async function look() {
  try {
    if (document.hidden || board().querySelector("form:focus-within")) return;
    const { revision, state, solving } = board().dataset;
    const answer = await fetch(`${state}?revision=${revision}`);
    if (!answer.ok) return;
    const news = await answer.json();
    const isNew = String(news.revision) !== board().dataset.revision || news.solving !== (solving !== undefined) || news.solving;
    if (!isNew || board().dataset.revision !== revision) return;
    if (carried) behind = true;
    else await show(board().dataset.day);
    if (solving !== undefined && !news.solving) tell([told.dataset.solved]);
    if (news.changes.length) tell(news.changes);
  } catch { /* the next look may reach the server */ } finally {
    setTimeout(look, board().dataset.solving === undefined ? PATIENCE.idle : PATIENCE.solving);
  }
}

function ready() {
  for (const card of board().querySelectorAll("[data-session]:not([data-locked])")) {
    card.draggable = true;
    for (const link of card.querySelectorAll("a")) link.draggable = false;
    card.querySelector("[data-move]").hidden = false;
  }
}

ready();
setTimeout(look, PATIENCE.idle);
