"use strict";
// The pages can be read without this script: it remembers the units, reads values off the chart of
// a run, ties the table of segments to it, and searches and sorts the list of runs.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Units and the axis of the chart, as chosen last.
  const remembered = ["units", "along"];
  const store = (key, value) => { try { localStorage.setItem("hardeasy-" + key, value); } catch { /* not allowed: forgotten */ } };
  const recall = (key) => { try { return localStorage.getItem("hardeasy-" + key); } catch { return null; } };
  const chosen = (name) => (document.querySelector(`input[name=${name}]:checked`) || {}).value;
  for (const name of remembered) {
    for (const input of all(`input[name=${name}]`)) {
      input.checked = recall(name) ? recall(name) === input.value : input.checked;
      input.addEventListener("change", () => store(name, input.value));
    }
  }

  // Quantities for reading.
  const metres = () => (chosen("units") === "mi" ? 1609.344 : 1000);
  const two = (number) => String(number).padStart(2, "0");
  const clock = (seconds) => {
    const s = Math.round(seconds), h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
    return h ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
  };
  const slowest = 100 / 1.8; // cm/s; 30 minutes a kilometre, as everywhere in hardeasy
  const pace = (cm) => (cm < slowest ? "standing" : `${clock(metres() * 100 / cm)}/${chosen("units") || "km"}`);
  const distance = (m) => `${(m / metres()).toFixed(2)} ${chosen("units") || "km"}`;
  const height = (m) => (chosen("units") === "mi" ? `${Math.round(m / 0.3048)} ft` : `${m} m`);

  const timeline = document.getElementById("timeline");
  if (timeline) crosshair(timeline, JSON.parse(document.getElementById("readings").textContent));
  for (const section of all(".runs")) list(section);
  for (const table of all("table.sortable")) sortable(table, [...table.tBodies[0].rows]);

  // How long ago or ahead a day is: only here, so that a page is the same whenever it is made.
  for (const time of all("time[data-ago]")) {
    const now = new Date(), today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
    const days = Math.round((today - Date.parse(time.dateTime)) / 864e5);
    const many = `${Math.abs(days)} day${Math.abs(days) === 1 ? "" : "s"}`;
    time.textContent = ` \u00b7 ${days === 0 ? "today" : days > 0 ? `${many} ago` : `in ${many}`}`;
  }

  // The kind in the command that corrects a run.
  for (const select of all(".wrong select")) {
    select.parentElement.hidden = false;
    select.addEventListener("change", () => { for (const word of all(".wrong code b")) word.textContent = select.value; });
  }

  function crosshair(section, data) {
    data.t = data.d.map((_, i) => (i * data.step + Math.min((i + 1) * data.step, data.end)) / 2);
    const rows = all(".segments > tbody:first-of-type > tr");
    const card = section.querySelector(".card");
    const readout = document.createElement("p");
    readout.className = "readout";
    readout.setAttribute("aria-live", "polite");
    const idle = "Point at the chart, or focus it and use the arrow keys, to read values.";
    readout.textContent = idle;
    card.prepend(readout);
    const name = (row) => row.querySelector("summary").textContent.trim();
    const along = () => (chosen("along") === "distance" ? "d" : "t");
    const span = (segment) => (along() === "d" ? [segment[2], segment[3]] : [segment[0], segment[1]]);
    let index = -1;

    // The marks that this script adds to each drawing of the chart.
    const charts = all(".chart svg", section).map((svg) => {
      const [left, width, low, high] = svg.dataset.plot.split(" ").map(Number);
      const bottom = svg.viewBox.baseVal.height;
      const add = (tag, mark) => {
        const element = document.createElementNS(svg.namespaceURI, tag);
        element.setAttribute("class", mark);
        element.setAttribute("visibility", "hidden");
        svg.append(element);
        return element;
      };
      const chart = {
        svg, segment: add("rect", "lit"), cross: add("line", "cross"),
        x: (value) => left + (value - low) / (high - low) * width,
        value: (event) => {
          const box = svg.getBoundingClientRect();
          const x = (event.clientX - box.left) / box.width * svg.viewBox.baseVal.width;
          return low + (x - left) / width * (high - low);
        },
      };
      chart.segment.setAttribute("height", bottom);
      chart.cross.setAttribute("y2", bottom);
      return chart;
    });

    const nearest = (value) => {
      const axis = data[along()];
      let best = -1;
      for (let i = 0; i < axis.length; i++) {
        if (axis[i] !== null && (best < 0 || Math.abs(axis[i] - value) < Math.abs(axis[best] - value))) best = i;
      }
      return best;
    };
    const light = (number) => {
      rows.forEach((row, i) => row.classList.toggle("lit", i === number));
      for (const chart of charts) {
        const [start, end] = number < 0 ? [null, null] : span(data.segments[number]);
        const known = start !== null && end !== null;
        chart.segment.setAttribute("visibility", known ? "visible" : "hidden");
        if (known) {
          chart.segment.setAttribute("x", chart.x(start));
          chart.segment.setAttribute("width", Math.max(1, chart.x(end) - chart.x(start)));
        }
      }
    };
    const read = (i) => {
      index = i;
      const at = i < 0 ? null : data[along()][i];
      for (const chart of charts) {
        chart.cross.setAttribute("visibility", at === null ? "hidden" : "visible");
        if (at !== null) {
          chart.cross.setAttribute("x1", chart.x(at));
          chart.cross.setAttribute("x2", chart.x(at));
        }
      }
      if (at === null) { readout.textContent = idle; light(-1); return; }
      const segment = data.segments.findIndex(([start, end]) => start <= data.t[i] && data.t[i] < end);
      const value = (key, show) => (data[key] && data[key][i] !== null ? show(data[key][i]) : null);
      const parts = [
        clock(data.t[i]), value("d", distance), value("speed", pace),
        value("effort", (cm) => (cm < slowest ? null : `${pace(cm)} on the flat`)),
        value("heart", (n) => `${n} bpm`), value("steps", (n) => `${n} spm`),
        value("power", (n) => `${n} W`), value("height", height),
        segment < 0 || !rows[segment] ? null : name(rows[segment]),
      ];
      readout.textContent = parts.filter((part) => part !== null).join(" · ");
      light(segment);
    };

    for (const chart of charts) {
      chart.svg.addEventListener("pointermove", (event) => read(nearest(chart.value(event))));
      chart.svg.addEventListener("pointerdown", (event) => read(nearest(chart.value(event))));
      chart.svg.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") read(-1); });
    }
    for (const plot of all(".chart", section)) {
      plot.tabIndex = 0;
      plot.setAttribute("role", "group");
      plot.setAttribute("aria-label", "Chart of the run; the arrow keys read its values");
      plot.addEventListener("keydown", (event) => {
        const last = data.t.length - 1;
        const to = {
          ArrowRight: index + 1, ArrowLeft: index < 0 ? last : index - 1,
          PageDown: index + 20, PageUp: index - 20, Home: 0, End: last,
        }[event.key];
        if (event.key === "Escape") read(-1);
        else if (to !== undefined) { read(Math.max(0, Math.min(last, to))); event.preventDefault(); }
      });
      plot.addEventListener("blur", () => read(-1));
    }
    rows.forEach((row, number) => {
      row.addEventListener("pointerenter", () => light(number));
      row.addEventListener("pointerleave", () => light(-1));
      row.addEventListener("focusin", () => light(number));
      row.addEventListener("focusout", () => light(-1));
    });
    for (const input of all("input[name=along]")) input.addEventListener("change", () => read(-1));
  }

  function list(section) {
    const table = section.querySelector("table.list");
    const rows = [...table.tBodies[0].rows];
    const search = section.querySelector("input[type=search]");
    const output = section.querySelector("output");
    const kinds = all(".filter input", section);

    const count = () => {
      const kind = (kinds.find((input) => input.checked) || { value: "all" }).value;
      const seen = rows.filter((row) => !row.hidden && (kind === "all" || row.className === "k-" + kind)).length;
      output.textContent = seen === rows.length ? "" : `${seen} of ${rows.length} shown`;
    };
    // A workout is written "5 × 1000 m" and typed "5x1000".
    const plain = (text) => text.toLowerCase().replace(/(\d)\s*[x×]\s*(?=\d)/g, "$1x");
    let texts = null;
    search.addEventListener("input", () => {
      texts = texts || rows.map((row) => plain(row.textContent));
      const words = plain(search.value).split(/\s+/).filter(Boolean);
      rows.forEach((row, i) => { row.hidden = !words.every((word) => texts[i].includes(word)); });
      count();
    });
    for (const input of kinds) input.addEventListener("change", count);
    search.parentElement.hidden = false;
    sortable(table, rows);
  }

  // Sorts a table by its columns: by text, or by number in those of class "n" and beyond the second.
  function sortable(table, rows) {
    const body = table.tBodies[0];
    // Numbers of a cell: "1:02:33", "4:05/km", "11.90 km", "75"; what is absent comes last.
    const number = (text) => {
      const parts = (text.match(/[\d.]+(:\d+)*/) || [""])[0].split(":");
      return parts[0] === "" ? null : parts.reduce((sum, part) => sum * 60 + Number(part), 0);
    };
    const shown = (cell) => {
      const own = cell.querySelector("." + (chosen("units") || "km"));
      return (own || cell).textContent.trim();
    };
    all("thead th", table).forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      if (column === 0 && table.matches(".list")) head.setAttribute("aria-sort", "descending");
      button.addEventListener("click", () => {
        const falls = head.getAttribute("aria-sort") === "descending" || (column === 1 && !head.hasAttribute("aria-sort"));
        for (const other of all("thead th", table)) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", falls ? "ascending" : "descending");
        const sign = falls ? 1 : -1;
        const key = (row) => (column < 2 || head.matches(".long") ? shown(row.cells[column]) : number(shown(row.cells[column])));
        const keyed = rows.map((row, i) => ({ row, i, key: key(row) }));
        keyed.sort((a, b) => {
          if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.i - b.i;
          return sign * (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) || a.i - b.i;
        });
        body.append(...keyed.map((entry) => entry.row));
      });
    });
  }
})();
