package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// verb is a formatting verb with its flags.
var verb = regexp.MustCompile(`%[-+ #0-9.]*[a-zA-Z%]`)

// TestMessagesAreTranslated reads every message in the source and wants it in
// the Chinese catalogue, with the same verbs.
func TestMessagesAreTranslated(t *testing.T) {
	used := messagesInSource(t)
	for message, at := range used {
		zh, ok := inChinese(message)
		if !ok {
			t.Errorf("%v: %q is not in the Chinese catalogue", at, message)
		} else if !slices.Equal(verb.FindAllString(message, -1), verb.FindAllString(zh, -1)) {
			t.Errorf("%q and %q differ in their verbs", message, zh)
		}
	}
	seen := make(map[string]bool)
	for _, table := range chinese() {
		for message := range table {
			if _, ok := used[message]; !ok {
				t.Errorf("%q is in the Chinese catalogue but nowhere used", message)
			}
			if seen[message] {
				t.Errorf("%q is in the Chinese catalogue twice", message)
			}
			seen[message] = true
		}
	}
}

// messagesInSource returns the messages given to t, say and add as literals.
func messagesInSource(t *testing.T) map[string]token.Position {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	used := make(map[string]token.Position)
	files := token.NewFileSet()
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !speaks(call.Fun) {
				return true
			}
			for _, arg := range call.Args {
				if literal, ok := arg.(*ast.BasicLit); ok && literal.Kind == token.STRING {
					if message, err := strconv.Unquote(literal.Value); err == nil {
						used[message] = files.Position(literal.Pos())
					}
				}
			}
			return true
		})
	}
	return used
}

func speaks(f ast.Expr) bool {
	switch f := f.(type) {
	case *ast.SelectorExpr:
		return f.Sel.Name == "t" || f.Sel.Name == "say"
	case *ast.Ident:
		return f.Name == "add"
	}
	return false
}
