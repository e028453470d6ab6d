package mindmap

import (
	"bytes"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/textfile"
)

// maxMarkdownBytes is lower than the limit of other formats because the cost
// of inline markup grows faster than its length.
const maxMarkdownBytes = 16 << 20

var (
	// markdownSign finds headings, which no other outline has; in Org, # begins
	// a comment and headlines begin with stars.
	markdownSign = lazyregexp.New(`(?m)^(?:#{1,6}[ \t]+\S|={3,}[ \t]*$)`)
	orgHeadlines = lazyregexp.New(`(?m)^\*+[ \t]+\S`)
	// markdownStart is how a file begins that is Markdown rather than text.
	markdownStart = lazyregexp.New(`^(?:\s*\n)?(?:---[ \t]*\r?\n| {0,3}[-*+][ \t]+\S)`)
)

func sniffMarkdown(data []byte) bool { return markdownSign.Match(data) && !orgHeadlines.Match(data) }

// guessMarkdown reports whether data may well be Markdown.
func guessMarkdown(data []byte) bool { return markdownSign.Match(data) || markdownStart.Match(data) }

// markdownSource checks what Markdown needs beyond being text.
func markdownSource(name string, data []byte) ([]byte, error) {
	source, err := textfile.Decode(name, data, maxMarkdownBytes)
	if err != nil {
		return nil, err
	}
	if p, deep := nestsTooDeep(source); deep {
		return nil, tooDeep(name, p)
	}
	return source, nil
}

func lineStarts(source []byte) []int {
	starts := []int{0}
	for i, b := range source {
		if b == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// frontTitle finds the title in its quotes, or without quotes and up to a comment.
var frontTitle = lazyregexp.New(`(?m)^title:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\n]*?))[ \t]*(?:[ \t]#.*)?$`)

// frontMatter returns the title that the YAML front matter of source states,
// and source with the front matter blanked out, so that positions stay. Empty
// lines may stand before it.
func frontMatter(source []byte) (string, []byte) {
	start := len(source) - len(bytes.TrimLeft(source, "\n"))
	if !bytes.HasPrefix(source[start:], []byte("---\n")) {
		return "", source
	}
	start += len("---")
	end := bytes.Index(source[start:], []byte("\n---\n"))
	if end < 0 {
		return "", source
	}
	end += start + len("\n---")
	title := ""
	if found := frontTitle.FindSubmatch(source[:end]); found != nil {
		title = singleLine(string(found[1]) + string(found[2]) + string(found[3]))
	}
	rest := bytes.Clone(source)
	for i := range rest[:end] {
		if rest[i] != '\n' {
			rest[i] = ' '
		}
	}
	return title, rest
}

// nestsTooDeep reports the first line whose indentation or markers alone would
// nest deeper than maxDepth, before a parser spends itself on it.
func nestsTooDeep(source []byte) (outline.Pos, bool) {
	for number := 1; len(source) > 0; number++ {
		line, rest, _ := bytes.Cut(source, []byte("\n"))
		if columns, markers := prefix(line); columns > 4*maxDepth || markers > maxDepth {
			return outline.Pos{Line: number}, true
		}
		source = rest
	}
	return outline.Pos{}, false
}

// prefix measures the white space and counts the list and quote markers that
// line begins with.
func prefix(line []byte) (columns, markers int) {
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ':
			columns++
		case c == '\t':
			columns += 4
		case c == '>', c == '-', c == '*', c == '+', c == '.', c == ')':
			markers++
		case c < '0' || c > '9':
			return columns, markers
		}
	}
	return columns, 0 // nothing but markers: a rule, or an empty line
}
