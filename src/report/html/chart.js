  // Reads values off the chart of a run, and ties the table of segments to it.

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
