package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/deck/spelling"
	"github.com/spf13/cobra"
)

// app is one run of the program: what came from outside, the flags common to
// all commands, and the settings once they are read.
type app struct {
	env
	// input is stdin, for whoever reads it whole, and lines the same for all who ask line
	// by line.
	input endable
	lines *bufio.Reader
	// terminal is the file behind stdout and talk the one behind stderr, nil when there
	// is none. What they write to a terminal is not strained.
	terminal, talk *os.File
	json           bool
	places         places
	config         config
	// wrong is what is wrong with places or config.
	wrong error
	// chinese says that the interface speaks Chinese, and localised that the help of the
	// commands does so already.
	chinese, localised bool
	// colored says whether stdout may be coloured, once that was asked.
	asked, colored bool
}

// newRootCommand returns the tree of the commands that this run needs.
func newRootCommand(a *app) *cobra.Command {
	var version bool
	root := &cobra.Command{
		Use:   "mindleaf",
		Short: "Turn the leaves of a mind map into flashcards, and remember them",
		Long: `mindleaf turns the leaves of a mind map into flashcards and brings each one
back on the day it is about to be forgotten. Without a command it shows today:
what is due, how long the streak is, and what to type next.`,
		Args:          subcommandOnly,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return a.prepare(cmd)
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if version {
				return a.printVersion()
			}
			return a.runToday(cmd.Context())
		},
	}
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.PersistentFlags().String("home", "", "folder that holds settings, progress and decks (or MINDLEAF_HOME)")
	root.Flags().BoolVar(&a.json, "json", false, "print JSON")
	root.Flags().BoolVar(&version, "version", false, "print the version")
	root.SetFlagErrorFunc(flagError)
	root.CompletionOptions.HiddenDefaultCmd = false
	for _, c := range a.calledCommands() {
		root.AddCommand(c.make(a))
	}
	markUsageErrors(root)
	a.completeFlags(root)
	help := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		a.localise(root)
		help(cmd, args)
	})
	return root
}

// command is a command by its name.
type command struct {
	name string
	make func(*app) *cobra.Command
}

// calledCommands returns the commands that this run needs: the one that is called, when
// the arguments begin with its name, and all when not. There are fifty with those below
// them, and every run would wait for their flags and help to be made. man describes all.
func (a *app) calledCommands() []command {
	all := []command{
		{"review", newReviewCommand}, {"quiz", newQuizCommand}, {"due", newDueCommand}, {"progress", newProgressCommand},
		{"map", newMapCommand}, {"stats", newStatsCommand}, {"path", newPathCommand}, {"backlog", newBacklogCommand},
		{"import", newImportCommand}, {"export", newExportCommand}, {"deck", newDeckCommand}, {"card", newCardCommand},
		{"undo", newUndoCommand}, {"config", newConfigCommand}, {"doctor", newDoctorCommand}, {"backup", newBackupCommand},
		{"restore", newRestoreCommand}, {"man", newManCommand}, {"version", newVersionCommand},
	}
	if len(a.args) == 0 || a.args[0] == "man" {
		return all
	}
	for i, c := range all {
		if c.name == a.args[0] {
			return all[i : i+1]
		}
	}
	return all
}

// flagError makes a wrong flag wrong usage, and tells what to do where a condition
// that is negated looked like flags.
func flagError(c *cobra.Command, err error) error {
	if strings.Contains(c.Use, "FILTER") && strings.Contains(err.Error(), " shorthand ") {
		return withHint(usageError{err}, "put -- before a filter with a condition that begins with -, or quotes around the whole filter")
	}
	return usageError{err}
}

// markUsageErrors makes wrong arguments exit with 2 and name the right usage.
func markUsageErrors(c *cobra.Command) {
	for _, sub := range c.Commands() {
		markUsageErrors(sub)
	}
	check, counts := c.Args, c.Args != nil && c.HasParent()
	if check == nil {
		check = cobra.ArbitraryArgs
		if c.HasSubCommands() {
			check = subcommandOnly
		}
	}
	if c.RunE == nil && c.HasSubCommands() {
		c.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	}
	c.Args = func(cmd *cobra.Command, args []string) error {
		err := check(cmd, args)
		if err == nil {
			return nil
		}
		if counts {
			return withHint(usageError{wrongCount(cmd.Use, args)}, "the usage is %s", cmd.UseLine())
		}
		return withHint(usageError{err}, "%s --help", cmd.CommandPath())
	}
}

