package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// literals are all texts in the program's source, of both languages, with where each
// stands.
func literals(t *testing.T) map[string]string {
	t.Helper()
	texts := make(map[string]string)
	files := token.NewFileSet()
	for _, room := range []string{".", "../../deck", "../../srs", "../../store"} {
		err := filepath.WalkDir(room, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
					if text, err := strconv.Unquote(l.Value); err == nil {
						texts[text] = files.Position(l.Pos()).String()
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return texts
}

var (
	// named is a command as a text names it, up to the next mark or the end of the line.
	named = regexp.MustCompile("(?:^|[^a-zA-Z/\\-])mindleaf((?: +[^ ;,.:()|（），。；：、“”\"`\n]+)+)")
	// quoted is an argument with spaces in it.
	quoted = regexp.MustCompile(`'[^'\n]*'`)
	// flagNamed is a flag that a text names, whatever the command.
	flagNamed = regexp.MustCompile(`(?:^|[ （(“"])--([a-z][a-z-]*)`)
)

// behindName are the words that follow the program's name where it names the program, and
// foreignFlags those of other programs and the variables of style sheets.
var (
	behindName   = strings.Fields("turns is writes may that and itself for again already database shows logs")
	foreignFlags = strings.Fields("prefix paper faint goto wait")
)

// wrongCommand says what is wrong with a command that a text names, from the word behind
// the program's name on; "" when it can be typed so.
func wrongCommand(root *cobra.Command, words []string) string {
	c := root
	for len(words) > 0 {
		sub := child(c, words[0])
		if sub == nil {
			break
		}
		c, words = sub, words[1:]
	}
	if len(words) > 0 && plainWord(words[0]) {
		switch {
		case c == root:
			return fmt.Sprintf("there is no command %q", words[0])
		case c.Parent() == root && onlySubcommands[c.Name()]:
			return fmt.Sprintf("%s has no command %q", c.CommandPath(), words[0])
		}
	}
	for _, w := range words {
		name, _, _ := strings.Cut(strings.TrimLeft(w, "-"), "=")
		switch {
		case strings.HasPrefix(w, "--") && name != "" && !hasFlag(c, name):
			return fmt.Sprintf("%s has no flag --%s", c.CommandPath(), name)
		case len(w) == 2 && w[0] == '-' && plainWord(name) && c.Flags().ShorthandLookup(name) == nil:
			return fmt.Sprintf("%s has no flag -%s", c.CommandPath(), name)
		}
	}
	if c.CommandPath() == "mindleaf config set" || c.CommandPath() == "mindleaf config get" {
		if len(words) > 0 && strings.ContainsAny(words[0], "._") {
			if _, err := findSetting(words[0]); err != nil {
				return err.Error()
			}
		}
	}
	return ""
}

// onlySubcommands do nothing by themselves.
var onlySubcommands = map[string]bool{"card": true, "deck": true, "config": true}

func child(c *cobra.Command, name string) *cobra.Command {
	for _, sub := range c.Commands() {
		if sub.Name() == name {
			return sub
		}
	}
	return nil
}

func hasFlag(c *cobra.Command, name string) bool {
	return name == "help" || c.Flags().Lookup(name) != nil || c.InheritedFlags().Lookup(name) != nil
}

// plainWord reports whether s is a word in small letters, as commands are.
func plainWord(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

// TestNamedCommandsExist wants every command that a message, a hint or the help names,
// in either language, to be there and to have the flags that are named with it.
func TestNamedCommandsExist(t *testing.T) {
	root := newRootCommand(&app{env: env{getenv: func(string) string { return "" }}, config: defaultConfig()})
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	flags := map[string]bool{"help": true}
	var visit func(*cobra.Command)
	visit = func(c *cobra.Command) {
		c.Flags().VisitAll(func(f *pflag.Flag) { flags[f.Name] = true })
		c.PersistentFlags().VisitAll(func(f *pflag.Flag) { flags[f.Name] = true })
		for _, sub := range c.Commands() {
			visit(sub)
		}
	}
	visit(root)
	commands := 0
	for text, where := range literals(t) {
		text = quoted.ReplaceAllString(text, "Q")
		for _, m := range named.FindAllStringSubmatch(text, -1) {
			words := strings.Fields(m[1])
			if slices.Contains(behindName, words[0]) && child(root, words[0]) == nil {
				continue
			}
			commands++
			if wrong := wrongCommand(root, words); wrong != "" {
				t.Errorf("%s: mindleaf%s: %s", where, m[1], wrong)
			}
		}
		for _, m := range flagNamed.FindAllStringSubmatch(text, -1) {
			if name := strings.TrimRight(m[1], "-"); !flags[name] && !slices.Contains(foreignFlags, name) {
				t.Errorf("%s: no command has the flag --%s of %q", where, m[1], text)
			}
		}
	}
	if commands < 100 {
		t.Errorf("%d commands were found in the texts, want them all", commands)
	}
	for _, wrong := range []string{"revew", "deck chek FILE", "undo --futur", "config set review.leeches 3", "export -x", "deck lists them"} {
		if wrongCommand(root, strings.Fields(wrong)) == "" {
			t.Errorf("mindleaf %s passes", wrong)
		}
	}
	for _, right := range []string{"undo", "undo takes it back", "deck check", "path shows the way", "config set review.leech_lapses 3", "review --limit 20"} {
		if wrong := wrongCommand(root, strings.Fields(right)); wrong != "" {
			t.Errorf("mindleaf %s: %s", right, wrong)
		}
	}
}
