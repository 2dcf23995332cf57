  // Searches the list of runs and sorts tables by their columns.

  for (const section of all(".runs")) list(section);
  for (const table of all("table.sortable")) sortable(table, [...table.tBodies[0].rows]);

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
