// Each file is sent as soon as it is chosen or dropped, with its progress. Without this the form's button sends it.
for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector('input[type="file"]');
  const bar = form.querySelector("progress");
  const status = form.querySelector('[role="status"]');
  const send = () => {
    // Said at once, without sending it first; the server decides all the same.
    if ([...input.files].some((f) => f.size > Number(form.dataset.max))) {
      status.textContent = form.dataset.tooLarge;
      input.value = "";
      return;
    }
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (e) => {
      if (e.lengthComputable) bar.value = (100 * e.loaded) / e.total;
    });
    request.addEventListener("load", () => {
      if (request.status < 300) {
        // A browser that remembers what was chosen must not send it again.
        input.value = "";
        return location.reload();
      }
      bar.hidden = true;
      try {
        status.textContent = JSON.parse(request.responseText).remedy;
      } catch {
        form.submit();
      }
      input.value = "";
    });
    request.addEventListener("error", () => form.submit());
    bar.hidden = false;
    request.send(new FormData(form));
  };
  input.addEventListener("change", send);
  // Chosen on a slow line before this script was there.
  if (input.files.length) send();
  for (const name of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(name, (e) => {
      e.preventDefault();
      form.classList.toggle("over", name === "dragover");
      if (name === "drop" && e.dataTransfer.files.length) {
        input.files = e.dataTransfer.files;
        send();
      }
    });
  }
}
