const themes = ['', 'light', 'dark'];
function theme() {
  const root = document.documentElement.dataset, next = themes[(themes.indexOf(root.theme || '') + 1) % themes.length];
  if (next) root.theme = next; else delete root.theme;
}
document.getElementById('theme').onclick = theme;
document.addEventListener('keydown', e => { if (e.key === 't' && !e.ctrlKey && !e.metaKey && !e.altKey) theme(); });
