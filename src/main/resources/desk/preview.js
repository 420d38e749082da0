// What each channel will show of a form, read from the server as one writes. The answer to an older question is thrown away.
import { parsed } from "./parsed.js";

// So long nobody writes before the counts are said aloud.
const QUIET = 1500;

let running = null;
let saying = 0;

// Who hears the page is told the counts and what is wrong, once, and not the texts that he has just written.
const say = (brief) => {
  clearTimeout(saying);
  saying = setTimeout(() => {
    const aloud = document.getElementById("brief");
    if (aloud.textContent !== brief) {
      aloud.textContent = brief;
    }
  }, QUIET);
};

// Puts the fresh preview in and gives back the rest of the answer; null where there is none.
export const look = async (form) => {
  running?.abort();
  running = new AbortController();
  try {
    const answer = await fetch(form.dataset.preview ?? "/desk/write/preview?part=preview", {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      signal: running.signal,
    });
    if (!answer.ok) {
      return null;
    }
    const fresh = await parsed(answer);
    const seen = fresh.getElementById("seen");
    document.getElementById("seen").replaceWith(seen);
    say(seen.dataset.brief);
    const short = document.getElementById("short");
    if (short) {
      short.textContent = seen.dataset.brief;
    }
    return fresh;
  } catch (e) {
    if (e.name !== "AbortError") {
      console.warn("no preview", e.message);
    }
    return null;
  }
};
