// Brings the drawings to life; until then, and without this script, they are still pictures.
const OPTIONS = { renderer: "svg", actions: false, ast: true, tooltip: { theme: "custom" } };

async function draw(name) {
  const place = element(`chart-${name}`);
  if (!place) return null;
  const stage = make("div", { class: "stage" });
  const picture = place.firstElementChild;
  picture.after(stage);
  picture.remove();
  return (await vegaEmbed(stage, plainJson(`spec-${name}`), OPTIONS)).view;
}

function startTimeline(view) {
  for (const choice of document.querySelectorAll("input[name=measure]")) {
    choice.addEventListener("change", () => view.signal("measure", choice.value).runAsync());
  }
  let timer = 0;
  view.addSignalListener("brush", (_, brush) => {
    const range = brush.first?.map((moment) => new Date(moment).toISOString().slice(0, 10)) ?? ["", ""];
    [filters.elements.from.value, filters.elements.to.value] = range;
    clearTimeout(timer);
    timer = setTimeout(refresh, 200);
  });
}

function startNetwork(view) {
  view.addEventListener("click", (_, item) => {
    const datum = item?.datum;
    if (datum?.node) askFor({ party: datum.node });
    else if (datum?.a) askFor({ party: datum.a, other: datum.b });
  });
}

function startMap(view) {
  const stage = element("chart-map");
  const home = { zoom: view.signal("zoom"), lon: view.signal("lon"), lat: view.signal("lat") };
  // A phone has no room for a world with so much sea above and below it.
  const fit = () => view.height(Math.min(460, Math.max(200, stage.clientWidth * 0.62))).runAsync();
  const world = { zoom: 1, lon: 0, lat: 14 };
  const look = (to) => {
    view.signal("zoom", Math.min(40, Math.max(1, to.zoom ?? view.signal("zoom"))));
    view.signal("lon", ((((to.lon ?? view.signal("lon")) + 540) % 360) - 180));
    view.signal("lat", Math.min(75, Math.max(-60, to.lat ?? view.signal("lat"))));
    view.runAsync();
  };
  const move = (right, up) => look({ lon: view.signal("lon") + right, lat: view.signal("lat") + up });
  const actions = {
    in: () => look({ zoom: view.signal("zoom") * 1.6 }), out: () => look({ zoom: view.signal("zoom") / 1.6 }),
    world: () => look(world), home: () => look(home),
  };
  for (const button of document.querySelectorAll("button[data-map]")) {
    button.addEventListener("click", actions[button.dataset.map]);
  }
  stage.addEventListener("keydown", (event) => {
    const step = 20 / view.signal("zoom");
    const way = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[event.key];
    if (way) { event.preventDefault(); move(...way); }
  });
  drag(stage, (x, y) => {
    const degrees = 180 / (Math.PI * view.signal("zoom") * Math.min(view.width() / 5.45, view.height() / 2.35));
    move(-x * degrees, y * degrees);
  });
  fit();
  window.addEventListener("resize", fit);
  view.addEventListener("click", (_, item) => {
    if (stage.dataset.dragged) return;
    if (item?.datum?.place) askFor({ place: item.datum.place });
    else if (item?.datum?.id && item.datum.n) askFor({ country: item.datum.id });
  });
}

function drag(stage, move) {
  let from = null;
  stage.addEventListener("pointerdown", (event) => { from = [event.clientX, event.clientY]; delete stage.dataset.dragged; });
  window.addEventListener("pointerup", () => { from = null; });
  stage.addEventListener("pointermove", (event) => {
    if (!from || event.pointerType === "touch") return;
    const [x, y] = [event.clientX - from[0], event.clientY - from[1]];
    if (Math.abs(x) + Math.abs(y) < 4) return;
    stage.dataset.dragged = "yes";
    from = [event.clientX, event.clientY];
    move(x, y);
  });
}

async function startCharts() {
  for (const [name, start] of [["timeline", startTimeline], ["network", startNetwork], ["map", startMap]]) {
    const view = await draw(name);
    if (view) start(view);
  }
  document.documentElement.dataset.drawn = String(Math.round(performance.now()));
}
document.addEventListener("DOMContentLoaded", startCharts);
