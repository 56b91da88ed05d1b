/* Attachments dropped or chosen on a draft go up one by one, each with its progress, each with its own reasons when it
   is refused. Without this script the file field sends them with the draft. */
(function () {
  "use strict";
  var ui = window.Mingchuang, form = document.querySelector("form[data-attach]");
  var input = form ? form.querySelector("input[name=added]") : null;
  if (!ui || !input || !window.FormData) { return; }
  var list = form.querySelector("[data-files]"), queue = [], busy = false;
  var MOST = Number(form.dataset.mostBytes), MEGABYTE = 1024 * 1024;

  var zone = ui.make("div", "drop"), going = ui.make("ul", "drop__files");
  zone.appendChild(ui.make("p", "drop__words", "把文件拖到这里，或者点下面的按钮选择；逐个上传、逐个检查，查完就在上面的清单里。"));
  input.parentNode.insertBefore(zone, input);
  zone.appendChild(input);
  zone.appendChild(going);
  going.setAttribute("aria-live", "polite");

  function rowFor(file) {
    var row = ui.make("li", "drop__file"), bar = document.createElement("progress"), words = ui.make("span", "drop__state", "等待上传");
    row.appendChild(ui.make("strong", "", file.name));
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", "“" + file.name + "”的上传进度");
    row.appendChild(bar);
    row.appendChild(words);
    going.appendChild(row);
    return { file: file, row: row, bar: bar, words: words };
  }
  function refuse(job, reasons, again) {
    job.row.className = "drop__file drop__file--wrong";
    job.bar.remove();
    job.words.textContent = "没有添加";
    var told = ui.make("ul", "drop__reasons");
    reasons.forEach(function (reason) { told.appendChild(ui.make("li", "", reason)); });
    job.row.appendChild(told);
    if (again) { button(job.row, "再传一次", function () { job.row.remove(); take([job.file]); }); }
    button(job.row, "知道了", function () { job.row.remove(); });
  }
  function button(row, words, press) {
    var made = ui.make("button", "button button--small", words);
    made.type = "button";
    made.addEventListener("click", press);
    row.appendChild(made);
  }
  function link(address, words, hidden) {
    var made = ui.make("a", "", words);
    made.href = address;
    if (hidden) { made.appendChild(ui.make("span", "unseen", hidden)); }
    return made;
  }
  function listed(job, told) {
    var row = document.createElement("li"), name = ui.make("span", "files__name"), drop = ui.make("label", "files__drop");
    var look = link(told.preview, "预览", "“" + told.name + "”"), tick = document.createElement("input");
    look.className = "files__look";
    name.appendChild(link(told.address, told.name));
    name.appendChild(ui.make("span", "files__hash", "校验值（SHA-256）：" + told.sha256.slice(0, 16) + "…"));
    tick.type = "checkbox";
    tick.name = "detach";
    tick.value = told.id;
    drop.appendChild(tick);
    drop.appendChild(document.createTextNode(" 移除"));
    drop.appendChild(ui.make("span", "unseen", "“" + told.name + "”"));
    [name, look, ui.make("span", "files__size", told.kind + " · " + told.size), drop].forEach(function (part) { row.appendChild(part); });
    list.hidden = false;
    list.appendChild(row);
    job.bar.remove();
    job.row.className = "drop__file drop__file--done";
    job.words.textContent = "已添加" + (told.renamed ? "，公众看到的文件名改为“" + told.name + "”" : "");
  }

  function answerOf(request) { try { return JSON.parse(request.responseText); } catch (broken) { return {}; } }
  function finish(job, request) {
    var told = answerOf(request);
    if (request.status === 200 && told.id) { listed(job, told); }
    else if (told.reasons) { refuse(job, told.reasons); }
    else if (request.status === 413) { refuse(job, ["文件超过" + Math.floor(MOST / MEGABYTE) + " MB，请压缩或拆分后再上传。"]); }
    else if (request.status === 403 || request.responseURL.indexOf("/accounts/login/") >= 0) {
      refuse(job, ["登录已超时，没有添加：请在新窗口重新登录，再传一次。"], true);
    } else { refuse(job, ["没有连上服务器，或者服务器没有收下，没有添加：请稍后再传一次。"], true); }
    busy = false;
    next();
  }
  function send(job) {
    var request = new XMLHttpRequest(), sent = new FormData(), token = form.querySelector("input[name=csrfmiddlewaretoken]");
    sent.append("file", job.file, job.file.name);
    request.open("POST", form.dataset.attach);
    request.setRequestHeader("X-CSRFToken", token ? token.value : "");
    request.upload.addEventListener("progress", function (event) {
      if (!event.lengthComputable) { return; }
      job.bar.value = Math.floor(event.loaded / event.total * 100);
      job.words.textContent = event.loaded < event.total ? "已上传 " + job.bar.value + "%" : "正在检查内容……";
      if (event.loaded === event.total) { job.bar.removeAttribute("value"); }
    });
    request.addEventListener("load", function () { finish(job, request); });
    request.addEventListener("error", function () { finish(job, request); });
    request.send(sent);
  }
  function next() {
    if (busy || !queue.length) { return; }
    busy = true;
    send(queue.shift());
  }
  function take(files) {
    Array.prototype.forEach.call(files, function (file) {
      var job = rowFor(file);
      if (!file.size) { refuse(job, ["“" + file.name + "”是空文件或者文件夹，请选择单个文件。"]); }
      else if (file.size > MOST) { refuse(job, ["“" + file.name + "”超过" + Math.floor(MOST / MEGABYTE) + " MB，请压缩或拆分后再上传。"]); }
      else { queue.push(job); }
    });
    next();
  }

  input.addEventListener("change", function () { take(Array.prototype.slice.call(input.files)); input.value = ""; });
  function holdsFiles(event) {
    return event.dataTransfer && Array.prototype.indexOf.call(event.dataTransfer.types, "Files") >= 0;
  }
  /* A file that misses the zone must not replace the page and what is typed on it. */
  window.addEventListener("dragover", function (event) { if (holdsFiles(event)) { event.preventDefault(); zone.classList.add("is-near"); } });
  window.addEventListener("dragleave", function (event) { if (!event.relatedTarget) { zone.classList.remove("is-near", "is-over"); } });
  window.addEventListener("drop", function (event) {
    zone.classList.remove("is-near", "is-over");
    if (holdsFiles(event)) { event.preventDefault(); }
  });
  zone.addEventListener("dragover", function (event) { if (holdsFiles(event)) { zone.classList.add("is-over"); } });
  zone.addEventListener("dragleave", function () { zone.classList.remove("is-over"); });
  zone.addEventListener("drop", function (event) {
    if (!holdsFiles(event)) { return; }
    event.preventDefault();
    take(Array.prototype.slice.call(event.dataTransfer.files));
  });
  window.addEventListener("beforeunload", function (event) {
    if (busy || queue.length) { event.preventDefault(); event.returnValue = ""; }
  });
})();
