// Sends files as soon as they are chosen, one after the other, and shows how far each is.
//
// The field's group says where (data-upload-url). Each file is posted under the field's own name, with the
// form's hidden inputs; the answer is 201 {listing: HTML of all files, revision?} or 4xx {message}.

export function start(group) {
  const input = group.querySelector("input[type=file]");
  const listing = group.querySelector("[data-upload-listing]");
  const sending = document.createElement("ul");
  sending.className = "gh-files";
  sending.hidden = true;
  input.before(sending);
  let last = Promise.resolve();

  document.querySelector(`[data-upload-button="${CSS.escape(input.id)}"]`)?.setAttribute("hidden", "");
  input.addEventListener("change", () => {
    for (const file of input.files) {
      const line = new Line(file, group.dataset, sending);
      last = last.then(() => send(file, line));
    }
    input.value = "";
  });

  async function send(file, line) {
    try {
      const { status, body } = await post(file, line);
      if (status !== 201) return line.fail(body.message);
      line.done();
      if (body.listing !== undefined) listing.innerHTML = body.listing;
      const revision = input.form.elements.revision;
      if (revision && body.revision !== undefined) revision.value = body.revision;
    } catch {
      line.fail("", () => (last = last.then(() => send(file, line))));
    }
  }

  function post(file, line) {
    const body = new FormData();
    for (const hidden of input.form.querySelectorAll("input[type=hidden]")) body.append(hidden.name, hidden.value);
    body.append(input.name, file, file.name);
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", group.dataset.uploadUrl);
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => line.progress(event));
      request.addEventListener("load", () =>
        request.response ? resolve({ status: request.status, body: request.response }) : reject(request.status),
      );
      request.addEventListener("error", reject);
      request.addEventListener("abort", reject);
      line.begin();
      request.send(body);
    });
  }
}

class Line {
  constructor(file, words, list) {
    this.words = words;
    this.list = list;
    this.item = document.createElement("li");
    this.note = make("span", "gh-files__note", "");
    this.note.setAttribute("role", "status");
    this.bar = make("progress", "", "");
    this.bar.max = 100;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", file.name);
    this.item.append(make("span", "gh-files__name", file.name), this.note, this.bar);
    list.append(this.item);
    list.hidden = false;
  }

  begin() {
    this.item.querySelector(".gh-files__problem")?.remove();
    this.bar.hidden = false;
    this.bar.value = 0;
    this.note.textContent = this.words.uploadSending;
  }

  progress(event) {
    if (event.lengthComputable) this.bar.value = (100 * event.loaded) / event.total;
  }

  done() {
    this.item.remove();
    this.list.hidden = this.list.children.length === 0;
  }

  fail(message, again) {
    this.bar.hidden = true;
    this.note.textContent = "";
    const problem = make("p", "gh-files__problem", message || this.words.uploadFailed);
    problem.setAttribute("role", "alert");
    this.item.append(problem);
    if (!again) return;
    const button = make("button", "gh-link-button", this.words.uploadAgain);
    button.type = "button";
    button.addEventListener("click", again, { once: true });
    problem.append(" ", button);
  }
}

function make(kind, name, words) {
  const element = document.createElement(kind);
  if (name) element.className = name;
  element.textContent = words;
  return element;
}
