package tomlfile

import "strings"

// lines are the lines of a formatted file so far.
type lines struct {
	strings.Builder
	newline string
	// gap says that an empty line stands before the next item, about that the
	// last line was a comment on what comes, top that it was a header.
	gap, about, top bool
	// The table that the items belong to: how far it is indented, and how wide its
	// keys are.
	indent string
	width  int
}

func (l *lines) put(indent string, parts ...string) {
	if l.gap && l.Len() > 0 {
		l.WriteString(l.newline)
	}
	l.gap, l.about, l.top = false, false, false
	l.WriteString(indent)
	for _, p := range parts {
		l.WriteString(p)
	}
	l.WriteString(l.newline)
}

// comment writes a comment: indented like what it stands right above, else like
// what it stands right below.
func (l *lines) comment(it item, next []item) {
	indent := l.indent
	about, close := following(next)
	switch {
	case about.kind == tableHeader && close:
		indent = indentOf(tableName(about.name))
		l.gap = l.gap || !l.about
	case about.kind != keyValue && l.gap:
		indent = ""
	}
	l.put(indent, it.name)
	l.about = close
}

func (l *lines) header(it item, width int) {
	name := tableName(it.name)
	l.indent, l.width = indentOf(name), 0
	if name == "leaf" || name == "card" || name == "leaf.card" {
		l.width = width
	}
	l.gap = !l.about
	l.put(l.indent, bracketed(it.name, name), behind(it.comment))
	l.top = true
}

func (l *lines) pair(it item) {
	key := it.name
	if isAligned(key) {
		key += strings.Repeat(" ", max(0, l.width-len(key)))
	}
	l.put(l.indent, key, " = ", l.value(it.value), behind(it.comment))
}

func behind(comment string) string {
	if comment == "" {
		return ""
	}
	return "  " + comment
}

// tableName returns the name in a header, without spaces.
func tableName(header string) string {
	name := strings.Trim(header, "[]")
	if strings.ContainsAny(name, `"'`) {
		return strings.TrimSpace(name)
	}
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' {
			return -1
		}
		return r
	}, name)
}

func bracketed(header, name string) string {
	if strings.HasPrefix(header, "[[") {
		return "[[" + name + "]]"
	}
	return "[" + name + "]"
}

// indentOf returns the indent of a table: two spaces for each table above it in
// which it stands as a list.
func indentOf(name string) string {
	return strings.Repeat("  ", strings.Count(name, "."))
}

// value returns a value, its list or inline table laid out anew.
func (l *lines) value(raw string) string {
	switch {
	case strings.HasPrefix(raw, "["):
		return l.list(raw)
	case strings.HasPrefix(raw, "{"):
		return inlineTable(raw)
	}
	return raw
}

// list lays a list out: with an element a line when it was written over several
// lines or holds tables, else on one line.
func (l *lines) list(raw string) string {
	tall := strings.Contains(raw, "\n")
	var elements, rows []string
	s := scanner{layout: scan(""), text: raw, pos: 1}
	for s.pos < len(raw) && !s.at(']') {
		switch raw[s.pos] {
		case ' ', '\t', '\r', '\n', ',':
			s.pos++
		case '#':
			before := strings.TrimRight(raw[:s.pos], " \t")
			if len(rows) == 0 || strings.HasSuffix(before, "\n") {
				rows = append(rows, s.restOfLine())
			} else {
				rows[len(rows)-1] += behind(s.restOfLine())
			}
		default:
			e := s.raw()
			if strings.HasPrefix(e, "{") {
				e, tall = inlineTable(e), true
			}
			elements, rows = append(elements, e), append(rows, e+",")
		}
	}
	if !tall {
		return "[" + strings.Join(elements, ", ") + "]"
	}
	var b strings.Builder
	b.WriteString("[" + l.newline)
	for _, row := range rows {
		b.WriteString(l.indent + "  " + row + l.newline)
	}
	b.WriteString(l.indent + "]")
	return b.String()
}

// inlineTable lays an inline table out: on one line, as it is when that is not how it
// was written.
func inlineTable(raw string) string {
	if strings.Contains(raw, "\n") {
		return raw
	}
	var fields []string
	s := scanner{layout: scan(""), text: raw, pos: 1}
	for s.gaps(); s.pos < len(raw) && !s.at('}'); s.gaps() {
		it := s.item()
		if strings.HasPrefix(it.value, "{") {
			it.value = inlineTable(it.value)
		}
		fields = append(fields, it.name+" = "+it.value)
	}
	if len(fields) == 0 {
		return "{}"
	}
	return "{ " + strings.Join(fields, ", ") + " }"
}
