package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// role is what a column says about a card.
type role int8

// The roles of columns. An extra column has no role of its own; it goes into
// the note.
const (
	extraRole role = iota
	frontRole
	backRole
	noteRole
	sourceRole
	tagsRole
	idRole
	deckRole
	sectionRole
	levelRole
	kindRole
	notetypeRole
	leafRole
	choicesRole
	acceptRole
	mediaRole
	noRole // to be passed over
)

// roleNames lists the names of roles in options and in headers; the first one
// is that which Write uses.
var roleNames = map[role][]string{
	frontRole:    {"front", "question", "term", "text", "word", "正面", "问题", "问", "词条", "术语", "单词"},
	backRole:     {"back", "answer", "definition", "meaning", "back extra", "背面", "答案", "答", "释义", "定义", "解释"},
	noteRole:     {"note", "notes", "extra", "remark", "备注", "注释", "笔记", "说明"},
	sourceRole:   {"source", "reference", "出处", "来源"},
	tagsRole:     {"tags", "tag", "标签"},
	idRole:       {"guid", "id"},
	deckRole:     {"deck", "卡组", "牌组"},
	sectionRole:  {"section", "path", "chapter", "章节", "路径"},
	levelRole:    {"level", "级别", "难度"},
	kindRole:     {"kind", "类型"},
	notetypeRole: {"notetype", "note type", "笔记类型"},
	leafRole:     {"leaf", "叶子"},
	choicesRole:  {"choices", "options", "选项"},
	acceptRole:   {"accept"},
	mediaRole:    {"media"},
	noRole:       {"-"},
}

// Roles lists the words for what a column says about a card, as they stand in
// Options.Columns.
func Roles() []string {
	var words []string
	for r := frontRole; r < noRole; r++ {
		words = append(words, roleNames[r][0])
	}
	return words
}

// roleOf returns the role with a name, in any case; extraRole when there is
// none.
func roleOf(name string) role {
	name = strings.ToLower(strings.TrimSpace(name))
	for r, names := range roleNames {
		if slices.Contains(names, name) {
			return r
		}
	}
	return extraRole
}

// columns says what the columns of a table are.
type columns struct {
	// roles and names are by column, counting from 0; names are "" when the
	// table has none.
	roles []role
	names []string
	// fixed says that all other columns are passed over.
	fixed bool
}

// role returns the role of a column.
func (c *columns) role(i int) role {
	r := extraRole
	if i < len(c.roles) {
		r = c.roles[i]
	}
	if r == extraRole && c.fixed {
		return noRole
	}
	return r
}

func (c *columns) set(i int, r role) {
	for len(c.roles) <= i {
		c.roles = append(c.roles, extraRole)
	}
	c.roles[i] = r
}

func (c *columns) has(r role) bool { return slices.Contains(c.roles, r) }

// named makes columns of the names of a header.
func named(names []string) columns {
	var c columns
	for i, name := range names {
		name = strings.Join(strings.Fields(clean(name)), " ")
		c.names = append(c.names, name)
		r := roleOf(name)
		if r != extraRole && r != noRole && c.has(r) {
			r = extraRole // only the first column of a name has its role
		}
		c.set(i, r)
	}
	return c
}

// fill makes the first columns without a role front and back, when no column is.
func (c *columns) fill(width int) {
	for _, r := range []role{frontRole, backRole} {
		for i := 0; i < width && !c.has(r); i++ {
			if c.role(i) == extraRole {
				c.set(i, r)
			}
		}
	}
}

// isHeader reports whether a row names columns: all it has are names of roles,
// front or back among them.
func isHeader(fields []string) bool {
	found := false
	for _, f := range fields {
		if strings.TrimSpace(f) == "" {
			continue
		}
		r := roleOf(f)
		if r == extraRole {
			return false
		}
		found = found || r == frontRole || r == backRole
	}
	return found
}

// choose applies Options.Columns.
func (c *columns) choose(option string) error {
	items := strings.Split(option, ",")
	if !strings.Contains(option, "=") {
		c.roles, c.fixed = nil, true
		for i, item := range items {
			r := roleOf(item)
			if strings.TrimSpace(item) == "" {
				r = noRole
			}
			if r == extraRole {
				return unknownRole(item)
			}
			c.set(i, r)
		}
		return nil
	}
	chosen := columns{names: c.names, fixed: true}
	for _, item := range items {
		word, column, ok := strings.Cut(item, "=")
		r := roleOf(word)
		if !ok || r == extraRole || r == noRole {
			return unknownRole(item)
		}
		i, err := c.find(strings.TrimSpace(column))
		if err != nil {
			return err
		}
		chosen.set(i, r)
	}
	*c = chosen
	return nil
}

func unknownRole(item string) error {
	return fmt.Errorf("%q is no role of a column: use %s", strings.TrimSpace(item), strings.Join(Roles(), ", "))
}

// find returns the index of a column by its name or its number.
func (c *columns) find(column string) (int, error) {
	for i, name := range c.names {
		if strings.EqualFold(strings.TrimSpace(name), column) {
			return i, nil
		}
	}
	n, err := strconv.Atoi(column)
	switch {
	case err == nil && n >= 1 && n <= maxColumns:
		return n - 1, nil
	case len(c.names) == 0:
		return 0, fmt.Errorf("there is no column %q: the table does not name its columns, so use numbers from 1", column)
	}
	return 0, fmt.Errorf("there is no column %q: the columns are %s", column, strings.Join(c.names, ", "))
}
