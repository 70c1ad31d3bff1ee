// The event table: a page of rows at a time, each of which unfolds.
const PAGE = 50;
const body = element("event-rows");
const QUAD = ["", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
let page = 0;

const count = (n) => n.toLocaleString("en");

function dateText(row) {
  const first = textAt("date_start", row), last = textAt("date_end", row);
  if (!first) return ["not stated", `reported ${textAt("first_reported", row) || "on an unknown day"}`];
  const precision = textAt("date_precision", row);
  if (precision === "month") return [first.slice(0, 7), "known to the month"];
  if (precision === "year") return [first.slice(0, 4), "known to the year"];
  return first === last || !last ? [first, ""] : [first, `to ${last}`];
}

function cell(main, small, attributes = {}) {
  return make("td", attributes, make("span", { class: "main" }, main || "—"),
    small ? make("span", { class: "small" }, small) : null);
}

function party(row, which) {
  const code = textAt(`${which}_actor`, row), words = textAt(`${which}_text`, row);
  return cell(words || labels.countries[textAt(`${which}_country`, row)] || code, code || (words && "not in the tables"), { dir: "auto" });
}

function eventRow(row) {
  const quad = numberAt("quad_class", row), status = textAt("status", row);
  const type = textAt("plover", row) || "STATEMENT", mode = textAt("mode", row);
  const goldstein = numberAt("goldstein", row);
  const unfold = make("button", {
    class: "unfold", type: "button", "aria-expanded": "false", "aria-controls": `evidence-of-${row}`,
    "aria-label": `Evidence for ${textAt("source_text", row)} ${type} ${textAt("target_text", row)}, ${dateText(row)[0]}`,
  });
  const what = make("td", {},
    make("span", { class: "main" }, make("i", { class: `dot quad${quad}`, "aria-hidden": "true" }), type),
    make("span", { class: "small" }, [mode, textAt("cameo", row)].filter(Boolean).join(" · ")),
    make("span", { class: "aside" }, ` ${QUAD[quad] ?? ""}`),
    status === "actual" ? null : make("span", { class: "tag" }, status));
  const place = textAt("place_country", row);
  const line = make("tr", { "data-row": row },
    make("td", { class: "toggle" }, unfold), cell(...dateText(row), { class: "when" }), party(row, "source"), what,
    party(row, "target"), cell(textAt("place_name", row), labels.countries[place] ?? place),
    cell(goldstein === null ? "" : goldstein.toFixed(1).replace("-", "−"), "", { class: "number" }),
    cell(String(numberAt("n_independent", row)), `of ${count(numberAt("n_articles", row))}`, { class: "number" }));
  return line;
}

function showPage() {
  const pages = Math.max(1, Math.ceil(matching.length / PAGE));
  page = Math.min(page, pages - 1);
  const rows = Array.from(matching.subarray(page * PAGE, (page + 1) * PAGE));
  body.replaceChildren(...rows.map(eventRow));
  if (!rows.length) {
    body.append(make("tr", {}, make("td", { colspan: 8, class: "empty" }, "No event fits all filters.")));
  }
  element("page-number").textContent = `Page ${count(page + 1)} of ${count(pages)}`;
  element("previous").disabled = page === 0;
  element("next").disabled = page >= pages - 1;
}

function showCount() {
  const waiting = filters.elements.search.value && !store.sentencesReady ? " (sentences are still being read)" : "";
  element("found").textContent = `${count(matching.length)} of ${count(store.n)} events${waiting}`;
}

function showChips() {
  const name = (code) => labels.countries[code] ?? code;
  const chips = [];
  if (wanted.party) chips.push([wanted.other ? `between ${name(wanted.party)} and ${name(wanted.other)}` : `with ${name(wanted.party)}`, ["party", "other"]]);
  if (wanted.place) chips.push([`in ${wanted.place}`, ["place"]]);
  if (wanted.country) chips.push([`in ${name(wanted.country)}`, ["country"]]);
  element("chips").replaceChildren(...chips.map(([text, keys]) => {
    const chip = make("button", { type: "button", class: "chip", "aria-label": `Remove filter: ${text}` }, `${text} ×`);
    chip.addEventListener("click", () => { keys.forEach((key) => { wanted[key] = ""; }); refresh(); });
    return chip;
  }));
}

function refresh() {
  page = 0;
  findRows();
  showPage();
  showCount();
  showChips();
}

async function toggle(line) {
  const button = line.querySelector(".unfold"), row = Number(line.dataset.row);
  const open = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!open));
  line.classList.toggle("open", !open);
  if (open) { line.nextElementSibling.remove(); return; }
  const place = make("td", { colspan: 8 }, "…");
  line.after(make("tr", { class: "detail", id: `evidence-of-${row}` }, place));
  place.replaceChildren(await evidencePanel(row));
}

