/* Conveniences only: every page works without this file. */

(function () {
  "use strict";

  /* Copy buttons are in the page but hidden, because without script they could do nothing. */
  function revealCopyButtons(scope) {
    if (!navigator.clipboard) return;
    scope.querySelectorAll("button[data-copy][hidden]").forEach((button) => { button.hidden = false; });
  }

  async function copyFrom(button) {
    const source = document.getElementById(button.dataset.copy);
    const status = document.getElementById(button.dataset.copy + "_done");
    try {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
      status.textContent = button.dataset.done;
    } catch {
      source.focus();
      source.select?.();
      status.textContent = button.dataset.failed;
    }
  }

  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (menu !== except) menu.open = false;
    });
  }

  /* A form sent twice by a double tap asks the same thing twice: the second is dropped. */
  function sendOnce(event) {
    const form = event.target;
    if (form.dataset.sent && form.method === "post") event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 3000);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-copy]");
    if (button) copyFrom(button);
    const whole = event.target.closest("input[data-select]");
    if (whole) whole.select();
    closeMenus(event.target.closest("details.menu"));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest("details.menu[open]");
    closeMenus(null);
    menu?.querySelector("summary").focus();
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.hasAttribute("hx-post")) sendOnce(event);
  });

  /* The time left in a round goes on by this device's own count, connected or not. */
  function startClocks(scope) {
    scope.querySelectorAll("[data-left]").forEach((clock) => {
      const ends = performance.now() + Number(clock.dataset.left) * 1000;
      const tick = () => {
        const left = Math.ceil((ends - performance.now()) / 1000);
        clock.toggleAttribute("data-over", left <= 0);
        clock.textContent = left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : clock.dataset.up;
        if (left > 0 && clock.isConnected) setTimeout(tick, 250);
      };
      tick();
    });
  }

  function liven(scope) {
    revealCopyButtons(scope);
    startClocks(scope);
  }

  document.addEventListener("htmx:afterSwap", (event) => liven(event.detail.elt));
  liven(document);
})();
