// The page works without this. It keeps the preview and the buttons up to date while one writes.
import { look } from "./preview.js";

const PAUSE = 350;

const form = document.getElementById("write");
const preview = document.getElementById("preview");
if (form && preview) {
  document.getElementById("look").hidden = true;
  // Where it stands under the text it is folded to its counts, and opens at a press, or where there is something to know.
  const fold = document.getElementById("fold");
  const notes = () => Number(document.getElementById("seen").dataset.notes);
  let known = notes();
  fold.open = known > 0 || !matchMedia("(max-width: 960px)").matches;
  let timer = 0;

  // The buttons say what they do with what stands in the fields; one that has the focus keeps it, and one of another kind never gets it.
  const kind = (button) => button.value.split(" ")[0];
  const act = (now) => {
    const before = document.getElementById("acts");
    if (now.innerHTML !== before.innerHTML) {
      const focused = [...before.querySelectorAll("button")].find((one) => one === document.activeElement);
      before.replaceWith(now);
      if (focused) {
        const same = [...now.querySelectorAll("button")].find((one) => kind(one) === kind(focused));
        now.tabIndex = -1;
        (same ?? now).focus();
      }
    }
  };

  const again = async () => {
    const fresh = await look(form);
    if (fresh) {
      act(fresh.getElementById("acts"));
      if (notes() > known) {
        fold.open = true;
      }
      known = notes();
    }
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(again, PAUSE);
  };
  form.addEventListener("input", soon);

  // A text of its own is offered for the channels that are chosen; what was typed for another one stays in the form.
  const variants = [...document.querySelectorAll(".variant")];
  const offer = () => {
    for (const one of variants) {
      const box = form.querySelector(`input[name="channel"][value="${CSS.escape(one.dataset.channel)}"]`);
      one.hidden = !box?.checked;
    }
  };
  form.addEventListener("change", offer);
  offer();
  for (const one of variants) {
    const copy = one.querySelector(".copy");
    copy.hidden = false;
    copy.addEventListener("click", () => {
      const field = one.querySelector("textarea");
      field.value = form.elements.text.value;
      field.focus();
      soon();
    });
  }

  // A name of the book is put where one was writing, into the common text or into that of a channel.
  let writing = form.elements.text;
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea[name=text], .variant textarea")) {
      writing = event.target;
    }
  });
  for (const name of document.querySelectorAll("#book .insert")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.textContent = name.textContent;
    button.addEventListener("click", () => {
      writing.setRangeText(button.textContent, writing.selectionStart, writing.selectionEnd, "end");
      writing.focus();
      form.dispatchEvent(new Event("input", { bubbles: true }));
    });
    name.replaceWith(button);
  }
}
