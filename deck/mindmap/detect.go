package mindmap

import "github.com/mindleaf/mindleaf/deck/textfile"

// Detect returns the format as which Read would read a file that is called name
// and holds data, and whether the content speaks for it beyond doubt. Where the
// file's name or its looks decide, sure is false; when nothing does, f is "".
func Detect(name string, data []byte) (f Format, sure bool) {
	data = textfile.Unmarked(data)
	g := detect(name, data)
	if g == nil {
		return "", false
	}
	return g.format, g.sniff(data)
}
