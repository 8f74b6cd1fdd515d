// Suggestions while a person types; without it the button leads to the same list. Each is a link, reached with Tab or
// the arrow keys; how many there are is said to those who do not see them.
for (const form of document.querySelectorAll("form[data-suggest]")) {
  const input = form.querySelector('input[type="search"]');
  const list = form.querySelector("[data-suggestions]");
  const said = form.querySelector('[role="status"]');
  let timer, asked = "";
  const show = (found) => {
    list.replaceChildren(
      ...found.map((service) => {
        const item = document.createElement("li");
        const link = item.appendChild(document.createElement("a"));
        link.href = `/thu-tuc/${encodeURIComponent(service.code)}`;
        link.append(service.name);
        const field = link.appendChild(document.createElement("small"));
        field.append(service.field);
        return item;
      }),
    );
    list.hidden = found.length === 0;
  };
  const ask = async () => {
    const words = input.value.trim();
    if (words === asked) return;
    asked = words;
    if (words.length < 2) return show([]);
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(words)}`);
      if (!answer.ok || words !== asked) return;
      const { found, count } = await answer.json();
      show(found);
      said.textContent = count;
    } catch {
      // Without a line there are no suggestions; the button works when it is back.
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return show([]);
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [input, ...list.querySelectorAll("a")];
    const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (stops[next]) {
      event.preventDefault();
      stops[next].focus();
    }
  });
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) show([]);
  });
}
