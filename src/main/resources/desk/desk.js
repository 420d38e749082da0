// The pages work without this. It keeps the preview up to date while one writes, and lets a link be copied with one press.
const PAUSE = 350;

const form = document.getElementById("write");
const preview = document.getElementById("preview");
if (form && preview) {
  const later = document.getElementById("later");
  const next = document.getElementById("next");
  document.getElementById("look").hidden = true;
  let timer = 0;
  let running = null;

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
      preview.innerHTML = await answer.text();
      const seen = preview.querySelector("#seen");
      later.textContent = seen?.dataset.later ?? later.textContent;
      next.textContent = seen?.dataset.next ?? "";
      next.hidden = next.textContent === "";
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

// What moves by itself is looked at again until it stands still, or until nobody needs to wait any longer.
const LOOK_AGAIN = 2000;
const LOOKS = 30;

const deliveries = document.getElementById("deliveries");
if (deliveries?.dataset.moving === "yes") {
  let looks = 0;
  // What somebody is typing is not taken from under his hands.
  const touched = (part) =>
    part.contains(document.activeElement) ||
    [...part.querySelectorAll("textarea, input:not([type=hidden])")].some((field) => field.value !== field.defaultValue);

  // The key of a form is another one each time.
  const said = (part) => part.innerHTML.replace(/name="key" value="[^"]*"/g, "");

  const again = async () => {
    looks++;
    try {
      const answer = await fetch(location.pathname);
      if (!answer.ok || answer.redirected) {
        return;
      }
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of document.querySelectorAll(".live")) {
        const now = fresh.getElementById(part.id);
        if (now && said(now) !== said(part) && !touched(part)) {
          const open = [...part.querySelectorAll("details")].map((one) => one.open);
          part.replaceChildren(...now.childNodes);
          part.querySelectorAll("details").forEach((one, i) => (one.open = open[i] ?? false));
        }
      }
      if (fresh.getElementById("deliveries")?.dataset.moving !== "yes") {
        return;
      }
    } catch (e) {
      console.warn("not looked at again", e.message);
    }
    if (looks < LOOKS) {
      setTimeout(again, LOOK_AGAIN);
    }
  };
  setTimeout(again, LOOK_AGAIN);
}

for (const link of document.querySelectorAll("input.link")) {
  link.addEventListener("focus", () => link.select());
}
