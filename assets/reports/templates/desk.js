// The desk's own script: asks again what changes, starts runs through Dagster, filters tables. No text becomes markup
// but the server's own fragment.
"use strict";

const EVERY = 5000;
const PLACE = { repositoryLocationName: "muc_tieu_chat_luong", repositoryName: "__repository__" };
const LAUNCH = `mutation ($params: ExecutionParams!) { launchRun(executionParams: $params) { __typename
  ... on LaunchRunSuccess { run { runId } } ... on PythonError { message } ... on RunConfigValidationInvalid { errors { message } }
  ... on UnauthorizedError { message } } }`;

const now = document.getElementById("now");
async function again(how = "") {
  try {
    const answer = await fetch(now.dataset.source + how);
    if (answer.ok) now.innerHTML = await answer.text();
  } catch { /* the server is on its way down or up; the next look tells */ }
}
if (now) setInterval(() => { if (!document.hidden) again(); }, EVERY);

function params(form) {
  const config = {}, tags = [];
  for (const input of form.querySelectorAll("[data-place]")) {
    const value = input.value.trim();
    if (!value) continue;
    const path = input.dataset.place;
    if (path.startsWith("ops/")) {
      const steps = path.split("/"), last = steps.pop();
      const inside = steps.reduce((place, step) => place[step] ??= {}, config);
      inside[last] = "list" in input.dataset ? value.split(/[\s,;]+/) : value;
    } else tags.push({ key: path, value });
  }
  const mode = { selector: { ...PLACE, jobName: form.dataset.job }, runConfigData: JSON.stringify(config) };
  return { ...mode, executionMetadata: { tags } };
}

async function start(form) {
  const told = document.getElementById("answer"), button = form.querySelector("button");
  button.disabled = true;
  told.textContent = "Đang gửi…";
  try {
    const body = JSON.stringify({ query: LAUNCH, variables: { params: params(form) } });
    const answer = await fetch("/graphql", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    const found = (await answer.json()).data?.launchRun;
    if (found?.run) told.textContent = `Đã đưa “${form.querySelector("h3").textContent}” vào hàng chờ. Tiến độ ở mục Đang chạy.`;
    else if (found?.__typename === "UnauthorizedError") told.textContent = "Vai trò này không được khởi động lần chạy.";
    else told.textContent = `Không khởi động được: ${found?.message ?? found?.errors?.[0]?.message ?? "Dagster không nhận yêu cầu"}`;
    await again("?anew");
  } catch { told.textContent = "Không gửi được: giao diện không trả lời."; }
  button.disabled = false;
}
for (const form of document.querySelectorAll("form.start"))
  form.addEventListener("submit", (event) => { event.preventDefault(); start(form); });

const filter = document.getElementById("filter");
function narrow() {
  const wanted = filter.value.trim().toLowerCase();
  for (const row of document.querySelectorAll(filter.dataset.rows)) row.hidden = !row.textContent.toLowerCase().includes(wanted);
}
// Also at once: somebody may have typed before this script came, and a browser that goes back fills the field again.
if (filter) { filter.addEventListener("input", narrow); narrow(); }

// A follow-up mark: the form of one row, sent as JSON; the page is then read anew, with the mark and its age.
const dialog = document.getElementById("mark");
if (dialog) {
  const form = document.getElementById("mark-form"), told = document.getElementById("mark-answer");
  let of = {};
  for (const button of document.querySelectorAll("button.mark")) button.addEventListener("click", () => {
    of = { kind: button.dataset.kind, key: button.dataset.key };
    document.getElementById("mark-of").textContent = of.key;
    told.textContent = "";
    dialog.showModal();
  });
  document.getElementById("mark-close").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const body = JSON.stringify({ ...of, ...Object.fromEntries(new FormData(form)) });
      const answer = await fetch("/desk/marks", { method: "POST", headers: { "Content-Type": "application/json" }, body });
      if (answer.ok) location.reload(); else told.textContent = await answer.text();
    } catch { told.textContent = "Không gửi được: giao diện không trả lời."; }
  });
}
