// Looks through search-index.js for the words in the box. Texts are only ever set as text, never as markup.
"use strict";
const box = document.getElementById("words");
const list = document.getElementById("found");
const told = document.getElementById("told");
const MOST = 60;
const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const index = window.searchIndex;
const rows = index.rows.map(([kind, title, address, text]) =>
  ({ kind, title, address, text, inTitle: fold(title), inText: fold(text) }));

// 0 where a word is missing; more where it begins a word than inside one, most in the title.
function worth(text, word, begun, within) {
  let at = text.indexOf(word);
  if (at < 0) return 0;
  for (; at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || /\p{Script=Han}/u.test(word) || !/[\p{L}\p{N}]/u.test(text[at - 1])) return begun;
  }
  return within;
}

function score(row, words, whole) {
  let sum = row.inTitle === whole ? 100 : row.inTitle.startsWith(whole) ? 20 : 0;
  for (const word of words) {
    const one = Math.max(worth(row.inTitle, word, 8, 3), worth(row.inText, word, 2, 1));
    if (!one) return 0;
    sum += one;
  }
  return sum + 1 - row.kind / index.kinds.length;  // of equals places before documents before targets ...
}

// The folded letters of a text, and for each of them where in the text it stands.
function folded(text) {
  const letters = [], places = [];
  let at = 0;
  for (const letter of text) {
    for (const plain of fold(letter)) { letters.push(plain); places.push(at); }
    at += letter.length;
  }
  return { text: letters.join(""), places: [...places, text.length] };
}

// Append a text to an element, with the words in it marked.
function marked(element, text, words) {
  const { text: plain, places } = folded(text);
  const spans = words.flatMap(word => {
    const found = [];
    for (let i = plain.indexOf(word); i >= 0; i = plain.indexOf(word, i + word.length)) {
      found.push([places[i], places[i + word.length]]);
    }
    return found;
  }).sort((one, other) => one[0] - other[0]);
  let from = 0;
  for (const [start, end] of spans) {
    if (start < from) continue;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, end);
    element.append(text.slice(from, start), mark);
    from = end;
  }
  element.append(text.slice(from));
}

function around(row, words) {
  const first = Math.min(...words.map(word => row.inText.indexOf(word)).filter(at => at >= 0), Infinity);
  if (first === Infinity) return row.text.slice(0, 160);
  const start = Math.max(0, first - 60);
  return (start ? "… " : "") + row.text.slice(start, start + 200) + (start + 200 < row.text.length ? " …" : "");
}

function search() {
  const whole = fold(box.value.trim());
  const words = [...new Set(whole.split(/\s+/).filter(Boolean))];
  list.replaceChildren();
  if (!words.length) { told.textContent = ""; return; }
  const found = rows.map((row, order) => ({ row, order, score: score(row, words, whole) }))
    .filter(one => one.score).sort((a, b) => b.score - a.score || a.row.kind - b.row.kind || a.order - b.order);
  const shown = found.slice(0, MOST);
  told.textContent = found.length
    ? `${found.length.toLocaleString("en")} found` + (found.length > MOST ? `, the best ${MOST} are shown` : "")
    : "Nothing found. Try fewer or shorter words, in English or Chinese.";
  for (const { row } of shown) {
    const item = document.createElement("li"), link = document.createElement("a");
    const kind = document.createElement("span"), said = document.createElement("p");
    link.href = row.address;
    marked(link, row.title, words);
    kind.className = "kind";
    kind.textContent = index.kinds[row.kind];
    marked(said, around(row, words), words);
    item.append(kind, " ", link, said);
    list.append(item);
  }
}

box.value = new URLSearchParams(location.search).get("q") || "";
box.addEventListener("input", search);
box.form.addEventListener("submit", event => { event.preventDefault(); search(); });
search();
