// Small helpers for SVG, and the two plots: roofline and memory.
const svgName = "http://www.w3.org/2000/svg";
function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(svgName, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
function html(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter(child => child !== null));
  return element;
}

// ---- Numbers ----

const known = value => value !== null && value !== undefined;
function digits(value) { return value < 9.995 ? value.toFixed(2) : value < 99.95 ? value.toFixed(1) : value.toFixed(0); }
function scaled(value, units, step = 1000) {
  let k = 0;
  while (k + 1 < units.length && value >= step * .9995) { value /= step; ++k; }
  return (k === 0 && Number.isInteger(value) ? String(value) : digits(value)) + "\u202f" + units[k];
}
const time = us => !known(us) ? "-" : us < 1 ? (us * 1000).toFixed(0) + "\u202fns" : scaled(us, ["\u00b5s", "ms", "s"]);
const bytes = value => known(value) && value >= 0 ? scaled(value, ["B", "kB", "MB", "GB"]) : "-";
const operations = value => known(value) ? scaled(value, ["FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP"]) : "-";
const percent = value => known(value) ? digits(value * 100) + "\u202f%" : "-";
const number = value => known(value) && isFinite(value) ? digits(value) : "-";

const calls = value => Number.isInteger(value) ? String(value) : number(value);

// ---- Tips ----

function tip(element, text) {
  const box = document.getElementById("tip");
  element.addEventListener("pointermove", event => {
    box.textContent = typeof text === "function" ? text() : text;
    box.hidden = false;
    const {width, height} = box.getBoundingClientRect();
    box.style.left = Math.max(6, Math.min(event.clientX + 14, innerWidth - width - 10)) + "px";
    box.style.top = (event.clientY + height + 26 > innerHeight ? Math.max(6, event.clientY - height - 12) : event.clientY + 16) + "px";
  });
  element.addEventListener("pointerleave", () => { box.hidden = true; });
  return element;
}

// ---- Roofline: operations a second over operations a byte, both logarithmic ----

