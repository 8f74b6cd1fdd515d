// A signature by finger, pen or mouse becomes the picture in the form's file input. Without this the slip is signed on paper.
for (const pad of document.querySelectorAll("canvas[data-sign]")) {
  const form = pad.closest("form");
  const input = form.querySelector('input[name="signature"]');
  const ink = pad.getContext("2d");
  let last = null;
  let drawn = 0;
  const clear = () => {
    ink.fillStyle = "#fff";
    ink.fillRect(0, 0, pad.width, pad.height);
    ink.strokeStyle = "#1d1b16";
    ink.lineWidth = 3;
    ink.lineCap = "round";
    drawn = 0;
    input.value = "";
  };
  const at = (e) => {
    const box = pad.getBoundingClientRect();
    return [((e.clientX - box.left) * pad.width) / box.width, ((e.clientY - box.top) * pad.height) / box.height];
  };
  pad.addEventListener("pointerdown", (e) => {
    pad.setPointerCapture(e.pointerId);
    last = at(e);
    const way = form.querySelector('input[value="signature"]');
    if (way) way.checked = true;
  });
  pad.addEventListener("pointermove", (e) => {
    if (!last) return;
    const next = at(e);
    ink.beginPath();
    ink.moveTo(...last);
    ink.lineTo(...next);
    ink.stroke();
    drawn += Math.hypot(next[0] - last[0], next[1] - last[1]);
    last = next;
  });
  pad.addEventListener("pointerup", () => {
    last = null;
    // A dot is no signature.
    if (drawn < 60) return;
    pad.toBlob((blob) => {
      const files = new DataTransfer();
      files.items.add(new File([blob], "chu-ky.png", { type: "image/png" }));
      input.files = files.files;
    });
  });
  form.querySelector("[data-clear]").addEventListener("click", clear);
  pad.closest("[data-signing]").hidden = false;
  clear();
}
