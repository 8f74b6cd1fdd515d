// Loads the page again after the seconds that [data-again] says, once nobody is typing: something is being waited for.
const seconds = Number(document.querySelector("[data-again]")?.dataset.again);
const again = () => (document.hidden || document.activeElement?.matches("input, select, textarea") ? wait() : location.reload());
const wait = () => setTimeout(again, seconds * 1000);
if (seconds > 0) wait();
