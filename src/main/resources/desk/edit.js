// While a planned message is changed, or one that is out is corrected, the preview beside it follows. The form may be put in again by the
// page that lives: it is looked for at each event.
import { look } from "./preview.js";

const PAUSE = 350;
let timer = 0;

document.addEventListener("input", (event) => {
  const form = event.target.closest("#edit form, #correct form");
  if (form) {
    // A box that was ticked, or a choice, is not seen in the value of a field: the page that lives leaves the form alone from now on.
    form.dataset.changed = "yes";
    clearTimeout(timer);
    timer = setTimeout(() => look(form), PAUSE);
  }
});
