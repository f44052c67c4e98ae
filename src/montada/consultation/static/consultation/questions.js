// Hides the questions whose condition is not met; without it all are shown, each with
// its condition in words. What is hidden keeps its words: the server lets them go when
// the contribution is sent.

const asked = document.getElementById("draft");
const conditional = [...asked.querySelectorAll("[data-shown-if]")];

function answersTo(name) {
  const hidden = asked.querySelector(`[name="${CSS.escape(name)}"]`)?.closest("[data-shown-if]")?.hidden;
  return hidden ? [] : new FormData(asked).getAll(name);
}

function showAsked() {
  // In the order of the page: what a question hangs on stands above it.
  for (const part of conditional) {
    const wanted = part.dataset.shownValues.split(" ");
    part.hidden = !answersTo(part.dataset.shownIf).some((value) => wanted.includes(value));
  }
}

for (const words of asked.querySelectorAll("[data-condition]")) words.hidden = true;
asked.addEventListener("input", showAsked);
asked.addEventListener("change", showAsked);
showAsked();