function drawRoofline(model, choose) {
  const machine = model.machine, width = 1120, height = 500, left = 74, right = 24, top = 22, bottom = 52;
  const points = model.launches.filter(n => n.flops > 0 && n.bytes > 0 && (known(n.us) || known(n.predicted_us)));
  const of = n => {
    const us = known(n.us) ? n.us / n.calls : n.predicted_us;
    return {x: n.flops / n.bytes, y: n.flops / us * 1e-3};
  };
  const spent = n => known(n.us) ? n.us : n.runPredicted;
  const total = points.reduce((sum, n) => sum + spent(n), 0) || 1;
  // What takes no time does not stretch the picture; it lies on the lower edge.
  const peak = machine.peak_gflops, xs = points.map(n => of(n).x), ys = points.filter(n => spent(n) > total / 500).map(n => of(n).y);
  const ridge = peak / machine.working_set_gbps;
  const low = (list, most) => Math.pow(10, Math.floor(Math.log10(Math.min(most, ...list)) + .0001));
  const x0 = low(xs, .1), x1 = Math.max(1000, ridge * 10, ...xs.map(x => x * 2));
  const y0 = Math.max(low(ys, peak / 100), peak / 1e6), y1 = peak * 2;
  const X = x => left + (Math.log(x / x0) / Math.log(x1 / x0)) * (width - left - right);
  const Y = y => height - bottom - (Math.log(Math.max(y, y0) / y0) / Math.log(y1 / y0)) * (height - top - bottom);
  const picture = svg("svg", {viewBox: `0 0 ${width} ${height}`, width: "100%", role: "img"});
  const tens = (from, to) => { const list = []; for (let e = Math.ceil(Math.log10(from) - 1e-9); Math.pow(10, e) <= to; ++e) list.push(Math.pow(10, e)); return list; };
  for (const x of tens(x0, x1))
    picture.append(svg("line", {class: "grid", x1: X(x), x2: X(x), y1: top, y2: height - bottom}),
                   svg("text", {class: "small", x: X(x), y: height - bottom + 17, "text-anchor": "middle"}, String(Number(x.toPrecision(2)))));
  for (const y of tens(y0, y1))
    picture.append(svg("line", {class: "grid", x1: left, x2: width - right, y1: Y(y), y2: Y(y)}),
                   svg("text", {class: "small", x: left - 8, y: Y(y) + 4, "text-anchor": "end"}, String(Number(y.toPrecision(2)))));
  picture.append(svg("text", {class: "small", x: (left + width - right) / 2, y: height - 12, "text-anchor": "middle"}, "operations a byte"),
                 svg("text", {class: "small", transform: `translate(18 ${(top + height - bottom) / 2}) rotate(-90)`, "text-anchor": "middle"}, "GFLOP/s"));
  // The roofs: the one that counts is drawn strongest.
  const roofs = [["memory", machine.memory_gbps], ["this model's working set, " + bytes(machine.working_set), machine.working_set_gbps], ["second-level cache", machine.cache_gbps]];
  const labels = [];
  roofs.filter(([, gbps]) => gbps > 0).forEach(([name, gbps], i) => {
    const from = Math.max(x0, y0 / gbps), to = peak / gbps, main = i === 1;
    if (to > x0)
      picture.append(svg("line", {x1: X(from), y1: Y(from * gbps), x2: X(to), y2: Y(peak), stroke: main ? "var(--accent)" : "var(--strong)", "stroke-width": main ? 2 : 1.5, "stroke-dasharray": main ? null : "5 4"}));
    const angle = -Math.atan2(Y(from * gbps) - Y(peak), X(to) - X(from)) * 180 / Math.PI;
    labels.push({name: `${name}: ${digits(gbps)} GB/s`, from, to, gbps, angle, main});
  });
  const flat = Math.min(...roofs.map(([, gbps]) => gbps > 0 ? peak / gbps : Infinity));
  picture.append(svg("line", {x1: X(Math.max(flat, x0)), y1: Y(peak), x2: width - right, y2: Y(peak), stroke: "var(--accent)", "stroke-width": 2}),
                 svg("text", {class: "halo", x: width - right - 4, y: Y(peak) - 8, "text-anchor": "end"}, `multiply-add peak: ${digits(peak)} GFLOP/s, ${machine.threads} thread${machine.threads > 1 ? "s" : ""}`));
  labels.forEach((label, i) => {
    // Along its line, each at another height, so that close lines do not write over each other.
    const x = label.from * Math.pow(label.to / label.from, .14 + .2 * i);
    picture.append(svg("text", {class: "halo small", transform: `translate(${X(x)} ${Y(x * label.gbps) - 7}) rotate(${label.angle})`}, label.name));
  });
  for (const n of [...points].sort((a, b) => spent(b) - spent(a))) {
    const {x, y} = of(n), part = spent(n) / total, measured = known(n.us);
    const color = `var(--${n.kind})`;
    const point = svg("circle", {class: "point", "data-node": n.index, cx: X(x), cy: Y(y), r: (4 + 22 * Math.sqrt(part)).toFixed(1), fill: measured ? color : "none", style: measured ? null : `stroke:${color};stroke-width:2`, "pointer-events": "all"});
    tip(point, `${n.title}\n${n.what}\n${digits(y)} GFLOP/s at ${digits(x)} operations a byte` + (measured ? `\n${percent(part)} of the time, ${percent(y / peak)} of the peak` : "\npredicted"));
    point.addEventListener("click", () => choose(n.index));
    picture.append(point);
  }
  return picture;
}

// ---- Memory: launches from left to right, places in the arena upwards ----

