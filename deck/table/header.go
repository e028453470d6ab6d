package table

import (
	"fmt"
	"strconv"
	"strings"
)

// separatorWords are the words for separators, in Anki's headers and in options.
var separatorWords = map[string]string{
	"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":", `\t`: "\t", `\n`: "\n",
}

// separatorOf reads a separator: a word for it, or itself.
func separatorOf(s string) string {
	if c, ok := separatorWords[strings.ToLower(s)]; ok {
		return c
	}
	return s
}

// header is what the lines "#key:value" at the top of Anki's text say.
type header struct {
	any       bool
	separator string
	// html is "true", "false" or "" when it is not said.
	html           string
	tags           []string
	columns        string // joined by the separator
	columnsLine    int
	notetype, deck string
	// of holds the columns with a meaning of their own, counting from 1.
	of       map[role]int
	comments []comment
	warnings []string
}

// columnKeys are the headers that give a column a role.
var columnKeys = map[string]role{
	"notetype column": notetypeRole, "deck column": deckRole, "tags column": tagsRole, "guid column": idRole,
}

// comment is a line that begins with #.
type comment struct {
	line int
	text string
}

// readHeader reads the header lines at the top of text and returns what they
// say, and how many bytes they have. A line "tags:" is one of them, as in Anki, and
// so is the line "sep=;" that spreadsheets want.
func readHeader(text string) (h header, size int) {
	h.of = make(map[role]int)
	line := 1
	for ; size < len(text); line++ {
		end := strings.IndexByte(text[size:], '\n')
		if end < 0 {
			end = len(text) - size
		}
		content := text[size : size+end]
		if !h.line(content, line) {
			break
		}
		size = min(size+end+1, len(text))
	}
	return h, size
}

// line reads one line and reports whether it belongs to the header. Any other
// line with a # is a comment.
func (h *header) line(content string, line int) bool {
	if line == 1 && len(content) > 5 && strings.EqualFold(content[:5], "tags:") {
		h.tags, h.any = strings.Fields(content[5:]), true
		return true
	}
	if line == 1 && len(content) == 5 && strings.EqualFold(content[:4], "sep=") {
		h.separator = content[4:] // for spreadsheets, which show no such row
		return true
	}
	rest, ok := strings.CutPrefix(content, "#")
	if !ok {
		return false
	}
	key, value, ok := strings.Cut(rest, ":")
	if !ok {
		h.comments = append(h.comments, comment{line, content})
		return true
	}
	key = strings.ToLower(strings.TrimSpace(key))
	if r, ok := columnKeys[key]; ok {
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || n < 1 || n > maxColumns {
			h.warnings = append(h.warnings, fmt.Sprintf("line %d: #%s has no column number and was passed over", line, key))
			return true
		}
		h.of[r], h.any = n, true
		return true
	}
	if !h.key(key, value, line) {
		h.comments = append(h.comments, comment{line, content})
	}
	return true
}

// key takes what a line says; false when nothing is known by that key.
func (h *header) key(key, value string, line int) bool {
	trimmed := strings.TrimSpace(value)
	switch key {
	case "separator":
		h.separator = separatorOf(trimmed)
		if trimmed == "" && value != "" {
			h.separator = value[:1]
		}
	case "html":
		h.html = strings.ToLower(trimmed)
	case "tags":
		h.tags = strings.Fields(value)
	case "columns":
		h.columns, h.columnsLine = value, line
	case "notetype":
		h.notetype = trimmed
	case "deck":
		h.deck = trimmed
	case "if matches", "match scope":
		// How Anki treats notes that it has; importing again compares them all.
	default:
		return false
	}
	h.any = true
	return true
}
