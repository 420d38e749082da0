// What there is to say about the words of a watch, while they are written; the server says it.
import { parsed } from "./parsed.js";

const WAIT = 400;

const form = document.getElementById("watch");
const words = form.querySelector("textarea");
const checked = document.getElementById("checked");
let timer = 0;
let asked = 0;

const look = async () => {
  const mine = ++asked;
  try {
    const answer = await fetch(`${form.dataset.from}?query=${encodeURIComponent(words.value)}`, { headers: { "X-Live": "1" } });
    if (!answer.ok || answer.redirected) {
      return;
    }
    const now = (await parsed(answer)).getElementById("checked");
    if (now && mine === asked) {
      checked.replaceChildren(...now.childNodes);
    }
  } catch (e) {
    console.info("not checked", e.message);
  }
};

words.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(look, WAIT);
});
