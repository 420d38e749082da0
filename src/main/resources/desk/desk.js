// The pages work without this. It looks again at what moves, counts down, and lets a link be copied with one press.
// What moves by itself is looked at again until it stands still, or until nobody needs to wait any longer.
const LOOK_AGAIN = 2000;
const LOOKS = 30;

// Counts down to where it can be taken back no longer, and then looks at what became of it.
let counting = 0;
const countDown = (over) => {
  clearInterval(counting);
  const button = document.querySelector("button[data-left]");
  if (!button) {
    return;
  }
  const end = performance.now() + Number(button.dataset.left);
  counting = setInterval(() => {
    const seconds = Math.ceil((end - performance.now()) / 1000);
    if (!button.isConnected) {
      clearInterval(counting);
    } else if (seconds > 0) {
      button.textContent = button.textContent.replace(/\d+/, seconds);
    } else {
      clearInterval(counting);
      button.form.remove();
      over();
    }
  }, 200);
};

const deliveries = document.getElementById("deliveries");
if (deliveries) {
  let looks = 0;
  let next = 0;
  // What somebody is typing is not taken from under his hands.
  const touched = (part) =>
    part.contains(document.activeElement) ||
    [...part.querySelectorAll("textarea, input:not([type=hidden])")].some((field) => field.value !== field.defaultValue);

  // The key of a form is another one each time.
  const said = (part) => part.innerHTML.replace(/name="key" value="[^"]*"/g, "");

  // While it is counted down, nothing of it has left.
  const counted = (part) => part.querySelector("button[data-left]");

  const again = async () => {
    looks++;
    clearTimeout(next);
    try {
      const answer = await fetch(location.pathname);
      if (!answer.ok || answer.redirected) {
        return;
      }
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of document.querySelectorAll(".live")) {
        const now = fresh.getElementById(part.id);
        if (now && said(now) !== said(part) && !touched(part) && !(counted(now) && counted(part))) {
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
      next = setTimeout(again, LOOK_AGAIN);
    }
  };
  if (deliveries.dataset.moving === "yes") {
    next = setTimeout(again, LOOK_AGAIN);
  }
  countDown(() => {
    looks = 0;
    again();
  });
}

for (const link of document.querySelectorAll("input.link")) {
  link.addEventListener("focus", () => link.select());
}

// What was sent from this tab is out, and need not be kept in it any longer.
if (deliveries && JSON.parse(sessionStorage.getItem("tocsin.write") ?? "null")?.sending) {
  sessionStorage.removeItem("tocsin.write");
}
