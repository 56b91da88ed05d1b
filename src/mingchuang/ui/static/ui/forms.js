/* The desk's forms outlive their session: what is typed into <form data-keep="name"> stays in this browser until it is
   saved, and the session's end is announced. Passwords and files are never kept, hidden fields only where they say so
   (data-keep-too). A field that this file fills fires "mingchuang:changed", for an editor that sits on it. */
(function () {
  "use strict";
  var ui = window.Mingchuang, body = document.body;
  var PREFIX = "mingchuang:draft:", LONGEST = 7 * 24 * 3600 * 1000;

  function keyOf(form) { return PREFIX + (body.dataset.person || "") + ":" + location.pathname + ":" + form.dataset.keep; }
  function controls(form) {
    return Array.prototype.filter.call(form.elements, function (control) {
      if (control.type === "hidden") { return control.name && control.dataset.keepToo !== undefined; }
      return control.name && !/^(password|file|submit|button|reset)$/.test(control.type);
    });
  }
  function valuesOf(form) {
    return controls(form).map(function (control) {
      if (/^(checkbox|radio)$/.test(control.type)) { return [control.name, control.value, control.checked]; }
      if (control.type === "select-multiple") {
        return [control.name, Array.prototype.map.call(control.selectedOptions, function (o) { return o.value; })];
      }
      return [control.name, control.value];
    });
  }
  function putBack(form, values) {
    var left = values.slice();
    controls(form).forEach(function (control) {
      var ticked = /^(checkbox|radio)$/.test(control.type);
      for (var i = 0; i < left.length; i++) {
        if (left[i][0] !== control.name || (ticked && left[i][1] !== control.value)) { continue; }
        if (ticked) { control.checked = left[i][2]; }
        else if (control.type === "select-multiple") {
          Array.prototype.forEach.call(control.options, function (o) { o.selected = left[i][1].indexOf(o.value) >= 0; });
        } else { control.value = left[i][1]; }
        left.splice(i, 1);
        control.dispatchEvent(new CustomEvent("mingchuang:changed", { bubbles: true }));
        return;
      }
    });
  }
  function draftOf(key) { try { return JSON.parse(ui.kept(key)); } catch (broken) { return null; } }
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function clock(ms) { var t = new Date(ms); return two(t.getHours()) + ":" + two(t.getMinutes()); }

  function eachDraft(visit) {
    var keys = [];
    try { for (var i = 0; i < localStorage.length; i++) { keys.push(localStorage.key(i)); } } catch (refused) { return; }
    keys.forEach(function (key) { if (key.indexOf(PREFIX) === 0) { visit(key, draftOf(key)); } });
  }
  /* A draft goes when the server said that it saved (a success message), or after a week. */
  var saved = document.querySelector(".flash--success");
  eachDraft(function (key, draft) {
    if (!draft || Date.now() - draft.at > LONGEST || (draft.sent && saved)) { ui.keep(key, null); }
  });

  function offerBack(form, key, draft, original) {
    putBack(form, draft.values);
    var bar = ui.make("div", "kept"), drop = ui.make("button", "button button--small", "放弃恢复");
    bar.setAttribute("role", "status");
    bar.appendChild(ui.make("span", "", "已恢复您 " + clock(draft.at) + " 填写、尚未保存的内容。"));
    drop.type = "button";
    drop.addEventListener("click", function () { putBack(form, original); ui.keep(key, null); bar.remove(); });
    bar.appendChild(drop);
    form.insertBefore(bar, form.firstChild);
  }
  ui.all("form[data-keep]").forEach(function (form) {
    var key = keyOf(form), draft = draftOf(key), original = valuesOf(form), waiting = null;
    /* The answer to what was sent shows it itself, and beside it what others have saved meanwhile. */
    if (draft && (form.dataset.restored !== undefined || draft.sent && form.dataset.answered !== undefined)) { ui.keep(key, null); draft = null; }
    if (draft && JSON.stringify(draft.values) !== JSON.stringify(original)) { offerBack(form, key, draft, original); }
    function store(sent) { ui.keep(key, JSON.stringify({ at: Date.now(), sent: sent, values: valuesOf(form) })); }
    form.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(function () { waiting = null; store(false); }, 400);
    });
    form.addEventListener("submit", function () { clearTimeout(waiting); waiting = null; store(true); });
    window.addEventListener("pagehide", function () { if (waiting !== null) { clearTimeout(waiting); store(false); } });
  });
  /* Signing out by hand clears this person's drafts: offices share computers. */
  ui.all("form[data-forget]").forEach(function (form) {
    form.addEventListener("submit", function () {
      eachDraft(function (key) {
        if (key.indexOf(PREFIX + (body.dataset.person || "") + ":") === 0) { ui.keep(key, null); }
      });
    });
  });

  /* The session: asked for once a minute; the answer {"signed_in": true, "seconds": 540} doesn't prolong it. */
  var address = body.dataset.sessionStatus, WARN = 120, shown = null, away = false;
  function show(words, label, press) {
    if (shown) { shown.remove(); }
    shown = ui.make("div", "session");
    shown.setAttribute("role", "alert");
    shown.appendChild(ui.make("p", "", words));
    var button = ui.make("button", "button button--primary", label);
    button.type = "button";
    button.addEventListener("click", press);
    shown.appendChild(button);
    body.appendChild(shown);
  }
  function hide() { if (shown) { shown.remove(); shown = null; } }
  function prolong() { fetch(location.href, { method: "HEAD", credentials: "same-origin" }).then(hide).then(ask); }
  function signIn() { window.open("/accounts/login/?next=" + encodeURIComponent("/desk/"), "_blank"); ui.release(); }
  /* Signing in changes the token against forgery: forms that waited take the new one from its cookie. */
  function freshTokens() {
    var found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (found) { ui.all("input[name=csrfmiddlewaretoken]").forEach(function (field) { field.value = found[1]; }); }
  }
  function judge(state) {
    if (state.signed_in && away) { freshTokens(); }
    away = !state.signed_in;
    if (!state.signed_in) {
      show("登录已超时。您填写的内容已保存在本机，请在新窗口重新登录后回到本页继续，内容不会丢失。", "重新登录", signIn);
    } else if (state.seconds <= WARN) {
      show("因长时间未操作，登录将在 " + Math.max(1, Math.ceil(state.seconds / 60)) + " 分钟内结束。", "继续工作", prolong);
    } else { hide(); }
  }
  function ask() {
    fetch(address, { credentials: "same-origin", headers: { Accept: "application/json" } })
      .then(function (answer) { if (!answer.ok) { throw new Error(String(answer.status)); } return answer.json(); })
      .then(judge)
      .catch(function () { /* no network for a moment: the next question may be answered */ });
  }
  if (address && window.fetch) {
    setInterval(ask, 30 * 1000);
    document.addEventListener("visibilitychange", function () { if (!document.hidden) { ask(); } });
    document.addEventListener("mingchuang:away", ask);
    ask();
  }
})();
