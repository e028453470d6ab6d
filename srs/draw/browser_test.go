package draw

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The pictures are drawn by the programs that people look at them with, where
// these are installed: rsvg-convert (Debian: librsvg2-bin) and chromium
// (chromium), with fonts that have Chinese (fonts-noto-cjk).

// tool returns the path of the first program that is there, or skips the test.
func tool(t *testing.T, names ...string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("drawing takes seconds")
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skipf("%s is not installed", names[0])
	return ""
}

func writeFile(t *testing.T, name string, write func(io.Writer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestRsvgDrawsTheMap wants a picture of the stated size with the colours of the
// marks and of text on it.
func TestRsvgDrawsTheMap(t *testing.T) {
	program := tool(t, "rsvg-convert")
	path := writeFile(t, "map.svg", sample(false).WriteSVG)
	out, err := exec.Command(program, path).Output()
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]int)
	size := picture.Bounds()
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			r, g, b, _ := picture.At(x, y).RGBA()
			seen[fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)]++
		}
	}
	for what, colour := range map[string]string{
		"paper": light.paper, "text": light.ink, "mature": light.fill[Mature], "young": light.fill[Young], "due": light.alarm, "first branch": light.families[0],
	} {
		if seen[colour] < 20 {
			t.Errorf("%s: %d points of %s", what, seen[colour], colour)
		}
	}
}

// inspect is run in the browser: it unfolds everything and reports the pairs of
// texts that overlap by more than a pixel, the texts that stick out of the
// picture, parts of the legend that stick out of the window, and what was fetched.
const inspect = `<script>addEventListener('load', () => {
document.dispatchEvent(new KeyboardEvent('keydown', {key: 'u'}));
const bad = [], texts = [...document.querySelectorAll('svg text')].filter(t => t.textContent.trim() && t.getBoundingClientRect().width);
const boxes = texts.map(t => t.getBoundingClientRect());
boxes.forEach((a, i) => {
  const s = texts[i].closest('svg').getBoundingClientRect();
  if (a.left < s.left - 1 || a.right > s.right + 1 || a.top < s.top - 1 || a.bottom > s.bottom + 1) bad.push('outside: ' + texts[i].textContent);
  for (let j = 0; j < i; j++) {
    const b = boxes[j], w = Math.min(a.right, b.right) - Math.max(a.left, b.left), h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (w > 1 && h > 4) bad.push('overlap: ' + texts[i].textContent + ' / ' + texts[j].textContent);
  }
});
for (const s of document.querySelectorAll('.legend span')) if (s.getBoundingClientRect().right > innerWidth) bad.push('cut: ' + s.textContent);
if (document.documentElement.scrollWidth > innerWidth + 1) bad.push('the page is wider than the window');
for (const r of performance.getEntriesByType('resource')) bad.push('fetched: ' + r.name);
document.title = 'TEXTS ' + texts.length + ' BAD ' + bad.length + ' ' + bad.slice(0, 5).join('; ');
});</script>`

// window is a size and a colour scheme to look at a page in.
type window struct {
	width int
	dark  bool
}

// checkInBrowser opens a page in windows and wants at least so many texts and
// nothing wrong with them.
func checkInBrowser(t *testing.T, page string, atLeast int, windows ...window) {
	t.Helper()
	for _, w := range windows {
		title := titleInBrowser(t, page+inspect, w)
		var texts, bad int
		if _, err := fmt.Sscanf(title, "TEXTS %d BAD %d", &texts, &bad); err != nil {
			t.Fatalf("%+v: the page did not run: %q", w, title)
		}
		if bad > 0 || texts < atLeast {
			t.Errorf("%+v: %s, want %d texts or more", w, title, atLeast)
		}
	}
}

// titleInBrowser opens a page and returns the title that its scripts gave it.
func titleInBrowser(t *testing.T, page string, w window) string {
	t.Helper()
	program := tool(t, "chromium", "chromium-browser", "google-chrome")
	path := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(path, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	scheme := 1
	if w.dark {
		scheme = 0
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, program, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+t.TempDir(),
		fmt.Sprintf("--window-size=%d,900", w.width), fmt.Sprintf("--blink-settings=preferredColorScheme=%d", scheme), "--dump-dom", "file://"+path).Output()
	if err != nil {
		t.Fatal(err)
	}
	_, title, _ := strings.Cut(string(out), "<title>")
	title, _, _ = strings.Cut(title, "</title>")
	return title
}

// operate is run in the browser: it works the page by its keys and reports what
// is to be seen after each.
const operate = `<script>addEventListener('load', () => {
const log = [], press = key => (document.activeElement || document).dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
const shown = () => [...document.querySelectorAll('.n')].filter(g => g.style.display !== 'none').length;
const focused = () => document.activeElement.id;
const add = (name, v) => log.push(name + '=' + v);
press('u'); add('all', shown());
press('f'); add('folded', shown());
document.getElementById('n0').focus();
press('ArrowDown'); add('down', focused());
press('ArrowRight'); add('opened', shown());
press('ArrowRight'); add('child', focused());
press('ArrowLeft'); add('parent', focused());
press('ArrowLeft'); add('closed', shown());
press('Enter'); add('reopened', shown());
press('End'); add('end', focused());
press('Home'); add('home', focused());
const find = document.getElementById('find');
press('/'); add('search', focused());
find.value = '糖'; find.dispatchEvent(new Event('input'));
add('hits', document.querySelectorAll('.hit').length + '/' + document.getElementById('found').textContent);
add('unfolded', shown());
press('Escape'); add('back', focused() + '/' + document.querySelectorAll('.hit').length);
const before = +document.querySelector('main svg').getAttribute('width');
press('+'); add('zoom', (+document.querySelector('main svg').getAttribute('width') / before).toFixed(2));
press('t'); press('t'); add('theme', document.documentElement.dataset.theme);
const hid = () => [...document.querySelectorAll('.hid')].filter(x => getComputedStyle(x).opacity === '0').length;
add('hidden', hid()); press('r'); add('revealed', hid());
document.title = log.join(' ');
});</script>`

func TestMapPageObeysKeys(t *testing.T) {
	var page strings.Builder
	if err := sample(true).WriteHTML(&page); err != nil {
		t.Fatal(err)
	}
	// Of the two leaves that speak of 糖 one hides it, and a search must not tell.
	got := titleInBrowser(t, page.String()+operate, window{width: 1280})
	want := "all=13 folded=4 down=n1 opened=6 child=n2 parent=n1 closed=4 reopened=6 end=n12 home=n0 search=find hits=1/1 unfolded=8 back=n0/0 zoom=1.25 theme=dark hidden=6 revealed=0"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestBrowserDrawsTheMap(t *testing.T) {
	for _, recall := range []bool{false, true} {
		var page strings.Builder
		if err := sample(recall).WriteHTML(&page); err != nil {
			t.Fatal(err)
		}
		checkInBrowser(t, page.String(), 20, window{1280, recall}, window{400, !recall})
	}
}
