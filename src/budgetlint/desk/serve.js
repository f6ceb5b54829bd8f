"use strict";
(() => {
  const english = document.documentElement.lang === "en";
  const say = (zh, en) => (english ? en : zh);
  const stages = {
    read: say("读取", "reading"), structure: say("理清结构", "structure"), name: say("认表认数", "naming"),
    rules: say("按规则核对", "checking rules"), diagnose: say("归纳问题", "summing up"), done: say("完成", "done"),
  };

  const drop = document.getElementById("drop");
  if (drop) {
    const said = document.getElementById("said");
    const send = async (files) => {
      if (!files.length) return;
      const form = new FormData();
      files.forEach(([file, name]) => form.append("files", file, name));
      said.textContent = say("正在接收 " + files.length + " 个文件……", "receiving " + files.length + " files …");
      const answer = await fetch("/check", { method: "POST", body: form, headers: { accept: "application/json" } });
      const data = await answer.json().catch(() => ({ error: String(answer.status) }));
      if (data.run) location.assign("/run/" + data.run);
      else said.textContent = data.error;
    };
    const walk = (entry) => new Promise((resolve) => {
      if (entry.isFile) return entry.file((file) => resolve([[file, entry.fullPath.replace(/^\//, "")]]), () => resolve([]));
      const reader = entry.createReader();
      const found = [];
      const more = () => reader.readEntries(async (entries) => {
        if (!entries.length) return resolve((await Promise.all(found.map(walk))).flat());
        found.push(...entries);
        more();
      }, () => resolve([]));
      more();
    });
    ["dragover", "dragenter"].forEach((kind) => drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    }));
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", async (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      const entries = Array.from(event.dataTransfer.items).map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
      const files = entries.length ? (await Promise.all(entries.map(walk))).flat()
        : Array.from(event.dataTransfer.files).map((file) => [file, file.name]);
      send(files);
    });
    document.getElementById("folder").addEventListener("change", (event) => {
      send(Array.from(event.target.files).map((file) => [file, file.webkitRelativePath || file.name]));
    });
    drop.addEventListener("submit", (event) => {
      event.preventDefault();
      const files = Array.from(document.getElementById("files").files).map((file) => [file, file.name]);
      if (files.length) send(files);
      else said.textContent = say("请先选择文件", "choose files first");
    });
  }

  const progress = document.getElementById("progress");
  if (progress) {
    const bar = document.getElementById("bar");
    const events = new EventSource("/run/" + progress.dataset.run + "/events");
    events.onmessage = (event) => {
      const step = JSON.parse(event.data);
      progress.textContent = (step.total ? step.done + " / " + step.total + "  " : "") + step.path + "  " + (stages[step.stage] || step.stage);
      if (step.total) {
        bar.max = step.total;
        bar.value = step.done;
      }
    };
    const end = () => {
      events.close();
      location.reload();
    };
    events.addEventListener("end", end);
  }

  document.querySelectorAll(".try").forEach((form) => form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const shown = form.parentElement.querySelector(".tried");
    shown.textContent = say("正在试……", "trying …");
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "x-part": "1" } });
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    shown.replaceChildren(...parsed.body.childNodes);
  }));
})();
