"use strict";
(() => {
  // --- what was recorded -----------------------------------------------------------------------------------
  const data = JSON.parse(document.getElementById("recording").textContent);
  const text = (place) => data.texts[place];
  const requests = data.requests.map((row, place) => ({
    place, number: place + 1, operation: text(row[0]), bucket: text(row[1]), key: text(row[2]), upload: text(row[3]),
    part: text(row[4]), status: row[5], error: text(row[6]), attempt: row[7], before: row[8], next: -1,
    fault: text(row[9]), thread: text(row[10]), start: row[11], end: row[12], first: row[13], last: row[14],
    took: row[15], sent: row[16], received: row[17], time: row[18], id: row[19], parameters: row[20],
    said: text(row[21]), why: text(row[22]), bar: null, row: 0, lane: null }));
  for (const request of requests) if (request.before >= 0) requests[request.before].next = request.place;
  const pauses = data.pauses.map((row) => ({ owner: requests[row[0]], isInside: row[1] === 1, start: row[2], end: row[3],
    first: row[4], last: row[5], seconds: row[6], why: text(row[7]) }));
  const element = (id) => document.getElementById(id);
  const chart = element("chart"), panel = element("panel"), root = document.documentElement;
  const isRefused = (each) => each.status >= 400 || each.error !== "";
  const isTrouble = (each) => isRefused(each) || each.status === 0 || each.fault !== "";

  // --- words -----------------------------------------------------------------------------------------------
  const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const bytes = (size) => {
    let unit = 0;
    for (; size >= 1024 && unit < 4; unit += 1) size /= 1024;
    return `${unit && size < 100 ? +size.toFixed(1) : Math.round(size)} ${["B", "KiB", "MiB", "GiB", "TiB"][unit]}`;
  };
  const duration = (ms) => {
    if (ms < 1) return `${+ms.toFixed(2)} ms`;
    if (ms < 1000) return `${+ms.toFixed(ms < 10 ? 1 : 0)} ms`;
    const s = ms / 1000;
    if (s < 120) return `${+s.toFixed(s < 10 ? 2 : 1)} s`;
    if (s < 7200) return `${Math.floor(s / 60)} min${Math.round(s % 60) ? ` ${Math.round(s % 60)} s` : ""}`;
    return s < 172800 ? `${+(s / 3600).toFixed(1)} h` : `${+(s / 86400).toFixed(1)} days`;
  };
  const precise = (ms, step) => { // with as many digits as tell it from the next one
    const unit = ms < 1000 ? 1 : 1000, digits = Math.min(6, Math.max(0, Math.ceil(-Math.log10(step / unit || 1))));
    return ms >= 120000 && step >= 1000 ? duration(ms) : `${(ms / unit).toFixed(digits)} ${unit === 1 ? "ms" : "s"}`;
  };
  const NAMES = { CreateMultipartUpload: "Create", CompleteMultipartUpload: "Complete", AbortMultipartUpload: "Abort" };
  const place = (each) => [each.bucket, each.key].filter(Boolean).join("/");
  const answer = (each) => each.status === 0 ? `no answer${each.error ? ` ${each.error}` : ""}`
    : `${each.status}${each.error ? ` ${each.error}` : ""}`;
  const short = (each) => each.part ? (each.operation === "UploadPartCopy" ? `copy ${each.part}` : each.part)
    : NAMES[each.operation] || each.operation.replace(/Object(s|sV2)?$/, "");
  const labels = (each) => {
    const mark = each.fault ? "⚡ " : "", again = each.attempt > 1 ? ` · try ${each.attempt}` : "";
    const wrong = isRefused(each) || !each.status ? ` · ${answer(each)}` : "";
    const hasBody = each.part || /^(Get|Put|Post|Select).*Object/.test(each.operation);
    const size = hasBody && (each.sent || each.received) && !wrong ? ` · ${bytes(Math.max(each.sent, each.received))}` : "";
    const name = short(each);
    return [mark + name + again + wrong + size, mark + name + again + wrong, mark + name + again, mark + name, name,
      each.fault ? "⚡" : ""];
  };
  const described = (each) => `#${each.number} ${each.operation}${each.part ? ` part ${each.part}` : ""} ${place(each)}: `
    + answer(each) + (each.attempt > 1 ? `, attempt ${each.attempt}` : "") + (each.fault ? `, fault: ${each.fault}` : "")
    + `, ${duration(each.end - each.start)}`;
  const kind = (each) => {
    if (each.status === 0) return "lost";
    if (isRefused(each)) return "bad";
    if (each.part) return "part";
    if (each.operation in NAMES && each.operation !== "AbortMultipartUpload") return "frame";
    if (/^(Get|Head|List|Select|Options)/.test(each.operation)) return "read";
    return /^(Abort|Delete)/.test(each.operation) ? "remove" : "write";
  };
  const closest = (node, selector) => node instanceof Element ? node.closest(selector) : null;
  const make = (name, className, content) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (content !== undefined) made.textContent = content;
    return made;
  };

  // --- the axis: from a moment of the virtual clock, and a place in the order, to 0..1 ------------------------
  const length = Math.max(1e-6, ...ends(requests), ...ends(pauses));
  const ranks = Math.max(1, ...lasts(requests), ...lasts(pauses)) + 1;
  function* ends(all) { for (const each of all) yield each.end; }
  function* lasts(all) { for (const each of all) yield each.last; }
  const isFrozen = requests.length > 1 && new Set(requests.map((each) => each.start)).size <= requests.length / 2;
  const inside = new Map();
  for (const pause of pauses) if (pause.isInside) {
    inside.set(pause.owner.place, [...(inside.get(pause.owner.place) || []), pause]);
  }
  const busy = () => { // when anything is answered, but for the delays of faults
    const found = [];
    for (const each of requests) {
      let at = each.start;
      for (const pause of inside.get(each.place) || []) { found.push([at, pause.start]); at = pause.end; }
      found.push([at, Math.max(at, each.end)]);
    }
    found.sort((one, other) => one[0] - other[0]);
    const joined = [];
    for (const [start, end] of found) {
      const last = joined[joined.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end); else joined.push([start, end]);
    }
    return joined;
  };
  const segments = busy();
  const work = segments.reduce((sum, [start, end]) => sum + end - start, 0);
  const shortGap = Math.max(work * 0.09, 1e-6);
  const cuts = [], knots = [[0, 0]]; // what is empty for long is cut short
  {
    let at = 0, moment = 0;
    const go = (until, most) => {
      const gap = until - moment, shown = Math.min(gap, most);
      if (gap <= 0) return;
      if (gap > most * 1.5) cuts.push({ from: at, to: at + shown, gap });
      at += shown; moment = until; knots.push([moment, at]);
    };
    for (const [start, end] of segments) { go(start, shortGap); go(end, Infinity); }
    go(length, shortGap);
    for (const knot of knots) knot[1] /= at || 1;
    for (const cut of cuts) { cut.from /= at || 1; cut.to /= at || 1; }
  }
  const bent = (value, from, to) => {
    let low = 0, high = knots.length - 1;
    while (low < high - 1) { const middle = (low + high) >> 1; if (knots[middle][from] <= value) low = middle; else high = middle; }
    const a = knots[low], b = knots[high];
    return b[from] === a[from] ? a[to] : a[to] + (b[to] - a[to]) * Math.min(1, (value - a[from]) / (b[from] - a[from]));
  };
  const order = []; // the numbers of the requests by their places in the order
  for (const each of requests) { order[each.first] = each.number; order[each.last] = each.number; }
  const axes = {
    time: { x: (moment) => moment / length, moment: (x) => x * length },
    short: { x: (moment) => bent(moment, 0, 1), moment: (x) => bent(x, 1, 0) },
    order: { x: (moment, rank) => (rank + 0.5) / ranks, moment: (x) => order[Math.floor(x * ranks)] },
  };

  // --- state -----------------------------------------------------------------------------------------------
  let axis = isFrozen || work <= 0 ? "order" : work < length * 0.35 ? "short" : "time";
  let grouping = data.by_thread ? "threads" : "lanes", zoom = 1, chosen = null, focused = null, drawn = [];

  // --- drawing ---------------------------------------------------------------------------------------------
  const sheet = make("div", "sheet"), ruler = make("div", "ruler"), grid = make("div", "grid");
  chart.append(sheet);
  const ROW = 24, TOP = 4;

  function draw() {
    sheet.replaceChildren(ruler, grid);
    drawn = [];
    for (const lane of data[grouping]) {
      const box = make("div", "lane"), track = make("div", "track");
      const members = lane.requests.map((at) => requests[at]);
      const made = { box, lane, members, marks: [] };
      const rows = Math.max(...lane.rows) + 1;
      track.style.height = `${Math.max(42, rows * ROW + 6)}px`;
      box.append(nameOf(lane, members), track);
      if (lane.state === "left open") box.classList.add("is-open");
      const top = (row) => TOP + row * ROW + (rows === 1 ? 8 : 0);
      if (lane.kind === "upload") made.marks.push(mark(track, "life", top(0) + 8, firstOf(members), lane.state === "left open" ? "end" : lastOf(members)));
      if (lane.state === "left open") made.marks[0].node.classList.add("open");
      members.forEach((each, at) => {
        each.row = lane.rows[at]; each.lane = made;
        const bar = make("button", `bar ${kind(each)}${each.fault ? " fault" : ""}`);
        bar.type = "button"; bar.id = `request-${each.number}`; bar.tabIndex = -1; bar.title = described(each);
        bar.setAttribute("aria-label", described(each));
        bar.style.top = `${top(each.row)}px`;
        each.bar = bar; bar.request = each;
        if (each.before >= 0) made.marks.push(mark(track, "link", top(each.row) + 9, { start: requests[each.before].end, first: requests[each.before].last }, { end: each.start, last: each.first }));
        track.append(bar);
      });
      for (const each of members) for (const pause of pausesOf.get(each.place) || []) {
        const one = mark(track, pause.isInside ? "pause inside" : "pause", top(each.row) + (pause.isInside ? 14 : 3), pause, pause);
        const lasted = duration(pause.seconds * 1000);
        one.label = pause.isInside ? "" : lasted; one.node.title = `${pause.why}: ${lasted}`;
        one.node.dataset.seconds = pause.seconds;
        made.marks.push(one);
      }
      drawn.push(made); sheet.append(box);
    }
    if (focused) focused.bar.tabIndex = 0; else if (requests.length) { focused = drawn[0].members[0]; focused.bar.tabIndex = 0; }
    if (chosen) chosen.bar.classList.add("is-chosen");
    root.dataset.lanes = drawn.length;
    layOut(); filter();
  }
  const pausesOf = new Map();
  for (const pause of pauses) pausesOf.set(pause.owner.place, [...(pausesOf.get(pause.owner.place) || []), pause]);
  const firstOf = (all) => all.reduce((one, other) => other.first < one.first ? other : one);
  const lastOf = (all) => all.reduce((one, other) => other.last > one.last ? other : one);

  function mark(track, className, top, from, to) {
    const node = make("i", className);
    node.style.top = `${top}px`; node.style.fontStyle = "normal";
    track.append(node);
    return { node, from, to, label: "" };
  }

  function nameOf(lane, members) {
    const name = make("div", "name"), strong = make("strong"), small = make("small");
    const title = lane.kind === "thread" ? text(lane.key) : lane.kind === "service" ? "the service"
      : [text(lane.bucket), text(lane.key)].filter(Boolean).join("/") || "(none)";
    strong.textContent = title; name.title = title;
    const facts = [];
    if (lane.kind === "upload") {
      facts.push(count(lane.parts, "part"), bytes(lane.size));
      name.title += `\nupload id ${text(lane.upload)}\n${lane.state}`;
      facts.unshift("upload");
      if (lane.state === "left open") small.append(make("b", "", "⚠ left open"), " · ");
      else facts.splice(1, 0, lane.state);
    } else {
      facts.push(count(members.length, "request"));
      if (lane.sent) facts.push(`↑ ${bytes(lane.sent)}`);
      if (lane.received) facts.push(`↓ ${bytes(lane.received)}`);
    }
    name.title += `\n${bytes(lane.sent)} sent, ${bytes(lane.received)} received`;
    small.append(facts.join(" · "));
    name.append(strong, small);
    return name;
  }

  function layOut() {
    const { x } = axes[axis];
    const names = ruler.firstChild ? ruler.firstChild.offsetWidth : sheet.querySelector(".name")?.offsetWidth || 0;
    let width = Math.max(200, chart.clientWidth - (names || 300) - 2);
    if (axis === "order") width = Math.max(width, ranks * 5);
    const track = Math.round(Math.min(width * zoom, 4e6)), inner = track - 14;
    chart.style.setProperty("--track", `${track}px`);
    for (const { members, marks } of drawn) {
      for (const each of members) {
        const left = x(each.start, each.first) * inner, size = Math.max(4, x(each.end, each.last) * inner - left);
        const bar = each.bar;
        bar.style.left = `${left.toFixed(1)}px`; bar.style.width = `${size.toFixed(1)}px`;
        const label = size < 9 ? "" : labels(each).find((one) => one.length * 6.1 + 6 < size) || "";
        if (bar.textContent !== label) bar.textContent = label;
        bar.classList.toggle("narrow", size < 9);
      }
      for (const one of marks) {
        const left = x(one.from.start, one.from.first) * inner;
        const right = one.to === "end" ? track : x(one.to.end, one.to.last) * inner;
        one.node.style.left = `${left.toFixed(1)}px`; one.node.style.width = `${Math.max(0, right - left).toFixed(1)}px`;
        if (one.label) {
          const fits = right - left > one.label.length * 6 + 8;
          one.node.replaceChildren(...(fits ? [make("span", "", one.label)] : []));
        }
      }
    }
    drawRuler(track, inner);
    for (const button of document.querySelectorAll("button[data-axis]")) button.setAttribute("aria-pressed", button.dataset.axis === axis);
    for (const button of document.querySelectorAll("button[data-lanes]")) button.setAttribute("aria-pressed", button.dataset.lanes === grouping);
    root.dataset.axis = axis; root.dataset.bars = document.querySelectorAll("#chart .bar").length;
  }

  function drawRuler(track, inner) {
    ruler.replaceChildren(make("div", "corner", axis === "order" ? "one after the other" : axis === "short" ? "virtual clock, gaps cut short" : "virtual clock"));
    grid.replaceChildren();
    const names = "var(--names)", gaps = axis === "short" ? cuts : [];
    for (const gap of gaps) {
      const left = gap.from * inner, width = (gap.to - gap.from) * inner;
      const shade = make("i", "gap"), label = make("span", "gap", width > 40 ? duration(gap.gap) : "");
      for (const node of [shade, label]) node.style.width = `${width}px`;
      shade.style.left = `${left}px`; label.style.left = `calc(${names} + ${left}px)`;
      label.title = `${duration(gap.gap)}, cut short`;
      grid.append(shade); ruler.append(label);
    }
    const put = (at, words) => {
      const line = make("i"), tick = make("span", "tick", words);
      line.style.left = `${at}px`; tick.style.left = `calc(${names} + ${at}px)`;
      grid.append(line); ruler.append(tick);
    };
    const number = Math.min(400, Math.max(2, Math.floor(inner / 105)));
    if (axis === "time") {
      const rough = length / number, power = 10 ** Math.floor(Math.log10(rough));
      const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough) || rough;
      for (let at = 0; at * step < length; at += 1) put(axes.time.x(at * step) * inner, precise(at * step, step));
    } else for (let at = 0; at < number; at += 1) {
      const x = at / number;
      if (gaps.some((gap) => x > gap.from - 60 / inner && x < gap.to)) continue;
      const moment = axes[axis].moment(x);
      if (axis === "short") put(x * inner, precise(moment, axes.short.moment(Math.min(1, x + 1 / number)) - moment));
      else put(x * inner, moment === undefined ? "" : `#${moment}`);
    }
  }

  // --- what is shown ---------------------------------------------------------------------------------------
  const words = requests.map((each) => [each.operation, place(each), each.error, each.status ? each.status : "no answer",
    `status:${each.status}`, each.part && `part:${each.part}`, `attempt:${each.attempt}`, `thread:${each.thread}`,
    each.fault && `fault ${each.fault}`, each.upload, each.id, `#${each.number}`].filter(Boolean).join(" ").toLowerCase());
  function matches(each) {
    const wanted = element("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
    return (!element("trouble").checked || isTrouble(each)) && wanted.every((word) => words[each.place].includes(word));
  }
  function filter() {
    let found = 0;
    for (const { box, members } of drawn) {
      let here = 0;
      for (const each of members) { const is = matches(each); here += is; each.bar.classList.toggle("dim", !is); }
      box.hidden = !here && members.length > 0;
      found += here;
    }
    const all = found === requests.length;
    element("matches").textContent = all ? "" : `${found.toLocaleString("en")} of ${count(requests.length, "request")}`;
    chart.classList.toggle("is-empty", !found && requests.length > 0);
    root.dataset.shown = found;
  }

  function summarise() {
    const threads = new Set(requests.map((each) => each.thread)).size;
    const lanes = data.lanes.filter((lane) => lane.kind === "upload");
    const open = lanes.filter((lane) => lane.state === "left open");
    const sum = (name) => requests.reduce((total, each) => total + each[name], 0);
    element("number").textContent = count(requests.length, "request");
    const facts = [[lanes.length, "upload"], [requests.filter(isRefused).length, "refused", "is-bad"],
      [requests.filter((each) => !each.status).length, "without an answer", "is-bad"],
      [requests.filter((each) => each.fault).length, "with a fault", "is-fault"],
      [requests.filter((each) => each.attempt > 1).length, "repeated"], [threads, threads === 1 ? "thread" : "threads"]];
    const summary = element("summary");
    for (const [number, noun, className] of facts) if (number) {
      const fact = make("span", className);
      fact.append(make("b", "", number.toLocaleString("en")), ` ${noun === "upload" && number !== 1 ? "uploads" : noun}`);
      summary.append(fact);
    }
    const add = (bold, rest) => { const fact = make("span"); fact.append(make("b", "", bold), ` ${rest}`); summary.append(fact); };
    add(bytes(sum("sent")), "sent"); add(bytes(sum("received")), "received");
    if (!isFrozen) add(duration(length), data.slept ? "on the virtual clock" : "in all");
    if (data.slept) add(duration(data.slept * 1000), "of pauses that nobody slept");
    if (data.earlier) add(data.earlier.toLocaleString("en"), "earlier requests are not kept");
    const rest = isFrozen ? "The test set the clock, so the order is shown." : "";
    element("about").textContent = `${rest} made by fakecos`;
    leaks(open);
    Object.assign(root.dataset, { requests: requests.length, leaks: open.length + data.unseen.length, pauses: pauses.length });
  }

  function leaks(open) {
    const all = open.length + data.unseen.length;
    if (!all) return;
    const size = open.reduce((total, lane) => total + lane.size, 0) + data.unseen.reduce((total, row) => total + row[3], 0);
    const box = element("leaks"), list = make("ul");
    const [whose, who] = all === 1 ? ["its", "it is"] : ["their", "they are"];
    box.hidden = false;
    box.append(make("p", "", `⚠ ${count(all, "upload")} left open; ${whose} parts are billed until ${who} completed or aborted: ${count(size, "byte")}`
      + (data.is_known ? "" : " (as far as these requests say)")));
    for (const lane of open) {
      const row = make("li"), link = make("a", "", [text(lane.bucket), text(lane.key)].join("/"));
      link.href = `#request-${lane.requests[0] + 1}`;
      row.append(link, `: ${count(lane.parts, "part")}, ${count(lane.size, "byte")}`);
      list.append(row);
    }
    for (const [bucket, key, parts, bytesOf] of data.unseen) {
      list.append(make("li", "", `${text(bucket)}/${text(key)}: ${count(parts, "part")}, ${count(bytesOf, "byte")}; no request here is about it`));
    }
    box.append(list);
  }

  // --- one request -----------------------------------------------------------------------------------------
  function show(each, { moves = true } = {}) {
    if (chosen) chosen.bar.classList.remove("is-chosen");
    chosen = each;
    panel.hidden = !each;
    root.dataset.panel = each ? each.number : "";
    try { history.replaceState(null, "", each ? `#request-${each.number}` : location.pathname + location.search); }
    catch { /* a page within another one has no address of its own */ }
    if (!each) return;
    each.bar.classList.add("is-chosen");
    const close = make("button", "close", "✕");
    close.type = "button"; close.setAttribute("aria-label", "Close"); close.title = "Close: Escape";
    close.addEventListener("click", () => { show(null); each.bar.focus(); });
    const said = make("span", `answer${isRefused(each) || !each.status ? " is-bad" : ""}`, answer(each));
    panel.replaceChildren(close, make("h2", "", `#${each.number} ${each.operation}`), said);
    const note = (className, words) => { if (words) panel.append(make("p", `said ${className}`, words)); };
    note("", each.said); note("why", each.why && `why: ${each.why}`); note("of-fault", each.fault && `⚡ fault: ${each.fault}`);
    const list = make("dl");
    const add = (name, value) => {
      if (value === "" || value === 0 || value === undefined) return;
      const cell = make("dd");
      cell.append(value); list.append(make("dt", "", name), cell);
    };
    const code = (words) => words && make("code", "", words);
    add("bucket", code(each.bucket)); add("key", code(each.key)); add("part", each.part); add("upload id", code(each.upload));
    add("attempt", attempts(each)); add("thread", each.thread); add("time", each.time);
    add("on this page", isFrozen ? "" : `from ${duration(each.start)} to ${duration(each.end)}`);
    add("took", each.took && duration(each.took) + (each.end - each.start > each.took + 0.01 ? `, ${duration(each.end - each.start)} with pauses` : ""));
    for (const pause of pausesOf.get(each.place) || []) add("pause", `${duration(pause.seconds * 1000)}: ${pause.why}`);
    add("sent", count(each.sent, "byte")); add("received", count(each.received, "byte")); add("request id", code(each.id));
    panel.append(list);
    if (each.parameters.length) {
      const given = make("dl");
      for (let at = 0; at < each.parameters.length; at += 2) {
        const value = make("dd");
        value.append(make("code", "", text(each.parameters[at + 1])));
        given.append(make("dt", "", text(each.parameters[at])), value);
      }
      panel.append(make("h3", "", "Parameters"), given);
    }
    panel.scrollTop = 0;
    if (moves) bringIntoView(each);
  }

  function attempts(each) {
    let first = each;
    while (first.before >= 0) first = requests[first.before];
    if (first === each && each.next < 0) return String(each.attempt);
    const line = make("span");
    for (let one = first; one; one = one.next < 0 ? null : requests[one.next]) {
      const link = one === each ? make("b", "", `${one.attempt}`) : make("a", "", `${one.attempt}`);
      if (one !== each) link.href = `#request-${one.number}`;
      line.append(link, ` ${answer(one)}${one.next < 0 ? "" : ", then "}`);
    }
    return line;
  }

  function bringIntoView(each) {
    requestAnimationFrame(() => each.bar.scrollIntoView({ block: "nearest", inline: "nearest" }));
  }

  function focus(each) {
    if (!each) return;
    if (focused) focused.bar.tabIndex = -1;
    focused = each; each.bar.tabIndex = 0; each.bar.focus({ preventScroll: true }); bringIntoView(each);
    if (chosen) show(each, { moves: false });
  }

  // --- keys and clicks -------------------------------------------------------------------------------------
  const inOrder = (made) => made.members.filter((each) => !each.bar.classList.contains("dim")).sort((one, other) => one.first - other.first);
  function step(each, key) {
    const lane = inOrder(each.lane), at = lane.indexOf(each);
    if (key === "ArrowRight") return lane[at + 1];
    if (key === "ArrowLeft") return lane[at - 1];
    if (key === "Home") return lane[0];
    if (key === "End") return lane[lane.length - 1];
    const shown = drawn.filter(({ box }) => !box.hidden), other = shown[shown.indexOf(each.lane) + (key === "ArrowDown" ? 1 : -1)];
    return other && inOrder(other).reduce((one, next) => Math.abs(next.first - each.first) < Math.abs(one.first - each.first) ? next : one);
  }
  chart.addEventListener("keydown", (event) => {
    const each = event.target.request;
    if (each && ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) {
      event.preventDefault(); focus(step(each, event.key));
    }
  });
  chart.addEventListener("click", (event) => {
    const each = closest(event.target, ".bar")?.request;
    if (each) { focused.bar.tabIndex = -1; focused = each; each.bar.tabIndex = 0; show(each, { moves: false }); }
  });
  addEventListener("keydown", (event) => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && chosen) { const { bar } = chosen; show(null); bar.focus(); }
    if (event.key === "/") { event.preventDefault(); element("filter").focus(); }
    if (event.key === "+" || event.key === "=") zoomTo(zoom * 1.6);
    if (event.key === "-") zoomTo(zoom / 1.6);
    if (event.key === "0") zoomTo(1);
  });
  function zoomTo(wanted, at = chart.clientWidth / 2) {
    const names = ruler.firstChild.offsetWidth, before = sheet.offsetWidth - names;
    const moment = (chart.scrollLeft + Math.max(0, at - names)) / before;
    zoom = Math.min(2000, Math.max(1, wanted));
    layOut();
    chart.scrollLeft = moment * (sheet.offsetWidth - names) - Math.max(0, at - names);
  }
  chart.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault(); zoomTo(zoom * (event.deltaY < 0 ? 1.25 : 0.8), event.clientX - chart.getBoundingClientRect().left);
  }, { passive: false });
  element("in").addEventListener("click", () => zoomTo(zoom * 1.6));
  element("out").addEventListener("click", () => zoomTo(zoom / 1.6));
  element("fit").addEventListener("click", () => zoomTo(1));
  element("filter").addEventListener("input", filter);
  element("trouble").addEventListener("change", filter);
  for (const button of document.querySelectorAll("button[data-axis]")) {
    button.disabled = button.dataset.axis !== "order" && length < 0.01;
    button.addEventListener("click", () => { axis = button.dataset.axis; zoom = 1; layOut(); });
  }
  for (const button of document.querySelectorAll("button[data-lanes]")) {
    button.addEventListener("click", () => { grouping = button.dataset.lanes; draw(); });
  }
  function fromAddress() {
    const named = /^#request-(\d+)$/.exec(location.hash), each = named && requests[named[1] - 1];
    if (each) { focused = each; show(each); }
  }
  addEventListener("hashchange", fromAddress);
  addEventListener("click", (event) => {
    const named = closest(event.target, "a[href^='#request-']")?.getAttribute("href").slice(9);
    if (named) { event.preventDefault(); focused.bar.tabIndex = -1; focused = requests[named - 1]; focused.bar.tabIndex = 0; show(focused); }
  });

  summarise(); draw(); fromAddress();
  new ResizeObserver(() => layOut()).observe(chart);
  root.dataset.ready = "yes";
})();
