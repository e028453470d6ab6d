package main

import (
	"io"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// TestManPages wants of every command, in both languages, a page with its words
// and flags on which each line that begins with a dot is a request.
func TestManPages(t *testing.T) {
	requests := []string{".TH ", ".SH ", ".ad l", ".nh", ".PP", ".TP", ".nf", ".fi", ".in"}
	for _, chinese := range []bool{false, true} {
		a := &app{env: env{getenv: func(string) string { return "" }, stdout: io.Discard}, chinese: chinese}
		root := newRootCommand(a)
		a.localise(root)
		pages := 0
		var visit func(c *cobra.Command)
		visit = func(c *cobra.Command) {
			var b strings.Builder
			if err := a.manPage(&b, c); err != nil {
				t.Fatal(err)
			}
			page := b.String()
			pages++
			for line := range strings.Lines(page) {
				known := false
				for _, r := range requests {
					known = known || strings.HasPrefix(line, r)
				}
				if (line[0] == '.' && !known || line[0] == '\'') && !strings.HasPrefix(line, `.\"`) {
					t.Errorf("%s: %q would be taken for a request", c.CommandPath(), line)
				}
			}
			for _, want := range []string{roff(c.Short), ".SH \"" + a.t("SYNOPSIS") + "\""} {
				if !strings.Contains(page, want) {
					t.Errorf("%s: the page has no %q", c.CommandPath(), want)
				}
			}
			c.Flags().VisitAll(func(f *pflag.Flag) {
				if !f.Hidden && !strings.Contains(page, `\fB\-\-`+roff(f.Name)+`\fR`) {
					t.Errorf("%s: the page does not name --%s", c.CommandPath(), f.Name)
				}
			})
			for _, sub := range c.Commands() {
				visit(sub)
			}
		}
		visit(root)
		if pages < 30 {
			t.Errorf("got %d pages, want one of every command", pages)
		}
	}
}

func TestRoffEscapes(t *testing.T) {
	for text, want := range map[string]string{
		".nf":      `\&.nf`,
		"'a'":      `\&'a'`,
		`C:\x`:     `C:\ex`,
		"--json":   `\-\-json`,
		"a.b 'c'":  "a.b 'c'",
		`\(em .\"`: `\e(em .\e"`,
	} {
		if got := roff(text); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
