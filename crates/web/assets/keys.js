// Keys of the desk: j and k walk the rows, Enter opens, / searches, a goes to the main action.
const rows = [...document.querySelectorAll("[data-row]")];
let at = -1;
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if ((event.key === "j" || event.key === "k") && rows.length) {
    at = Math.max(0, Math.min(rows.length - 1, at + (event.key === "j" ? 1 : -1)));
    rows[at].querySelector("a").focus();
    event.preventDefault();
    return;
  }
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (target) {
    target.focus();
    event.preventDefault();
  }
});
