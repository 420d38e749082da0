// The page works without this. It keeps what is typed: at the server as a draft, and in this tab until the server has it.
import { parsed } from "./parsed.js";

const PAUSE = 1500;
// The second is for a form that is filled in while a text that was not sent waits in the first.
const SLOTS = ["tocsin.write", "tocsin.write.beside"];
// What belongs to one form and one session is no part of the text.
const OWN = new Set(["csrf", "key", "seen", "keep", "when", "tab"]);
// What only some forms have a field for.
const HIDDEN = /^(corrects|again|own\..+)$/;

const form = document.getElementById("write");
const told = document.getElementById("told");
const images = document.querySelector("#write .images");

if (form) {
  const user = form.dataset.user;
  let slot = SLOTS[0];
  let timer = 0;
  let saving = false;
  let again = false;
  let stopped = false;
  // Whether something was typed after the form was sent: it is no part of what has left.
  let later = false;
  let changes = 0;

  const stashed = (name) => {
    try {
      return JSON.parse(sessionStorage.getItem(name));
    } catch {
      return null;
    }
  };
  const typed = () => [...new FormData(form)].filter(([name]) => !OWN.has(name));
  const stash = (sending) => {
    try {
      sessionStorage.setItem(slot, JSON.stringify({ user, sending, fields: typed() }));
    } catch (e) {
      console.info("not kept in this tab", e.message);
    }
  };

  const state = (text, kind) => {
    const kept = document.getElementById("kept");
    kept.textContent = text;
    kept.className = "state " + kind;
  };

  const written = () => {
    const all = new URLSearchParams(new FormData(form));
    if (later) {
      all.set("later", "yes");
    }
    return all;
  };

  const save = async (leaving) => {
    clearTimeout(timer);
    if (stopped || document.getElementById("conflict")) {
      return;
    }
    if (saving) {
      again = true;
      return;
    }
    saving = true;
    const seen = changes;
    try {
      const answer = await fetch("/desk/drafts?part=draft", {
        method: "POST",
        body: written(),
        keepalive: leaving,
      });
      const html = answer.headers.get("Content-Type")?.startsWith("text/html");
      const part = html ? await parsed(answer) : new Document();
      const kept = part.getElementById("kept");
      const conflict = part.getElementById("conflict");
      if (answer.ok && kept) {
        form.elements.draft.value = kept.dataset.draft;
        form.elements.version.value = kept.dataset.version;
        if (form.elements.key.value !== kept.dataset.key) {
          form.elements.key.value = kept.dataset.key;
          later = false;
        }
        document.getElementById("kept").replaceWith(kept);
        if (seen === changes) {
          sessionStorage.removeItem(slot);
        }
      } else if (conflict) {
        told.replaceChildren(conflict);
      } else {
        state(answer.status === 401 || answer.status === 403 ? form.dataset.out : form.dataset.lost, "wrong");
      }
    } catch {
      // Tried again with the next letter; until then the tab has it.
      state(form.dataset.lost, "wrong");
    } finally {
      saving = false;
      if (again) {
        again = false;
        save(false);
      }
    }
  };

  const changed = () => {
    changes++;
    stash(false);
    clearTimeout(timer);
    timer = setTimeout(() => save(false), PAUSE);
  };
  form.addEventListener("input", changed);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && stashed(slot) && !stopped) {
      save(true);
    }
  });
  form.addEventListener("submit", (event) => {
    // What is saved late would bring back what is out.
    stopped = true;
    clearTimeout(timer);
    if (event.submitter?.name === "keep" && event.submitter.value === "theirs") {
      // The server keeps one's own beside: from the tab it would be put over what was chosen.
      sessionStorage.removeItem(slot);
      return;
    }
    stash(true);
    // The page that it leads to says which draft was sent, for the tab to let go of that one alone.
    if (!form.elements.tab) {
      const tab = document.createElement("input");
      tab.type = "hidden";
      tab.name = "tab";
      tab.value = "yes";
      form.append(tab);
    }
  });
  // The page may come back as it was left.
  window.addEventListener("pageshow", () => {
    later ||= stopped;
    stopped = false;
  });

  const picture = (id, label, alt) => {
    const one = document.getElementById("image").content.firstElementChild.cloneNode(true);
    one.setAttribute("aria-label", label);
    one.querySelector("img").src = "/desk/media/" + id;
    one.querySelector("[name=media]").value = id;
    one.querySelector("[name=label]").value = label;
    one.querySelector("[name=alt]").value = alt;
    one.querySelector(".name").textContent = label;
    images.append(one);
  };

  const restore = (fields) => {
    const all = (name) => fields.filter(([other]) => other === name).map(([, value]) => value);
    let drawn = all("reply")[0] === form.elements.reply.value;
    for (const [name] of fields.filter(([name]) => HIDDEN.test(name) && !form.elements[name])) {
      const hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = name;
      form.append(hidden);
      drawn = false;
    }
    for (const field of form.elements) {
      if (!field.name || OWN.has(field.name) || field.closest(".image")) {
        continue;
      }
      if (field.type === "checkbox") {
        field.checked = all(field.name).includes(field.value);
      } else {
        field.value = all(field.name)[0] ?? "";
      }
    }
    images.querySelectorAll(".image").forEach((one) => one.remove());
    all("media").forEach((id, i) => picture(id, all("label")[i], all("alt")[i]));
    form.querySelectorAll(".variant").forEach((one) => (one.open = one.querySelector("textarea").value !== ""));
    form.dispatchEvent(new Event("change", { bubbles: true }));
    form.dispatchEvent(new Event("input", { bubbles: true }));
    if (!drawn) {
      // What it answers or corrects stands on the page: the server draws that.
      form.requestSubmit(document.getElementById("look"));
    }
  };

  const draft = (kept) => kept.fields.find(([name]) => name === "draft")?.[1];
  const words = (fields) =>
    JSON.stringify(fields.filter(([name]) => name !== "draft" && name !== "version").sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  const found = SLOTS.filter((name) => stashed(name)?.user === user);
  // A form that was opened for something, an answer or a channel, is not filled with another text.
  const empty = form.elements.version.value === "0" && form.elements.text.value === "" && location.search === "";
  // The same words are the same text, be the form another: that of what was sent before cannot be sent again, and is made anew.
  const mine =
    found.find((name) => draft(stashed(name)) === form.elements.draft.value) ??
    found.find((name) => words(stashed(name).fields) === words(typed())) ??
    (empty ? found[0] : undefined);
  if (mine) {
    slot = mine;
    const kept = stashed(mine);
    if (words(kept.fields) !== words(typed())) {
      restore(kept.fields);
      state(form.dataset.found, "care");
    } else if (kept.sending) {
      // It was not sent, and stands here again: a draft is safer than a tab.
      save(false);
    }
  } else if (found.length > 0) {
    slot = SLOTS.find((name) => name !== found[0]);
    const offer = document.createElement("p");
    offer.className = "note plan";
    const link = document.createElement("a");
    link.href = "/desk/write";
    link.textContent = form.dataset.take;
    offer.append(form.dataset.unsent + " ", link);
    told.append(offer);
  }
}
