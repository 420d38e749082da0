// The page works without this. It keeps the preview and the buttons up to date while one writes, and takes images.
const PAUSE = 350;

const form = document.getElementById("write");
const preview = document.getElementById("preview");
if (form && preview) {
  document.getElementById("look").hidden = true;
  let timer = 0;
  let running = null;

  // The buttons say what they do with what stands in the fields; one that has the focus keeps it.
  const act = (now) => {
    const before = document.getElementById("acts");
    if (now.innerHTML !== before.innerHTML) {
      const focused = [...before.querySelectorAll("button")].indexOf(document.activeElement);
      before.replaceWith(now);
      now.querySelectorAll("button")[focused]?.focus();
    }
  };

  const look = async () => {
    // An answer that comes after a newer question is of no use.
    running?.abort();
    running = new AbortController();
    try {
      const answer = await fetch("/desk/write/preview?part=preview", {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        signal: running.signal,
      });
      if (!answer.ok) {
        return;
      }
      // The server has escaped it, with the templates of the whole page.
      const fresh = document.createElement("template");
      fresh.innerHTML = await answer.text();
      preview.replaceChildren(fresh.content.getElementById("seen"));
      act(fresh.content.getElementById("acts"));
    } catch (e) {
      if (e.name !== "AbortError") {
        console.warn("no preview", e.message);
      }
    }
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
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

  const images = document.getElementById("images");
  const pick = document.getElementById("pick");
  const file = pick.querySelector("input");
  // The file itself goes ahead of the form, and has no name in it.
  pick.hidden = false;
  const removable = () => images.querySelectorAll(".remove").forEach((button) => (button.hidden = false));
  removable();

  const take = async (files) => {
    for (const one of files) {
      if (!one.type.startsWith("image/")) {
        continue;
      }
      const answer = await fetch("/desk/media?name=" + encodeURIComponent(one.name), {
        method: "POST",
        headers: { "Content-Type": "application/octet-stream", "X-Csrf": form.elements.csrf.value },
        body: one,
      });
      const text = await answer.text();
      images.querySelectorAll(".note").forEach((note) => note.remove());
      if (answer.headers.get("Content-Type").startsWith("text/html")) {
        images.insertAdjacentHTML("beforeend", text);
      } else {
        const note = document.createElement("p");
        note.className = "note wrong";
        note.textContent = JSON.parse(text).detail ?? answer.statusText;
        images.append(note);
      }
      removable();
      soon();
    }
  };
  file.addEventListener("change", () => take([...file.files]).finally(() => (file.value = "")));
  form.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length > 0) {
      event.preventDefault();
      take([...event.clipboardData.files]);
    }
  });
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length > 0) {
      event.preventDefault();
      take([...event.dataTransfer.files]);
    }
  });
  images.addEventListener("click", (event) => {
    if (event.target.matches(".remove")) {
      event.target.closest(".image").remove();
      soon();
    }
  });
}
