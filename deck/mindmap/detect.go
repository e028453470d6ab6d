package mindmap

import "github.com/mindleaf/mindleaf/deck/textfile"

// Detect returns the format as which Read would read a file that is called name
// and holds data, and whether that is beyond doubt: the content speaks for it, or
// the name has an ending that only maps have. Where the looks of a text decide,
// sure is false; when nothing does, f is "".
func Detect(name string, data []byte) (f Format, sure bool) {
	data = textfile.Unmarked(data)
	g := detect(name, data)
	if g == nil {
		return "", false
	}
	onlyMaps := g == byEnding(name) && g.format != Markdown && g.format != Text
	return g.format, onlyMaps || g.sniff(data)
}
