package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newManCommand(a *app) *cobra.Command {
	var folder string
	c := &cobra.Command{
		Use:   "man [COMMAND]...",
		Short: "Print a manual page",
		Long: `man prints the manual page of a command, of mindleaf itself when none is named,
for man to show. With --output it writes the pages of all commands into a folder.`,
		Example: "  mindleaf man review | man -l -\n  mindleaf man --output ~/.local/share/man/man1",
		RunE: func(cmd *cobra.Command, args []string) error {
			if folder != "" {
				return a.writeManual(cmd.Root(), folder)
			}
			found, rest, err := cmd.Root().Find(args)
			if err := errors.Join(err, subcommandOnly(found, rest)); err != nil {
				return usageError{err}
			}
			return a.manPage(a.stdout, found)
		},
	}
	c.Flags().StringVarP(&folder, "output", "o", "", "folder to write the pages of all commands into")
	return c
}

// writeManual writes the pages of c and of what is below it.
func (a *app) writeManual(c *cobra.Command, folder string) error {
	pages := 0
	var write func(c *cobra.Command) error
	write = func(c *cobra.Command) error {
		name := filepath.Join(folder, pageName(c)+".1")
		if err := replaceable(name); err != nil {
			return err
		}
		if err := fillFile(name, func(w io.Writer) error { return a.manPage(w, c) }); err != nil {
			return err
		}
		if err := os.Chmod(name, 0o644); err != nil {
			return err
		}
		pages++
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() {
				if err := write(sub); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if err := write(c); err != nil {
		return err
	}
	a.say("wrote %d manual pages to %s", pages, folder)
	return nil
}

func pageName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// manPage writes the manual page of c in the macros of man(7).
func (a *app) manPage(w io.Writer, c *cobra.Command) error {
	c.InitDefaultHelpFlag()
	version, _ := buildVersion()
	var b strings.Builder
	fmt.Fprintf(&b, ".\\\" -*- coding: utf-8 -*-\n.TH %q 1 \"\" %q\n.ad l\n.nh\n", strings.ToUpper(pageName(c)), "mindleaf "+version)
	manSection(&b, a.t("NAME"))
	fmt.Fprintf(&b, "%s \\- %s\n", roff(pageName(c)), roff(c.Short))
	manSection(&b, a.t("SYNOPSIS"))
	fmt.Fprintf(&b, "\\fB%s\\fR%s\n", roff(c.CommandPath()), roff(strings.TrimPrefix(c.UseLine(), c.CommandPath())))
	manText(&b, a.t("DESCRIPTION"), c.Long)
	manFlags(&b, a.t("OPTIONS"), c.NonInheritedFlags())
	manFlags(&b, a.t("COMMON OPTIONS"), c.InheritedFlags())
	manText(&b, a.t("EXAMPLES"), c.Example)
	manSeeAlso(&b, a.t("SEE ALSO"), c)
	_, err := io.WriteString(w, b.String())
	return err
}

func manSection(b *strings.Builder, name string) { fmt.Fprintf(b, ".SH %q\n", name) }

// manText writes a text: paragraphs are filled, indented lines stay lines. So do
// those of Chinese, which has no spaces for man to break lines at.
func manText(b *strings.Builder, section, text string) {
	if text == "" {
		return
	}
	manSection(b, section)
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		b.WriteString(".in 0\n.nf\n")
		for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
			b.WriteString(roff(line) + "\n")
		}
		b.WriteString(".fi\n.in\n")
		return
	}
	kept := false
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		if isKept := strings.HasPrefix(line, " "); isKept != kept {
			kept = isKept
			b.WriteString(map[bool]string{true: ".nf\n", false: ".fi\n"}[kept])
		}
		if line == "" {
			b.WriteString(".PP\n")
			continue
		}
		b.WriteString(roff(line) + "\n")
	}
	if kept {
		b.WriteString(".fi\n")
	}
}

func manFlags(b *strings.Builder, section string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	manSection(b, section)
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		kind, usage := pflag.UnquoteUsage(f)
		name := `\fB\-\-` + roff(f.Name) + `\fR`
		if f.Shorthand != "" {
			name = `\fB\-` + f.Shorthand + `\fR, ` + name
		}
		if kind != "" {
			name += ` \fI` + roff(kind) + `\fR`
		}
		fmt.Fprintf(b, ".TP\n%s\n%s\n", name, roff(usage))
	})
}

// manSeeAlso names the command above c and those below it.
func manSeeAlso(b *strings.Builder, section string, c *cobra.Command) {
	var names []string
	if c.HasParent() {
		names = append(names, pageName(c.Parent()))
	}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, pageName(sub))
		}
	}
	if len(names) == 0 {
		return
	}
	manSection(b, section)
	for i, name := range names {
		comma := ","
		if i == len(names)-1 {
			comma = ""
		}
		fmt.Fprintf(b, "\\fB%s\\fR(1)%s\n", roff(name), comma)
	}
}

// roff writes text so that none of it is taken for a request or an escape.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	return text
}
