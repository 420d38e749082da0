// Posts are moved by their forms; with this, one is also drawn onto a day, and keeps its time of day.
const move = document.getElementById("move");
const days = document.getElementById("days");
if (move && days) {
  let drawn = null;
  let over = null;
  const mark = (day) => {
    over?.classList.remove("over");
    over = day;
    over?.classList.add("over");
  };

  days.addEventListener("dragstart", (event) => {
    drawn = event.target.closest?.("[data-move]") ?? null;
    if (drawn) {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", drawn.querySelector(".said").textContent.trim());
    }
  });
  days.addEventListener("dragover", (event) => {
    const day = drawn && event.target.closest("[data-day]");
    if (day) {
      event.preventDefault();
      mark(day);
    }
  });
  days.addEventListener("dragend", () => {
    drawn = null;
    mark(null);
  });
  days.addEventListener("drop", (event) => {
    const day = drawn && event.target.closest("[data-day]");
    if (!day) {
      return;
    }
    event.preventDefault();
    if (day !== drawn.closest("[data-day]")) {
      move.action = drawn.dataset.move;
      move.elements.version.value = drawn.dataset.version;
      // Planned in another zone, it may be another day there.
      const date = new Date(day.dataset.day + "T00:00:00Z");
      date.setUTCDate(date.getUTCDate() + Number(drawn.dataset.shift ?? 0));
      move.elements.date.value = date.toISOString().slice(0, 10);
      move.elements.time.value = drawn.dataset.time;
      move.elements.zone.value = drawn.dataset.zone ?? "";
      move.submit();
    }
  });
}
