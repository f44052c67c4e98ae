// Keeps pages of agendas and of sessions for reading without a line.
//
// Only what a page asks to be kept is kept, and as everybody sees it: it is fetched
// without the reader's cookies, so that nothing of theirs stays on a shared device.

const PAGES = "agenda-pages";
const FILES = "agenda-files";
const AGENDA = /^\/[a-z]{2}\/programme\/[\w-]+\/$/;
const KEPT_PAGE = /^\/[a-z]{2}\/(programme\/[\w-]+\/|sessions\/[\w-]+\/)/;

// A page is kept once, by the clock by which it was last shown.
function nameOf(address) {
  const name = new URL(address);
  name.hash = "";
  name.searchParams.delete("zone");
  return name.href;
}

async function keepPage(address, zone) {
  const shown = new URL(nameOf(address));
  shown.searchParams.set("zone", zone);
  // "no-cache" asks whether it is still so: what did not change costs no bytes.
  const answer = await fetch(shown, { credentials: "omit", cache: "no-cache" });
  if (!answer.ok || answer.redirected) return;
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", new Date().toISOString());
  const kept = new Response(await answer.blob(), { headers });
  await (await caches.open(PAGES)).put(nameOf(address), kept);
}

async function keepFile(address) {
  const files = await caches.open(FILES);
  if (!(await files.match(address))) await files.add(address);
}

// Styles of an older version go when they are no longer named.
async function forgetOthers(addresses) {
  const files = await caches.open(FILES);
  const fresh = new Set(addresses.map((address) => new URL(address, location).href));
  for (const { url } of await files.keys()) {
    if (url.endsWith(".css") && !fresh.has(url)) await files.delete(url);
  }
}

// Says on the page itself of when it is.
async function told(kept) {
  const at = new Date(kept.headers.get("X-Kept-At"));
  const text = await kept.text();
  const language = text.match(/<html lang="([\w-]+)"/)?.[1] ?? "en";
  const words = at.toLocaleString(language, { dateStyle: "long", timeStyle: "short", numberingSystem: "latn" });
  const body = text
    .replace("data-kept-copy hidden", "data-kept-copy")
    .replace("<time></time>", `<time datetime="${at.toISOString()}">${words}</time>`);
  return new Response(body, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

async function page(request) {
  try {
    return await fetch(request);
  } catch (fault) {
    const pages = await caches.open(PAGES);
    const kept = await pages.match(nameOf(request.url));
    if (kept) return told(kept);
    // What was not kept leads to the agenda in the same language that was.
    const language = new URL(request.url).pathname.slice(0, 4);
    const isAgenda = ({ pathname }) => AGENDA.test(pathname) && pathname.startsWith(language);
    const agendas = (await pages.keys()).map(({ url }) => new URL(url)).filter(isAgenda);
    // The shortest address is the one that nothing narrows.
    const agenda = agendas.sort((one, other) => one.href.length - other.href.length)[0];
    if (agenda) return Response.redirect(agenda.href);
    throw fault;
  }
}

async function file(request) {
  const kept = await (await caches.open(FILES)).match(request.url);
  return kept ?? fetch(request);
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("message", (event) => {
  const { pages, files, zone } = event.data;
  const ours = pages.filter((address) => KEPT_PAGE.test(new URL(address).pathname));
  const keeping = [...ours.map((address) => keepPage(address, zone)), ...files.map(keepFile)];
  event.waitUntil(Promise.allSettled([...keeping, forgetOthers(files)]));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && KEPT_PAGE.test(pathname)) event.respondWith(page(request));
  if (pathname.startsWith("/static/")) event.respondWith(file(request));
});
