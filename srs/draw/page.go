package draw

import (
	_ "embed"
	"fmt"
	"io"
	"strings"
)

// mapScript folds, searches, zooms and reveals; mapLook is the look of what is
// around the map. Both are part of every page.
var (
	//go:embed map.js
	mapScript string
	//go:embed map.css
	mapLook string
)

// writePage writes a page of one file: its head, body, and the script after it.
func writePage(w io.Writer, language, title, look, script string, body func(*strings.Builder)) error {
	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html>
<html lang="%s">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>%s</title>
<style>
%s%s%s</style>
</head>
<body>
`, escape(language), escape(clean(title)), styleOfPage(), legendLook, look)
	body(&b)
	fmt.Fprintf(&b, "<script>\n%s</script>\n</body>\n</html>\n", script)
	_, err := io.WriteString(w, b.String())
	return err
}

// legendItem is one thing that a legend says, with what it explains: drawn around the
// origin, and so wide.
type legendItem struct {
	drawn, text string
	width       int
}

// legendHTML returns the legend of a page, in as many lines as it needs.
func legendHTML(items []legendItem) string {
	var b strings.Builder
	b.WriteString(`<p class="legend">`)
	for _, item := range items {
		b.WriteString("<span>")
		if item.drawn != "" {
			w := item.width + 2
			fmt.Fprintf(&b, `<svg width="%d" height="18" viewBox="%g -9 %d 18" aria-hidden="true">%s</svg> `, w, -float64(w)/2, w, item.drawn)
		}
		fmt.Fprintf(&b, "%s</span>\n", escape(clean(item.text)))
	}
	b.WriteString("</p>\n")
	return b.String()
}

// legendLook is the look of a legend.
const legendLook = `.legend{display:flex;flex-wrap:wrap;gap:2px 16px;color:var(--faint)}
.legend span{display:inline-flex;align-items:center;gap:5px}
`

// WriteHTML writes the map as a page of one file that asks nothing of any
// network. Errors are those of w.
func (m Map) WriteHTML(w io.Writer) error {
	m.Root.Sum()
	script := fmt.Sprintf("const HEAD=%d,ROW=%d,GROUP=%d,MARGIN=%d;\n%s", pageHead, rowGap, groupGap, margin, mapScript)
	return writePage(w, m.Language, m.Title, mapLook, script, m.body)
}

func (m Map) body(b *strings.Builder) {
	fmt.Fprintf(b, `<header>
<input id="find" type="search" placeholder="%s" aria-label="%s" autocomplete="off"><span id="found" aria-live="polite"></span>
<button id="fold">%s</button><button id="unfold">%s</button>
<button id="minus" aria-label="-">−</button><button id="plus" aria-label="+">+</button>
<button id="theme">%s</button>`,
		escape(m.Words.Search), escape(m.Words.Search), escape(m.Words.Fold), escape(m.Words.Unfold), escape(m.Words.Theme))
	if m.Recall {
		fmt.Fprintf(b, `<button id="reveal">%s</button>`, escape(m.Words.Reveal))
	}
	fmt.Fprintf(b, "\n<small>%s</small>\n</header>\n%s<main>\n", escape(m.Words.Keys), legendHTML(m.legend()))
	m.svg(b, "")
	b.WriteString("</main>\n")
}
