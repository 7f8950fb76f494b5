"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  root.classList.add("js");

  // Light or dark: as the system says, until the button is used.
  const button = byId("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
  const showTheme = () => button.setAttribute("aria-pressed", String(isDark()));
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    showTheme();
  });
  system.addEventListener("change", showTheme);
  showTheme();

  // Tables: each head becomes a button that sorts; numbers sort by their exact value.
  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.value ?? cell.textContent.trim();
  };
  const compare = (a, b) => {
    if (a === "" || b === "") return (a === "") - (b === "");
    const numbers = [Number(a), Number(b)];
    return numbers.some(Number.isNaN) ? a.localeCompare(b) : numbers[0] - numbers[1];
  };
  const sort = (table, column, down) => {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [key(row, column), row]);
    rows.sort((a, b) => {
      const empty = a[0] === "" || b[0] === "";
      return compare(a[0], b[0]) * (down && !empty ? -1 : 1);
    });
    body.append(...rows.map(([, row]) => row));
  };
  for (const table of all("table.sortable")) {
    const heads = all("thead th", table);
    heads.forEach((head, column) => {
      const control = document.createElement("button");
      control.type = "button";
      control.append(...head.childNodes);
      head.append(control);
      control.addEventListener("click", () => {
        const was = head.getAttribute("aria-sort");
        const down = was ? was === "ascending" : head.classList.contains("number");
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sort(table, column, down);
      });
    });
  }

  // Filters: all words must occur; the count of what is left is read out.
  const wire = (input, items, output, picks = []) => {
    const texts = items.map((item) => item.textContent.toLowerCase());
    const apply = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      items.forEach((item, at) => {
        const fits = words.every((word) => texts[at].includes(word)) &&
          picks.every((pick) => !pick.value || item.dataset[pick.dataset.pick] === pick.value);
        item.hidden = !fits;
        shown += fits;
      });
      output.textContent = shown === items.length ? "" : `${shown} of ${items.length} shown`;
    };
    [input, ...picks].forEach((control) => control.addEventListener("input", apply));
  };
  for (const input of all("[data-filter]")) {
    const target = byId(input.dataset.filter);
    const items = target.tBodies ? [...target.tBodies[0].rows] : [...target.children];
    wire(input, items, byId(`${target.id}-shown`), target.tBodies ? [] : all("[data-pick]"));
  }
  const opener = byId("open-all");
  opener?.addEventListener("click", () => {
    const open = opener.getAttribute("aria-expanded") !== "true";
    opener.setAttribute("aria-expanded", String(open));
    opener.textContent = open ? "Close all" : "Open all";
    all("#cases > details").forEach((item) => { item.open = open; });
  });

  // Charts as files, in the light colours and with their style inside; few other programs look names of colours up.
  const FONT = ".chart{font-family:Helvetica,Arial,sans-serif}";
  const light = new Map([...byId("light").textContent.matchAll(/(--[\w-]+):([^;}]+)/g)].map(([, name, color]) => [name, color]));
  const standalone = (id) => {
    const chart = byId(`chart-${id}`).cloneNode(true);
    const [, , width, height] = chart.getAttribute("viewBox").split(" ");
    chart.setAttribute("width", width);
    chart.setAttribute("height", height);
    const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
    style.textContent = byId("charts").textContent.replace(/var\((--[\w-]+)\)/g, (_, name) => light.get(name)) + FONT;
    chart.prepend(style);
    return { text: new XMLSerializer().serializeToString(chart), width: +width, height: +height };
  };
  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const savePng = ({ text, width, height }, name) => {
    const scale = 3;
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = width * scale;
      canvas.height = height * scale;
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(blob, name));
    };
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  };
  for (const control of all("[data-chart]")) {
    control.addEventListener("click", () => {
      const chart = standalone(control.dataset.chart);
      const name = `${control.dataset.chart}.${control.dataset.type}`;
      if (control.dataset.type === "png") savePng(chart, name);
      else save(new Blob([chart.text], { type: "image/svg+xml" }), name);
    });
  }
})();
