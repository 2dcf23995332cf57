"use strict";
// What a served page does beside what it does from disk: it says when the report was made anew, and sends
// corrections. Nothing else asks the server for anything.
(() => {
  const { root, page, hash } = document.currentScript.dataset;
  const live = `${root}~live/`;
  const LOOK_MS = 2000, AWAIT_MS = 400, LOST_MS = 10000;
  const CORRECTED = "hardeasy-corrected";

  // The line at the bottom. It is there from the start, so that screen readers tell what comes into it.
  const notice = document.createElement("div");
  notice.className = "live";
  notice.setAttribute("role", "status");
  document.body.append(notice);
  let said = "";
  const say = (text, action) => {
    if (said === text) return;
    said = text;
    notice.replaceChildren(text);
    if (action) notice.append(" ", action);
  };
  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  };
  const first = () => {
    const link = document.createElement("a");
    link.href = `${root}index.html`;
    link.textContent = "First page";
    return link;
  };

  // Whether this page is still what the last report made. A correction of our own brings it back by itself.
  let awaited = 0, told = () => {}, missed = 0, timer = 0;
  const take = (state) => {
    if (awaited && state.corrections >= awaited) {
      awaited = 0;
      if (!state.problem) {
        try { sessionStorage.setItem(CORRECTED, page); } catch { /* not allowed: not told afterwards */ }
        location.reload();
        return;
      }
      told(`Saved, but the report could not be made again: ${state.problem}`);
    }
    if (state.page && !hash) location.reload();
    else if (state.problem) say(`The report could not be made again: ${state.problem}`);
    else if (!hash || awaited) say("");
    else if (!state.page) say("This page is no more: its run has gone.", first());
    else if (state.page !== hash) say("New runs or corrections are in.", button("Reload", () => location.reload()));
    else say("");
  };
  const look = async () => {
    clearTimeout(timer);
    let wait = awaited ? AWAIT_MS : LOOK_MS;
    if (!document.hidden || awaited) {
      try {
        const answer = await fetch(`${live}state/${page}`);
        if (answer.ok) take(await answer.json());
        else say("hardeasy was started anew: open the address that it printed.");
        missed = 0;
      } catch {
        missed += 1;
        if (missed > 1) {
          say("hardeasy does not answer; it may have been ended.");
          wait = LOST_MS;
        }
      }
    }
    clearTimeout(timer);
    timer = setTimeout(look, wait);
  };
  document.addEventListener("visibilitychange", look);
  look();

  // The form, where the page shows the command.
  const wrong = document.querySelector("details.wrong"), template = document.getElementById("live-form");
  if (!wrong || !template) return;
  const form = template.content.firstElementChild;
  const command = document.createElement("details"), summary = document.createElement("summary");
  summary.textContent = "The same as a command";
  command.append(summary, ...[...wrong.children].slice(1));
  wrong.append(form, command);
  const status = form.querySelector(".told");
  told = (text) => { status.textContent = text; };

  const { stretch, segment_start, segment_end, segment_kind } = form.elements;
  stretch.addEventListener("change", () => {
    const [start = "", end = "", kind = ""] = stretch.value.split(/[-=]/);
    segment_start.value = start;
    segment_end.value = end;
    if (kind) segment_kind.value = kind;
  });

  // What is wrong stands at the field that is at fault, and where the answer is looked for.
  const refuse = ({ field, problem }) => {
    told(`Not saved: ${problem}.`);
    const input = field && form.elements[field];
    if (!input) return;
    const around = input.closest("form details"), fault = document.createElement("small");
    if (around) around.open = true;
    fault.id = "live-fault";
    fault.textContent = problem;
    input.after(fault);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", fault.id);
    input.focus();
  };
  const forgive = () => {
    for (const fault of form.querySelectorAll("#live-fault")) fault.remove();
    for (const input of form.querySelectorAll("[aria-invalid]")) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  };
  let isSending = false;
  const send = async (asked) => {
    if (isSending) return;
    isSending = true;
    forgive();
    told("Saving\u2026");
    try {
      const answer = await fetch(`${live}correct`, {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ page, ...asked }),
      });
      const text = await answer.text();
      if (answer.ok) {
        awaited = JSON.parse(text).correction;
        told("Saved. The report is being made again\u2026");
        look();
      } else if (answer.status === 422) refuse(JSON.parse(text));
      else told(text);
    } catch {
      told("hardeasy does not answer; nothing was saved.");
    }
    isSending = false;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = Object.fromEntries(new FormData(form));
    asked.exclude = form.elements.exclude.checked;
    send(asked);
  });
  const undo = form.elements.undo;
  if (undo) undo.addEventListener("click", () => send({ undo: true }));

  // Back from a correction: say what came of it, where the reader was.
  let corrected = null;
  try { corrected = sessionStorage.getItem(CORRECTED); sessionStorage.removeItem(CORRECTED); } catch { /* not allowed: not told */ }
  if (corrected === page) {
    wrong.open = true;
    const verdict = [...document.querySelector("h1").childNodes].find((part) => part.nodeType === Node.TEXT_NODE);
    told(`Saved. The verdict at the top is now: ${verdict ? verdict.textContent.trim() : "none"}.`);
    status.focus();
  }
})();
