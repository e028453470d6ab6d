package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// spoken collects the texts in the source of the module that become errors,
// hints and warnings, each as the format it is made with and where it stands.
type spoken struct {
	texts map[string]token.Position
	files *token.FileSet
	// names holds the string constants of the package being read.
	names map[string]string
	// taken holds the literals that are dealt with.
	taken map[ast.Node]bool
}

// speakers are the functions whose arguments are errors, hints and warnings, or
// say in an error what was attempted.
var speakers = []string{
	"Errorf", "usagef", "withHint", "report", "errorAt", "warn", "skip", "wrongType", "stated",
	"explain", "named", "failed",
}

// prose is what makes a literal a text for people when it is no argument of a
// speaker; markup and query are what is none all the same.
var (
	prose  = regexp.MustCompile(`[a-z]+ [a-z]{2,}|[A-Za-z]{3,}: %[sv]|%[sdqvw] [a-z]{2,}|[a-z]{2,} %[sdqvw]`)
	markup = regexp.MustCompile(`^[\n ]*[<{#]|SELECT|INSERT|UPDATE |DELETE |PRAGMA|CREATE|FROM |JOIN|WHERE|^ [a-z]{2,3} |^[a-z]{2} [a-z]{2} `)
)

// helpFunctions take texts that the tables of messages and of help hold.
var helpFunctions = regexp.MustCompile(`^(t|n|say|add|count|help|\w*VarP?|String|Bool|Int|Print|Fprintln)$`)

// helpKeys are fields whose texts are help.
var helpKeys = []string{"Use", "Short", "Long", "Example", "about", "Check", "Advice"}

func spokenInSource(t *testing.T) map[string]token.Position {
	t.Helper()
	s := &spoken{texts: make(map[string]token.Position), files: token.NewFileSet()}
	packages := make(map[string][]*ast.File)
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() != ".." && d.Name() != "../.." && strings.HasPrefix(d.Name(), ".")):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(d.Name(), "messages"):
			return nil
		}
		file, err := parser.ParseFile(s.files, path, nil, parser.SkipObjectResolution)
		packages[filepath.Dir(path)] = append(packages[filepath.Dir(path)], file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for folder, files := range packages {
		if slices.Contains(silentPackages, filepath.ToSlash(strings.TrimPrefix(folder, "../../"))) {
			continue
		}
		s.names, s.taken = make(map[string]string), make(map[ast.Node]bool)
		for _, f := range files {
			s.constants(f)
		}
		for _, f := range files {
			ast.Inspect(f, s.visit)
		}
	}
	return s.texts
}

// constants notes the string constants of f.
func (s *spoken) constants(f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		if d, ok := n.(*ast.ValueSpec); ok && len(d.Names) == len(d.Values) {
			for i, name := range d.Names {
				if l, ok := d.Values[i].(*ast.BasicLit); ok && l.Kind == token.STRING {
					s.names[name.Name] = s.format(l)
				}
			}
		}
		return true
	})
}

func (s *spoken) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ImportSpec:
		return false
	case *ast.Field:
		s.take(n.Tag)
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if i < len(n.Values) && (strings.HasSuffix(name.Name, "Long") || strings.HasSuffix(name.Name, "Help")) {
				s.take(n.Values[i])
			}
		}
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && slices.Contains(helpKeys, key.Name) {
			s.take(n.Value)
		}
	case *ast.AssignStmt:
		for i, to := range n.Lhs {
			if name, ok := to.(*ast.Ident); ok && (name.Name == "message" || name.Name == "hint") && len(n.Lhs) == len(n.Rhs) {
				s.add(n.Rhs[i])
			}
		}
	case *ast.CallExpr:
		s.call(n)
	case *ast.CompositeLit:
		s.composite(n)
	case *ast.BinaryExpr, *ast.BasicLit:
		e := n.(ast.Expr)
		if text := s.format(e); !s.taken[n] && prose.MatchString(text) && !markup.MatchString(text) {
			s.add(e)
		}
	}
	return true
}

