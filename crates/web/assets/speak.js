// Puts the cursor into the question, and reads aloud where the browser has a voice for the page's language: what is asked,
// or what stands in the part that a button names. Without a voice there is no button.
const asked = document.querySelector(".question :is(input, select, textarea):not([type=hidden])");
if (asked && !document.getElementById("summary")) asked.focus();

const lang = document.documentElement.lang;
// Some browsers write vi_VN.
const spoken = () => speechSynthesis.getVoices().map((v) => v.lang.replace("_", "-")).find((l) => l.toLowerCase().split("-")[0] === lang);
const say = (part) => {
  const words = [...part.querySelectorAll("label, legend, .hint, .problem, h1, h2, p, dt, dd")]
    .filter((e) => e.getClientRects().length && !e.closest("[hidden]"))
    .map((e) => (e.matches("label, legend") ? [...e.childNodes].map((n) => n.textContent).join(" ") : e.textContent).trim());
  const voice = new SpeechSynthesisUtterance([...new Set(words)].filter(Boolean).join(". "));
  voice.lang = spoken() ?? lang;
  voice.rate = 0.9;
  speechSynthesis.cancel();
  speechSynthesis.speak(voice);
};
if ("speechSynthesis" in window) {
  const buttons = [];
  for (const button of document.querySelectorAll("[data-speak]")) {
    const part = document.querySelector(button.dataset.speak || ".question");
    if (!part) continue;
    button.addEventListener("click", () => say(part));
    buttons.push(button);
  }
  const show = () => {
    const silent = !spoken();
    for (const button of buttons) button.hidden = silent;
  };
  show();
  // Many browsers know their voices only a moment after the page.
  speechSynthesis.addEventListener?.("voiceschanged", show);
}
