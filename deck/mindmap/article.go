package mindmap

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/textfile"
)

// lineKind is what a line of an article is, seen by itself.
type lineKind int8

const (
	blankLine lineKind = iota
	chapterLine
	sectionLine
	bulletLine
	// labelLine is a short line without a full stop: the name of a group, or a
	// question to be answered by the next line when it ends with a colon.
	labelLine
	proseLine
	// endLine begins what comes after the map.
	endLine
)

// articleLine is one line of an article. Text has neither marker nor
// surrounding white space; Indent counts the runes before the marker.
type articleLine struct {
	kind   lineKind
	text   string
	indent int
	number int // of a chapter
	pos    outline.Pos
}

var (
	articleChapter = lazyregexp.New(`(?m)^[0-9]{1,3}[.．、][ \t　]*[^\s0-9].*$`)
	articleSection = lazyregexp.New(`(?m)^[0-9]{1,3}\.[0-9]{1,3}[.．、]?[ \t　]+\S.*$`)
	articleBullet  = lazyregexp.New(`(?m)^[ \t　]*([•·●◦▪‣]|[-*–][ \t])[ \t　]*\S`)
	markdownTitle  = lazyregexp.New(`(?m)^#{1,6} `)
)

func sniffArticle(data []byte) bool {
	return articleSection.Match(data) && articleBullet.Match(data) && articleChapter.Match(data) &&
		!markdownTitle.Match(data)
}

// readArticle reads the text of a web page that spells a map out: a title and
// an introduction, chapters numbered "1. ", sections numbered "1.1 ", groups
// named by a line of their own and leaves after bullets. The introduction and
// what follows the last chapter are not part of the map.
func readArticle(name string, data []byte) (*Map, error) {
	source, err := textfile.Decode(name, data, maxBytes)
	if err != nil {
		return nil, err
	}
	lines := articleLines(source)
	a := articleReader{name: name, stops: bulletsStop(lines)}
	for i := a.title(lines); i < len(lines); i++ {
		if lines[i].kind == endLine && a.chapter != nil {
			break
		}
		if err := a.line(lines, i); err != nil {
			return nil, err
		}
	}
	if a.chapter == nil {
		return nil, &Error{Name: name, Message: "no numbered chapter", Hint: `chapters begin with "1. ", sections with "1.1 "`}
	}
	return &Map{Root: a.root}, nil
}

// articleLines tells the lines of source apart, each by itself.
func articleLines(source []byte) []articleLine {
	var lines []articleLine
	last := 0
	for number, raw := range bytes.Split(source, []byte("\n")) {
		line := classify(string(raw))
		line.pos.Line = number + 1
		if line.kind == chapterLine {
			if line.number <= last { // an ordered list starts again at 1
				line = listItem(line)
			} else {
				last = line.number
			}
		}
		if line.text == "" { // but for a marker and what cannot be seen
			line.kind = blankLine
		}
		lines = append(lines, line)
	}
	return lines
}

func classify(raw string) articleLine {
	text := singleLine(raw)
	trimmed := strings.TrimLeft(raw, " \t\u3000\u00a0")
	line := articleLine{text: text, indent: utf8.RuneCountInString(raw) - utf8.RuneCountInString(trimmed)}
	line.pos.Column = line.indent + 1
	switch {
	case strings.Trim(text, "•·●◦▪‣-*–—_= ") == "": // empty, or a rule
		return line
	case line.indent == 0 && articleSection.MatchString(trimmed):
		line.kind = sectionLine
	case line.indent == 0 && articleChapter.MatchString(trimmed):
		line.kind = chapterLine
		for _, r := range trimmed {
			if r < '0' || r > '9' {
				break
			}
			line.number = line.number*10 + int(r-'0')
		}
	case articleBullet.MatchString(raw):
		marker := utf8.RuneCountInString(raw) - utf8.RuneCountInString(afterMarker(trimmed))
		line.kind, line.text = bulletLine, singleLine(afterMarker(trimmed))
		line.pos.Column = marker + 1
	case line.indent == 0 && endsMap(text):
		line.kind = endLine
	case isLabel(text):
		line.kind = labelLine
	default:
		line.kind = proseLine
	}
	return line
}

func afterMarker(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.TrimLeft(s[size:], " \t\u3000\u00a0")
}

// listItem makes a bullet of a line that looked like a chapter.
func listItem(line articleLine) articleLine {
	at := strings.IndexAny(line.text, ".．、")
	_, size := utf8.DecodeRuneInString(line.text[at:])
	text := strings.TrimLeft(line.text[at+size:], " ")
	line.pos.Column += utf8.RuneCountInString(line.text) - utf8.RuneCountInString(text)
	line.kind, line.text = bulletLine, text
	return line
}
