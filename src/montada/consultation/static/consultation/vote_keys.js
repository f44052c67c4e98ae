// Votes by the keys 1, 2 and 3, beside the buttons; never while somebody is writing.
"use strict";

const note = document.querySelector("[data-keys-note]");
if (note) note.hidden = false;

document.addEventListener("keydown", (event) => {
  const isWriting = event.target.closest("input, textarea, select");
  if (isWriting || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  const button = document.querySelector(`[data-keys] [data-key="${CSS.escape(event.key)}"]`);
  if (button) button.click();
});
