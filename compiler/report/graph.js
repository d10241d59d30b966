// The graph: layers from top to bottom by longest path, order by barycentres, and positions that are
// as near to their neighbours' as the order allows.

// Minimises the sum of (x - wanted)^2 under x[i + 1] >= x[i] + gap[i] (pool adjacent violators).
function spread(wanted, gaps, weights) {
  const shift = [0];
  for (const gap of gaps) shift.push(shift[shift.length - 1] + gap);
  const pools = [];
  wanted.forEach((want, i) => {
    let pool = {sum: (want - shift[i]) * weights[i], weight: weights[i], count: 1};
    while (pools.length && pools[pools.length - 1].sum / pools[pools.length - 1].weight > pool.sum / pool.weight) {
      const before = pools.pop();
      pool = {sum: before.sum + pool.sum, weight: before.weight + pool.weight, count: before.count + pool.count};
    }
    pools.push(pool);
  });
  const result = [];
  for (const pool of pools)
    for (let k = 0; k < pool.count; ++k) result.push(pool.sum / pool.weight + shift[result.length]);
  return result;
}

// items: [{width, height}]; edges: [[from, to, carried]]. Gives each item x, y (of its centre), and
// the points of each edge. What a group (of indices) reads stands above all of it, what reads the group below.
function layoutGraph(items, edges, groups = []) {
  const forward = edges.filter(e => !e[2] && e[0] !== e[1]);
  const outs = items.map(() => []), ins = items.map(() => []);
  const order = (from, to) => { outs[from].push(to); ins[to].push(from); };
  forward.forEach(([from, to]) => order(from, to));
  for (const group of groups) {
    const members = new Set(group);
    for (const [from, to] of forward)
      if (members.has(to) && !members.has(from)) group.forEach(member => order(from, member));
      else if (members.has(from) && !members.has(to)) group.forEach(member => order(member, to));
  }
  // Longest path; items are in an order in which edges go forward but for cycles, which were taken out.
  const layer = items.map(() => 0);
  const waiting = ins.map(list => list.length), ready = [];
  waiting.forEach((count, i) => { if (!count) ready.push(i); });
  for (let k = 0; k < ready.length; ++k)
    for (const to of outs[ready[k]]) {
      layer[to] = Math.max(layer[to], layer[ready[k]] + 1);
      if (--waiting[to] === 0) ready.push(to);
    }
  // What has no inputs stands just above what uses it.
  items.forEach((item, i) => {
    if (!ins[i].length && outs[i].length) layer[i] = Math.min(...outs[i].map(to => layer[to])) - 1;
  });
  const lowest = Math.min(0, ...layer);
  const cells = items.map((item, i) => ({item: i, layer: layer[i] - lowest, width: item.width, up: [], down: []}));
  const routes = forward.map(([from, to]) => {
    const route = [from];
    for (let l = cells[from].layer + 1; l < cells[to].layer; ++l) {
      cells.push({layer: l, width: 14, up: [], down: [], bend: true});
      route.push(cells.length - 1);
    }
    route.push(to);
    for (let k = 1; k < route.length; ++k) {
      cells[route[k - 1]].down.push(route[k]);
      cells[route[k]].up.push(route[k - 1]);
    }
    return route;
  });
  const layers = [];
  cells.forEach((cell, i) => (layers[cell.layer] ||= []).push(i));
  for (let l = 0; l < layers.length; ++l) layers[l] ||= [];

  const place = () => layers.forEach(list => list.forEach((c, k) => { cells[c].order = k; }));
  const crossings = () => {
    let count = 0;
    for (const list of layers) {
      const pairs = [];
      for (const c of list) for (const d of [...cells[c].down].sort((a, b) => cells[a].order - cells[b].order)) pairs.push(cells[d].order);
      if (pairs.length > 400) return 0; // too many to count; the last order is taken
      for (let a = 0; a < pairs.length; ++a) for (let b = a + 1; b < pairs.length; ++b) count += pairs[a] > pairs[b];
    }
    return count;
  };
  place();
  let best = layers.map(list => [...list]), fewest = crossings();
  for (let sweep = 0; sweep < 16 && fewest > 0; ++sweep) {
    const side = sweep % 2 ? "down" : "up", rows = layers.map((_, l) => l);
    if (sweep % 2) rows.reverse();
    for (const l of rows) {
      const mean = c => {
        const near = cells[c][side];
        return near.length ? near.reduce((sum, n) => sum + cells[n].order, 0) / near.length : cells[c].order;
      };
      const means = new Map(layers[l].map(c => [c, mean(c)]));
      layers[l].sort((a, b) => means.get(a) - means.get(b));
      layers[l].forEach((c, k) => { cells[c].order = k; });
    }
    const now = crossings();
    if (now <= fewest) { fewest = now; best = layers.map(list => [...list]); }
  }
  best.forEach((list, l) => { layers[l] = list; });
  place();

  // Lines between boxes stay straight first, then the long ways around; all cells move towards their
  // neighbours, again and again.
  cells.forEach(cell => { cell.x = 0; });
  const pull = (a, b) => a.bend && b.bend ? 4 : a.bend || b.bend ? 1 : 6;
  const pass = (l, sides) => {
    const list = layers[l], weights = [];
    const wanted = list.map(c => {
      let sum = 0, weight = 0;
      for (const side of sides) for (const n of cells[c][side]) {
        const force = pull(cells[c], cells[n]);
        sum += force * cells[n].x;
        weight += force;
      }
      weights.push(weight || .1);
      return weight ? sum / weight : cells[c].x;
    });
    const gaps = list.slice(1).map((c, k) => (cells[list[k]].width + cells[c].width) / 2 + 22);
    spread(wanted, gaps, weights).forEach((x, k) => { cells[list[k]].x = x; });
  };
  const rounds = cells.length > 4000 ? 12 : 80;
  for (let round = 0; round < rounds; ++round) {
    for (let l = 0; l < layers.length; ++l) pass(l, round < 4 ? ["up"] : ["up", "down"]);
    for (let l = layers.length - 1; l >= 0; --l) pass(l, round < 4 ? ["down"] : ["up", "down"]);
  }

  let y = 0;
  layers.forEach(list => {
    const height = Math.max(0, ...list.map(c => cells[c].bend ? 0 : items[cells[c].item].height));
    list.forEach(c => { cells[c].y = y + height / 2; cells[c].half = height / 2; });
    y += height + 40;
  });
  const left = Math.min(...cells.map(c => c.x - c.width / 2));
  cells.forEach(c => { c.x -= left; });
  items.forEach((item, i) => { item.x = cells[i].x; item.y = cells[i].y; });
  const paths = new Map(forward.map((edge, k) => [edge, routes[k].map(c => [cells[c].x, cells[c].y, cells[c].bend ? cells[c].half : 0])]));
  return {paths, width: Math.max(...cells.map(c => c.x + c.width / 2)), height: y - 40};
}

// A smooth line through the points of a route, from the lower side of the first box to the upper side of the last;
// straight where it passes beside other boxes.
function edgePath(points, from, to) {
  const stops = [];
  points.forEach(([x, y, half], k) => {
    if (k === 0) stops.push([x, from.y + from.height / 2]);
    else if (k === points.length - 1) stops.push([x, to.y - to.height / 2]);
    else stops.push([x, y - half], [x, y + half]);
  });
  const at = value => value.toFixed(1);
  let path = `M${at(stops[0][0])} ${at(stops[0][1])}`;
  for (let k = 1; k < stops.length; ++k) {
    const [x0, y0] = stops[k - 1], [x1, y1] = stops[k], half = (y1 - y0) / 2;
    path += x0 === x1 ? `V${at(y1)}` : `C${at(x0)} ${at(y0 + half)} ${at(x1)} ${at(y1 - half)} ${at(x1)} ${at(y1)}`;
  }
  return path;
}