func (s *spoken) call(c *ast.CallExpr) {
	name := calledName(c)
	switch {
	case helpFunctions.MatchString(name):
		for _, arg := range c.Args {
			s.take(arg)
		}
	case name == "warn" && len(c.Args) == 3: // a count of a noun, and the format around it
		s.texts["%d "+strings.Trim(s.format(c.Args[1]), `"`)] = s.files.Position(c.Pos())
		s.texts["%d "+strings.Trim(s.format(c.Args[1]), `"`)+"s"] = s.files.Position(c.Pos())
		s.take(c.Args[1])
		s.add(c.Args[2])
	case slices.Contains(speakers, name) || isErrorsNew(c):
		for _, arg := range c.Args {
			s.add(arg)
		}
	case name == "Sprintf" && !s.taken[c]:
		if text := s.format(c); prose.MatchString(text) && !markup.MatchString(text) {
			s.add(c)
		}
	}
}

func (s *spoken) composite(c *ast.CompositeLit) {
	name := ""
	switch t := c.Type.(type) {
	case *ast.Ident:
		name = t.Name
	case *ast.SelectorExpr:
		name = t.Sel.Name
	case *ast.ArrayType:
		if elementName(c) == "syntaxRule" {
			for _, rule := range c.Elts {
				for i, part := range rule.(*ast.CompositeLit).Elts {
					if s.take(part); i >= 2 {
						s.add(part)
					}
				}
			}
		}
	}
	if name == "exporter" || elementName(c) == "exporter" {
		s.take(c)
	}
	if name != "Error" && name != "Problem" && name != "problem" {
		return
	}
	for _, e := range c.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			e = pair.Value
		}
		s.add(e)
	}
}

func isErrorsNew(c *ast.CallExpr) bool {
	f, ok := c.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	from, ok := f.X.(*ast.Ident)
	return ok && from.Name == "errors" && f.Sel.Name == "New"
}

// elementName is the type of the elements of a slice, "" for anything else.
func elementName(c *ast.CompositeLit) string {
	if t, ok := c.Type.(*ast.ArrayType); ok {
		if element, ok := t.Elt.(*ast.Ident); ok {
			return element.Name
		}
	}
	return ""
}

func calledName(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.SelectorExpr:
		return f.Sel.Name
	case *ast.Ident:
		return f.Name
	}
	return ""
}

// take marks every part of e as dealt with.
func (s *spoken) take(e ast.Expr) {
	if lit, ok := e.(*ast.BasicLit); e == nil || ok && lit == nil {
		return
	}
	ast.Inspect(e, func(n ast.Node) bool {
		if n != nil {
			s.taken[n] = true
		}
		return true
	})
}

// add collects the format of e, if it has one with words in it.
func (s *spoken) add(e ast.Expr) {
	switch e := e.(type) {
	case *ast.BasicLit, *ast.BinaryExpr, *ast.Ident:
	case *ast.CallExpr:
		if calledName(e) != "Sprintf" {
			return
		}
	default:
		return
	}
	text := s.format(e)
	s.take(e)
	f := formatOf(text)
	if strings.IndexFunc(strings.Join(f.literals, ""), func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }) >= 0 {
		s.texts[text] = s.files.Position(e.Pos())
	}
}

// parserMarks stand in rules for syntax errors where a text is filled in.
var parserMarks = strings.NewReplacer("%got", "%s", "%name", "%s")

// format returns the format that e makes its text with: what is no literal and
// no constant is "%s".
func (s *spoken) format(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return parserMarks.Replace(text)
		}
	case *ast.Ident:
		if text, ok := s.names[e.Name]; ok {
			return text
		}
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return s.format(e.X) + s.format(e.Y)
		}
	case *ast.CallExpr:
		if calledName(e) == "Sprintf" {
			return s.format(e.Args[0])
		}
	}
	return "%s"
}

