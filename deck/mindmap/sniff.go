package mindmap

import (
	"bytes"
	"path"
	"slices"
	"strings"
)

// detect returns the first format that the content speaks for beyond doubt, or
// else the one that the name does. Text files may be called .txt whatever they
// hold, so that a file with this ending or none is what it looks like most. It
// returns nil when nothing is known.
func detect(name string, data []byte) *grammar {
	named := byEnding(name)
	strict := named != nil && !named.loose && structured(data)
	for i := range grammars {
		if g := &grammars[i]; !(strict && g.loose) && g.sniff(data) {
			return g
		}
	}
	switch {
	case named != nil && named.format != Text:
		return named
	case guessMarkdown(data):
		return byFormat(Markdown)
	case guessText(data):
		return byFormat(Text)
	}
	return named
}

// structured reports whether data begins as XML, JSON and archives do. In such
// a file that has a name of one of these formats, what looks like an outline
// is only what the map says.
func structured(data []byte) bool {
	data = bytes.TrimLeft(data, " \t\r\n")
	return bytes.HasPrefix(data, []byte("<")) || bytes.HasPrefix(data, []byte("{")) || bytes.HasPrefix(data, []byte("[")) ||
		bytes.HasPrefix(data, []byte("PK\x03\x04"))
}

func byEnding(name string) *grammar {
	ending := strings.ToLower(path.Ext(name))
	for i := range grammars {
		if slices.Contains(grammars[i].endings, ending) {
			return &grammars[i]
		}
	}
	return nil
}

func byFormat(f Format) *grammar {
	return &grammars[slices.IndexFunc(grammars, func(g grammar) bool { return g.format == f })]
}
