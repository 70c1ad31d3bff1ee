// What the reader asked for, and the rows that answer it.
const NOTHING = { party: "", other: "", by: "", place: "", country: "" };
const wanted = { ...NOTHING };
const filters = element("filters");
let matching = new Int32Array(0);
let order = { column: "date", down: true };

const within = (name, values) => {
  const [all, numbers] = store.columns[name];
  const numbersWanted = new Set(values.map((v) => all.indexOf(v)));
  return (row) => numbersWanted.has(numbers[row]);
};

// The column that a party's code stands in: the network shows countries, or actors.
const side = (which) => `${which}_${wanted.by || labels.nodes}`;

function partyTests() {
  const { party, other } = wanted;
  if (!party) return [];
  const from = within(side("source"), [party]), to = within(side("target"), [party]);
  if (!other) return [(row) => from(row) || to(row)];
  const otherFrom = within(side("source"), [other]), otherTo = within(side("target"), [other]);
  return [(row) => (from(row) && otherTo(row)) || (otherFrom(row) && to(row))];
}

function dateTests() {
  const from = filters.elements.from.value, to = filters.elements.to.value;
  const first = store.columns.date_start, last = store.columns.date_end;
  const tests = [];
  if (from) tests.push((row) => last[1][row] >= 0 && last[0][last[1][row]] >= from);
  if (to) tests.push((row) => first[1][row] >= 0 && first[0][first[1][row]] <= to);
  return tests;
}

function searchTest() {
  const words = fold(filters.elements.search.value).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  return [(row) => {
    const text = foldedRow(row), sentence = store.sentences[row] ?? "";
    return words.every((word) => text.includes(word) || sentence.includes(word));
  }];
}

// Cheap tests come first: each row stops at the first that fails.
function tests() {
  const form = filters.elements, all = [];
  const least = Number(form.independent.value);
  if (least > 1) all.push((row) => numberAt("n_independent", row) >= least);
  const quads = [...form.quad].filter((box) => box.checked).map((box) => Number(box.value));
  if (quads.length < form.quad.length) all.push((row) => quads.includes(numberAt("quad_class", row)));
  if (form.status.value) all.push(within("status", [form.status.value]));
  if (form.plover.value === "-") all.push((row) => store.columns.plover[1][row] < 0);
  else if (form.plover.value) all.push(within("plover", [form.plover.value]));
  if (wanted.place) all.push(within("place_name", [wanted.place]));
  if (wanted.country) all.push(within("place_country", [wanted.country]));
  return [...all, ...partyTests(), ...dateTests(), ...searchTest()];
}

const SORTED_BY = {
  date: "date_start", who: "source_actor", what: "plover", whom: "target_actor",
  where: "place_name", goldstein: "goldstein", reports: "n_independent",
};
// Texts are numbered in the order of the alphabet, so all columns sort as numbers; null is last.
function sorted(rows) {
  const column = store.columns[SORTED_BY[order.column]];
  const keys = Array.isArray(column[0]) ? column[1] : column;
  const sign = order.down ? -1 : 1;
  const missing = (key) => key === null || (keys === column[1] && key < 0);
  return rows.sort((a, b) => {
    if (missing(keys[a]) || missing(keys[b])) return missing(keys[a]) - missing(keys[b]) || a - b;
    return sign * (keys[a] - keys[b]) || a - b;
  });
}

function findRows() {
  const all = tests(), found = [];
  for (let row = 0; row < store.n; row += 1) {
    if (all.every((test) => test(row))) found.push(row);
  }
  matching = sorted(Int32Array.from(found));
}
