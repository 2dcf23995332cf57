"use strict";
// The pages can be read without their script. This part is on every page: it remembers what was chosen and
// says how long ago a day is. What was not chosen, as the other units, is hidden by page.css. What follows it, chart.js or list.js, stands in the same function.
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
