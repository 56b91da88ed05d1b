/* The body as a document instead of lines: Jodit over the text area, which stays the field that is sent. What is pasted
   goes through the server's cleaner before it comes in. Without this script the text area works by itself. */
(function () {
  "use strict";
  var ui = window.Mingchuang, Jodit = window.Jodit;
  if (!ui || !Jodit) { return; }
  var UNUSED = ("about ai-assistant class-span clipboard color copy-format drag-and-drop drag-and-drop-element file font hr" +
    " iframe image image-processor image-properties indent inline-popup-img justify line-height media mobile paste" +
    " paste-from-word paste-storage placeholder powered-by-jodit preview print resize-cells resize-handler resizer search source" +
    " speech-recognize spellcheck stat symbols tab table-keyboard-navigation video xpath").split(" ");
  var BLOCK = /^(P|H[2-6]|LI|TD|TH|BLOCKQUOTE)$/, ALIGNS = ["align-center", "align-right", "align-justify"];
  var FLOW = "p,h1,h2,h3,h4,h5,h6,ul,ol,table,blockquote,hr,div";
  var value = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
  var HINT = "从 Word、WPS、Excel 粘贴，合并的单元格、表头和段落编号都会保留；字体、颜色等样式以及图片会去掉，去掉了什么随即告诉您。" +
    "单独成行的“一、”“（一）”回车后自动成为标题，也可以用“标题”按钮改。按 Tab 键离开正文，按 Alt+F10 到工具栏、Esc 回到正文。";

  /* Jodit writes a style element for the chosen cells and style attributes into its own markup, which the content
     security policy refuses; both go through the object model instead, which it allows. */
  var chosen = window.CSSStyleSheet && document.adoptedStyleSheets ? new CSSStyleSheet() : null;
  if (chosen) { document.adoptedStyleSheets = Array.prototype.slice.call(document.adoptedStyleSheets).concat(chosen); }
  function showChosen() {
    var cells = this.getAllSelectedCells().map(function (cell) { return Jodit.modules.Helpers.cssPath(cell); }).filter(Boolean);
    if (chosen) { chosen.replaceSync(cells.length ? cells.join(",") + "{outline:2px solid var(--action);outline-offset:-2px;background:var(--brand-tint)}" : ""); }
  }
  Object.defineProperty(Jodit.modules.Table.prototype, "__recalculateStyles", { configurable: true, value: showChosen });
  Jodit.modules.ToolbarEditorCollection.prototype.prependInvisibleInput = function () { /* we stand in no label */ };
  function styledByObject(create) {
    var made = create.fromHTML;
    create.fromHTML = function (html) {
      var styled = typeof html === "string" ? html.match(/^<div style="([^"]*)"/) : null;
      if (!styled) { return made.apply(create, arguments); }
      var node = made.call(create, html.replace(styled[0], "<div"));
      node.style.cssText = styled[1];
      return node;
    };
  }

  /* Alignment is a class, as it is saved: inline styles are refused by the content security policy. */
  function chosenCells(editor) { return editor.getInstance("Table", editor.o).getAllSelectedCells(); }
  function blocksOf(editor) {
    var cells = chosenCells(editor), range = editor.s.range;
    if (cells.length) { return cells; }
    var found = ui.all("p,h2,h3,h4,li,td,th", editor.editor).filter(function (block) {
      return range.intersectsNode(block) && !block.querySelector("p,h2,h3,h4,li,td");
    });
    return found;
  }
  function align(name) {
    return function (editor) {
      blocksOf(editor).forEach(function (block) {
        ALIGNS.forEach(function (other) { block.classList.remove(other); });
        if (name) { block.classList.add(name); }
        if (!block.getAttribute("class")) { block.removeAttribute("class"); }
      });
      editor.setEditorValue();
    };
  }
  /* Head cells: the cells of the chosen rows become <th>, and back. */
  function heads(editor) {
    var at = editor.s.current(), cells = chosenCells(editor);
    if (cells.length < 2 && at) {
      var row = (at.nodeType === 1 ? at : at.parentNode).closest("tr");
      cells = row && editor.editor.contains(row) ? Array.prototype.slice.call(row.cells) : cells;
    }
    var back = cells.length > 0 && cells[0].tagName === "TH";
    cells.forEach(function (cell) {
      var made = document.createElement(back ? "td" : "th");
      ["colspan", "rowspan", "class"].forEach(function (name) {
        if (cell.getAttribute(name)) { made.setAttribute(name, cell.getAttribute(name)); }
      });
      if (!back) { made.setAttribute("scope", "col"); }
      while (cell.firstChild) { made.appendChild(cell.firstChild); }
      cell.parentNode.replaceChild(made, cell);
    });
    if (cells.length) { editor.setEditorValue(); } else { ui.say("请先把光标放到表格的一行里。"); }
  }
  function text(words, tooltip, exec) { return { name: words, text: words, tooltip: tooltip, exec: exec }; }
  function settings() {
    return {
      language: "zh_cn", toolbarAdaptive: false, statusbar: false, minHeight: 420, maxHeight: 640, tabIndex: 0, toolbarSticky: false, editorClassName: "doc",
      enter: "p", defaultActionOnPaste: "insert_as_html", disablePlugins: UNUSED, toolbarButtonSize: "large",
      showTooltip: true, useNativeTooltip: true, spellcheck: false, createAttributes: { table: { style: "" } },
      buttons: [
        "paragraph", "bold", "|", "ul", "ol", "|", text("居左", "靠左", align("")), text("居中", "居中", align("align-center")),
        text("居右", "靠右（落款）", align("align-right")), "|", "table", text("表头", "把所在的行设为表头，再按一次改回", heads), "link", "|",
        "undo", "redo", "eraser", "fullsize"
      ],
      controls: {
        paragraph: {
          tooltip: "标题和正文",
          list: Jodit.atom({ p: "正文", h2: "标题：一、", h3: "标题：（一）", h4: "标题：1." }),
          childTemplate: function (editor, key, words) { return "<span>" + words + "</span>"; }
        },
        eraser: { tooltip: "清除格式" }
      },
      popup: { cells: Jodit.atom(cellTools()) }, link: { noFollowCheckbox: false, openInNewTabCheckbox: false, modeClassName: "" }
    };
  }
  function cellTools() {
    return Jodit.defaultOptions.popup.cells.filter(function (tool) {
      return !/^(brush|valign|align)$/.test(typeof tool === "string" ? tool : tool.name);
    });
  }

  /* Clean markup at the caret: a line goes into the line, blocks part the paragraph in which the caret stands. */
  function nodesOf(html) {
    var body = new DOMParser().parseFromString(html, "text/html").body, made = document.createDocumentFragment();
    while (body.firstChild) { made.appendChild(document.importNode(body.removeChild(body.firstChild), true)); }
    return made;
  }
  function lineAt(root, node) {
    for (; node && node !== root; node = node.parentNode) {
      if (/^(TD|TH|LI)$/.test(node.nodeName)) { return null; }
      if (/^(P|H[1-6]|DIV|BLOCKQUOTE)$/.test(node.nodeName)) { return node; }
    }
    return null;
  }
  function isEmpty(node) { return !node.textContent.replace(/[\s\u200b\ufeff]/g, "") && !node.querySelector("table,hr,ul,ol"); }
  function insert(editor, range, html) {
    var made = nodesOf(html), last = made.lastChild, root = editor.editor;
    if (!last) { return; }
    if (!root.contains(range.startContainer)) { range.selectNodeContents(root); range.collapse(false); }
    range.deleteContents();
    var line = made.querySelector(FLOW) ? lineAt(root, range.startContainer) : null;
    if (line) {
      range.setEndAfter(line);
      var tail = range.extractContents();
      line.parentNode.insertBefore(made, line.nextSibling);
      if (!isEmpty(tail)) { last.parentNode.insertBefore(tail, last.nextSibling); }
      if (isEmpty(line)) { line.parentNode.removeChild(line); }
    } else { range.insertNode(made); }
    var caret = document.createRange();
    if (/^(P|H[2-4]|LI)$/.test(last.nodeName)) { caret.selectNodeContents(last); caret.collapse(false); } else { caret.setStartAfter(last); }
    editor.s.selectRange(caret);
    editor.setEditorValue();
    if (last.scrollIntoView && last.nodeType === 1) { last.scrollIntoView({ block: "nearest" }); }
  }

  /* A line that is a number and a few words alone is a heading, as the text area has it (`records.structured.tag_of`). */
  function headingOf(words) {
    var line = words.replace(/\s+/g, "");
    if (line.length > 60 || /[：；，]$/.test(line) || /。/.test(line.replace(/。$/, ""))) { return ""; }
    if (/^(?:[一二三四五六七八九十百]+、|第[一二三四五六七八九十百]+[章编])/.test(line)) { return "h2"; }
    return /^（[一二三四五六七八九十]+）/.test(line) ? "h3" : "";
  }
  function asHeading(editor) {
    var line = lineAt(editor.editor, editor.s.current()), tag = line && line.nodeName === "P" ? headingOf(line.textContent) : "";
    if (tag) { editor.execCommand("formatBlock", false, tag); }
  }

  function Body(area) {
    this.area = area;
    this.plain = value.get.call(area);
    this.last = null;
    this.queue = Promise.resolve();
    this.box = ui.make("div", "pasted");
    this.box.setAttribute("role", "status");
    var start = area.value === area.defaultValue ? area.dataset.markup : this.markupOf(area.value);
    /* Jodit writes into the element that it is given at will: it gets one of its own, the field is written here. */
    this.editor = Jodit.make(area.parentNode.insertBefore(document.createElement("textarea"), area), settings());
    styledByObject(this.editor.createInside);
    area.hidden = true;
    area.closest(".field").classList.add("field--body");
    this.load(start, this.plain);
    this.watch();
  }
  Body.prototype.markupOf = function (typed) {
    if (/<[a-z][^>]*>/i.test(typed)) { return typed; }
    return typed.split(/\n+/).filter(function (line) { return line.trim(); }).map(function (line) {
      var made = document.createElement("p");
      made.textContent = line.trim();
      return made.outerHTML;
    }).join("");
  };
  /* Show this markup; as long as nothing is changed the field keeps the words that it came with. */
  Body.prototype.load = function (html, plain) {
    this.editor.value = html;
    this.plain = plain;
    this.first = this.last = this.announced = this.editor.value;
    value.set.call(this.area, plain);
  };
  Body.prototype.flush = function () {
    var now = this.editor.value;
    if (now === this.last) { return; }
    this.last = now;
    value.set.call(this.area, now === this.first ? this.plain : this.tidy(now));
  };
  Body.prototype.tidy = function (html) {
    return html.replace(/<p(?: class="[a-z-]*")?>(?:<br\s*\/?>|&nbsp;|\s|\u200b|\ufeff)*<\/p>/g, "").replace(/[\u200b\ufeff]/g, "");
  };
  Body.prototype.watch = function () {
    var body = this, area = this.area, root = this.editor.editor;
    Object.defineProperty(area, "value", {
      configurable: true,
      get: function () { body.flush(); return value.get.call(area); },
      set: function (words) { body.load(words === area.defaultValue ? area.dataset.markup : body.markupOf(words), words); }
    });
    /* Writing a long table out takes a while: once after the last key, and whenever somebody asks for the value. */
    this.editor.e.on("change", function () {
      clearTimeout(body.waiting);
      if (body.sent) { return; }
      body.waiting = setTimeout(function () {
        body.flush();
        if (body.last === body.announced) { return; } /* the editor's own tidying up is nobody's typing */
        body.announced = body.last;
        area.dispatchEvent(new Event("input", { bubbles: true }));
      }, 250);
    });
    window.addEventListener("pagehide", function () { body.flush(); });
    /* What is on its way to the server is not announced as a new change behind it. */
    area.form.addEventListener("submit", function () { clearTimeout(body.waiting); body.flush(); body.sent = true; }, true);
    ["input", "keydown", "mousedown"].forEach(function (told) { root.addEventListener(told, function () { body.sent = false; }); });
    area.form.addEventListener("formdata", function (event) { event.formData.set(area.name, area.value); });
    root.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { asHeading(body.editor); }
    }, true);
    root.addEventListener("paste", function (event) { body.paste(event, event.clipboardData, body.editor.s.range.cloneRange()); }, true);
    root.addEventListener("drop", function (event) {
      var place = document.caretRangeFromPoint ? document.caretRangeFromPoint(event.clientX, event.clientY) : null;
      body.paste(event, event.dataTransfer, place || body.editor.s.range.cloneRange());
    }, true);
    this.name();
  };
  Body.prototype.name = function () {
    var area = this.area, root = this.editor.editor, label = document.querySelector('label[for="' + area.id + '"]');
    root.setAttribute("role", "textbox");
    root.setAttribute("aria-multiline", "true");
    if (label) {
      label.id = label.id || area.id + "_label";
      root.setAttribute("aria-labelledby", label.id);
      label.addEventListener("click", function (event) { event.preventDefault(); root.focus(); });
    }
    ["aria-describedby", "aria-invalid", "aria-required"].forEach(function (told) {
      if (area.getAttribute(told)) { root.setAttribute(told, area.getAttribute(told)); }
    });
    var hint = document.getElementById(area.id + "_helptext");
    if (hint) { hint.textContent = HINT; }
    document.addEventListener("click", function (event) {
      var link = event.target.closest ? event.target.closest('a[href="#' + area.id + '"]') : null;
      if (link) { event.preventDefault(); root.focus(); root.scrollIntoView({ block: "center" }); }
    });
    this.editor.container.parentNode.insertBefore(this.box, this.editor.container.nextSibling);
  };

  /* Whatever is pasted or dropped is taken apart by the server, in the order in which it came. */
  Body.prototype.paste = function (event, clipboard, range) {
    event.preventDefault();
    event.stopImmediatePropagation();
    var body = this, html = clipboard ? clipboard.getData("text/html") : "", words = clipboard ? clipboard.getData("text/plain") : "";
    var files = clipboard && clipboard.files ? clipboard.files.length : 0;
    if (!html && !words) {
      this.tell(files ? ["正文里不放图片和文件：请把它拖到下面的“附件”栏，或者在那里选择。"] : ["剪贴板里没有可以放进正文的文字。"], true);
      return;
    }
    this.tell(["正在整理粘贴的内容……"]);
    this.queue = this.queue.then(function () { return body.ask(html, words); }).then(function (answer) {
      if (answer.refused) { body.tell([answer.refused], true); return; }
      insert(body.editor, range, answer.html);
      var told = answer.rows ? ["已粘贴表格，共" + answer.rows + "行。"] : ["已粘贴。"];
      body.tell(told.concat(answer.removed));
    }).catch(function () {
      insert(body.editor, range, body.markupOf(words.replace(/</g, "＜")));
      body.tell(["没有连上服务器，先按纯文字放进了正文。表格的格式没有保留：请在连上以后撤销这一步，再粘贴一次。"], true);
    });
  };
  Body.prototype.ask = function (html, words) {
    var sent = new FormData(), token = document.querySelector("input[name=csrfmiddlewaretoken]");
    sent.append("html", new Blob([html], { type: "text/html" }), "html");
    sent.append("text", new Blob([words], { type: "text/plain" }), "text");
    return fetch(this.area.form.dataset.paste || "/desk/records/paste/", {
      method: "POST", body: sent, credentials: "same-origin", headers: { "X-CSRFToken": token ? token.value : "" }
    }).then(function (answer) {
      if (answer.status !== 200 && answer.status !== 422) { throw new Error(String(answer.status)); }
      return answer.json();
    });
  };
  Body.prototype.tell = function (sentences, wrong) {
    this.box.className = "pasted" + (wrong ? " pasted--wrong" : "");
    this.box.textContent = "";
    sentences.forEach(function (sentence) { this.box.appendChild(ui.make("p", "", sentence)); }, this);
  };

  ui.bodies = ui.all("textarea[data-editor]").map(function (area) { return new Body(area); });
})();
