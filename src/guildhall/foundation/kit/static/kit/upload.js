// Sends files as soon as they are chosen, one after the other and in parts, and shows how far each is.
//
// The field's group says where to begin (data-upload-url). POST there says what the file is: 201 {href, offset,
// chunk}. Parts go to href?offset=…: 200 {offset} or 409 {offset} says what is wanted next, 201 {listing: HTML of
// all files} that the last one came, 4xx {message} why it is not taken. A lost connection, a restart of the
// portal or a reload costs one part: the file is told by its name, length and date, and goes on where it was.
// A form that is sent meanwhile waits for its files and then goes on by itself.

const FIRST_WAIT = 1_000;
const LAST_WAIT = 30_000;

export function start(group) {
  const input = group.querySelector("input[type=file]");
  const list = make("ul", "gh-files", "");
  const news = make("p", "govuk-visually-hidden", "");
  news.setAttribute("role", "status");
  list.hidden = true;
  input.before(list, news);
  let last = Promise.resolve();

  document.querySelector(`[data-upload-button="${CSS.escape(input.id)}"]`)?.setAttribute("hidden", "");
  const send = () => {
    for (const file of input.files) {
      const sending = new Sending(file, group, input, new Line(file, group.dataset, list, news), departure(input.form));
      last = last.then(() => sending.run());
    }
    input.value = "";
  };
  input.addEventListener("change", send);
  send(); // what was chosen before this script had come
}

// One for each form: which of its files are on their way, and what was pressed meanwhile.
const departures = new WeakMap();

function departure(form) {
  if (!departures.has(form)) departures.set(form, new Departure(form));
  return departures.get(form);
}

class Departure {
  constructor(form) {
    Object.assign(this, { form, awaited: new Set(), pressed: null, note: make("p", "gh-files__waiting", "") });
    this.note.setAttribute("role", "status");
    form.addEventListener("submit", (event) => this.awaited.size && this.hold(event), { capture: true });
    addEventListener("beforeunload", (event) => this.awaited.size && event.preventDefault());
  }

  hold(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    this.pressed = event.submitter;
    for (const sending of this.awaited) if (sending.paused) sending.pause();
    (this.pressed?.closest(".govuk-button-group") ?? this.pressed ?? this.form.lastElementChild).after(this.note);
    this.note.textContent = [...this.awaited][0].group.dataset.uploadWaiting;
  }

  arrived(sending) {
    this.awaited.delete(sending);
    if (this.awaited.size || !this.note.isConnected) return;
    this.note.remove();
    this.form.requestSubmit(this.pressed);
  }

  failed(sending) {
    this.awaited.delete(sending);
    this.note.remove();
  }
}

class Sending {
  constructor(file, group, input, line, departure) {
    Object.assign(this, { file, group, input, line, departure });
    Object.assign(this, { offset: 0, wait: FIRST_WAIT, paused: false, stopped: false });
    departure.awaited.add(this);
    line.on({ pause: () => this.pause(), cancel: () => this.cancel() });
    this.mark = `${file.name} ${file.size} ${file.lastModified}`;
  }

  async run() {
    this.departure.awaited.add(this);
    this.line.begin();
    document.querySelector(`[data-arriving="${CSS.escape(this.mark)}"]`)?.remove();
    while (!this.stopped) {
      try {
        await this.resumed;
        if (await this.step()) return;
        this.wait = FIRST_WAIT;
      } catch {
        await this.rest();
      }
    }
  }

  // One request; true when there is nothing more to do.
  async step() {
    const { status, body } = this.href ? await this.next() : await this.begin();
    if (this.stopped) return true;
    if (status === 404 && this.href) return (this.href = null);
    if (status === 401 || status === 403 || status === 0) return this.fail(this.group.dataset.uploadSignedOut, true);
    if (body?.listing !== undefined) return this.done(body.listing);
    if (body?.offset === undefined && status < 500 && status !== 429) return this.fail(body?.message);
    if (body?.offset === undefined) throw new Error(status);
    Object.assign(this, { href: body.href, chunk: body.chunk, offset: body.offset });
    this.line.progress(this.offset / this.file.size);
    return false;
  }

  begin() {
    const body = new FormData();
    for (const hidden of this.input.form.querySelectorAll("input[type=hidden]")) body.append(hidden.name, hidden.value);
    body.append("field", this.input.name);
    body.append("name", this.file.name);
    body.append("size", this.file.size);
    body.append("fingerprint", this.mark);
    return this.ask(this.group.dataset.uploadUrl, "POST", new URLSearchParams(body));
  }

