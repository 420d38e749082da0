// What each channel will show of a form, read from the server as one writes. The answer to an older question is thrown away.
import { parsed } from "./parsed.js";

let running = null;

// Puts the fresh preview in and gives back the rest of the answer; null where there is none.
export const look = async (form) => {
  running?.abort();
  running = new AbortController();
  try {
    const answer = await fetch("/desk/write/preview?part=preview", {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      signal: running.signal,
    });
    if (!answer.ok) {
      return null;
    }
    const fresh = await parsed(answer);
    document.getElementById("seen").replaceWith(fresh.getElementById("seen"));
    return fresh;
  } catch (e) {
    if (e.name !== "AbortError") {
      console.warn("no preview", e.message);
    }
    return null;
  }
};
