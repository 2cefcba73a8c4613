// SPDX-License-Identifier: MPL-2.0
// Every page works without this file; it moves focus to what needs it and keeps the design system's parts alive.
document.addEventListener("DOMContentLoaded", () => {
  window.DKFDS?.init();
  document.querySelector("[data-focus]")?.focus();
});

document.addEventListener("htmx:afterSettle", (event) => {
  window.DKFDS?.init({ scope: event.detail.elt });
});

// A form that has been sent is not sent again by an impatient second press.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post") {
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 4000);
  }
});

// A slider says where it stands; without this it says so when the page comes back.
document.addEventListener("input", (event) => {
  const shows = event.target.dataset?.shows;
  if (shows) document.getElementById(shows).value = event.target.value;
});
