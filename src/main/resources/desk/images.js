// Takes the images of a form as they are picked, pasted or dropped, and puts them in order. A form that takes images says so with
// data-taken, and may be put in again by a page that lives: what happens is heard where it is not replaced.
import { parsed } from "./parsed.js";

const TAKES = "form[data-taken]";

const changed = (form) => {
  form.dataset.changed = "yes";
  form.dispatchEvent(new Event("input", { bubbles: true }));
};

// The buttons of an image are for those who have a script; the first goes no further up.
const arrange = (form) => {
  const all = [...form.querySelectorAll(".image")];
  all.forEach((one, i) => {
    one.querySelector(".drop")?.remove();
    one.querySelector(".remove").hidden = false;
    one.querySelector(".up").hidden = i === 0;
    one.querySelector(".down").hidden = i === all.length - 1;
  });
};

const ready = () => {
  for (const form of document.querySelectorAll(TAKES)) {
    // The file itself goes ahead of the form, and has no name in it.
    form.querySelector(".take").hidden = false;
    arrange(form);
  }
};
new MutationObserver(ready).observe(document.body, { childList: true, subtree: true });
ready();

// Each file has a line of its own, with its name: what became of one does not hide what became of another.
const line = (form, name) => {
  const one = document.createElement("li");
  const called = document.createElement("strong");
  called.textContent = name;
  one.append(called, " ");
  const said = one.appendChild(document.createElement("span"));
  form.querySelector(".results").append(one);
  return (text, kind) => {
    said.textContent = text;
    one.className = kind;
  };
};

const upload = async (form, file, say) => {
  const answer = await fetch("/desk/media?name=" + encodeURIComponent(file.name), {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream", "X-Csrf": form.elements.csrf.value },
    body: file,
  });
  const html = answer.headers.get("Content-Type")?.startsWith("text/html");
  if (answer.ok) {
    form.querySelector(".images").append(...(await parsed(answer)).body.childNodes);
    say(form.dataset.taken, "good");
  } else {
    say(html ? (await parsed(answer)).body.textContent.trim() : (await answer.json()).detail, "wrong");
  }
};

// The preview may have put other buttons in by then: what was pressed is sent, and nothing else.
const send = (form, pressed) => {
  if (!pressed || pressed.isConnected) {
    form.requestSubmit(pressed ?? null);
    return;
  }
  const same = [...form.querySelectorAll("button")].find(
    (one) => one.name === pressed.name && one.value === pressed.value,
  );
  if (same) {
    form.requestSubmit(same);
    return;
  }
  // No button says it any more: the server is told what was pressed, and asks.
  pressed.hidden = true;
  form.append(pressed);
  form.requestSubmit(pressed);
  pressed.remove();
};

// What is sent while a file is on its way would go without it: it waits, and is sent then.
const pending = new WeakMap();
const held = new WeakMap();
document.addEventListener(
  "submit",
  (event) => {
    if (pending.get(event.target)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      held.set(event.target, event.submitter);
    }
  },
  true,
);

const take = async (form, files) => {
  pending.set(form, (pending.get(form) ?? 0) + 1);
  try {
    await takeAll(form, files);
  } finally {
    pending.set(form, pending.get(form) - 1);
    if (!pending.get(form) && held.has(form)) {
      const submitter = held.get(form);
      held.delete(form);
      // A file that was refused is looked at first.
      if (!form.querySelector(".results .wrong")) {
        send(form, submitter);
      }
    }
  }
};

const takeAll = async (form, files) => {
  // A page that lives leaves a form alone that is being changed.
  form.dataset.changed = "yes";
  // What became of an earlier batch stays while it is still coming; later, what was refused of it.
  if (pending.get(form) === 1) {
    form.querySelectorAll(".results .good").forEach((one) => one.remove());
  }
  const lines = files.map((file) => [file, line(form, file.name)]);
  lines.forEach(([, say]) => say("…", "waiting"));
  for (const [file, say] of lines) {
    try {
      await upload(form, file, say);
    } catch (e) {
      say(form.dataset.failed, "wrong");
      console.info("not taken", e.message);
    }
  }
  changed(form);
};

const takes = (event) => event.target.closest?.(TAKES);
document.addEventListener("change", (event) => {
  const form = takes(event);
  if (form && event.target.matches(".take input")) {
    take(form, [...event.target.files]).finally(() => (event.target.value = ""));
  }
});
document.addEventListener("paste", (event) => {
  const form = takes(event);
  // An office program puts a picture of the text beside the text: the text is meant.
  if (form && event.clipboardData.files.length > 0 && !event.clipboardData.types.includes("text/plain")) {
    event.preventDefault();
    take(form, [...event.clipboardData.files]);
  }
});
document.addEventListener("dragover", (event) => {
  const form = takes(event);
  if (form && event.dataTransfer.types.includes("Files")) {
    event.preventDefault();
    form.classList.add("over");
  }
});
document.addEventListener("dragleave", (event) => takes(event)?.classList.remove("over"));
document.addEventListener("drop", (event) => {
  const form = takes(event);
  form?.classList.remove("over");
  if (form && event.dataTransfer.files.length > 0) {
    event.preventDefault();
    take(form, [...event.dataTransfer.files]);
  }
});
document.addEventListener("click", (event) => {
  const form = takes(event);
  const one = event.target.closest?.(".image");
  const button = event.target.closest?.(".up, .down, .remove");
  if (!form || !one || !button) {
    return;
  }
  if (button.matches(".remove")) {
    one.remove();
  } else if (button.matches(".up")) {
    one.previousElementSibling?.before(one);
  } else if (button.matches(".down")) {
    one.nextElementSibling?.after(one);
  }
  arrange(form);
  // Moved to the end, the button is gone: the keyboard goes on with the other one.
  (button.isConnected && !button.hidden ? button : one.querySelector("button:not([hidden])"))?.focus();
  changed(form);
});
