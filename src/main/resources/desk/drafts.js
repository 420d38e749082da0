// The page works without this. It keeps what is typed: at the server as a draft, and in this tab until the server has it.
import { parsed } from "./parsed.js";

const PAUSE = 1500;
const STASH = "tocsin.write";
// What belongs to one form and one session is no part of the text.
const OWN = new Set(["csrf", "key", "seen", "keep", "when", "tab"]);

const form = document.getElementById("write");
const told = document.getElementById("told");
const images = document.querySelector("#write .images");

if (form) {
  const user = form.dataset.user;
  let timer = 0;
  let saving = false;
  let again = false;
  let stopped = false;
  let changes = 0;

  const stashed = () => {
    try {
      return JSON.parse(sessionStorage.getItem(STASH));
    } catch {
      return null;
    }
  };
  const stash = (sending) => {
    const fields = [...new FormData(form)].filter(([name]) => !OWN.has(name));
    try {
      sessionStorage.setItem(STASH, JSON.stringify({ user, sending, fields }));
    } catch (e) {
      console.info("not kept in this tab", e.message);
    }
  };

  const state = (text, kind) => {
    const kept = document.getElementById("kept");
    kept.textContent = text;
    kept.className = "state " + kind;
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
        body: new URLSearchParams(new FormData(form)),
        keepalive: leaving,
      });
      const html = answer.headers.get("Content-Type")?.startsWith("text/html");
      const part = html ? await parsed(answer) : new Document();
      const kept = part.getElementById("kept");
      const conflict = part.getElementById("conflict");
      if (answer.ok && kept) {
        form.elements.draft.value = kept.dataset.draft;
        form.elements.version.value = kept.dataset.version;
        document.getElementById("kept").replaceWith(kept);
        if (seen === changes) {
          sessionStorage.removeItem(STASH);
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
    if (document.visibilityState === "hidden" && stashed() && !stopped) {
      save(true);
    }
  });
  form.addEventListener("submit", () => {
    // What is saved late would bring back what is out.
    stopped = true;
    clearTimeout(timer);
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
  window.addEventListener("pageshow", () => (stopped = false));

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
  };

  const found = stashed();
  if (found?.user === user && JSON.stringify(found.fields) !== JSON.stringify([...new FormData(form)].filter(([name]) => !OWN.has(name)))) {
    const draft = found.fields.find(([name]) => name === "draft")?.[1];
    const fresh = form.elements.version.value === "0" && form.elements.text.value === "";
    if (fresh || draft === form.elements.draft.value) {
      restore(found.fields);
      state(form.dataset.found, "care");
    }
  }
}
