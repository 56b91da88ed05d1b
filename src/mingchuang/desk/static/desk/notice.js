/* Beside the source: the duty at hand is marked, J and K go to the next and the one before. Garnish only. */
(function () {
  "use strict";
  var list = document.querySelector("[data-duties]");
  if (!list) { return; }
  var cards = Array.prototype.slice.call(list.querySelectorAll(".duty")), hint = document.querySelector("[data-keys-hint]");
  if (hint) { hint.hidden = false; }

  function mark(card) {
    cards.forEach(function (other) { other.classList.toggle("is-current", other === card); });
  }
  function cardOf(element) { return element && element.closest ? element.closest(".duty") : null; }
  list.addEventListener("focusin", function (event) { mark(cardOf(event.target)); });
  list.addEventListener("click", function (event) { var card = cardOf(event.target); if (card) { mark(card); } });

  function go(step) {
    var at = -1;
    cards.forEach(function (card, index) { if (card.classList.contains("is-current")) { at = index; } });
    var next = cards[Math.min(Math.max(at + step, 0), cards.length - 1)];
    var link = next && next.querySelector("[data-lights]");
    if (!link) { return; }
    link.focus();
    link.click();
  }
  document.addEventListener("keydown", function (event) {
    var place = event.target, typing = /^(INPUT|TEXTAREA|SELECT)$/.test(place.tagName) && place.type !== "checkbox";
    if (typing || event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.key === "j" || event.key === "J") { go(1); }
    if (event.key === "k" || event.key === "K") { go(-1); }
  });
})();
