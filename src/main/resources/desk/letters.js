// Puts the images of a newsletter into its texts. images.js takes them; each is then listed, and a button for each text puts it where one was
// writing there, as a line of Markdown with its description.
const form = document.getElementById("letter");
if (form) {
  const texts = [...form.querySelectorAll("textarea[name^=body-]")];
  const buttons = document.getElementById("places").content;

  // What Markdown would read as an end stays a word.
  const words = (text) => text.trim().replace(/\s+/g, " ").replace(/[\\[\]`*_<&!]/g, "\\$&");
  const line = (id) => new RegExp("!\\[(?:\\\\.|[^\\]\\\\])*\\]\\(" + id + "\\)");

  // Only what is stored can be tried or sent.
  form.addEventListener("input", () => {
    document.querySelectorAll("section.stored").forEach((section) => (section.hidden = true));
    document.getElementById("unsaved")?.removeAttribute("hidden");
  });

  const changed = () => form.dispatchEvent(new Event("input", { bubbles: true }));

  // Stands on its own between what is before and what comes after.
  const put = (body, id, alt) => {
    const mark = "![" + words(alt) + "](" + id + ")";
    const there = line(id).exec(body.value);
    if (there) {
      body.setRangeText(mark, there.index, there.index + there[0].length, "end");
    } else {
      const [before, after] = [body.value.slice(0, body.selectionStart), body.value.slice(body.selectionEnd)];
      const above = before === "" ? "" : "\n\n".slice(Math.min(2, /\n*$/.exec(before)[0].length));
      const below = "\n\n".slice(Math.min(2, /^\n*/.exec(after)[0].length));
      body.setRangeText(above + mark + below, body.selectionStart, body.selectionEnd, "end");
    }
    body.focus();
  };

  const offer = () => {
    for (const one of form.querySelectorAll(".image")) {
      if (!one.querySelector(".place")) {
        one.querySelector(".moves").prepend(buttons.cloneNode(true));
      }
    }
  };
  form.addEventListener("input", offer);
  offer();

  form.addEventListener("click", (event) => {
    const one = event.target.closest(".image");
    if (!one) {
      return;
    }
    const id = one.querySelector("[name=media]").value;
    const alt = one.querySelector("[name=alt]");
    if (event.target.matches(".place")) {
      // Without a description it would be refused at saving: it is asked for where it is missing.
      alt.setCustomValidity(alt.value.trim() ? "" : form.dataset.alt);
      if (alt.reportValidity()) {
        put(texts.find((body) => body.name === event.target.value), id, alt.value);
        changed();
      }
    } else if (event.target.matches(".remove")) {
      for (const body of texts) {
        body.value = body.value.replace(new RegExp(line(id).source + "\\n{0,2}", "g"), "");
      }
    }
  });
  form.addEventListener("input", (event) => event.target.matches?.("[name=alt]") && event.target.setCustomValidity(""));
}
