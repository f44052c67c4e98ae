// A draft's form: counts words as one types, and keeps words that did not arrive.
// Without it the form is sent by its button, and the server counts.

const form = document.getElementById("draft");
const place = `montada-draft-${form.dataset.draft}`;
const BESIDE = ["revision", "labels_shown"];
const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

function words(text) {
  // Unicode's default boundaries take each Chinese character as a word; browsers look
  // them up in a dictionary instead.
  const single = text.match(HAN)?.length ?? 0;
  const pieces = new Intl.Segmenter("en", { granularity: "word" }).segment(text.replace(HAN, " "));
  return single + [...pieces].filter((piece) => /[\p{L}\p{N}]/u.test(piece.segment)).length;
}

function count(box) {
  const shown = document.getElementById(`${box.id}_words`);
  if (shown) shown.value = words(box.value).toLocaleString(document.documentElement.lang, { numberingSystem: "latn" });
}

// What its writer saw of what is stored: it stands beside the form and is sent with it.
function seen(name) {
  return document.getElementById(name)?.value;
}

function written() {
  const pairs = [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", ...BESIDE].includes(name));
  return JSON.stringify(pairs);
}

// Who signs in again in another tab gets another token; the cookie has the newest.
function renewToken() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  if (found) form.elements.csrfmiddlewaretoken.value = found[1];
}

// Words stay on the device until it is known that they arrived: those that were sent by
// the button have, when the page comes back with another revision.
function keep(submitted = false) {
  try { localStorage.setItem(place, JSON.stringify({ revision: seen("revision"), labels: seen("labels_shown"), written: written(), submitted })); } catch { /* a full or forbidden store loses nothing that the server has */ }
}

function kept() {
  try { return JSON.parse(localStorage.getItem(place)); } catch { return null; }
}

function letGo() {
  try { localStorage.removeItem(place); } catch { /* nothing was kept */ }
}

let sent = null;

function arrived() {
  if (document.querySelector("#beside[data-saved]") && kept()?.written === sent) letGo();
}

function putBack(found) {
  const pairs = JSON.parse(found.written);
  const labels = document.getElementById("labels_shown");
  if (labels && found.labels !== undefined) labels.value = found.labels;
  for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = false;
  for (const [name, value] of pairs) {
    for (const box of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (box.type === "checkbox") box.checked ||= box.value === value;
      else if (box.type !== "hidden") box.value = value;
    }
  }
  form.querySelectorAll("[data-words]").forEach(count);
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function offerKept() {
  const found = kept();
  const hasArrived = !found || found.written === written() || (found.submitted && found.revision !== seen("revision"));
  if (hasArrived) return letGo();
  const offer = document.getElementById("kept");
  offer.hidden = false;
  offer.querySelector("[data-put-back]").addEventListener("click", () => { putBack(found); offer.hidden = true; });
  offer.querySelector("[data-let-go]").addEventListener("click", () => { letGo(); offer.hidden = true; });
}

function tellOfLine() {
  document.getElementById("offline").hidden = navigator.onLine;
}

for (const box of form.querySelectorAll("[data-words]")) {
  box.closest(".field").querySelector(".counted").hidden = false;
  count(box);
}
form.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-words]")) count(event.target);
  renewToken();
  keep();
});
form.addEventListener("submit", () => { renewToken(); keep(true); });
form.addEventListener("htmx:before:request", () => { sent = written(); });
form.addEventListener("htmx:after:swap", arrived);
addEventListener("online", () => { tellOfLine(); form.dispatchEvent(new Event("input", { bubbles: true })); });
addEventListener("offline", tellOfLine);
try { offerKept(); } catch { letGo(); }
tellOfLine();
