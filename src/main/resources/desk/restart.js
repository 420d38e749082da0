// Waits until the daemon that has begun anew answers, and opens the next page then. The one that ends may answer for a moment: another run
// is what it waits for. It does not ask for ever.
const EVERY = 1000;
const ANSWER = 5000;
const LOOKS = 60;

const told = document.getElementById("restart");
const lost = document.getElementById("lost");
const { run, next } = told.dataset;

const there = async () => {
  try {
    const answer = await fetch("/desk/run", { cache: "no-store", signal: AbortSignal.timeout(ANSWER) });
    return answer.ok && (await answer.text()) !== run;
  } catch (e) {
    console.info("not there yet", e.message);
    return false;
  }
};

const wait = async () => {
  lost.hidden = true;
  for (let i = 0; i < LOOKS; i++) {
    await new Promise((done) => setTimeout(done, EVERY));
    if (await there()) {
      location.replace(next);
      return;
    }
  }
  lost.hidden = false;
};

document.getElementById("again").addEventListener("click", wait);
wait();
