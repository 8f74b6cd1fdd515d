// Comfort for forms: saves while the person types, keeps a second press of a button from sending twice, and puts the
// focus on the summary of what is wrong. Everything works without it.
const summary = document.getElementById("summary");
if (summary) summary.focus();

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector('[role="status"]');
  let timer;
  const save = async () => {
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
      });
      if (answer.ok) status.textContent = (await answer.json()).saved;
    } catch {
      // Without a line nothing is saved now; the button saves as always.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 1500);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}

// Shows and hides what the answers on the page decide, and works out sums, as the server will at the next save.
for (const form of document.querySelectorAll("form[data-kinds]")) {
  const kinds = JSON.parse(form.dataset.kinds);
  const known = JSON.parse(form.dataset.known);
  const update = () => {
    const typed = {};
    for (const [name, value] of new FormData(form)) (typed[name] ??= []).push(value);
    const answers = { ...known, ...answersOf(kinds, typed) };
    for (const output of form.querySelectorAll("output[data-formula]")) {
      const value = calculate(JSON.parse(output.dataset.formula), answers);
      if (value === null) continue;
      answers[output.id] = value;
      const { money } = output.dataset;
      output.textContent = money ? money.replace("#", value.toLocaleString("vi-VN")) : String(value);
    }
    for (const part of form.querySelectorAll("[data-when]")) {
      part.hidden = !holds(JSON.parse(part.dataset.when), answers);
      // What is not asked is not answered by mistake: a choice that is not offered any more is given up.
      if (part.hidden && part.matches("label")) for (const box of part.querySelectorAll("input")) box.checked = false;
      for (const id of part.querySelectorAll(":scope > .field [name], :scope > .field[id]")) {
        if (part.hidden) delete answers[id.name || id.id];
      }
    }
  };
  form.addEventListener("input", update);
  update();
}

for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
