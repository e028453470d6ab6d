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
%s%s</style>
</head>
<body>
`, escape(language), escape(clean(title)), styleOfPage(), look)
	body(&b)
	fmt.Fprintf(&b, "<script>\n%s</script>\n</body>\n</html>\n", script)
	_, err := io.WriteString(w, b.String())
	return err
}

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
	fmt.Fprintf(b, "\n<small>%s</small>\n</header>\n%s<main>\n", escape(m.Words.Keys), m.legendHTML())
	m.svg(b, "")
	b.WriteString("</main>\n")
}
