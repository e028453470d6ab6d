package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
)

// TestWrongCounts gives every command of the program up to five arguments: a wrong
// number is a wrong usage with a hint, and names what is missing or too many.
func TestWrongCounts(t *testing.T) {
	wrong := 0
	var visit func(c *cobra.Command)
	visit = func(c *cobra.Command) {
		for n := range 6 {
			err := c.Args(c, strings.Fields("a b c d e")[:min(n, 5)])
			if err == nil {
				continue
			}
			wrong++
			var usage usageError
			if !errors.As(err, &usage) || hintOf(err) == "" || strings.Contains(err.Error(), "arg(s)") {
				t.Errorf("%s with %d arguments: got %v, hint %q", c.CommandPath(), n, err, hintOf(err))
			}
		}
		for _, sub := range c.Commands() {
			visit(sub)
		}
	}
	visit(newRootCommand(&app{config: defaultConfig()}))
	if wrong < 50 {
		t.Errorf("got %d wrong counts, want at least 50", wrong)
	}
}

func TestWrapTalk(t *testing.T) {
	for _, tt := range []struct {
		line string
		want []string
	}{
		{"Nothing is due.", []string{"Nothing is due."}},
		{"  beginner: 0 of 114 learned", []string{"  beginner: 0 of", "    114 learned"}},
		{"新卡按路径的顺序来，没有专注的章节。", []string{"新卡按路径的顺序", "    来，没有专注的", "    章节。"}},
		{"wrote /home/me/.local/share/decks/a.toml", []string{"wrote /home/me/.local/share/decks/a.toml"}},
		{"%d / 5", []string{"%d / 5"}},
	} {
		if diff := cmp.Diff(tt.want, wrapTalk(tt.line, 20)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.line, diff)
		}
	}
}

// TestCalledCommands wants each command under its own name, and alone when it is called;
// and all of them when it takes more to know which one that is.
func TestCalledCommands(t *testing.T) {
	a := &app{env: env{getenv: func(string) string { return "" }}}
	all := a.calledCommands()
	for _, c := range all {
		if got := c.make(a).Name(); got != c.name {
			t.Errorf("%s is listed as %s", got, c.name)
		}
		a.args = []string{c.name, "--help"}
		switch made := newRootCommand(a).Commands(); {
		case c.name == "man" && len(made) != len(all):
			t.Errorf("man describes %d of %d commands", len(made), len(all))
		case c.name != "man" && (len(made) != 1 || made[0].Name() != c.name):
			t.Errorf("%s makes %d commands", c.name, len(made))
		}
	}
	for _, args := range [][]string{nil, {"reviews"}, {"help", "due"}, {"--home", "due", "stats"}, {"__complete", "due", ""}} {
		a.args = args
		if made := newRootCommand(a).Commands(); len(made) != len(all) {
			t.Errorf("%q makes %d of %d commands", args, len(made), len(all))
		}
	}
}
