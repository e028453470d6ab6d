package mindmap

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/textfile"
)

var (
	textBullet   = lazyregexp.New(`^(?:[•·●○◦▪▫■□‣⁃]|[-*+–—](?:[ \t]|$))[ \t\x{3000}\x{A0}]*`)
	textCheckbox = lazyregexp.New(`^\[[ xX]\][ \t]+`)
	// textRule is a line that is drawn and not written.
	textRule = lazyregexp.New(`^[-*_=~–—─]{3,}$`)
)

// sniffText knows an outline by its first line: it is the only one that is not
// indented, and has no bullet, as in what programs copy from a map.
func sniffText(data []byte) bool {
	lines, indented := 0, 0
	for line := range bytes.Lines(data) {
		if markdownTitle.Match(line) {
			return false
		}
		text := bytes.TrimSpace(line)
		if len(text) == 0 {
			continue
		}
		if textIndent(string(line)) != "" {
			indented++
		} else if lines > 0 || structured(text) || textBullet.Match(text) {
			return false
		}
		lines++
	}
	return lines > 1 && indented == lines-1
}

// guessText reports whether data may well be an indented outline.
func guessText(data []byte) bool {
	lines, outlined := 0, false
	for line := range bytes.Lines(data) {
		if text := bytes.TrimSpace(line); len(text) > 0 {
			lines++
			outlined = outlined || lines > 1 && textIndent(string(line)) != "" || textBullet.Match(text)
		}
	}
	return lines > 1 && outlined && !structured(data) && bytes.IndexByte(data, 0) < 0
}

// textIndent returns the white space that a line begins with.
func textIndent(line string) string {
	return line[:len(line)-len(strings.TrimLeft(line, " \t\u3000\u00A0"))]
}

// textLevel is an open line: how far it is indented, for tabs of 2, 4 and 8
// columns, and whether it has a bullet, which is one level more.
type textLevel struct {
	columns [3]int
	bullet  bool
	// body is where the text begins for a bullet, counting a tab as 8 columns.
	body int
	line int
	node *outline.Node
	// said has the text and what goes on with it.
	said []string
}

// textReader builds the tree, line by line.
type textReader struct {
	b    *builder
	open []textLevel
	// outlined tells that a line was indented or had a bullet.
	outlined bool
	// after is the number of the last line that was not empty.
	after int
}

// readText reads an outline in which a line belongs to the nearest line above
// it that is indented less. Lines may have bullets, and those do not have to be
// indented below a line without one.
func readText(name string, data []byte) (*Map, error) {
	source, err := textfile.Decode(name, data, maxBytes)
	if err != nil {
		return nil, err
	}
	top := &outline.Node{Pos: outline.Pos{Line: 1, Column: 1}}
	r := textReader{b: newBuilder(name)}
	for number, line := range strings.Split(string(source), "\n") {
		if err := r.line(top, number+1, line); err != nil {
			return nil, err
		}
	}
	for len(r.open) > 0 {
		r.close()
	}
	if len(top.Children) > 0 && !r.outlined {
		return nil, &Error{Name: name, Message: "no line is indented and none has a bullet",
			Hint: "indent each line below the one it belongs to, with tabs or with spaces; of a table say what stands between its columns: --separator"}
	}
	return r.b.finish(top)
}

func (r *textReader) line(top *outline.Node, number int, line string) error {
	indent := textIndent(line)
	text := line[len(indent):]
	bullet := textBullet.FindString(text)
	body := textCheckbox.ReplaceAllString(text[len(bullet):], "")
	said := singleLine(body)
	if said == "" || textRule.MatchString(strings.TrimSpace(text)) {
		return nil
	}
	at := outline.Pos{Line: number, Column: utf8.RuneCountInString(line[:len(line)-len(body)]) + 1}
	level := textLevel{columns: columns(indent), bullet: bullet != "", line: number}
	level.body = level.columns[2] + utf8.RuneCountInString(bullet)
	r.outlined = r.outlined || indent != "" || level.bullet
	if r.continues(level) {
		last := &r.open[len(r.open)-1]
		last.said, r.after = append(last.said, said), number
		return nil
	}
	parent, err := r.parent(top, level)
	if err != nil {
		return err
	}
	if level.node, err = r.b.add(parent, len(r.open)+1, at); err != nil {
		return err
	}
	level.said, r.after = []string{said}, number
	r.open = append(r.open, level)
	return nil
}

// continues reports whether a line goes on with the text of the bullet on the
// line before: it begins where that text does.
func (r *textReader) continues(level textLevel) bool {
	if len(r.open) == 0 || level.bullet || r.after != level.line-1 {
		return false
	}
	last := r.open[len(r.open)-1]
	return last.bullet && level.columns[2] == last.body
}

// parent closes the lines that are not above one with this level, and returns
// the innermost that stays open.
func (r *textReader) parent(top *outline.Node, level textLevel) (*outline.Node, error) {
	for len(r.open) > 0 {
		above := r.open[len(r.open)-1]
		deeper, known := level.below(above)
		if !known {
			return nil, errorAt(r.b.name, outline.Pos{Line: level.line, Column: 1},
				fmt.Sprintf("tabs and spaces mixed, so that its place below or beside line %d is not clear", above.line),
				"indent with tabs only, or with spaces only")
		}
		if deeper {
			return above.node, nil
		}
		r.close()
	}
	return top, nil
}

// close closes the innermost open line, whose text is known now.
func (r *textReader) close() {
	last := r.open[len(r.open)-1]
	last.node.Text = joinAll(last.said)
	r.open = r.open[:len(r.open)-1]
}

// below reports whether a line is deeper than another; known is false when that
// depends on how wide a tab is.
func (l textLevel) below(above textLevel) (deeper, known bool) {
	for i := range l.columns {
		d := l.columns[i] > above.columns[i] || l.columns[i] == above.columns[i] && l.bullet && !above.bullet
		if i > 0 && d != deeper {
			return false, false
		}
		deeper = d
	}
	return deeper, true
}

// columns measures white space with tabs of 2, 4 and 8 columns.
func columns(indent string) [3]int {
	var n [3]int
	for i, width := range [...]int{2, 4, 8} {
		for _, c := range indent {
			switch c {
			case '\t':
				n[i] += width - n[i]%width
			case '\u3000':
				n[i] += 2
			default:
				n[i]++
			}
		}
	}
	return n
}
