// Shows what needs passkeys where the browser knows them, and says it when one is refused.
(() => {
  const all = (mark) => document.querySelectorAll(`[${mark}]`);
  const knowsPasskeys = Boolean(window.PublicKeyCredential);
  all("data-passkeys").forEach((part) => { part.hidden = !knowsPasskeys; });
  all("data-no-passkeys").forEach((part) => { part.hidden = knowsPasskeys; });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    all("data-passkey-error").forEach((message) => { message.hidden = false; });
  });
})();
