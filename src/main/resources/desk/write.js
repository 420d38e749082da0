// The page works without this. It keeps the preview and the buttons up to date while one writes, and takes images.
const PAUSE = 350;

const form = document.getElementById("write");
const preview = document.getElementById("preview");
if (form && preview) {
  document.getElementById("look").hidden = true;
  // Where it stands under the text it is folded, and opens at a press.
  document.getElementById("fold").open = !matchMedia("(max-width: 960px)").matches;
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
      document.getElementById("seen").replaceWith(fresh.content.getElementById("seen"));
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

  const images = document.getElementById("images");
  const results = document.getElementById("results");
  const pick = document.getElementById("pick");
  const file = pick.querySelector("input");
  // The file itself goes ahead of the form, and has no name in it.
  pick.hidden = false;
  const changed = () => form.dispatchEvent(new Event("input", { bubbles: true }));

  // The buttons of an image are for those who have a script; the first goes no further up.
  const arrange = () => {
    const all = [...images.querySelectorAll(".image")];
    all.forEach((one, i) => {
      one.querySelector(".remove").hidden = false;
      one.querySelector(".up").hidden = i === 0;
      one.querySelector(".down").hidden = i === all.length - 1;
    });
  };
  new MutationObserver(arrange).observe(images, { childList: true });
  arrange();

  // Each file has a line of its own, with its name: what became of one does not hide what became of another.
  const line = (name) => {
    const one = document.createElement("li");
    const called = document.createElement("strong");
    called.textContent = name;
    one.append(called, " ");
    const said = one.appendChild(document.createElement("span"));
    results.append(one);
    return (text, kind) => {
      said.textContent = text;
      one.className = kind;
    };
  };

  const upload = async (one, say) => {
    const answer = await fetch("/desk/media?name=" + encodeURIComponent(one.name), {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream", "X-Csrf": form.elements.csrf.value },
      body: one,
    });
    const text = await answer.text();
    const html = answer.headers.get("Content-Type")?.startsWith("text/html");
    const part = document.createElement("template");
    // The server has escaped it, with the templates of the whole page.
    part.innerHTML = html ? text : "";
    if (answer.ok) {
      images.append(part.content);
      say(form.dataset.taken, "good");
    } else {
      say(html ? part.content.textContent.trim() : JSON.parse(text).detail, "wrong");
    }
  };

  const take = async (files) => {
    results.replaceChildren();
    const lines = files.map((one) => [one, line(one.name)]);
    lines.forEach(([, say]) => say("…", "waiting"));
    for (const [one, say] of lines) {
      try {
        await upload(one, say);
      } catch (e) {
        say(form.dataset.failed, "wrong");
        console.info("not taken", e.message);
      }
    }
    changed();
  };
  file.addEventListener("change", () => take([...file.files]).finally(() => (file.value = "")));
  form.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length > 0) {
      event.preventDefault();
      take([...event.clipboardData.files]);
    }
  });
  form.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) {
      event.preventDefault();
      form.classList.add("over");
    }
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    form.classList.remove("over");
    if (event.dataTransfer.files.length > 0) {
      event.preventDefault();
      take([...event.dataTransfer.files]);
    }
  });
  images.addEventListener("click", (event) => {
    const one = event.target.closest(".image");
    const button = event.target.closest("button");
    if (!one || !button) {
      return;
    }
    if (button.matches(".remove")) {
      one.remove();
    } else if (button.matches(".up")) {
      one.previousElementSibling?.before(one);
    } else if (button.matches(".down")) {
      one.nextElementSibling?.after(one);
    }
    arrange();
    // Moved to the end, the button is gone: the keyboard goes on with the other one.
    (button.isConnected && !button.hidden ? button : one.querySelector("button:not([hidden])"))?.focus();
    changed();
  });
}
