// The charts of the page of the audience, drawn again so that they can be read with a pointer. Without this file the pictures stay.
const day = 86400;
const language = document.documentElement.lang;
// The day comes before the month, as everywhere at the desk.
const locale = language === "fr" ? "fr-FR" : "en-GB";
const number = new Intl.NumberFormat(locale);
const short = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
const month = new Intl.DateTimeFormat(locale, { month: "short", year: "numeric", timeZone: "UTC" });
const long = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
const flags = [...document.querySelectorAll(".flag[data-offset]")].map((flag) => ({
  offset: Number(flag.dataset.offset),
  text: flag.dataset.text,
}));
// Those that are not listed below: there is a line for each.
for (const offset of (document.getElementById("notes")?.dataset.flags ?? "").split(" ").filter(Boolean)) {
  flags.push({ offset: Number(offset), text: "" });
}
flags.sort((a, b) => a.offset - b.offset);
const colon = language === "fr" ? "\u00a0: " : ": ";
const numbers = (text) => text.split(" ").filter(Boolean).map(Number);
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const date = (seconds) => new Date(seconds * 1000);

/**
 * The figures of every step of the period, a day or a few: null where there is none, so that the line is broken there. What was measured, and
 * what was imported with the figures that it leads to, are two lines.
 */
function figures(chart) {
  const begin = Date.parse(chart.dataset.from + "T00:00:00Z") / 1000;
  const span = Number(chart.dataset.span);
  const step = Number(chart.dataset.step);
  const steps = Math.floor(span / step);
  const days = [];
  const values = [];
  const imported = [];
  for (let i = steps; i >= 0; i--) {
    days.push(begin + (span - i * step) * day);
    values.push(null);
    imported.push(false);
  }
  const known = numbers(chart.dataset.values);
  const brought = new Set(numbers(chart.dataset.imported));
  numbers(chart.dataset.days).forEach((at, i) => {
    const place = steps - Math.floor((span - at) / step);
    days[place] = begin + at * day;
    values[place] = known[i];
    imported[place] = brought.has(at);
  });
  const near = (i) => imported[i] || imported[i - 1] || imported[i + 1];
  return {
    data: [days, values.map((value, i) => (imported[i] ? null : value)), values.map((value, i) => (near(i) ? value : null))],
    values,
    imported,
  };
}

/** A figure between two gaps has no line: it is a dot. */
function alone(values) {
  return values.map((_, i) => i).filter((i) => values[i] != null && values[i - 1] == null && values[i + 1] == null);
}

function drawWords(plot, values) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = colour("--bell");
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.font = 12 * devicePixelRatio + "px system-ui, sans-serif";
  ctx.textBaseline = "top";
  let free = -Infinity;
  for (const flag of flags) {
    const x = Math.round(plot.valToPos(plot.begin + flag.offset * day, "x", true));
    const late = x > bbox.left + bbox.width / 2;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.textAlign = late ? "right" : "left";
    const text = flag.text.length > 24 ? flag.text.slice(0, 23) + "…" : flag.text;
    if (text && x >= free) {
      ctx.fillText(text, x + (late ? -4 : 4) * devicePixelRatio, bbox.top);
      free = x + 48 * devicePixelRatio;
    }
  }
  // A tooth below the lowest line: something went out that day.
  ctx.fillStyle = colour("--soft");
  for (const offset of plot.posts) {
    const x = plot.valToPos(plot.begin + offset * day, "x", true);
    const y = bbox.top + bbox.height;
    ctx.beginPath();
    ctx.moveTo(x - 3 * devicePixelRatio, y);
    ctx.lineTo(x + 3 * devicePixelRatio, y);
    ctx.lineTo(x, y - 6 * devicePixelRatio);
    ctx.fill();
  }
  if (plot.word) {
    ctx.textAlign = "left";
    ctx.textBaseline = "bottom";
    ctx.fillText("- - - " + plot.word, bbox.left + 4 * devicePixelRatio, bbox.top + bbox.height - 8 * devicePixelRatio);
  }
  // The last figure stands beside the end of the line.
  const last = values.findLastIndex((value) => value != null);
  ctx.fillStyle = colour("--ink");
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillText(
    number.format(values[last]),
    plot.valToPos(plot.data[0][last], "x", true) + 6 * devicePixelRatio,
    plot.valToPos(values[last], "y", true),
  );
  ctx.restore();
}

