// Pages that show what moves. Events are hints: what they name is read again from the server, never from the event.
import { parsed } from "./parsed.js";

const LOOK_AGAIN = 2000;
const LOOKS = 30;
const TOGETHER = 150;
const LATER = 60000;

const news = document.getElementById("news");
if (news) {
  const { from, post, one, more } = news.dataset;
  const button = news.querySelector("button");
  const changed = new Set();
  let source = null;
  let timer = 0;
  let looks = 0;

  // What somebody is typing is not taken from under his hands, nor what he was just told from before his eyes.
  const touched = (part) =>
    part.querySelector("[role=alert], form[data-changed]") !== null ||
    (part.contains(document.activeElement) && document.activeElement.matches("textarea, input, select")) ||
    [...part.querySelectorAll("textarea, input:not([type=hidden])")].some((field) => field.value !== field.defaultValue);
  // A row that comes in would push the button away on which somebody is about to press.
  const aimed = (part) => part.id === "needs" && (part.matches(":hover") || part.contains(document.activeElement));
  const reading = () => window.scrollY > 0 || [...document.querySelectorAll(".live")].some((part) => touched(part) || aimed(part));

  // While it is counted down, nothing of it has left.
  const counted = (part) => part.querySelector("button[data-left]");

  // The keys of a form are others each time.
  const said = (part) => part.innerHTML.replace(/name="(key|once)" value="[^"]*"/g, "");

  // By what the keyboard's place is found again among what has taken its place.
  const known = (one) => [one.localName, one.name, one.value, one.href, one.form?.getAttribute("action"), one.textContent.trim()].join("\n");

  const show = (part, now) => {
    const open = [...part.querySelectorAll("details")].map((detail) => detail.open);
    const before = part.contains(document.activeElement) ? known(document.activeElement) : "";
    part.replaceChildren(...now.childNodes);
    [...part.querySelectorAll("a, button, summary")].find((one) => known(one) === before)?.focus({ preventScroll: true });
    Object.assign(part.dataset, now.dataset);
    part.querySelectorAll("details").forEach((detail, i) => (detail.open = open[i] ?? false));
  };

  // Nothing moves while one reads: it waits behind a line.
  const announce = () => {
    const count = changed.size;
    button.textContent = count > 1 ? more.replace("{count}", count) : one;
    news.hidden = count === 0;
  };

  // Of the whole page the parts that live are taken; the server has escaped them with its templates.
  // Where somebody reads and has not asked, what differs is only announced.
  const look = async (asked = true) => {
    looks++;
    try {
      const answer = await fetch(from, { headers: { "X-Live": "1" } });
      if (!answer.ok || answer.redirected) {
        return false;
      }
      const fresh = await parsed(answer);
      const still = !asked && reading();
      for (const part of document.querySelectorAll(".live")) {
        const now = fresh.getElementById(part.id);
        if (now && said(now) !== said(part) && !touched(part) && !(counted(now) && counted(part))) {
          if (still) {
            changed.add("page");
          } else {
            show(part, now);
          }
        }
      }
      if (still) {
        announce();
      }
      return true;
    } catch (e) {
      console.info("not looked at again", e.message);
      return true;
    }
  };

  const arrived = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (reading()) {
        announce();
      } else {
        changed.clear();
        announce();
        look();
      }
    }, TOGETHER);
  };

  button.addEventListener("click", async () => {
    changed.clear();
    announce();
    await look();
  });

  const listen = () => {
    source?.close();
    source = new EventSource("/desk/live");
    // What happened between the page and its stream nobody has told.
    source.addEventListener("open", () => look(false));
    source.addEventListener("reload", () => look(false));
    source.addEventListener("delivery", (event) => {
      const told = JSON.parse(event.data);
      if (!post || told.postId === post) {
        changed.add(told.deliveryId);
        arrived();
      }
    });
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) {
        // No room, or signed out: the page is still right, and it asks again after a while.
        setTimeout(() => document.hidden || listen(), LATER);
      }
    });
  };

  // A browser opens few connections to one place: a page that nobody sees gives its own back.
  document.addEventListener("visibilitychange", () => (document.hidden ? source?.close() : listen()));
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => event.persisted && listen());
  // The stream asks for the page once more: the first paint goes before it.
  if (!document.hidden) {
    requestAnimationFrame(() => setTimeout(() => document.hidden || listen()));
  }

  // Where no stream can be had, what moves is looked at for a while.
  const moving = () => document.getElementById("deliveries")?.dataset.moving === "yes";
  const poll = async () => {
    if (!moving() || looks >= LOOKS) {
      return;
    }
    if (source?.readyState === EventSource.OPEN || (await look())) {
      setTimeout(poll, LOOK_AGAIN);
    }
  };
  if (moving()) {
    setTimeout(poll, LOOK_AGAIN);
  }

  // Counts down to where it can be taken back no longer, and then looks at what became of it.
  const undo = document.querySelector("button[data-left]");
  if (undo) {
    const end = performance.now() + Number(undo.dataset.left);
    const counting = setInterval(() => {
      const seconds = Math.ceil((end - performance.now()) / 1000);
      if (!undo.isConnected) {
        clearInterval(counting);
      } else if (seconds > 0) {
        undo.textContent = undo.textContent.replace(/\d(?:[\s.,]*\d)*/, seconds.toLocaleString(document.documentElement.lang));
      } else {
        clearInterval(counting);
        undo.form.remove();
        looks = 0;
        look().then(() => setTimeout(poll, LOOK_AGAIN));
      }
    }, 200);
  }
}
