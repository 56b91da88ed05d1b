/* A draft's form while somebody writes: it is saved to the server every little while, and tells who else has it open.

   An editor that sits on a text area has two duties, and this file and forms.js ask no more of it: when its words change
   it writes them into the text area and fires a bubbling "input" there; when the text area fires "mingchuang:changed"
   (somebody else wrote into it) it shows what stands there now. */
(function () {
  "use strict";
  var ui = window.Mingchuang, form = document.querySelector("form[data-heartbeat]");
  if (!form || !window.fetch || !window.FormData) { return; }
  var EVERY = 20 * 1000, BEAT = 30 * 1000;
  var address = form.dataset.autosave, changed = false, busy = false, last = "";
  var line = ui.make("p", "autosaved soft");
  line.setAttribute("role", "status");
  if (address) { form.insertBefore(line, form.firstChild); }

  function token() {
    var found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return found ? found[1] : form.elements.csrfmiddlewaretoken.value;
  }
  /* The fields as they stand, without files: those wait for the real save. */
  function fields() {
    var found = new FormData();
    Array.prototype.forEach.call(form.elements, function (control) {
      if (!control.name || /^(file|submit|button|reset|password)$/.test(control.type)) { return; }
      if (/^(checkbox|radio)$/.test(control.type) && !control.checked) { return; }
      found.append(control.name, control.value);
    });
    found.set("csrfmiddlewaretoken", token());
    return found;
  }
  function said(words, trouble) {
    line.textContent = words;
    line.classList.toggle("is-trouble", Boolean(trouble));
  }
  function away() {
    said("登录已超时，没有自动保存。您填写的内容留在本机，重新登录后自动恢复、继续保存。", true);
    document.dispatchEvent(new CustomEvent("mingchuang:away"));
  }
  function heard(answer) {
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) { away(); return null; }
    if (answer.status === 413) { said("内容太大，不能自动保存；请缩短，或者把长的材料改作附件。", true); return null; }
    if (answer.status === 404) { said("这一稿已经不归您办理，没有自动保存；您填写的内容留在本机。", true); return null; }
    return answer.json().then(function (told) {
      if (answer.ok) { last = told.at; said(told.at + " 已自动保存（点“保存草稿”才对别人生效）。"); return true; }
      said((told.reasons || ["没有自动保存。"]).join(""), true);
      return null;
    });
  }
  function save() {
    if (!address || !changed || busy) { return; }
    if (document.querySelector("[data-autosaved]")) {
      said("上面还有以前自动保存的内容：请先“恢复”（换成以前的内容）或者“丢弃”，再继续自动保存。", true);
      return;
    }
    busy = true;
    changed = false;
    fetch(address, { method: "POST", body: fields(), credentials: "same-origin", redirect: "manual" })
      .then(heard)
      .then(function (kept) { if (!kept) { changed = true; } })
      .catch(function () {
        changed = true;
        said("暂时连不上服务器，没有自动保存" + (last ? "（上次 " + last + "）" : "") + "；您填写的内容留在本机。", true);
      })
      .then(function () { busy = false; });
  }
  /* Controls without a name are parts of an editor, and what they say is no typing. */
  function note(event) { changed = changed || Boolean(event.target.name); }
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("mingchuang:changed", note);
  form.addEventListener("focusout", function () { setTimeout(save, 0); });
  form.addEventListener("submit", function () { changed = false; });
  setInterval(save, EVERY);

  /* Who else has it open. */
  var place = document.querySelector("[data-editors]"), opened = form.elements.version.value, told = "";
  var dismissed = false;
  function banner(words, sentence) {
    var box = ui.make("div", "flash flash--warning editors"), text = ui.make("p"), ways = ui.make("span", "editors__ways");
    var again = ui.make("a", "button button--small", "刷新"), on = ui.make("a", "button button--small", "仍要编辑");
    box.setAttribute("role", "status");
    text.appendChild(ui.make("strong", "", words));
    text.appendChild(document.createTextNode("　" + sentence + " "));
    again.href = location.pathname;
    on.href = location.pathname + "?anyway=1";
    on.dataset.anyway = "";
    ways.appendChild(again);
    ways.appendChild(document.createTextNode(" "));
    ways.appendChild(on);
    text.appendChild(ways);
    box.appendChild(text);
    return box;
  }
  function show(state) {
    var now = JSON.stringify([state.others.map(function (one) { return one.words; }), String(state.version) !== opened]);
    if (now === told || dismissed) { return; }
    told = now;
    while (place.firstChild) { place.removeChild(place.firstChild); }
    if (String(state.version) !== opened) {
      place.appendChild(banner("这一稿刚刚被保存过。", "您继续修改，保存时两边的修改会合并，不会互相覆盖。"));
    }
    state.others.forEach(function (one) {
      place.appendChild(banner(one.words, one.own ? "请只在一个页面里修改。" : "您也可以修改，保存时两边的修改会合并，不会互相覆盖。"));
    });
  }
  function body(leave) {
    var found = new FormData();
    found.append("csrfmiddlewaretoken", token());
    found.append("tab", form.elements.tab.value);
    if (leave) { found.append("leave", "1"); }
    return found;
  }
  function beat() {
    if (document.hidden) { return; }
    fetch(form.dataset.heartbeat, { method: "POST", body: body(false), credentials: "same-origin", redirect: "manual" })
      .then(function (answer) { return answer.ok ? answer.json() : null; })
      .then(function (state) { if (state) { show(state); } })
      .catch(function () { /* no network for a moment: the next one may come through */ });
  }
  document.addEventListener("click", function (event) {
    if (event.target.dataset && event.target.dataset.anyway !== undefined) {
      event.preventDefault();
      dismissed = true;
      place.classList.add("is-small");
      ui.all("[data-anyway]", place).forEach(function (link) { link.remove(); });
      var first = form.querySelector("input:not([type=hidden]), textarea");
      if (first) { first.focus(); }
    }
  });
  setInterval(beat, BEAT);
  document.addEventListener("visibilitychange", function () { if (document.hidden) { save(); } else { beat(); save(); } });
  window.addEventListener("pagehide", function () {
    if (navigator.sendBeacon) { navigator.sendBeacon(form.dataset.heartbeat, body(true)); }
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { beat(); } });
})();
