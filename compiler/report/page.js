// The page: reads the data, fills the sections, and lets a kernel be chosen in one of them and shown in all.
const data = JSON.parse(document.getElementById("data").textContent);
const kindNames = {contraction: "contraction", winograd: "Winograd", window: "pooling", rowwise: "by rows", elementwise: "elementwise", transpose: "transpose", host: "other code"};

// ---- What the data says, in the form that the sections want ----

const measured = data.measured || null;
function prepare() {
  data.nodes.forEach((node, index) => {
    const kernel = data.kernels[node.kernel] || null;
    node.index = index;
    node.kernelData = kernel;
    const kind = kernel ? (kernel.schedule.split(", ")[1] || "") : "host";
    node.kind = kind in kindNames ? kind : "host";
    const pairs = node.nodes.map(text => { const at = text.indexOf(" "); return [text.slice(0, at), text.slice(at + 1)]; });
    node.pairs = pairs;
    const ops = [];
    for (const [op] of pairs) {
      const last = ops[ops.length - 1];
      if (last && last[0] === op) ++last[1]; else ops.push([op, 1]);
    }
    node.title = ops.map(([op, count]) => count > 1 ? `${op} \u00d7${count}` : op).join(" + ") || (kernel ? kernel.what : "other code");
    node.what = kernel ? kernel.what : "code around the kernels";
    node.output = (node.shapes || "").split("-> ")[1] || "";
    let trips = 1;
    for (let l = node.loop; l >= 0; l = data.loops[l].parent) trips *= Math.max(data.loops[l].trips, 1);
    node.trips = trips;
    if (!known(node.calls)) node.calls = trips;
    // Of one run, where a launch has its amounts once a call.
    node.runFlops = known(node.flops) ? node.flops * node.calls : null;
    node.runPredicted = known(node.predicted_us) ? node.predicted_us * node.calls : null;
    node.gflops = known(node.us) && known(node.flops) ? node.runFlops / node.us * 1e-3 : null;
    node.gbps = known(node.us) && known(node.bytes) ? node.bytes * node.calls / node.us * 1e-3 : null;
    node.intensity = known(node.flops) && node.bytes > 0 ? node.flops / node.bytes : null;
    node.peakPart = known(node.gflops) && data.machine ? node.gflops / data.machine.peak_gflops : null;
    node.roofPart = known(node.us) && known(node.runPredicted) && node.us > 0 ? node.runPredicted / node.us : null;
  });
  data.launches = data.nodes.filter(node => node.kernelData);
  const sum = key => data.launches.reduce((total, node) => total + (node[key] || 0), 0);
  data.totals = {flops: sum("runFlops"), predicted: sum("runPredicted"), us: sum("us")};
  for (const node of data.launches) {
    const value = measured ? node.us : node.runPredicted, total = measured ? measured.run_us : data.totals.predicted;
    node.part = known(value) && total > 0 ? value / total : null;
  }
}

// ---- Sections ----

function card(value, name, note) {
  return html("div", {class: "card"}, html("span", {class: "name"}, name), html("b", {}, value), html("span", {}, note || "\u00a0"));
}

function fillHead() {
  document.getElementById("title").textContent = data.model;
  const symbols = Object.entries(data.symbols).map(([name, size]) => `${name} = ${size}`).join(", ");
  document.getElementById("subtitle").textContent =
    [data.file, data.target, data.producer, `-O${data.level}`, data.precise ? "precise" : "", symbols].filter(Boolean).join("  \u00b7  ");
  const cards = document.getElementById("cards"), code = data.kernels.reduce((sum, k) => sum + (k.code || 0), 0);
  const hits = data.kernels.filter(k => k.cached).length, seconds = data.stages.reduce((sum, s) => sum + s.seconds, 0);
  if (measured) {
    const between = Math.max(measured.run_us - data.totals.us, 0);
    cards.append(card(time(measured.run_us), "a run, measured", `${measured.runs} runs, ${measured.threads} thread${measured.threads > 1 ? "s" : ""}; ${percent(between / measured.run_us)} between kernels`));
  }
  if (data.machine)
    cards.append(card(time(data.totals.predicted), measured ? "the machine's limit" : "a run, at the machine's limit", measured ? `${percent(data.totals.predicted / measured.run_us)} of the time measured` : "no times were measured"));
  cards.append(card(operations(data.totals.flops), "arithmetic in a run", measured ? `${number(data.totals.flops / measured.run_us * 1e-3)} GFLOP/s` : ""),
               card(String(data.kernels.length), "kernels", `${data.launches.length} places launch them`),
               card(bytes(data.weights), "weights", "as the kernels read them"),
               card(bytes(data.arena.bytes), "arena", `largest live set ${bytes(data.arena.largest_live)}`),
               card(bytes(code), "code of kernels", data.library ? `library ${bytes(data.library)}` : ""),
               card(time(seconds * 1e6), "to compile", `${hits} of ${data.kernels.length} kernels from the cache`));
}

