/* Garnish only: every page works without it. Old enough for Chromium 78; no framework, no inline code. */
(function () {
  "use strict";
  var root = document.documentElement;

  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function keep(key, value) {
    try { if (value === null) { localStorage.removeItem(key); } else { localStorage.setItem(key, value); } return true; }
    catch (refused) { return false; }
  }
  function kept(key) { try { return localStorage.getItem(key); } catch (refused) { return null; } }
  function make(tag, className, text) {
    var made = document.createElement(tag);
    if (className) { made.className = className; }
    if (text) { made.textContent = text; }
    return made;
  }
  var voice = make("div", "unseen");
  voice.setAttribute("aria-live", "polite");
  document.body.appendChild(voice);
  function say(words) { voice.textContent = words; }

  /* Reading settings: each choice is an attribute of <html>, kept in this browser. */
  var systemDark = window.matchMedia ? window.matchMedia("(prefers-color-scheme: dark)").matches : false;
  function chosen(button) {
    var own = root.getAttribute("data-" + button.dataset.set);
    return (own || (button.dataset.set === "theme" && systemDark ? "dark" : "")) === button.dataset.value;
  }
  function showSettings() {
    all("[data-set]").forEach(function (button) { button.setAttribute("aria-pressed", String(chosen(button))); });
  }
  all("[data-set]").forEach(function (button) {
    button.addEventListener("click", function () {
      var name = "data-" + button.dataset.set, on = chosen(button);
      /* Switching dark off under a dark system means light; else the page goes back to what the system asks. */
      var next = on ? (button.dataset.value === "dark" && systemDark ? "light" : null) : button.dataset.value;
      if (next) { root.setAttribute(name, next); } else { root.removeAttribute(name); }
      keep("mingchuang:" + button.dataset.set, next);
      showSettings();
      say(button.textContent + (on ? "已关闭" : "已打开"));
    });
  });
  showSettings();

  all("[data-guide]").forEach(function (button) {
    var line = null;
    function follow(event) { line.style.top = event.clientY + 14 + "px"; }
    button.addEventListener("click", function () {
      if (line) {
        document.removeEventListener("mousemove", follow);
        line.remove();
        line = null;
      } else {
        line = make("div", "guide");
        line.style.top = "50%";
        document.body.appendChild(line);
        document.addEventListener("mousemove", follow);
      }
      button.setAttribute("aria-pressed", String(line !== null));
    });
  });

  /* Reading aloud: a paragraph at a time, because browsers stop in the middle of long texts. */
  function readable() {
    var chosen = String(window.getSelection()).trim();
    if (chosen) { return [{ text: chosen, place: null }]; }
    return all("h1, h2, h3, p, li, dt, dd, th, td, pre", document.getElementById("main")).filter(function (place) {
      return place.offsetParent && !place.closest("nav") && !place.querySelector("p, li, dd, td") && place.textContent.trim();
    }).map(function (place) { return { text: place.textContent.trim(), place: place }; });
  }
  all("[data-speak]").forEach(function (button) {
    if (!("speechSynthesis" in window)) { button.parentNode.hidden = true; return; }
    var queue = [], marked = null;
    function stop() {
      queue = [];
      window.speechSynthesis.cancel();
      if (marked) { marked.classList.remove("is-read"); marked = null; }
      button.setAttribute("aria-pressed", "false");
      button.textContent = "朗读";
    }
    function next() {
      if (marked) { marked.classList.remove("is-read"); marked = null; }
      var part = queue.shift();
      if (!part) { stop(); return; }
      if (part.place) { marked = part.place; marked.classList.add("is-read"); marked.scrollIntoView({ block: "nearest" }); }
      var words = new SpeechSynthesisUtterance(part.text);
      words.lang = "zh-CN";
      words.onend = next;
      words.onerror = function () { if (button.getAttribute("aria-pressed") === "true") { stop(); } };
      window.speechSynthesis.speak(words);
    }
    button.addEventListener("click", function () {
      if (button.getAttribute("aria-pressed") === "true") { stop(); return; }
      queue = readable();
      button.setAttribute("aria-pressed", "true");
      button.textContent = "停止朗读";
      next();
    });
    window.addEventListener("pagehide", stop);
  });

  /* Print buttons exist only where a script can press them. */
  all("[data-print]").forEach(function (place) {
    place.hidden = false;
    place.addEventListener("click", function () { window.print(); });
  });

  /* A summary of errors takes the focus; the page opens at what is wrong. */
  var summary = document.querySelector("[data-summary][role=alert]");
  if (summary) { summary.focus(); }

  /* Esc closes an open explanation or confirmation and gives the focus back; opening a confirmation enters it. */
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    var open = event.target.closest ? event.target.closest("details.due[open], details.confirm[open], details.fold[open]") : null;
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  });
  document.addEventListener("click", function (event) {
    all("details.due--float[open], details.fold[open]").forEach(function (open) { if (!open.contains(event.target)) { open.open = false; } });
  });
  all("details.confirm").forEach(function (box) {
    box.addEventListener("toggle", function () {
      var first = box.open && box.querySelector("textarea, select, input:not([type=hidden]), button");
      if (first) { first.focus(); }
    });
  });

  /* One press is enough: a form that is on its way isn't sent again. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post") { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    all("button:not([type=button]), input[type=submit]", form).forEach(function (button) {
      button.setAttribute("aria-disabled", "true");
    });
    say("正在提交，请稍候");
  });
  function release() {
    all("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
      all("[aria-disabled=true]", form).forEach(function (button) { button.removeAttribute("aria-disabled"); });
    });
  }
  window.addEventListener("pageshow", function (event) { if (event.persisted) { release(); } });

  /* Source text: a field lights up the characters that it came from; the characters lead back to their field. */
  function lightUp(key, from) {
    all(".is-lit").forEach(function (lit) { lit.classList.remove("is-lit"); });
    var pieces = all(".src").filter(function (piece) { return piece.dataset.keys.split(" ").indexOf(key) >= 0; });
    pieces.forEach(function (piece) { piece.classList.add("is-lit"); });
    all("[data-lights]").forEach(function (field) { if (field.dataset.lights === key) { field.classList.add("is-lit"); } });
    var seen = from === "field" ? pieces[0] : document.querySelector('[data-lights="' + key + '"]');
    if (seen) { seen.scrollIntoView({ block: "center" }); }
    say(pieces.length ? "原文：" + pieces.map(function (piece) { return piece.textContent; }).join("") : "原文中没有对应文字");
    return seen;
  }
  document.addEventListener("click", function (event) {
    var field = event.target.closest("[data-lights]");
    if (field) { event.preventDefault(); lightUp(field.dataset.lights, "field"); return; }
    var piece = event.target.closest("[data-source] .src");
    if (piece) {
      var keys = piece.dataset.keys.split(" "), last = keys[keys.length - 1];
      var target = lightUp(last, "source");
      if (target) { target.focus({ preventScroll: true }); }
    }
  });

  window.Mingchuang = { all: all, keep: keep, kept: kept, make: make, say: say, release: release };
})();
