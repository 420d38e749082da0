// The pages work without this. It lets a link be copied with one press, and forgets what has been sent.
for (const link of document.querySelectorAll("input.link")) {
  link.addEventListener("focus", () => link.select());
}

// A file is read into the field beside it, where one sees what will be sent.
for (const label of document.querySelectorAll("label.read")) {
  label.hidden = false;
  label.querySelector("input").addEventListener("change", async (event) => {
    label.closest("form").querySelector("textarea").value = await event.target.files[0].text();
    event.target.value = "";
  });
}

// What was sent from this tab is out, and need not be kept in it any longer. Another draft, or one that was not taken, stays.
const out = new URLSearchParams(location.search).get("sent");
if (out && document.getElementById("deliveries")) {
  for (const slot of ["tocsin.write", "tocsin.write.beside"]) {
    const kept = JSON.parse(sessionStorage.getItem(slot) ?? "null");
    if (kept?.sending && kept.fields?.some(([name, value]) => name === "draft" && value === out)) {
      sessionStorage.removeItem(slot);
    }
  }
}