  next() {
    if (this.unsure) return this.ask(this.href, "GET").then((answer) => ((this.unsure = false), answer));
    const part = this.file.slice(this.offset, this.offset + this.chunk);
    return this.ask(`${this.href}?offset=${this.offset}`, "POST", part, "application/octet-stream");
  }

  async ask(url, method, body, type) {
    this.abort = new AbortController();
    const headers = { Accept: "application/json", "X-CSRFToken": this.input.form.elements.csrfmiddlewaretoken?.value ?? "" };
    if (type) headers["Content-Type"] = type;
    const answer = await fetch(url, { method, body, headers, redirect: "manual", signal: this.abort.signal });
    if (answer.type === "opaqueredirect") return { status: 0 };
    const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    return { status: answer.status, body: said };
  }

  // After a failure: wait, longer each time, or until the browser is online again; then ask how much arrived.
  async rest() {
    this.unsure = Boolean(this.href);
    if (this.paused || this.stopped) return;
    this.line.lost();
    await new Promise((go) => {
      setTimeout(go, this.wait);
      addEventListener("online", go, { once: true });
    });
    this.wait = Math.min(this.wait * 2, LAST_WAIT);
  }

  pause() {
    this.paused = !this.paused;
    this.line.pause(this.paused);
    if (this.paused) {
      this.resumed = new Promise((go) => (this.go = go));
      this.abort?.abort();
    } else {
      this.go();
    }
  }

  cancel() {
    this.stopped = true;
    this.abort?.abort();
    this.go?.();
    if (this.href) this.ask(this.href, "DELETE").catch(() => {}); // what stays is swept
    this.line.remove();
    this.departure.arrived(this);
  }

  done(listing) {
    this.line.done();
    this.group.querySelector("[data-upload-listing]").innerHTML = listing;
    this.departure.arrived(this);
    return true;
  }

  fail(message, again = false) {
    this.line.fail(message, again && (() => this.run()));
    this.departure.failed(this);
    return true;
  }
}

class Line {
  constructor(file, words, list, news) {
    Object.assign(this, { words, list, news, name: file.name, said: 0 });
    this.item = document.createElement("li");
    this.note = make("span", "gh-files__note", "");
    this.bar = make("progress", "", "");
    this.bar.max = 100;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", file.name);
    this.pauses = this.button(words.uploadPause);
    this.cancels = this.button(words.uploadCancel);
    this.item.append(make("span", "gh-files__name", file.name), this.note, this.pauses, this.cancels, this.bar);
    list.append(this.item);
    list.hidden = false;
  }

  button(words) {
    const button = make("button", "gh-link-button", words);
    button.type = "button";
    button.append(make("span", "govuk-visually-hidden", ` ${this.name}`));
    return button;
  }

  on({ pause, cancel }) {
    this.pauses.addEventListener("click", pause);
    this.cancels.addEventListener("click", cancel);
  }

  say(words) {
    this.news.textContent = `${this.name}: ${words}`;
  }

  begin() {
    this.item.querySelector(".gh-files__problem")?.remove();
    this.bar.hidden = this.pauses.hidden = this.cancels.hidden = false;
    this.cancels.firstChild.textContent = this.words.uploadCancel;
    this.note.textContent = this.words.uploadSending;
    this.say(this.words.uploadSending);
  }

  // Everybody sees each step; a screen reader hears of each quarter.
  progress(share) {
    const percent = Math.floor(100 * share);
    this.bar.value = percent;
    this.note.textContent = `${percent}% ${this.words.uploadPercent}`;
    if (percent < this.said + 25) return;
    this.said = percent - (percent % 25);
    this.say(this.note.textContent);
  }

  pause(paused) {
    this.pauses.firstChild.textContent = paused ? this.words.uploadContinue : this.words.uploadPause;
    this.note.textContent = paused ? `${this.words.uploadPaused}: ${this.bar.value}%` : this.words.uploadSending;
    this.say(this.note.textContent);
  }

  lost() {
    this.note.textContent = this.words.uploadLost;
    this.say(this.words.uploadLost);
  }

  done() {
    this.say(this.words.uploadSent);
    this.remove();
  }

  remove() {
    this.item.remove();
    this.list.hidden = this.list.children.length === 0;
  }

  fail(message, again) {
    this.bar.hidden = this.pauses.hidden = true;
    this.note.textContent = this.news.textContent = "";
    this.cancels.firstChild.textContent = this.words.uploadForget;
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
