// Unpacks what the page carries: JSON, deflated, in base64, one script element each.
const element = (id) => document.getElementById(id);
const plainJson = (id) => JSON.parse(element(id).textContent);

async function unpack(id) {
  const text = atob(element(id).textContent.trim());
  const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

const labels = plainJson("labels");
const store = { n: 0, block: 1, columns: {}, folded: [], sentences: [], sentencesReady: false };
const blocks = new Map(); // the last few that were looked into

function textAt(name, row) {
  const [values, numbers] = store.columns[name];
  return numbers[row] < 0 ? "" : values[numbers[row]];
}
const numberAt = (name, row) => store.columns[name][row];

async function evidenceOf(row) {
  const number = Math.floor(row / store.block);
  if (!blocks.has(number)) {
    if (blocks.size > 8) blocks.delete(blocks.keys().next().value);
    blocks.set(number, unpack(`evidence-${number}`));
  }
  return (await blocks.get(number))[row % store.block];
}

// Case, accents and other marks do not count in a search.
const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

const SEARCHED = [
  "source_actor", "source_text", "target_actor", "target_text", "plover", "mode", "cameo",
  "place_name", "status",
];
function foldedRow(row) {
  if (store.folded[row] === undefined) {
    const parts = SEARCHED.map((name) => textAt(name, row));
    for (const name of ["source_country", "target_country", "place_country"]) {
      const code = textAt(name, row);
      parts.push(code, labels.countries[code] ?? "");
    }
    parts.push(labels.cameo[textAt("cameo", row)] ?? "");
    store.folded[row] = fold(parts.join(" "));
  }
  return store.folded[row];
}

const idle = () =>
  new Promise((resolve) =>
    window.requestIdleCallback ? requestIdleCallback(resolve, { timeout: 500 }) : setTimeout(resolve, 20));

// Reads the sentences in the background, block by block, so that a search finds them too.
async function readSentences(done) {
  for (let first = 0; first < store.n; first += store.block) {
    await idle();
    const events = await unpack(`evidence-${first / store.block}`);
    events.forEach((event, n) => {
      const texts = event.reports.map((r) => `${r.sentence} ${r.title ?? ""} ${r.publisher ?? ""}`);
      store.sentences[first + n] = fold(`${event.id} ${texts.join(" ")}`);
    });
  }
  store.sentencesReady = true;
  done();
}