function drawMemory(model) {
  const {bytes: end, buffers} = model.arena, count = model.nodes.length;
  const width = 1120, height = 420, left = 74, right = 24, top = 20, bottom = 44;
  const tallest = Math.max(end, ...buffers.map(b => b.offset + b.size), 1);
  const step = (width - left - right) / Math.max(count, 1);
  const X = t => left + t * step, Y = b => height - bottom - b / tallest * (height - top - bottom);
  const picture = svg("svg", {viewBox: `0 0 ${width} ${height}`, width: "100%", role: "img"});
  for (let k = 0; k <= 4; ++k)
    picture.append(svg("line", {class: "grid", x1: left, x2: width - right, y1: Y(tallest * k / 4), y2: Y(tallest * k / 4)}),
                   svg("text", {class: "small", x: left - 8, y: Y(tallest * k / 4) + 4, "text-anchor": "end"}, bytes(Math.round(tallest * k / 4))));
  const every = Math.max(1, Math.ceil(count / 24));
  for (let t = 0; t < count; t += every)
    picture.append(svg("text", {class: "small", x: X(t + .5), y: height - bottom + 16, "text-anchor": "middle"}, String(t)));
  picture.append(svg("text", {class: "small", x: (left + width - right) / 2, y: height - 8, "text-anchor": "middle"}, "launches, in order"));
  const live = new Array(count).fill(0);
  for (const buffer of buffers) {
    for (let t = buffer.first; t <= buffer.last && t < count; ++t) live[t] += buffer.size;
    const writer = model.nodes[buffer.first], color = writer ? `var(--${writer.kind})` : "var(--host)";
    const tall = Math.max(Y(buffer.offset) - Y(buffer.offset + buffer.size), 1.5), wide = Math.max((buffer.last - buffer.first + 1) * step, 2);
    const box = svg("rect", {class: "buffer", x: X(buffer.first), y: Y(buffer.offset) - tall, width: wide, height: tall, rx: 3, fill: color, "fill-opacity": .55});
    tip(box, `${buffer.type}, ${bytes(buffer.size)} at ${buffer.offset}\nlaunches ${buffer.first} to ${buffer.last}` + (writer ? `\nwritten by ${writer.title}` : ""));
    picture.append(box);
    if (wide > 96 && tall > 16)
      picture.append(svg("text", {x: X(buffer.first) + 7, y: Y(buffer.offset) - tall / 2 + 4, "pointer-events": "none", "font-size": 11}, buffer.type.length * 6.2 < wide - 12 ? buffer.type : bytes(buffer.size)));
  }
  let path = "";
  live.forEach((value, t) => { path += `${t ? "L" : "M"}${X(t)} ${Y(value)}L${X(t + 1)} ${Y(value)}`; });
  picture.append(svg("path", {d: path, fill: "none", stroke: "var(--hot)", "stroke-width": 1.8, "pointer-events": "none"}));
  if (end >= 0)
    picture.append(svg("line", {x1: left, x2: width - right, y1: Y(end), y2: Y(end), stroke: "var(--ink)", "stroke-width": 1.5}));
  return picture;
}

// ---- Stages of the compilation, one bar ----

function drawStages(stages) {
  const total = stages.reduce((sum, s) => sum + s.seconds, 0) || 1, width = 1120;
  const picture = svg("svg", {viewBox: `0 0 ${width} 62`, width: "100%", role: "img"});
  const colors = ["contraction", "winograd", "window", "rowwise", "transpose", "elementwise", "host"];
  let at = 20;
  stages.forEach((stage, i) => {
    const wide = stage.seconds / total * (width - 40);
    const bar = svg("rect", {x: at, y: 14, width: Math.max(wide - 1.5, .5), height: 24, rx: 4, fill: `var(--${colors[i % colors.length]})`, "fill-opacity": .75});
    picture.append(tip(bar, `${stage.name}: ${time(stage.seconds * 1e6)}, ${percent(stage.seconds / total)}`));
    if (wide > 70)
      picture.append(svg("text", {class: "small", x: at + 2, y: 54}, `${stage.name} ${time(stage.seconds * 1e6)}`));
    at += wide;
  });
  return picture;
}