// TestErrorsAreTranslated wants every error, hint and warning of the module in
// Chinese, with the same verbs, and no table that holds one nobody makes.
func TestErrorsAreTranslated(t *testing.T) {
	used := spokenInSource(t)
	has := make(map[string]bool)
	for _, table := range chineseErrors() {
		for english, zh := range table {
			if has[english] {
				t.Errorf("%q is in the Chinese errors twice", english)
			}
			has[english] = true
			if got, want := formatOf(zh).verbs, formatOf(english).verbs; string(got) != string(want) {
				t.Errorf("%q and %q differ in their verbs", english, zh)
			}
		}
	}
	for english, at := range used {
		if shown := !slices.Contains(slices.Concat(slices.Collect(maps.Values(neverShown))...), english); shown && !has[english] {
			t.Errorf("%v: %q is not in the Chinese errors", at, english)
		}
	}
	for why, texts := range neverShown {
		for _, english := range texts {
			if _, ok := used[english]; !ok {
				t.Errorf("%q is said to be %s, but is nowhere", english, why)
			}
		}
	}
}

// TestNoErrorIsTranslatedInVain wants every Chinese error made somewhere: as it is,
// as a case of a more general format, or as a part of one that is cut in two. What
// comes from other modules cannot be looked for.
func TestNoErrorIsTranslatedInVain(t *testing.T) {
	used := spokenInSource(t)
	made := func(english string) bool {
		if _, ok := used[english]; ok {
			return true
		}
		for text := range used {
			if _, ok := formatOf(text).match(english); ok || slices.Contains(strings.Split(text, ": "), english) {
				return true
			}
		}
		return false
	}
	for _, table := range chineseErrors() {
		for english := range table {
			_, foreign := chineseForeignErrors()[english]
			_, place := chinesePlaces()[english]
			if !foreign && !place && !made(english) {
				t.Errorf("%q is in the Chinese errors but nowhere used", english)
			}
		}
	}
}

// silentPackages say nothing to people but what the tables of messages hold, or
// speak the language of the deck.
var silentPackages = []string{"deck/cardgen", "srs/draw", "decks"}

// neverShown are texts that are no errors, or that no learner meets, by what they
// are.
var neverShown = map[string][]string{
	"an error that the caller catches": {"woken", "stopped", "interrupted", "enough", "visiting", "several decks", "the deck file must be read whole"},
	"a mistake of the program itself": {
		"grading: %d is not a grade from 0 to 5", "grading: the last answer is not recorded yet", "grading: the sitting is over",
		"the SQLite driver cannot restore", "setting %s is %d, not %d", "got %v, want %v", "reading a packed row", "mindleaf_pack_rows is no window function",
	},
	"a name or a key": {
		"id", "deck", "format", "choices", "text", "sm2", "anki sm2", "anki fsrs", "mindleaf %s", "Card %d", "note %s", "card %s\x1f%s", "cloze %s",
		"%d week %d", "%s reading=%s multiplier=%d fuzz=%s max=%d",
	},
	"what a test says": {"took %v, want less than %v", "there is nothing for the race detector"},
	"a command":        {"path reset", "path place", "mindleaf review", "mindleaf progress", "mindleaf import FILE", "mindleaf deck add %s"},
	"what another program writes": {
		"Basic (type in the answer)", "Basic (and reversed card)", "SQLite format 3\x00", "if matches", "match scope", "tags column", "notetype column",
		"deck column", "guid column", "back extra", "note type", "type in", "optional reversed", "closing words", "further reading", "about the author", "leave a comment",
		"Please update to the latest Anki version", "Mind Map generated by NB MindMap plugin", "invalid character entity ", "is out of range for",
		"(no semicolon)", "is already used by",
	},
	"told by its Chinese sibling or inside another text": {
		"mindleaf %s %s (%s, %s/%s)\n", "not understood", "No results", "An empty line leads to the keys.", "%s more", "mindleaf: %s", "Enter done  Esc back", "mind map", "Additional help topics:",
		"Use \"{{.CommandPath}} [command] --help\" for more information about a command.",
		"FreeMind map", "Anki package", "Markdown cards", "anki: marshalling strings: %v", "a result always has a JSON form: %s",
	},
	"an answer of a test to a prompt": {
		"step %q is neither y nor n for %q", "step %q is no answer to %q with %d items", "step %q is no answer to %q",
	},
}