function draw(chart) {
  const { data, values, imported } = figures(chart);
  const axisDay = Number(chart.dataset.span) > 370 ? month : short;
  const dot = { show: true, size: 4 };
  const line = chart.parentElement.querySelector("output");
  const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
  const place = document.createElement("div");
  chart.replaceChildren(place);
  const plot = new uPlot(
    {
      width: Math.max(200, chart.clientWidth),
      height: 220,
      padding: [16, 64, 0, 0],
      tzDate: (seconds) => uPlot.tzDate(date(seconds), "Etc/UTC"),
      legend: { show: false },
      cursor: { drag: { x: false, y: false } },
      axes: [
        { ...axis, values: (_, splits) => splits.map((at) => axisDay.format(date(at))), space: 70 },
        { ...axis, values: (_, splits) => splits.map((at) => (Number.isInteger(at) ? number.format(at) : "")), size: 64 },
      ],
      series: [
        {},
        {
          stroke: colour("--ink"),
          width: 1.5,
          spanGaps: false,
          points: { ...dot, fill: colour("--ink"), filter: () => alone(values).filter((i) => !imported[i]) },
        },
        {
          stroke: colour("--ink"),
          width: 1.5,
          dash: [4, 3],
          spanGaps: false,
          points: { ...dot, fill: colour("--card"), filter: () => alone(values).filter((i) => imported[i]) },
        },
      ],
      hooks: {
        init: [
          (plot) => {
            plot.posts = numbers(chart.dataset.posts);
            plot.begin = Date.parse(chart.dataset.from + "T00:00:00Z") / 1000;
            plot.word = imported.includes(true) ? chart.dataset.word : "";
          },
        ],
        draw: [(plot) => drawWords(plot, values)],
        setCursor: [
          (plot) => {
            const at = plot.cursor.idx;
            const value = at == null ? null : values[at];
            const said = value == null ? "–" : number.format(value) + (imported[at] ? " (" + chart.dataset.word + ")" : "");
            line.textContent = at == null ? "" : long.format(date(data[0][at])) + colon + said;
          },
        ],
      },
    },
    data,
    place,
  );
  return plot;
}

/** The chart as a picture, on the ground of the page. */
function save(chart, plot) {
  const from = plot.ctx.canvas;
  const picture = document.createElement("canvas");
  picture.width = from.width;
  picture.height = from.height;
  const ctx = picture.getContext("2d");
  ctx.fillStyle = colour("--card");
  ctx.fillRect(0, 0, picture.width, picture.height);
  ctx.drawImage(from, 0, 0);
  picture.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = chart.dataset.name + ".png";
    link.click();
    URL.revokeObjectURL(link.href);
  }, "image/png");
}

function begin(chart) {
  let plot = draw(chart);
  const png = chart.parentElement.querySelector(".png");
  png.hidden = false;
  png.addEventListener("click", () => save(chart, plot));
  new ResizeObserver(() => plot.setSize({ width: Math.max(200, chart.clientWidth), height: 220 })).observe(chart);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    plot.destroy();
    plot = draw(chart);
  });
}

if (window.uPlot) {
  // An observer speaks after the frame in which it looked: the page is painted with its pictures first, and draws what one comes near.
  const near = new IntersectionObserver(
    (seen) => {
      for (const { target } of seen.filter((entry) => entry.isIntersecting)) {
        near.unobserve(target);
        begin(target);
      }
    },
    { rootMargin: "600px" },
  );
  document.querySelectorAll("figure.chart").forEach((chart) => near.observe(chart));
}
