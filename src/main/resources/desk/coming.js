// What comes in. Events are hints: the page is read again from the server, and nothing moves under who reads.
import { parsed } from "./parsed.js";

const TOGETHER = 400;
const LATER = 60000;

const list = document.getElementById("coming");
const fresh = document.getElementById("fresh");
const button = fresh.querySelector("button");
let source = null;
let timer = 0;
let waiting = null;

const ids = (part) => [...part.querySelectorAll("[data-mentions]")].flatMap((one) => one.dataset.mentions.split(" "));

const selecting = () => {
  const selection = document.getSelection();
  return !selection.isCollapsed && list.contains(selection.anchorNode);
};

const reading = () =>
  window.scrollY > 0 || selecting() || list.contains(document.activeElement) || list.querySelector("details[open]") !== null;

const show = () => {
  list.replaceChildren(...waiting.childNodes);
  waiting = null;
  fresh.hidden = true;
};

// The server has escaped it with its templates.
const look = async () => {
  try {
    const answer = await fetch(fresh.dataset.from, { headers: { "X-Live": "1" } });
    if (!answer.ok || answer.redirected) {
      return;
    }
    const now = (await parsed(answer)).getElementById("coming");
    if (!now || now.innerHTML === list.innerHTML) {
      return;
    }
    const known = new Set(ids(list));
    const count = ids(now).filter((id) => !known.has(id)).length;
    waiting = now;
    if (!reading()) {
      show();
    } else if (count > 0) {
      button.textContent = count > 1 ? fresh.dataset.more.replace("{count}", count) : fresh.dataset.one;
      fresh.hidden = false;
    }
  } catch (e) {
    console.info("not looked at again", e.message);
  }
};

const arrived = () => {
  clearTimeout(timer);
  timer = setTimeout(look, TOGETHER);
};

button.addEventListener("click", () => {
  if (waiting) {
    show();
    window.scrollTo(0, 0);
    list.focus({ preventScroll: true });
  }
});

// A watch of what is marked, instead of the words that stand out; it stays when a finger on the link takes the mark away.
document.addEventListener("selectionchange", () => {
  if (!selecting()) {
    return;
  }
  const selection = document.getSelection();
  const link = selection.anchorNode.parentElement.closest("article")?.querySelector("a.make");
  const words = selection
    .toString()
    .replace(/["«»“”\s]+/g, " ")
    .trim()
    .slice(0, 200);
  if (link && words) {
    const target = new URL(link.href);
    target.searchParams.set("query", `"${words}"`);
    link.href = target;
    link.textContent = list.dataset.selected;
  }
});

const listen = () => {
  source?.close();
  source = new EventSource("/desk/live");
  for (const name of ["open", "reload", "mentions", "notices"]) {
    source.addEventListener(name, arrived);
  }
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => document.hidden || listen(), LATER);
    }
  });
};

document.addEventListener("visibilitychange", () => (document.hidden ? source?.close() : listen()));
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", (event) => event.persisted && listen());
if (!document.hidden) {
  listen();
}
