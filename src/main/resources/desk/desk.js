// The pages work without this. It keeps the preview up to date while one writes, and lets a link be copied with one press.
const PAUSE = 350;

const form = document.getElementById("write");
const preview = document.getElementById("preview");
if (form && preview) {
  const later = document.getElementById("later");
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
      later.textContent = preview.querySelector("#seen")?.dataset.later ?? later.textContent;
    } catch (e) {
      if (e.name !== "AbortError") {
        console.warn("no preview", e.message);
      }
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
}

for (const link of document.querySelectorAll("input.link")) {
  link.addEventListener("focus", () => link.select());
}
