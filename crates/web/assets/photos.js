// Several pictures of one paper become one small PDF on this device, in the order in which they were taken, and go up as
// one file. Without this each picture is sent by itself.
const LONGEST = 1600;
const QUALITY = 0.72;
const A4 = [595, 842];

/// A picture made small, as the bytes of a JPEG; turned as the camera meant it.
async function small(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const drawing = canvas.getContext("2d");
  drawing.fillStyle = "#fff";
  drawing.fillRect(0, 0, canvas.width, canvas.height);
  drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return { width: canvas.width, height: canvas.height, bytes: new Uint8Array(await blob.arrayBuffer()) };
}

/// A PDF with one picture a page: objects 1 catalogue, 2 pages, then page, content and picture of each.
export function pdf(pictures) {
  const parts = [];
  const offsets = [];
  let length = 0;
  const add = (part) => {
    const bytes = typeof part === "string" ? new TextEncoder().encode(part) : part;
    parts.push(bytes);
    length += bytes.length;
  };
  const object = (number, head, stream) => {
    offsets[number] = length;
    add(`${number} 0 obj\n${head}\n`);
    if (stream) {
      add("stream\n");
      add(stream);
      add("\nendstream\n");
    }
    add("endobj\n");
  };
  add("%PDF-1.4\n");
  object(1, "<< /Type /Catalog /Pages 2 0 R >>");
  const kids = pictures.map((_, i) => `${3 + i * 3} 0 R`).join(" ");
  object(2, `<< /Type /Pages /Count ${pictures.length} /Kids [${kids}] >>`);
  pictures.forEach(({ width, height, bytes }, i) => {
    const page = 3 + i * 3;
    const [w, h] = width > height ? [A4[1], A4[0]] : A4;
    const scale = Math.min(w / width, h / height);
    const box = [width * scale, height * scale].map((n) => n.toFixed(2));
    const place = [(w - box[0]) / 2, (h - box[1]) / 2].map((n) => n.toFixed(2));
    const content = new TextEncoder().encode(`q ${box[0]} 0 0 ${box[1]} ${place[0]} ${place[1]} cm /P Do Q`);
    object(page, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${w} ${h}] /Contents ${page + 1} 0 R /Resources << /XObject << /P ${page + 2} 0 R >> >> >>`);
    object(page + 1, `<< /Length ${content.length} >>`, content);
    object(page + 2, `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${bytes.length} >>`, bytes);
  });
  const start = length;
  const rows = offsets.slice(1).map((o) => `${String(o).padStart(10, "0")} 00000 n \n`);
  add(`xref\n0 ${offsets.length}\n0000000000 65535 f \n${rows.join("")}`);
  add(`trailer\n<< /Size ${offsets.length} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`);
  return new Blob(parts, { type: "application/pdf" });
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector('input[type="file"]');
  const photos = form.querySelector("[data-photos]");
  if (!photos || !input.accept.includes("application/pdf")) continue;
  const status = form.querySelector('[role="status"]');
  const camera = photos.querySelector("input");
  photos.hidden = false;
  camera.addEventListener("change", async () => {
    if (!camera.files.length) return;
    status.textContent = camera.dataset.working;
    try {
      const pictures = [];
      for (const file of camera.files) pictures.push(await small(file));
      const files = new DataTransfer();
      files.items.add(new File([pdf(pictures)], `${input.name}.pdf`, { type: "application/pdf" }));
      input.files = files.files;
      status.textContent = "";
      input.dispatchEvent(new Event("change"));
    } catch {
      status.textContent = camera.dataset.failed;
    }
    camera.value = "";
  });
}
