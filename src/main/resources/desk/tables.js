import { parsed } from "./parsed.js";

// A file is read here and put into the field. A spreadsheet that does not write UTF-8 writes Windows-1252.
const table = document.getElementById("import");
if (table) {
  const file = document.getElementById("file");
  file.hidden = false;
  file.querySelector("input").addEventListener("change", async (event) => {
    const chosen = event.target.files[0];
    if (!chosen) {
      return;
    }
    // What would not be taken is not sent.
    const large = document.getElementById("large");
    large.hidden = chosen.size <= Number(large.dataset.most);
    if (!large.hidden) {
      event.target.value = "";
      return;
    }
    const bytes = await chosen.arrayBuffer();
    let text = "";
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      text = new TextDecoder("windows-1252").decode(bytes);
    }
    table.elements.csv.value = text;
    // Kept as proof where it takes somebody off the list.
    if (table.elements.origin) {
      table.elements.origin.value = chosen.name;
    }
  });
}

// How far a table is: looked at again until it is over. Then the whole page is another one.
const far = async () => {
  const report = document.getElementById("report");
  const bar = report?.querySelector("progress");
  if (!bar) {
    return;
  }
  try {
    const answer = await fetch(location.pathname, { headers: { "X-Live": "1" } });
    const now = answer.ok && !answer.redirected ? (await parsed(answer)).querySelector("#report progress") : bar;
    if (!now) {
      location.replace(location.pathname);
      return;
    }
    bar.value = now.value;
    bar.max = now.max;
    report.querySelector("strong").textContent = now.closest("#report").querySelector("strong").textContent;
  } catch (e) {
    console.info("not looked at, for now", e.message);
  }
  setTimeout(far, 1000);
};
setTimeout(far, 1000);
