"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const DAY = 86400000;

  const thousands = (text) => text.replace(/\B(?=(\d{3})+$)/g, ".");
  const shown = {
    text: (value) => (Array.isArray(value) ? value.join(", ") : value || "—"),
    number: (value) => (value === null ? "—" : thousands(String(value))),
    share: (value) => (value === null ? "—" : percent(value)),
    date: (value) => (value === null ? "—" : value.split("-").reverse().join("/")),
  };

  // As many decimals as it takes not to show 100 % where something failed.
  function percent(value) {
    let digits = 2;
    while (digits < 8 && value < 1 && Number((value * 100).toFixed(digits)) >= 100) digits += 1;
    return (value * 100).toFixed(digits).replace(".", ",") + "\u00a0%";
  }

  // Searching finds "Dong Nai" in "Đồng Nai".
  const folded = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/đ/g, "d");

  const words = new Intl.Collator("vi", { numeric: true });

  // Less than zero where the left one comes first; what is not known comes last.
  function order(left, right) {
    if (left === right) return 0;
    if (left === null || left === "") return 1;
    if (right === null || right === "") return -1;
    return typeof left === "number" ? left - right : words.compare(String(left), String(right));
  }

  // A list with headings that sort, a search, pages, and a line that says aloud how many there are.
  // `exact`: columns in which a text asked for in full leaves the rows that are it, and no others.
  // `press`: what a press on the first cell of a row does.
  const printed = [];
  function list(id, rows, keep, word, { exact = [], press = null } = {}) {
    const table = byId(id + "-table");
    const heads = [...table.querySelectorAll("thead th")];
    const kinds = heads.map((head) => head.dataset.kind);
    const labels = heads.map((head) => head.textContent.trim());
    const state = { page: 0, column: -1, descending: false, whole: false };
    const search = byId(id + "-search");
    const size = byId(id + "-size");
    if (matchMedia("screen and (max-width: 48rem)").matches) size.value = "10";
    const folds = () => rows.map((row) => folded(row.cells.map((value, n) => shown[kinds[n]](value)).join(" ")));
    let texts = folds();

    function found() {
      const asked = folded(search.value).split(/\s+/).filter(Boolean);
      const whole = folded(search.value).trim();
      const same = whole ? rows.filter((row) => keep(row) && exact.some((n) => folded(String(row.cells[n])) === whole)) : [];
      const left = same.length ? same
        : rows.filter((row, n) => keep(row) && asked.every((part) => texts[n].includes(part)));
      if (state.column < 0) return left;
      const way = state.descending ? -1 : 1;
      const at = (row) => row.cells[state.column];
      const blank = (row) => at(row) === null || at(row) === "";
      return left.sort((a, b) => (blank(a) || blank(b) ? order(at(a), at(b)) : way * order(at(a), at(b))));
    }

    function line(row) {
      const tr = document.createElement("tr");
      tr.setAttribute("role", "row");
      row.cells.forEach((value, n) => {
        const cell = document.createElement("td");
        cell.setAttribute("role", "cell");
        cell.dataset.label = labels[n];
        if (kinds[n] === "number" || kinds[n] === "share") cell.className = "number";
        const content = document.createElement(press && n === 0 ? "button" : "span");
        if (press && n === 0) {
          content.type = "button";
          content.className = "link";
          content.addEventListener("click", () => press(row));
        }
        content.textContent = shown[kinds[n]](value);
        cell.append(content);
        tr.append(cell);
      });
      return tr;
    }

    function show() {
      const all = found();
      const step = state.whole ? Math.max(all.length, 1) : Number(size.value);
      const pages = Math.max(1, Math.ceil(all.length / step));
      state.page = Math.min(state.page, pages - 1);
      const first = state.page * step;
      const part = all.slice(first, first + step);
      table.tBodies[0].replaceChildren(...part.map(line));
      heads.forEach((head, n) => {
        const [way, sign] = state.descending ? ["descending", "#i-down"] : ["ascending", "#i-up"];
        head.setAttribute("aria-sort", n === state.column ? way : "none");
        head.querySelector("use").setAttribute("href", n === state.column ? sign : "#i-sort");
      });
      const total = thousands(String(all.length));
      byId(id + "-status").textContent = all.length
        ? `${total} ${word}, đang xem ${thousands(String(first + 1))}–${thousands(String(first + part.length))}`
        : `Không tìm thấy ${word} nào`;
      byId(id + "-page").textContent = `Trang ${state.page + 1}/${pages}`;
      byId(id + "-before").disabled = state.page === 0;
      byId(id + "-after").disabled = state.page === pages - 1;
    }

    // Other rows, or the same ones where nothing is given but an event.
    const restart = (others) => {
      if (Array.isArray(others)) { rows = others; texts = folds(); }
      state.page = 0;
      show();
    };
    heads.forEach((head, n) => head.querySelector("button").addEventListener("click", () => {
      // Figures are asked for from the highest, words from the first letter.
      const high = kinds[n] === "number" || kinds[n] === "date";
      state.descending = state.column === n ? !state.descending : high;
      state.column = n;
      restart();
    }));
    byId(id + "-before").addEventListener("click", () => { state.page -= 1; show(); });
    byId(id + "-after").addEventListener("click", () => { state.page += 1; show(); });
    search.addEventListener("input", restart);
    size.addEventListener("change", restart);
    search.form.onsubmit = (event) => event.preventDefault();
    printed.push((whole) => { state.whole = whole; show(); });
    show();
    return restart;
  }

  // What is chosen stands in the address, after the part of the page that it leads to: a link shows what its sender saw.
  const kept = () => [...document.querySelectorAll("[data-keep]")];
  const isOff = (input) => (input.type === "radio" || input.type === "checkbox") ? !input.checked : !input.value;
  const isUsual = (input) => (input.type === "radio" ? input.defaultChecked : input.tagName === "SELECT" && input.selectedIndex === 0);
  const place = () => decodeURIComponent(location.hash.slice(1).split("?")[0]);

  function keepInAddress(at) {
    const asked = new URLSearchParams();
    for (const input of kept())
      if (!isOff(input) && !isUsual(input)) asked.set(input.dataset.keep, input.type === "checkbox" ? "1" : input.value);
    const text = asked.toString();
    const next = `#${at ?? place()}${text ? "?" + text : ""}`;
    if (next !== (location.hash || "#")) history.replaceState(null, "", next);
  }

  function takeFromAddress() {
    const asked = new URLSearchParams(location.hash.split("?")[1] ?? "");
    for (const input of kept()) {
      const value = asked.get(input.dataset.keep);
      if (value === null) continue;
      if (input.type === "radio") input.checked = input.value === value;
      else if (input.type === "checkbox") input.checked = true;
      else if (input.tagName !== "SELECT" || [...input.options].some((one) => one.value === value)) input.value = value;
    }
    if (asked.size && place()) byId(place())?.scrollIntoView();
  }

  function units() {
    const chosen = () => document.querySelector("input[name=view]:checked").value;
    const rows = data.units.rows.map(([view, ...cells]) => ({ view, cells }));
    const restart = list("units", rows, (row) => row.view === chosen(), "đơn vị", { exact: [0, 1] });
    document.querySelectorAll("input[name=view]").forEach((input) => input.addEventListener("change", restart));
  }

  function records() {
    const indicator = byId("records-indicator");
    const rows = data.records.rows.map((cells) => ({ cells }));
    const keep = (row) => !indicator.value || row.cells[0].includes(indicator.value);
    const restart = list("records", rows, keep, "bản ghi");
    indicator.addEventListener("change", restart);
    document.querySelectorAll(".to-records").forEach((link) => link.addEventListener("click", (event) => {
      event.preventDefault();
      indicator.value = link.dataset.indicator;
      byId("records-search").value = "";
      restart();
      keepInAddress("ban-ghi");
      byId("ban-ghi").scrollIntoView();
      byId("ban-ghi").focus({ preventScroll: true });
    }));
  }

  // The scoreboard and the results of a period, all of them or those that missed their target alone.
  function failed() {
    const only = byId("only-failed");
    const period = byId("results-period");
    const isHidden = (verdict) => Boolean(only?.checked) && verdict !== "Chưa đạt";
    const rows = data.results.rows.map(([label, ...cells]) => ({ label, cells }));
    const restart = period ? list("results", rows, (row) => row.label === period.value && !isHidden(row.cells[2]), "chỉ tiêu", { exact: [0] }) : () => {};
    const board = () => document.querySelectorAll(".board tbody tr").forEach((row) => { row.hidden = isHidden(row.dataset.verdict); });
    only?.addEventListener("change", () => { board(); restart(); });
    period?.addEventListener("change", restart);
    board();
  }

  // Dossiers stand in a file beside the page, which is read when somebody first asks for those of a unit. A page that
  // is served stands in a sandbox, from which no file can be asked for: there the server has put them into the page.
  let beside = null;
  const dossiers = () => beside ??= new Promise((taken, failedTo) => {
    const held = byId("beside");
    if (held) { taken(JSON.parse(held.textContent)); return; }
    const script = document.createElement("script");
    script.src = document.body.dataset.side;
    script.onload = () => taken(globalThis.hoSo);
    script.onerror = () => { beside = null; failedTo(new Error(script.src)); };
    document.head.append(script);
  });

  function waiting() {
    const wanted = byId("dossiers-list");
    let restart = null;
    async function press(row) {
      let found;
      try { found = await dossiers(); } catch { byId("dossiers-missing").hidden = false; return; }
      byId("dossiers-missing").hidden = true;
      const rows = (found[row.cells[1]] ?? []).map((cells) => ({ cells }));
      if (!restart) {
        restart = list("dossiers", rows, (one) => !wanted.value || one.cells[1] === wanted.value, "hồ sơ", { exact: [0] });
        wanted.addEventListener("change", restart);
      }
      const all = row.cells.slice(2).reduce((sum, one) => sum + one, 0);
      byId("dossiers-cut").hidden = rows.length === all;
      byId("dossiers-cut").textContent = `Trang này chỉ chứa ${thousands(String(rows.length))} trong ${thousands(String(all))} hồ sơ của đơn vị, gấp nhất trước; đủ cả ở bàn làm việc, mục Hồ sơ theo đơn vị.`;
      byId("dossiers-search").value = "";
      wanted.value = "";
      byId("dossiers").hidden = false;
      byId("dossiers-title").textContent = `Hồ sơ của ${row.cells[0]} (${row.cells[1]})`;
      restart(rows);
      byId("dossiers-title").scrollIntoView();
      byId("dossiers-title").focus({ preventScroll: true });
    }
    const rows = data.waiting.rows.map((cells) => ({ cells }));
    list("waiting", rows, () => true, "đơn vị", { exact: [0, 1], press });
  }

  // On paper stand all rows of what is shown, and what was folded away: under a row of the scoreboard as wide as it.
  function unfold() {
    for (const part of document.querySelectorAll(".board tbody tr:not([hidden]) details")) {
      const under = document.createElement("tr");
      under.className = "under";
      under.setAttribute("role", "row");
      const cell = under.insertCell();
      cell.setAttribute("role", "cell");
      cell.colSpan = part.closest("tr").cells.length;
      part.closest("tr").after(under);
      cell.append(part);
    }
  }
  function fold() {
    for (const under of document.querySelectorAll(".board .under")) {
      under.previousElementSibling.cells[0].append(under.querySelector("details"));
      under.remove();
    }
  }

  function paper() {
    let folded = [];
    addEventListener("beforeprint", () => {
      unfold();
      folded = [...document.querySelectorAll("details:not([open], .trend-card details)")];
      folded.forEach((part) => { part.open = true; });
      printed.forEach((show) => show(true));
    });
    addEventListener("afterprint", () => {
      folded.forEach((part) => { part.open = false; });
      fold();
      printed.forEach((show) => show(false));
    });
  }

  // The reader's own clock says how old the figures are: the page itself never changes again.
  function age() {
    const asOf = document.body.dataset.asOf;
    if (!asOf) return;
    const [year, month, day] = asOf.split("-").map(Number);
    const now = new Date();
    const days = Math.round((new Date(now.getFullYear(), now.getMonth(), now.getDate()) - new Date(year, month - 1, day)) / DAY);
    const stale = byId("stale");
    if (days >= 2) {
      byId("age").textContent = ` (${thousands(String(days))} ngày trước)`;
      stale.textContent = `Số liệu đã cũ: chốt cách đây ${thousands(String(days))} ngày (${shown.date(asOf)}). Có thể đã có bản mới hơn, hoặc lần chạy hằng ngày đang hỏng; hãy hỏi ${byId("contact")?.textContent ?? "cán bộ số liệu"}.`;
      stale.hidden = false;
    } else if (days < -1) {
      stale.textContent = `Ngày chốt ${shown.date(asOf)} ở sau ngày của máy đang xem; hãy kiểm tra đồng hồ của máy.`;
      stale.hidden = false;
    }
  }

  age();
  takeFromAddress();
  failed();
  waiting();
  units();
  records();
  paper();
  kept().forEach((input) => ["input", "change"].forEach((kind) => input.addEventListener(kind, () => keepInAddress())));
  addEventListener("hashchange", () => { if (!location.hash.includes("?")) keepInAddress(); });
})();
