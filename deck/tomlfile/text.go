package tomlfile

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// lineWidth is how many columns a list may take before each of its elements
// gets a line of its own.
const lineWidth = 100

// quote returns a text as TOML: on one line, or as a block when it has several
// lines and a block would keep them safe.
func quote(s string) string {
	if !strings.Contains(s, "\n") || !blockSafe(s) {
		return quoteLine(s)
	}
	if strings.Contains(s, `\`) && !strings.Contains(s, "''") && !strings.HasSuffix(s, "'") {
		return "'''\n" + s + "'''"
	}
	// A quote is escaped when it closes the block or follows two others.
	var b strings.Builder
	b.WriteString("\"\"\"\n")
	run := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' && (run == 2 || i == len(s)-1):
			b.WriteString(`\"`)
			run = 0
			continue
		case c == '"':
			run++
		case c == '\\':
			b.WriteByte('\\')
			run = 0
		default:
			run = 0
		}
		b.WriteByte(s[i])
	}
	b.WriteString(`"""`)
	return b.String()
}

// blockSafe reports whether s can stand as it is in a block: without control
// characters, and without spaces at the end of a line, which editors remove.
func blockSafe(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
			return false
		}
		if c == '\n' && i > 0 && (s[i-1] == ' ' || s[i-1] == '\t') {
			return false
		}
	}
	return true
}

// quoteLine returns a text as TOML on one line, in single quotes when that
// saves its backslashes from being doubled.
func quoteLine(s string) string {
	if strings.Contains(s, `\`) && !strings.Contains(s, "'") && firstControl(s) < 0 && !strings.ContainsAny(s, "\n\r\t") {
		return "'" + s + "'"
	}
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte('"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\t':
			b.WriteString(`\t`)
		case c == '\r':
			b.WriteString(`\r`)
		case c < ' ' || c == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func quoteAll(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = quoteLine(s)
	}
	return out
}

// array returns a list as TOML: on one line when it is short and tall is not
// asked for, otherwise one element a line.
func (p *printer) array(key string, width int, elements []string, tall bool) string {
	columns := len(p.indent) + max(len(key), width) + len(" = []")
	for _, e := range elements {
		columns += columnsOf(e) + len(", ")
	}
	if !tall && columns <= lineWidth {
		return "[" + strings.Join(elements, ", ") + "]"
	}
	var b strings.Builder
	b.WriteString("[\n")
	for _, e := range elements {
		b.WriteString(p.indent + "  " + e + ",\n")
	}
	b.WriteString(p.indent + "]")
	return b.String()
}

// columnsOf returns about how wide s is on a screen, counting everything from
// the Hangul block on as two columns.
func columnsOf(s string) int {
	wide := 0
	for _, r := range s {
		if r >= 0x1100 {
			wide++
		}
	}
	return utf8.RuneCountInString(s) + wide
}
