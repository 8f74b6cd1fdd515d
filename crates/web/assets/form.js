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

for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