function sortBy(header) {
  const column = header.dataset.column;
  const numeric = ["date", "goldstein", "reports"].includes(column);
  order = { column, down: order.column === column ? !order.down : numeric };
  for (const other of document.querySelectorAll("th[data-column]")) {
    other.setAttribute("aria-sort", other === header ? (order.down ? "descending" : "ascending") : "none");
  }
  refresh();
}

// Text that a spreadsheet would run as a formula gets an apostrophe in front.
const csvCell = (value) => {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value ?? "");
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

function downloadCsv() {
  const names = Object.keys(store.columns);
  const lines = [names.join(",")];
  for (const row of matching) {
    lines.push(names.map((name) => csvCell(Array.isArray(store.columns[name][0]) ? textAt(name, row) : numberAt(name, row))).join(","));
  }
  const link = make("a", { href: URL.createObjectURL(new Blob([`${lines.join("\n")}\n`], { type: "text/csv" })), download: "events.csv" });
  link.click();
  URL.revokeObjectURL(link.href);
}

// Other parts of the page ask for events by this, and take the reader there.
function askFor(request, from = "", to = "") {
  Object.assign(wanted, NOTHING, request);
  filters.elements.from.value = from;
  filters.elements.to.value = to;
  refresh();
  element("events").scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  element("found").focus({ preventScroll: true });
}

function listen() {
  let timer = 0;
  filters.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(refresh, event.target.name === "search" ? 150 : 0);
  });
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("reset", () => setTimeout(() => { Object.assign(wanted, NOTHING); refresh(); }));
  body.addEventListener("click", (event) => {
    const line = event.target.closest("tr[data-row]");
    if (line && !event.target.closest("a") && !String(getSelection())) toggle(line);
  });
  document.querySelector("#event-table thead").addEventListener("click", (event) => {
    const header = event.target.closest("th[data-column]");
    if (header) sortBy(header);
  });
  for (const [id, step] of [["previous", -1], ["next", 1]]) {
    element(id).addEventListener("click", () => { page += step; showPage(); element("event-table").scrollIntoView(); });
  }
  element("download").addEventListener("click", downloadCsv);
  document.addEventListener("click", (event) => {
    const ask = event.target.closest("button[data-ask]");
    if (ask) askFor(JSON.parse(ask.dataset.ask), ask.dataset.from, ask.dataset.to);
  });
}

function listChoices() {
  const types = store.columns.plover[0], statuses = store.columns.status[0];
  filters.elements.plover.append(...types.map((t) => make("option", { value: t }, t)));
  if (store.columns.plover[1].includes(-1)) filters.elements.plover.append(make("option", { value: "-" }, "STATEMENT"));
  filters.elements.status.append(...statuses.map((s) => make("option", { value: s }, s)));
}

async function startTable() {
  Object.assign(store, await unpack("event-columns"));
  listChoices();
  listen();
  refresh();
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
  readSentences(() => {
    document.documentElement.dataset.searchable = String(Math.round(performance.now()));
    if (filters.elements.search.value) refresh();
    else showCount();
  });
}
startTable();
