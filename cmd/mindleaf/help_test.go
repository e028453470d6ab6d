package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// helpInProgram returns every text of the help in English, and where it is: those
// of all commands and flags, and what is said of export formats and of settings.
func helpInProgram() map[string]string {
	texts := make(map[string]string)
	note := func(text, where string) {
		if text != "" {
			texts[text] = where
		}
	}
	var visit func(c *cobra.Command)
	visit = func(c *cobra.Command) {
		note(c.Short, c.CommandPath())
		note(c.Long, c.CommandPath())
		c.LocalFlags().VisitAll(func(f *pflag.Flag) { note(f.Usage, c.CommandPath()+" --"+f.Name) })
		for _, sub := range c.Commands() {
			visit(sub)
		}
	}
	root := newRootCommand(&app{env: env{getenv: func(string) string { return "" }}})
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	visit(root)
	for _, e := range exporters {
		note(e.about, "export "+e.name)
	}
	for _, s := range append(settings, settingsOf("deck")...) {
		note(s.about, s.key)
	}
	return texts
}

// TestHelpIsTranslated wants every text of the help in Chinese, and no table that
// holds one which is nowhere shown.
func TestHelpIsTranslated(t *testing.T) {
	texts := helpInProgram()
	for text, where := range texts {
		if zh, ok := helpInChinese(text); !ok || zh == text {
			t.Errorf("%s: %q is not in the Chinese help", where, text)
		}
	}
	used := func(english string) bool {
		if _, ok := texts[english]; ok {
			return true
		}
		for text := range texts {
			if _, ok := formatOf(english).match(text); ok {
				return true
			}
		}
		return false
	}
	seen := make(map[string]bool)
	for _, table := range chineseHelps() {
		for english := range table {
			if seen[english] {
				t.Errorf("%q is in the Chinese help twice", english)
			}
			seen[english] = true
			if !used(english) {
				t.Errorf("%q is in the Chinese help but nowhere used", english)
			}
		}
	}
}

// TestChineseHelpHasNoEnglish runs --help of every command in Chinese and looks
// for what cobra says of its own accord.
func TestChineseHelpHasNoEnglish(t *testing.T) {
	var out bytes.Buffer
	a := &app{env: env{getenv: func(string) string { return "" }, stdout: &out, stderr: &out}, chinese: true}
	root := newRootCommand(a)
	a.localise(root)
	var visit func(c *cobra.Command)
	visit = func(c *cobra.Command) {
		out.Reset()
		if err := c.Help(); err != nil {
			t.Fatal(err)
		}
		for _, english := range []string{"Usage:", "Flags:", "Commands:", "Examples:", "(default", "help for", "for more information"} {
			if strings.Contains(out.String(), english) {
				t.Errorf("%s --help says %q", c.CommandPath(), english)
			}
		}
		for _, sub := range c.Commands() {
			visit(sub)
		}
	}
	visit(root)
}

// TestChineseHelpListsFormats wants what each format of export is about in Chinese: it
// stands in a list within the help.
func TestChineseHelpListsFormats(t *testing.T) {
	a := &app{env: env{getenv: func(string) string { return "" }}, chinese: true}
	root := newRootCommand(a)
	a.localise(root)
	a.localise(root) // which changes nothing more
	export, _, err := root.Find([]string{"export"})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range exporters {
		about, ok := wholeHelp(e.about)
		want := fmt.Sprintf("\n  %-9s %s\n", e.name, about)
		if !ok || !strings.Contains(export.Long, want) {
			t.Errorf("the help of export has no line %q", want)
		}
	}
}
