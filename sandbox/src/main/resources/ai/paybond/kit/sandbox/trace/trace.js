"use strict";
// What comes from the sandbox is written as text, never as markup.
(() => {
  const views = ["timeline", "denials", "intents", "ledger"];
  const by = (id) => document.getElementById(id);
  const search = by("search");
  let picture = window.paybondPicture || { events: [], intents: [], ledger: [] };

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined && text !== null) made.textContent = String(text);
    if (className) made.className = className;
    return made;
  };
  const short = (id) => (id ? String(id).slice(0, 8) : "");
  const money = (cents, currency) =>
    cents === undefined || cents === null ? "" : (cents / 100).toFixed(2) + " " + String(currency || "").toUpperCase();
  const currencyOf = (id) => (picture.intents.find((intent) => intent.intent_id === id) || {}).currency;
  const clock = (at) => String(at).slice(11, 23).replace("Z", "");
  const matches = (row) => {
    const wanted = search.value.trim().toLowerCase();
    return wanted === "" || Object.values(row).some((value) =>
      (typeof value === "object" && value !== null ? JSON.stringify(value) : String(value)).toLowerCase().includes(wanted));
  };

  const eventItem = (event) => {
    const item = element("li");
    const time = element("time", clock(event.at));
    time.dateTime = event.at;
    const outcome = element("span", event.outcome, "outcome " + event.outcome);
    item.append(time, element("span", event.phase, "phase"), element("span", event.title, "title"), outcome);
    const details = [
      event.code,
      event.intent_id && "intent " + event.intent_id,
      event.run_id && "run " + event.run_id,
      event.tool_call_id && "call " + event.tool_call_id,
      event.amount_cents !== undefined && money(event.amount_cents, currencyOf(event.intent_id)),
      event.tenant,
    ].filter(Boolean);
    item.append(element("span", details.join(" \u00b7 "), "detail"));
    return item;
  };
  const cell = (label, content, className) => {
    const made = element("td", typeof content === "string" || typeof content === "number" ? content : undefined, className);
    if (content instanceof Node) made.append(content);
    made.dataset.label = label;
    return made;
  };
  const code = (text, whole) => {
    const made = element("code", text);
    made.title = whole;
    return made;
  };
  const intentRow = (intent) => {
    const row = element("tr");
    row.append(
      cell("Intent", code(short(intent.intent_id), intent.intent_id)),
      cell("State", element("span", intent.state, "outcome " + intent.state)),
      cell("Amount", money(intent.amount_cents, intent.currency), "number"),
      cell("Rail", intent.rail), cell("Payee", intent.payee), cell("Tenant", intent.tenant));
    return row;
  };
  const ledgerRow = (entry) => {
    const row = element("tr");
    row.append(
      cell("Seq", entry.seq, "number"), cell("Kind", entry.event.kind),
      cell("Intent", code(short(entry.event.intent_id), entry.event.intent_id)),
      cell("Commitment", code(entry.entry_commitment_hex.slice(0, 16), entry.entry_commitment_hex)),
      cell("Tenant", entry.tenant));
    return row;
  };

  const fill = (view, rows, make) => {
    const section = by(view);
    const shown = rows.filter(matches);
    section.querySelector("ol, tbody").replaceChildren(...shown.map(make));
    section.querySelector(".empty").hidden = shown.length > 0;
    const table = section.querySelector(".scroll");
    if (table) table.hidden = shown.length === 0;
    by("tab-" + view).querySelector(".count").textContent = String(shown.length);
  };
  const draw = () => {
    fill("timeline", picture.events, eventItem);
    fill("denials", picture.events.filter((e) => e.outcome === "denied" || e.outcome === "held"), eventItem);
    fill("intents", picture.intents, intentRow);
    fill("ledger", picture.ledger, ledgerRow);
  };

  const show = (view, focus) => {
    for (const name of views) {
      const chosen = name === view;
      by(name).hidden = !chosen;
      by("tab-" + name).setAttribute("aria-selected", String(chosen));
      by("tab-" + name).tabIndex = chosen ? 0 : -1;
    }
    if (focus) by("tab-" + view).focus();
    history.replaceState(null, "", "#/" + view);
  };
  views.forEach((view, index) => {
    by("tab-" + view).addEventListener("click", () => show(view, false));
    by("tab-" + view).addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) show(views[(index + step + views.length) % views.length], true);
      if (event.key === "Home") show(views[0], true);
      if (event.key === "End") show(views[views.length - 1], true);
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    }
    if (event.key === "Escape" && document.activeElement === search) {
      search.value = "";
      draw();
    }
  });
  search.addEventListener("input", draw);

  const themes = ["system", "light", "dark"];
  by("theme").addEventListener("click", () => {
    const now = document.documentElement.dataset.theme || "system";
    const next = themes[(themes.indexOf(now) + 1) % themes.length];
    if (next === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    by("theme").textContent = "Theme: " + next;
  });

  by("verify").addEventListener("click", async () => {
    const verdict = by("verdict");
    verdict.textContent = "checking";
    verdict.className = "";
    try {
      const { ledgers } = await (await fetch("/trace/verify")).json();
      const broken = ledgers.filter((ledger) => !ledger.ok);
      verdict.className = broken.length ? "broken" : "ok";
      verdict.textContent = broken.length
        ? broken.map((l) => l.tenant + ": row " + l.first_bad_seq + ", " + l.reason).join("; ")
        : "whole: " + ledgers.reduce((sum, l) => sum + l.rows, 0) + " rows of " + ledgers.length + " tenants";
    } catch {
      verdict.className = "broken";
      verdict.textContent = "the sandbox did not answer";
    }
  });

  const live = by("live");
  const stream = new EventSource("/trace/events");
  stream.onmessage = (message) => {
    picture = JSON.parse(message.data);
    live.dataset.state = "live";
    live.textContent = "live";
    draw();
  };
  stream.onerror = () => {
    live.dataset.state = "lost";
    live.textContent = "the sandbox is gone, trying again";
  };
  const wanted = location.hash.slice(2);
  draw();
  show(views.includes(wanted) ? wanted : "timeline", false);
})();