const boxWidth = 232, boxHeight = 62;
function cut(text, most) { return text.length > most ? text.slice(0, most - 1) + "\u2026" : text; }

function describe(node) {
  const lines = [node.title, node.what];
  if (node.output) lines.push(node.output);
  if (known(node.us)) lines.push(`${time(node.us)}${node.calls > 1 ? ` in ${calls(node.calls)} calls` : ""}, ${percent(node.part)} of the run`);
  else if (known(node.runPredicted)) lines.push(`predicted ${time(node.runPredicted)}`);
  if (known(node.peakPart)) lines.push(`${number(node.gflops)} GFLOP/s, ${percent(node.peakPart)} of the peak`);
  return lines.join("\n");
}

function drawGraph() {
  const items = data.nodes.map(() => ({width: boxWidth, height: boxHeight}));
  const port = [];
  const usedIn = new Set(data.edges.filter(e => e[0] < 0).map(e => -1 - e[0]));
  const edges = data.edges.map(e => [...e]);
  const inputAt = new Map();
  data.outputs.forEach(name => { items.push({width: 170, height: 28}); port.push([items.length - 1, name]); });
  data.inputs.forEach((name, i) => {
    if (!usedIn.has(i)) return;
    items.push({width: 170, height: 28});
    inputAt.set(i, items.length - 1);
    port.push([items.length - 1, name]);
  });
  edges.forEach(e => { if (e[0] < 0) e[0] = inputAt.get(-1 - e[0]); });
  const good = edges.filter(e => e[0] !== undefined && e[0] < items.length && e[1] < items.length);
  const insideOf = number => data.nodes.filter(node => {
    for (let l = node.loop; l >= 0; l = data.loops[l].parent) if (l === number) return true;
    return false;
  }).map(node => node.index);
  const groups = data.loops.map((loop, number) => insideOf(number));
  const layout = layoutGraph(items, good, groups), pad = 26;
  const picture = svg("svg", {width: layout.width + 2 * pad, height: layout.height + 2 * pad, viewBox: `${-pad} ${-pad} ${layout.width + 2 * pad} ${layout.height + 2 * pad}`});
  picture.append(svg("defs", {}, svg("marker", {id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto"}, svg("path", {d: "M0 .8L7 4L0 7.2z", fill: "var(--strong)"}))));
  data.loops.forEach((loop, number) => {
    const inside = groups[number].map(index => items[index]);
    if (!inside.length) return;
    const x0 = Math.min(...inside.map(i => i.x - i.width / 2)) - 14, x1 = Math.max(...inside.map(i => i.x + i.width / 2)) + 14;
    const y0 = Math.min(...inside.map(i => i.y - i.height / 2)) - 16, y1 = Math.max(...inside.map(i => i.y + i.height / 2)) + 10;
    picture.append(svg("rect", {class: "loop", x: x0, y: y0, width: x1 - x0, height: y1 - y0, rx: 12}),
                   svg("text", {class: "small", x: x0 + 10, y: y0 + 12}, loop.trips >= 0 ? `loop, ${loop.trips} times` : "loop"));
  });
  for (const edge of good) {
    const from = items[edge[0]], to = items[edge[1]];
    let path;
    if (layout.paths.has(edge)) path = edgePath(layout.paths.get(edge), from, to);
    else { // carried: around the right side, upwards
      const x = Math.max(from.x + from.width / 2, to.x + to.width / 2), bow = x + 10;
      path = `M${from.x + from.width / 2} ${from.y}C${bow + 8} ${from.y} ${bow + 8} ${to.y} ${to.x + to.width / 2} ${to.y}`;
    }
    picture.append(svg("path", {class: edge[2] ? "edge carried" : "edge", d: path, "marker-end": "url(#arrow)", "data-from": edge[0], "data-to": edge[1]}));
  }
  const most = Math.max(...data.launches.map(n => n.part || 0), 1e-9);
  for (const node of data.nodes) {
    const {x, y} = items[node.index], left = x - boxWidth / 2, top = y - boxHeight / 2;
    const name = node.pairs.length ? node.pairs[0][1] : "";
    const right = known(node.us) ? time(node.us) : known(node.runPredicted) ? "\u2248 " + time(node.runPredicted) : "";
    const group = svg("g", {class: "node", "data-node": node.index},
      svg("rect", {x: left, y: top, width: boxWidth, height: boxHeight, rx: 9}),
      svg("path", {d: `M${left + 9} ${top + .5}h-2a6.5 8.5 0 0 0 -6.5 8.5v${boxHeight - 18}a6.5 8.5 0 0 0 6.5 8.5h2z`, fill: `var(--${node.kind})`, stroke: "none"}),
      svg("text", {class: "title", x: left + 17, y: top + 18}, cut(node.title, 28)),
      svg("text", {class: "small", x: left + 17, y: top + 33}, name.length > 31 ? "\u2026" + name.slice(-30) : name),
      svg("text", {class: "small", x: left + 17, y: top + 48}, cut(node.output, 22)),
      svg("text", {class: "small", x: left + boxWidth - 10, y: top + 48, "text-anchor": "end", style: "fill:var(--ink)"}, right));
    if (known(node.part))
      group.append(svg("rect", {x: left + 17, y: top + boxHeight - 7.5, width: boxWidth - 27, height: 3, rx: 1.5, fill: "var(--line)"}),
                   svg("rect", {x: left + 17, y: top + boxHeight - 7.5, width: Math.max((boxWidth - 27) * node.part / most, 1), height: 3, rx: 1.5, fill: node.part > .08 ? "var(--hot)" : "var(--accent)"}));
    tip(group, describe(node));
    group.addEventListener("click", () => choose(node.index));
    picture.append(group);
  }
  for (const [at, name] of port) {
    const {x, y} = items[at];
    picture.append(svg("g", {class: "port"}, svg("rect", {x: x - 85, y: y - 14, width: 170, height: 28, rx: 14}),
                       svg("text", {x, y: y + 4, "text-anchor": "middle"}, cut(name, 24))));
  }
  const view = document.getElementById("graph-view");
  view.append(picture);
  view.scrollLeft = Math.max(0, (layout.width + 2 * pad - view.clientWidth) / 2);
  document.getElementById("graph-note").textContent =
    "A box is one launch of a kernel, with the ONNX nodes that it computes. " + (measured ? "Bars are parts of the measured time." : data.machine ? "Bars are parts of the predicted time." : "");
  const legend = document.getElementById("legend");
  for (const kind of Object.keys(kindNames).filter(kind => data.nodes.some(node => node.kind === kind)))
    legend.append(html("span", {}, html("i", {style: `background:var(--${kind})`}), kindNames[kind]));
}

function showDetails(node) {
  const panel = document.getElementById("details"), kernel = node.kernelData, list = html("dl");
  const row = (name, value) => { if (known(value) && value !== "-" && value !== "") list.append(html("dt", {}, name), html("dd", {}, value)); };
  panel.replaceChildren(html("h3", {}, node.title), html("div", {class: "quiet"}, node.what), list);
  row("nodes", html("ul", {}, ...node.pairs.map(([op, name]) => html("li", {}, html("span", {class: "quiet"}, op + " "), name))));
  row("shapes", node.shapes ? html("span", {class: "code"}, node.shapes) : null);
  if (kernel) row("schedule", html("span", {class: "code"}, kernel.schedule));
  row("calls", node.calls > 1 ? `${calls(node.calls)} in a run` : null);
  if (known(node.us)) row("measured", `${time(node.us)}${node.calls > 1 ? `, ${time(node.us / node.calls)} a call` : ""}; ${percent(node.part)} of the run`);
  if (known(node.runPredicted)) row("predicted", `${time(node.runPredicted)}, bound by ${node.bound === "arithmetic" ? "arithmetic" : node.bound === "cache" ? "the cache" : "memory"}` + (known(node.roofPart) ? `; ${percent(node.roofPart)} of that speed` : ""));
  row("arithmetic", known(node.flops) ? operations(node.flops) + (known(node.gflops) ? `, ${number(node.gflops)} GFLOP/s` : "") + (known(node.peakPart) ? `, ${percent(node.peakPart)} of the peak` : "") : null);
  if (known(node.direct) && node.direct !== node.flops)
    row("as direct", operations(node.direct) + (known(node.us) ? `, ${number(node.direct * node.calls / node.us * 1e-3)} GFLOP/s` : ""));
  row("memory", known(node.bytes) ? bytes(node.bytes) + (known(node.gbps) ? `, ${number(node.gbps)} GB/s` : "") : null);
  row("intensity", known(node.intensity) ? `${number(node.intensity)} operations a byte` : null);
  if (kernel) {
    row("kernel", html("span", {class: "code"}, kernel.name));
    row("code", known(kernel.code) ? `${bytes(kernel.code)} by ${kernel.backend}` : null);
    row("compiled in", known(kernel.seconds) ? time(kernel.seconds * 1e6) + (kernel.cached ? ", now from the cache" : "") : null);
  }
}

const columns = [
  ["#", n => n.index, n => String(n.index)],
  ["kernel", n => n.title, null, "text"],
  ["calls", n => n.calls, n => calls(n.calls)],
  measured && ["measured", n => n.us, n => time(n.us)],
  ["% of run", n => n.part, n => known(n.part) ? digits(n.part * 100) : "-"],
  data.machine && ["predicted", n => n.runPredicted, n => time(n.runPredicted)],
  measured && data.machine && ["of limit", n => n.roofPart, n => percent(n.roofPart)],
  measured && ["GFLOP/s", n => n.gflops, n => number(n.gflops)],
  measured && data.machine && ["of peak", n => n.peakPart, n => percent(n.peakPart)],
  measured && ["GB/s", n => n.gbps, n => number(n.gbps)],
  ["arithmetic", n => n.runFlops, n => operations(n.runFlops)],
  ["bytes", n => n.bytes, n => bytes(n.bytes)],
  ["FLOP/B", n => n.intensity, n => number(n.intensity)],
  ["code", n => n.kernelData.code, n => bytes(n.kernelData.code)],
  ["compiled", n => n.kernelData.seconds, n => known(n.kernelData.seconds) ? time(n.kernelData.seconds * 1e6) : "-"],
  ["cache", n => n.kernelData.cached, n => known(n.kernelData.cached) ? n.kernelData.cached ? "hit" : "new" : "-"],
  ["schedule", n => n.kernelData.schedule, n => n.kernelData.schedule, "text"],
].filter(Boolean);

function fillTable() {
  const table = document.getElementById("table"), head = html("tr"), body = html("tbody");
  let sorted = columns.findIndex(column => column[0] === "% of run"), down = true;
  const most = Math.max(...data.launches.map(n => n.part || 0), 1e-9);
  const rows = new Map(data.launches.map(node => {
    const row = html("tr", {"data-node": node.index});
    for (const [name, , text, kind] of columns) {
      const cell = html("td", {class: kind || ""});
      if (name === "kernel") {
        cell.append(html("div", {class: "name"}, html("span", {style: `color:var(--${node.kind})`}, "\u25a0 "), node.title), html("div", {class: "sub"}, node.what));
        cell.title = node.nodes.join("\n");
      } else if (name === "% of run") {
        cell.append(text(node), html("span", {class: "bar"}, html("i", {style: `width:${(node.part || 0) / most * 100}%`})));
      } else if (name === "schedule") {
        cell.append(html("span", {class: "code quiet"}, text(node)));
        cell.title = text(node);
      } else cell.append(text(node));
      row.append(cell);
    }
    row.addEventListener("click", () => choose(node.index, true));
    return [node, row];
  }));
  const order = () => {
    const key = columns[sorted][1];
    const list = [...data.launches].sort((a, b) => {
      const x = key(a) ?? -Infinity, y = key(b) ?? -Infinity;
      return (x < y ? -1 : x > y ? 1 : a.index - b.index) * (down ? -1 : 1);
    });
    body.replaceChildren(...list.map(node => rows.get(node)));
    [...head.children].forEach((th, i) => { th.textContent = columns[i][0] + (i === sorted ? down ? " \u2193" : " \u2191" : ""); });
  };
  columns.forEach((column, i) => {
    const th = html("th", {class: column[3] || ""}, column[0]);
    th.addEventListener("click", () => { down = i === sorted ? !down : i > 1; sorted = i; order(); });
    head.append(th);
  });
  table.append(html("thead", {}, head), body);
  order();
  document.getElementById("kernels-note").textContent =
    "A line for each place that launches a kernel; a click on a heading sorts. " +
    (data.machine ? "Predicted is the larger of arithmetic over the machine's peak and bytes over its bandwidth. " : "") +
    "Arithmetic counts every operation of the definition once, a multiply-add as two; bytes are the operands, each once.";
}

function fillPlots() {
  const roofline = document.getElementById("roofline"), view = document.getElementById("roofline-view");
  if (data.machine && data.machine.peak_gflops > 0) {
    view.append(drawRoofline(data, choose));
    document.getElementById("roofline-note").textContent =
      (measured ? "Each circle is a launch; its area is its part of the time." : "Hollow circles are predictions: no times were measured.") +
      " Lines are the machine's measured limits. A circle above the line of the working set read what a cache still held.";
  } else roofline.hidden = true;

  const {arena} = data;
  document.getElementById("memory-note").textContent = arena.buffers.length
    ? `One block holds every intermediate result whose size follows from the inputs: ${bytes(arena.bytes)} (black line). The red line is what is live at each launch, at most ${bytes(arena.largest_live)}. Colours are those of the kernel that writes first.`
    : "The model keeps no intermediate results in the arena.";
  const memory = document.getElementById("memory-view");
  if (arena.buffers.length) memory.append(drawMemory(data)); else memory.hidden = true;

  document.getElementById("compile-view").append(drawStages(data.stages));
  const slow = [...data.kernels].filter(k => known(k.seconds)).sort((a, b) => b.seconds - a.seconds)[0];
  document.getElementById("compile-note").textContent =
    `${time(data.stages.reduce((sum, s) => sum + s.seconds, 0) * 1e6)} of wall time; the kernels took ${time(data.kernels.reduce((sum, k) => sum + (k.seconds || 0), 0) * 1e6)} of work` +
    (slow ? `, ${slow.name} longest (${time(slow.seconds * 1e6)})` : "") + `; ${data.kernels.filter(k => k.cached).length} of ${data.kernels.length} came from the cache.`;
}

// ---- Choosing ----

function choose(index, scroll) {
  document.querySelectorAll(".chosen").forEach(element => element.classList.remove("chosen"));
  document.querySelectorAll(`[data-node="${index}"]`).forEach(element => element.classList.add("chosen"));
  document.querySelectorAll(".edge").forEach(edge => edge.classList.toggle("lit", edge.dataset.from == index || edge.dataset.to == index));
  showDetails(data.nodes[index]);
  const view = document.getElementById("graph-view"), box = view.querySelector(`[data-node="${index}"]`);
  if (scroll && box) {
    const at = box.getBoundingClientRect(), frame = view.getBoundingClientRect();
    view.scrollTo({top: view.scrollTop + at.top - frame.top - frame.height / 2, left: view.scrollLeft + at.left - frame.left - frame.width / 2 + at.width / 2, behavior: "smooth"});
  }
}

function theme(name) { document.documentElement.dataset.theme = name; }
theme(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
document.getElementById("theme").addEventListener("click", () => theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));

prepare();
fillHead();
drawGraph();
fillTable();
fillPlots();
if (data.launches.length) choose([...data.launches].sort((a, b) => (b.part || 0) - (a.part || 0))[0].index);
