/* Applies the reader's choices before the first paint. Loaded in the head, without defer, on purpose: it is tiny. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var theme = localStorage.getItem("mingchuang:theme");
    var size = localStorage.getItem("mingchuang:size");
    if (theme) { root.setAttribute("data-theme", theme); }
    if (size) { root.setAttribute("data-size", size); }
  } catch (refused) { /* storage switched off: the page stays as the system asks */ }
})();
