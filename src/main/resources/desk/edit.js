// While a planned message is changed, the preview beside it follows. The form may be put in again by the page that lives: it is looked for at
// each event.
import { look } from "./preview.js";

const PAUSE = 350;
let timer = 0;

document.addEventListener("input", (event) => {
  const form = event.target.closest("#edit form");
  if (form) {
    clearTimeout(timer);
    timer = setTimeout(() => look(form), PAUSE);
  }
});
