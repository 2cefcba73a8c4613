// SPDX-License-Identifier: MPL-2.0
// A visit is written where there may be no network: every keystroke is kept on the device until the house has it.
// Without this file the page is an ordinary form. Ids are made here, so that a draft sent twice is kept once.
const TRIES = 2;

function readDraft(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function fieldsOf(form) {
  const fields = {};
  for (const field of form.elements) {
    if (!field.name || field.name === "csrfmiddlewaretoken" || field.type === "submit") continue;
    fields[field.name] = field.type === "checkbox" ? field.checked : field.value;
  }
  return fields;
}

function fill(form, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements[name];
    if (!field) continue;
    if (field.type === "checkbox") field.checked = value;
    else field.value = value;
  }
}

class Draft {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.draft;
    this.status = form.querySelector("[data-draft-status]");
    this.forgetButton = form.querySelector("[data-forget-draft]");
    this.waiting = false;
  }

  begin() {
    const kept = readDraft(this.key);
    if (kept && kept.fields.branche === this.form.elements.branche.value) {
      fill(this.form, kept.fields);
      this.waiting = Boolean(kept.waiting);
      this.tries = kept.tries ?? 0;
      this.say(this.form.dataset.restored);
      this.forgetButton.hidden = false;
    } else if (!this.form.querySelector(".form-error") && crypto.randomUUID) {
      for (const field of this.form.querySelectorAll("[data-client-id]")) field.value = crypto.randomUUID();
    }
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.tries = 0;
      this.send();
    });
    this.forgetButton.addEventListener("click", () => {
      localStorage.removeItem(this.key);
      location.reload();
    });
    addEventListener("online", () => this.waiting && this.send());
    if (this.waiting && navigator.onLine && this.tries < TRIES) this.send();
  }

  keep() {
    const at = new Date();
    localStorage.setItem(
      this.key,
      JSON.stringify({ at: at.toISOString(), fields: fieldsOf(this.form), waiting: this.waiting, tries: this.tries ?? 0 }),
    );
    this.forgetButton.hidden = false;
    if (!this.waiting) this.say(`${this.form.dataset.kept} ${at.toTimeString().slice(0, 5)}`);
  }

  async send() {
    this.waiting = true;
    this.tries = (this.tries ?? 0) + 1;
    this.keep();
    this.say(this.form.dataset.sending);
    let answer;
    try {
      answer = await fetch(this.form.action, { method: "POST", body: new FormData(this.form), credentials: "same-origin" });
    } catch {
      this.tries = 0;
      this.keep();
      this.say(this.form.dataset.waits);
      return;
    }
    const landed = new URL(answer.url).pathname;
    if (landed.startsWith(this.form.dataset.logIn)) {
      this.say(this.form.dataset.loggedOut);
    } else if (answer.redirected) {
      localStorage.removeItem(this.key);
      location.assign(answer.url);
    } else {
      this.refused(answer);
    }
  }

  // The house found something to put right: let the page itself show what, with all that was typed.
  refused(answer) {
    this.waiting = false;
    this.keep();
    if (answer.status === 403 && this.tries < TRIES) {
      this.waiting = true;
      this.keep();
      location.reload();
    } else {
      this.form.submit();
    }
  }

  say(text) {
    this.status.textContent = text;
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-draft]");
  if (form) new Draft(form).begin();
});
