const $ = id => document.getElementById(id);
const svg = document.querySelector('main svg');
const width = svg.viewBox.baseVal.width;
const nodes = [...document.querySelectorAll('.n')].map((g, i) => ({
  g, i, link: $('l' + i), parent: +g.dataset.p, x: +g.dataset.x, w: +g.dataset.w, h: +g.dataset.h,
  kids: [], open: true, text: [...g.querySelectorAll('text:not(.small):not(.hid)')].map(t => t.textContent).join('').toLowerCase(),
}));
for (const n of nodes) if (n.parent >= 0) nodes[n.parent].kids.push(n);
const root = nodes[0];
let zoom = 1, height = 0;

// The layout is that of the file: every branch in a band of its own.
const shown = n => n.open ? n.kids : [];
function band(n) {
  let sum = 0;
  for (const k of shown(n)) sum += band(k);
  if (n.open && n.kids.length && !n.kids[0].kids.length) sum += GROUP;
  return n.band = Math.max(sum, n.h + ROW);
}
function place(n, top) {
  n.y = top + Math.floor((n.band - n.h) / 2);
  n.g.setAttribute('transform', `translate(${n.x},${n.y})`);
  n.g.style.display = '';
  let y = top + Math.floor((n.band - shown(n).reduce((s, k) => s + k.band, 0)) / 2);
  for (const k of shown(n)) { place(k, y); y += k.band; }
  if (n.parent < 0) return;
  const p = nodes[n.parent], x0 = p.x + p.w + 6, y0 = p.y + Math.floor(p.h / 2), y1 = n.y + Math.floor(n.h / 2), m = (x0 + n.x) / 2;
  n.link.setAttribute('d', `M${x0},${y0}C${m},${y0} ${m},${y1} ${n.x},${y1}`);
  n.link.style.display = '';
}
function draw() {
  for (const n of nodes) {
    n.g.style.display = 'none';
    if (n.link) n.link.style.display = 'none';
    n.g.classList.toggle('folded', !n.open);
    if (n.kids.length) n.g.setAttribute('aria-expanded', n.open);
  }
  height = HEAD + band(root) + MARGIN;
  place(root, HEAD);
  svg.querySelector('.paper').setAttribute('height', height);
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('width', width * zoom);
  svg.setAttribute('height', height * zoom);
}
function setZoom(z) { zoom = Math.min(4, Math.max(.2, z)); draw(); }
const visible = () => nodes.filter(n => n.g.style.display !== 'none');
function focus(n) {
  for (const o of nodes) o.g.setAttribute('tabindex', o === n ? 0 : -1);
  n.g.focus();
  n.g.scrollIntoView({block: 'nearest', inline: 'nearest'});
}
function fold(n, open) { if (n.kids.length) { n.open = open; draw(); } }
function act(n) { n.kids.length ? fold(n, !n.open) : n.g.classList.toggle('show'); }
function foldAll(open) {
  for (const n of nodes) n.open = open || n === root;
  draw();
}

svg.setAttribute('role', 'tree');
for (const n of nodes) {
  n.g.setAttribute('role', 'treeitem');
  n.g.setAttribute('tabindex', n === root ? 0 : -1);
  let level = 1;
  for (let p = n.parent; p >= 0; p = nodes[p].parent) level++;
  n.g.setAttribute('aria-level', level);
  n.g.addEventListener('click', () => { act(n); focus(n); });
}
svg.addEventListener('keydown', e => {
  const n = nodes.find(n => n.g === document.activeElement);
  if (!n || e.ctrlKey || e.metaKey || e.altKey) return;
  const all = visible(), at = all.indexOf(n);
  const go = m => { if (m) focus(m); };
  const keys = {
    ArrowDown: () => go(all[at + 1]), ArrowUp: () => go(all[at - 1]), Home: () => go(all[0]), End: () => go(all[all.length - 1]),
    ArrowRight: () => n.open ? go(n.kids[0]) : fold(n, true),
    ArrowLeft: () => n.kids.length && n.open ? fold(n, false) : go(nodes[n.parent]),
    Enter: () => act(n), ' ': () => act(n),
  };
  if (keys[e.key]) { e.preventDefault(); keys[e.key](); }
});

let hits = [], hit = -1;
function search(text) {
  text = text.trim().toLowerCase();
  hits = text ? nodes.filter(n => n.text.includes(text)) : [];
  hit = -1;
  svg.classList.toggle('seeking', text !== '');
  for (const n of nodes) n.g.classList.toggle('hit', hits.includes(n));
  $('found').textContent = text ? hits.length : '';
  for (const n of hits) for (let p = n.parent; p >= 0; p = nodes[p].parent) nodes[p].open = true;
  draw();
  if (hits.length) hits[0].g.scrollIntoView({block: 'center', inline: 'center'});
}
$('find').addEventListener('input', e => search(e.target.value));
$('find').addEventListener('keydown', e => {
  if (e.key === 'Enter' && hits.length) {
    hit = (hit + 1) % hits.length;
    hits[hit].g.scrollIntoView({block: 'center', inline: 'center'});
  }
  if (e.key === 'Escape') { e.target.value = ''; search(''); focus(root); }
});
const themes = ['', 'light', 'dark'];
function theme() {
  const now = document.documentElement.dataset.theme || '';
  const next = themes[(themes.indexOf(now) + 1) % themes.length];
  if (next) document.documentElement.dataset.theme = next; else delete document.documentElement.dataset.theme;
}
function reveal() {
  const all = !document.querySelector('.n.show');
  for (const n of nodes) n.g.classList.toggle('show', all && !n.kids.length);
}
const commands = {
  '/': () => $('find').focus(), '+': () => setZoom(zoom * 1.25), '=': () => setZoom(zoom * 1.25), '-': () => setZoom(zoom / 1.25),
  '0': () => setZoom(1), f: () => foldAll(false), u: () => foldAll(true), t: theme, r: reveal,
};
document.addEventListener('keydown', e => {
  if (e.target.tagName === 'INPUT' || e.ctrlKey || e.metaKey || e.altKey || !commands[e.key]) return;
  e.preventDefault();
  commands[e.key]();
});
$('fold').onclick = commands.f;
$('unfold').onclick = commands.u;
$('plus').onclick = commands['+'];
$('minus').onclick = commands['-'];
$('theme').onclick = theme;
if ($('reveal')) $('reveal').onclick = reveal;
draw();
// A map that is far higher than the window begins with its main branches.
const START_LEVELS = 2;
if (height > 2 * window.innerHeight) {
  for (const n of nodes) n.open = +n.g.getAttribute('aria-level') <= START_LEVELS;
  draw();
}
root.g.scrollIntoView({block: 'center', inline: 'nearest'});
