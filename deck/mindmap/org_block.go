package mindmap

import (
	"slices"
	"strings"
	"unicode"
)

// block notes what is between #+begin_KIND and #+end_KIND; false when it does
// not end before the next headline.
func (r *orgReader) block(kind string) bool {
	end := r.ends.after(r.at, strings.ToLower(kind))
	if end < 0 {
		return false
	}
	lines := slices.Clone(r.lines[r.at+1 : end])
	r.at = end + 1
	if strings.EqualFold(kind, "comment") {
		return true
	}
	for i, line := range lines {
		indent := line[:len(line)-len(strings.TrimLeftFunc(line, unicode.IsSpace))]
		if rest := line[len(indent):]; strings.HasPrefix(rest, ",*") || strings.HasPrefix(rest, ",#+") || strings.HasPrefix(rest, ",,") {
			lines[i] = indent + rest[1:]
		}
	}
	r.notes.add(r.node(), dedent(strings.Join(lines, "\n")))
	return true
}

// drawer passes over a drawer; false when it does not end before the next
// headline.
func (r *orgReader) drawer() bool {
	end := r.ends.after(r.at, "")
	if end < 0 {
		return false
	}
	r.at = end + 1
	return true
}

// orgEnds lists the lines that end something: headlines, and the ends of blocks
// and drawers by their kind, which is "" for drawers.
type orgEnds struct {
	headlines []int
	kinds     map[string][]int
}

func newOrgEnds(lines []string) orgEnds {
	e := orgEnds{kinds: make(map[string][]int)}
	for i, line := range lines {
		if orgHeadline.MatchString(line) {
			e.headlines = append(e.headlines, i)
		} else if orgEnd.MatchString(line) {
			e.kinds[""] = append(e.kinds[""], i)
		} else if found := orgEndBlock.FindStringSubmatch(line); found != nil {
			kind := strings.ToLower(found[1])
			e.kinds[kind] = append(e.kinds[kind], i)
		}
	}
	return e
}

// after returns the first line after another that ends a block or drawer of
// this kind, -1 when a headline comes first.
func (e orgEnds) after(line int, kind string) int {
	ends := e.kinds[kind]
	next, _ := slices.BinarySearch(ends, line+1)
	if next == len(ends) {
		return -1
	}
	if headline, _ := slices.BinarySearch(e.headlines, line+1); headline < len(e.headlines) && e.headlines[headline] < ends[next] {
		return -1
	}
	return ends[next]
}