// wrongCount says which argument of a usage is missing, or which of args is one
// more than it has.
func wrongCount(usage string, args []string) error {
	names := strings.Fields(usage)[1:]
	if len(args) < len(names) {
		return fmt.Errorf("%s is missing", strings.ReplaceAll(names[len(args)], "...", ""))
	}
	return fmt.Errorf("there is no place for %q", args[len(names)])
}

func subcommandOnly(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	names := make([]string, 0, len(cmd.Commands()))
	for _, sub := range cmd.Commands() {
		names = append(names, sub.Name())
	}
	if meant := spelling.Closest(args[0], names); meant != "" {
		return fmt.Errorf("there is no command %q; did you mean %q?", args[0], meant)
	}
	return fmt.Errorf("there is no command %q; the commands are %s", args[0], strings.Join(names, ", "))
}

// load finds the places and reads the settings, before there are commands: help
// and errors are in the language they say. What is wrong with them is left for
// prepare.
func (a *app) load() {
	a.chinese = strings.HasPrefix(locale(a.getenv), "zh")
	a.config = defaultConfig()
	if a.places, a.wrong = findPlaces(homeFlag(a.args), a.getenv); a.wrong != nil {
		return
	}
	config, err := readConfig(a.places.config)
	if err != nil {
		a.wrong = err
		return
	}
	if a.config = config; config.Language != "" {
		a.chinese = config.Language == "zh"
	}
}

// homeFlag returns the value of the last --home among args, "" when there is
// none.
func homeFlag(args []string) (home string) {
	for i, arg := range args {
		value, ok := strings.CutPrefix(arg, "--home=")
		switch {
		case arg == "--":
			return home
		case ok:
			home = value
		case arg == "--home" && i+1 < len(args):
			home = args[i+1]
		}
	}
	return home
}

// prepare refuses to run a command with wrong settings. The commands that mend
// broken settings, or need none, go on without them.
func (a *app) prepare(cmd *cobra.Command) error {
	switch cmd.Name() {
	case "man", cobra.ShellCompRequestCmd, cobra.ShellCompNoDescRequestCmd:
		a.localise(cmd.Root())
	}
	if needsNoSettings(cmd) {
		return nil
	}
	return a.wrong
}

func needsNoSettings(cmd *cobra.Command) bool {
	if cmd.Flags().Changed("version") {
		return true
	}
	for c := cmd; c != nil; c = c.Parent() {
		switch c.Name() {
		case "version", "completion", "help", "config", cobra.ShellCompRequestCmd, cobra.ShellCompNoDescRequestCmd:
			return true
		}
	}
	return false
}

// locale is the language the system is set to for messages, in lower case.
func locale(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			return strings.ToLower(v)
		}
	}
	return ""
}

// color reports whether output to stdout may be coloured. It asks the terminal
// once: a long table wants to know for every cell.
func (a *app) color() bool {
	if !a.asked {
		a.asked, a.colored = true, a.terminal != nil && term.ColorAllowed(a.terminal, a.getenv)
	}
	return a.colored
}

// say writes a line of a result to stdout, without what a terminal would obey in
// the names in it, and broken where a terminal is too narrow.
func (a *app) say(format string, args ...any) {
	a.sayWrapped(term.Sanitize(a.t(format, args...)))
}

// sayWrapped is say for a line that is made already.
func (a *app) sayWrapped(line string) { printTalk(a.stdout, a.terminal, line) }

// tell writes what is no result to stderr, broken likewise.
func (a *app) tell(line string) { printTalk(a.stderr, a.talk, line) }

// notice is tell in the program's name.
func (a *app) notice(text string) { a.tell("mindleaf: " + term.Sanitize(text)) }

// printTalk writes a line to out, in several where the file behind it, nil when there
// is none, is a terminal too narrow for it.
func printTalk(out io.Writer, file *os.File, line string) {
	if file == nil || !term.IsTerminal(file) {
		fmt.Fprintln(out, line)
		return
	}
	for _, part := range wrapTalk(line, terminalColumns(file)) {
		fmt.Fprintln(out, part)
	}
}

// wrapTalk breaks a line for a terminal. One with the path of a file stays whole:
// a path broken by us could not be copied.
func wrapTalk(line string, columns int) []string {
	for _, word := range strings.Fields(line) {
		if strings.Count(filepath.ToSlash(word), "/") > 1 {
			return []string{line}
		}
	}
	return term.Wrap(line, columns-1, 4)
}
