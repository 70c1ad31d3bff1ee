// What a row unfolds to. Text of articles becomes text nodes only, never HTML.
// A narrow screen lays rows out as grids; these roles keep them a table for screen readers.
const ROLES = { tr: "row", td: "cell" };

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  if (ROLES[tag]) node.setAttribute("role", ROLES[tag]);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== ""));
  return node;
}

const KINDS = {
  source: "who acts", target: "acted upon", trigger: "what", date: "when", place: "where",
  number: "how many",
};
const RANK = ["trigger", "source", "target", "number", "date", "place"];

// Offsets count code points, so the sentence is cut as a list of them.
function markedSentence(report) {
  const points = Array.from(report.sentence);
  const cuts = [...new Set([0, points.length, ...report.spans.flatMap((s) => [s.first, s.last])])];
  cuts.sort((a, b) => a - b);
  const quote = make("blockquote", { lang: report.lang, dir: "auto" });
  const begun = new Set();
  for (let n = 0; n + 1 < cuts.length; n += 1) {
    const text = points.slice(cuts[n], cuts[n + 1]).join("");
    const over = report.spans.filter((s) => s.first <= cuts[n] && s.last >= cuts[n + 1]);
    over.sort((a, b) => RANK.indexOf(a.kind) - RANK.indexOf(b.kind));
    quote.append(over.length ? mark(over[0], text, begun) : text);
  }
  return quote;
}

function mark(span, text, begun) {
  const says = `${KINDS[span.kind]}: ${span.means ?? "not in the tables"}`;
  const spoken = begun.has(span) ? null : make("span", { class: "aside" }, `[${says}] `);
  begun.add(span);
  return make("mark", { class: span.kind, title: says }, spoken, text);
}

const isWebLink = (link) => Boolean(link) && URL.canParse(link) && /^https?:$/.test(new URL(link).protocol);

function sourceLine(report) {
  const name = report.title || report.origin || "untitled";
  const title = isWebLink(report.link)
    ? make("a", { href: report.link, rel: "noopener noreferrer nofollow", target: "_blank" }, name)
    : make("span", {}, name);
  const facts = [report.publisher, report.published, languageName(report.lang)].filter(Boolean);
  return make("p", { class: "cite" }, title, ` · ${facts.join(" · ")}`);
}

const languageNames = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });
function languageName(code) {
  try { return languageNames.of(code); } catch { return code; }
}

function reportItem(report) {
  const copy = report.relation && report.relation !== "original" ? `${report.relation} copy` : "";
  const counts = report.counts ? "independent" : copy || "not independent";
  const coded = [
    report.coding && `coded ${report.coding}`, report.status !== "actual" && report.status,
    report.says && `according to ${report.says}`, report.rule && `rule ${report.rule}`,
    report.confidence !== null && `confidence ${report.confidence.toFixed(2)}`,
  ].filter(Boolean);
  return make("li", {}, markedSentence(report), sourceLine(report),
    make("p", { class: "fine" }, make("span", { class: report.counts ? "tag good" : "tag" }, counts),
      ` ${coded.join(" · ")}`));
}

function differences(event) {
  if (!event.disagreements.length) return null;
  const parts = event.disagreements.map((d) => `${d.field}: ${d.value ?? "not known"} (${d.n_articles})`);
  return make("p", { class: "fine" }, make("strong", {}, "Reports differ on "), parts.join(" · "));
}

const plural = (n, word) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;

function keyOfMarks() {
  const items = Object.entries(KINDS).map(([kind, says]) => make("mark", { class: kind }, says));
  return make("p", { class: "key", "aria-hidden": "true" }, ...items);
}

async function evidencePanel(row) {
  const event = await evidenceOf(row);
  const cameo = textAt("cameo", row), more = numberAt("n_mentions", row) - event.reports.length;
  const basis = [
    `CAMEO ${cameo}: ${labels.cameo[cameo] ?? ""}`,
    event.date_basis !== "none" && `date ${event.date_basis}`,
    event.place_basis && event.place_basis !== "none" && `place ${event.place_basis}`,
    `Goldstein ${numberAt("goldstein", row)?.toFixed(1) ?? "not known"}`,
    `${plural(numberAt("n_articles", row), "article")} by ${plural(numberAt("n_publishers", row), "publisher")}`,
  ].filter(Boolean);
  return make("div", { class: "evidence" },
    make("p", { class: "fine" }, basis.join(" · ")), differences(event), keyOfMarks(),
    make("ol", { class: "reports" }, ...event.reports.map(reportItem)),
    make("p", { class: "fine" }, more > 0 ? `Reported by ${plural(more, "more sentence")}. ` : "",
      "The whole chain: ", make("code", {}, `demarche explain ${event.id}`)));
}
