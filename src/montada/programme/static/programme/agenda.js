// An agenda: offers the reader's own clock, and keeps its pages for reading without a
// line. Without it the address says whose clock, and pages are read over the line.

async function offerOwnClock() {
  const link = document.getElementById("own-zone");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!link || !zone || zone === link.dataset.zone) return;
  const address = new URL(link.href);
  address.searchParams.set("zone", zone);
  link.href = address;
  const answer = await fetch(`${link.dataset.places}?zone=${encodeURIComponent(zone)}`);
  if (!answer.ok) return;
  link.textContent = link.dataset.words.replace("%s", await answer.text());
  link.hidden = false;
}

// What a page needs to be read again: itself, its days and list, its styles and fonts.
function pagesToKeep() {
  const linked = [...document.querySelectorAll("a[data-keep]")].map((link) => link.href);
  return [location.href.split("#")[0], ...linked];
}

function filesToKeep() {
  const styles = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((it) => it.href || it.src);
  const fonts = performance.getEntriesByType("resource").map((it) => it.name).filter((name) => name.endsWith(".woff2"));
  return [...styles, ...fonts];
}

async function keep() {
  const place = document.getElementById("agenda");
  if (!place || !("serviceWorker" in navigator) || !navigator.onLine) return;
  await navigator.serviceWorker.register(place.dataset.worker, { scope: place.dataset.scope });
  const { active } = await navigator.serviceWorker.ready;
  await document.fonts.ready;
  active.postMessage({ pages: pagesToKeep(), files: filesToKeep(), zone: place.dataset.zone });
}

offerOwnClock().catch(() => { /* without a line nothing else can be shown */ });
addEventListener("load", () => keep().catch(() => { /* a browser that forbids it reads over the line */ }));
