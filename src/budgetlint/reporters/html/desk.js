"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const english = root.lang === "en";
  const say = (zh, en) => (english ? en : zh);
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const make = (tag, text, css) => {
    const node = document.createElement(tag);
    if (text) node.textContent = text;
    if (css) node.className = css;
    return node;
  };

  const known = new Map();
  const dataOf = (number) => {
    if (!known.has(number)) {
      const holder = document.getElementById("data" + number);
      const data = holder ? JSON.parse(holder.textContent) : null;
      if (data) {
        data.of = new Map();
        data.checks.forEach((check, at) => check[2].forEach((figure) => {
          if (!data.of.has(figure)) data.of.set(figure, []);
          data.of.get(figure).push(at);
        }));
        const place = document.getElementById("d" + number);
        data.cells = new Map(all("[data-f]", place).map((cell) => [Number(cell.dataset.f), cell]));
      }
      known.set(number, data);
    }
    return known.get(number);
  };
  const numberOf = (node) => {
    const holder = node.closest("[data-document]");
    return holder ? Number(holder.dataset.document) : 0;
  };
  const listed = (text) => (text ? text.split(" ") : []);

  const dim = () => all(".lit,.suspect,.line-lit,.block-lit").forEach(
    (node) => node.classList.remove("lit", "suspect", "line-lit", "block-lit"));
  const light = (number, suspects, compared, lines) => {
    dim();
    const data = dataOf(number);
    const lit = [];
    const one = (figure, suspect) => {
      const cell = data && data.cells.get(Number(figure));
      if (!cell) return;
      cell.classList.add("lit");
      if (suspect) cell.classList.add("suspect");
      lit.push(cell);
    };
    suspects.forEach((figure) => one(figure, true));
    compared.forEach((figure) => one(figure, false));
    lines.forEach((line) => {
      const [block, row] = line.split(".");
      const holder = document.getElementById("d" + number + "b" + block);
      if (!holder) return;
      const node = row === undefined ? holder : holder.querySelector('tr[data-l="' + row + '"]') || holder;
      node.classList.add(row === undefined ? "block-lit" : "line-lit");
      lit.push(node);
    });
    const before = (a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
    const first = suspects.length ? lit[0] : lit.slice().sort(before)[0];
    if (first) first.scrollIntoView({ block: "center", inline: "nearest" });
    return lit;
  };

  let now = null;
  const show = (article, focus) => {
    if (now) now.classList.remove("now");
    now = article;
    article.classList.add("now");
    light(numberOf(article), listed(article.dataset.suspects), listed(article.dataset.compared), listed(article.dataset.lines));
    const list = article.closest(".findings");
    if (list && list.scrollHeight > list.clientHeight) list.scrollTop += article.getBoundingClientRect().top - list.getBoundingClientRect().top - 40;
    if (focus) article.focus({ preventScroll: true });
  };
  const step = (by) => {
    const shown = all(".findings article").filter((one) => !one.hidden);
    if (!shown.length) return;
    const at = shown.indexOf(now);
    const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length;
    show(shown[next], true);
  };

  let panel = null;
  let came = null;
  const close = () => {
    if (panel) panel.remove();
    panel = null;
    dim();
    if (came) came.focus({ preventScroll: true });
    came = null;
  };
  const explain = (cell) => {
    const number = numberOf(cell);
    const data = dataOf(number);
    if (!data) return;
    const figure = Number(cell.dataset.f);
    if (panel) panel.remove();
    panel = make("aside", "", "panel");
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", say("用到这个数字的核对", "Checks that read this figure"));
    panel.tabIndex = -1;
    const shut = make("button", "×", "close");
    shut.type = "button";
    shut.setAttribute("aria-label", say("收起", "close"));
    shut.addEventListener("click", close);
    panel.append(make("h3", textOf(cell) + "  " + data.called[figure]), shut);
    const checks = data.of.get(figure) || [];
    panel.append(make("p", checks.length
      ? say("用到这个数字的核对 " + checks.length + " 项", checks.length + " checks read this figure")
      : say("没有规则核对到这个数字：请人工核对。", "No rule looked at this figure: check it by hand.")));
    const list = make("ul");
    const order = [2, 4, 1, 0, 3];
    checks.map((at) => data.checks[at]).sort((a, b) => order.indexOf(a[1]) - order.indexOf(b[1])).slice(0, 60).forEach((check) => {
      const item = make("li");
      const rule = data.rules[check[0]];
      const head = make("button", data.verdicts[check[1]] + "  " + rule[0] + " " + rule[1]);
      head.type = "button";
      head.addEventListener("click", () => light(number, [], check[2], []));
      item.append(head);
      if (check[4]) item.append(make("p", check[4]));
      const others = check[2].slice(0, 12).map((one) => {
        const other = data.cells.get(one);
        const sign = check[3][check[2].indexOf(one)];
        return (sign === "." ? "" : sign + " ") + (other ? textOf(other) : "") + "（" + data.called[one] + "）";
      });
      if (check[2].length > 12) others.push(say("…… 共 " + check[2].length + " 个数", "… " + check[2].length + " figures"));
      item.append(make("p", others.join("  ")));
      list.append(item);
    });
    panel.append(list);
    document.body.append(panel);
    came = document.activeElement;
    light(number, [figure], [], []);
    panel.focus({ preventScroll: true });
  };
  const textOf = (cell) => {
    const copy = cell.cloneNode(true);
    all("ins", copy).forEach((node) => node.remove());
    return copy.textContent.trim();
  };

  document.addEventListener("click", (event) => {
    const target = event.target;
    if (target.closest("form,button,summary,input,select,.panel")) return;
    const article = target.closest(".findings article");
    if (article) {
      const link = target.closest("a");
      if (link && !link.closest(".place")) return;
      event.preventDefault();
      show(article, false);
      return;
    }
    const cell = target.closest("[data-f]");
    if (cell) {
      event.preventDefault();
      explain(cell);
    }
  });

  const move = (region, cell, key) => {
    const row = cell.parentElement;
    const at = Array.from(row.children).indexOf(cell);
    if (key === "ArrowLeft" || key === "ArrowRight") {
      const step = key === "ArrowLeft" ? "previousElementSibling" : "nextElementSibling";
      let next = cell[step];
      while (next && next.dataset.f === undefined) next = next[step];
      return next;
    }
    let line = key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
    while (line) {
      const next = line.children[at];
      if (next && next.dataset.f !== undefined) return next;
      line = key === "ArrowUp" ? line.previousElementSibling : line.nextElementSibling;
    }
    return null;
  };
  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") return close();
    if (target.closest("input,select,textarea")) return;
    const region = target.closest(".paper .scroll");
    if (region && event.key.startsWith("Arrow")) {
      const cell = target.closest("[data-f]");
      const next = cell ? move(region, cell, event.key) : region.querySelector("[data-f]");
      if (next) {
        next.tabIndex = -1;
        next.focus();
        event.preventDefault();
      }
      return;
    }
    if (event.key === "Enter" && target.dataset && target.dataset.f !== undefined) {
      explain(target);
      event.preventDefault();
    } else if (event.key === "n" || event.key === "p") {
      step(event.key === "n" ? 1 : -1);
    } else if (event.key === "/") {
      const search = document.querySelector(".by-text");
      if (search) {
        search.focus();
        event.preventDefault();
      }
    }
  });

  all(".filters").forEach((form) => {
    const list = form.closest(".findings");
    const place = form.closest("[data-document]");
    const paper = place.querySelector(".paper");
    const articles = all("article", list);
    const texts = articles.map((one) => one.textContent.toLowerCase());
    const search = form.querySelector(".by-text");
    let at = -1;
    const filter = () => {
      const text = search.value.trim().toLowerCase();
      const severities = new Set(all(".by-severity", form).filter((one) => one.checked).map((one) => one.value));
      const table = form.querySelector(".by-table").value;
      const rule = form.querySelector(".by-rule").value;
      let shown = 0;
      articles.forEach((article, number) => {
        const severity = ["error", "warning", "notice"].find((one) => article.classList.contains(one));
        article.hidden = !(severities.has(severity) && (!table || article.dataset.table === table)
          && (!rule || article.dataset.rule === rule) && (!text || texts[number].includes(text)));
        if (!article.hidden) shown += 1;
      });
      all("h4", list).forEach((head) => {
        let next = head.nextElementSibling;
        let some = false;
        while (next && next.tagName !== "H4") {
          if (next.tagName === "ARTICLE" && !next.hidden) some = true;
          next = next.nextElementSibling;
        }
        head.hidden = !some;
      });
      form.querySelector(".shown").textContent = say("显示 " + shown + " 个", shown + " shown");
      at = -1;
    };
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = search.value.trim().toLowerCase();
      all(".found-text").forEach((node) => node.classList.remove("found-text"));
      if (!text || !paper) return;
      const hits = all("p,h4,h5,h6,figcaption,tr", paper).filter((node) => node.textContent.toLowerCase().includes(text));
      if (!hits.length) return;
      at = (at + 1) % hits.length;
      hits[at].classList.add("found-text");
      hits[at].scrollIntoView({ block: "center" });
      form.querySelector(".shown").textContent = say("文中 " + (at + 1) + " / " + hits.length + " 处", at + 1 + " / " + hits.length + " in the text");
    });
  });

  all(".sortable").forEach((table) => {
    const body = table.tBodies[0];
    all("thead th", table).forEach((head, column) => {
      const button = make("button", head.textContent);
      button.type = "button";
      head.textContent = "";
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") === "descending";
        all("thead th", table).forEach((one) => one.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const value = (row) => row.cells[column].textContent.trim();
        const rows = Array.from(body.rows).sort((a, b) => {
          const one = value(a);
          const other = value(b);
          const difference = one !== "" && other !== "" && !isNaN(one) && !isNaN(other)
            ? Number(one) - Number(other) : one.localeCompare(other, "zh");
          return up ? difference : -difference;
        });
        body.append(...rows);
      });
    });
  });

  const asked = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches(".findings article")) show(target, false);
  };
  window.addEventListener("hashchange", asked);
  asked();
})();
