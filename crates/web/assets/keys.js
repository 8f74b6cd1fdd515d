// Keys of the desk: j and k walk the rows, Enter opens, x selects, / searches, a goes to the main action, ? shows the list.
const rows = [...document.querySelectorAll("[data-row]")];
const box = (row) => row.querySelector('input[type="checkbox"]');
let at = -1;
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input:not([type="checkbox"]), textarea, select')) return;
  if ((event.key === "j" || event.key === "k") && rows.length) {
    at = Math.max(0, Math.min(rows.length - 1, at + (event.key === "j" ? 1 : -1)));
    rows[at].querySelector("a").focus();
    event.preventDefault();
    return;
  }
  if (event.key === "x" && rows[at] && box(rows[at])) {
    box(rows[at]).checked = !box(rows[at]).checked;
    event.preventDefault();
    return;
  }
  if (event.key === "X") {
    const boxes = rows.map(box).filter(Boolean);
    const all = boxes.every((b) => b.checked);
    for (const b of boxes) b.checked = !all;
    event.preventDefault();
    return;
  }
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (target) {
    if (event.key === "?") target.click();
    target.focus();
    event.preventDefault();
  }
});
