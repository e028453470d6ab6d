//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/creack/pty"

	"github.com/mindleaf/mindleaf/deck/property"
)

// hostile is what a terminal would obey: a colour, a title, the clipboard, a
// bell, a lone escape, C1 controls; what turns the direction of text, and what cannot be
// seen.
const hostile = "\x1b[31m\x1b]0;标题\x07\x1b]52;c;eA==\x1b\\\a\x1b\u009b2J\u009d0;x\u009c\u0008" + turning

// turning is the part of hostile that a deck file may have.
const turning = "\u202e\u2066\u200b\u2060\U000e0061"

// obeyed returns the first character of output that a terminal obeys or hides, -1 when
// there is none.
func obeyed(output []byte) rune {
	for _, r := range string(output) {
		switch {
		case r == '\n' || r == '\t':
		case r < ' ', r >= 0x7f && r < 0xa0, r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r >= 0xe0000 && r < 0xe0100:
			return r
		}
	}
	return -1
}

// tomlText writes a text with something behind it as a TOML string.
func tomlText(s, behind string) string {
	var b strings.Builder
	for _, r := range s + behind {
		fmt.Fprintf(&b, "\\U%08x", r)
	}
	return `"` + b.String() + `"`
}

// hostileHome is a home folder whose name, every text of the decks in it, and a file
// name, is hostile.
func hostileHome(t *testing.T) string {
	t.Helper()
	home := filepath.Join(t.TempDir(), "home"+hostileName)
	good := "format = 1\n[deck]\nid = \"evil\"\ntitle = " + tomlText("卡组", turning) + "\nlanguage = \"zh\"\n[[leaf]]\npath = [" + tomlText("章", turning) + ", " + tomlText("节", turning) +
		"]\ntext = " + tomlText("知识点", turning) + "\nlevel = \"beginner\"\n[[leaf.card]]\nid = \"one\"\nfront = " + tomlText("问题", turning) + "\nback = " + tomlText("答案", turning) +
		"\nnote = " + tomlText("注", turning) + "\nsource = " + tomlText("出处", turning) + "\n"
	files := map[string]string{
		"config.toml":                        "shipped_deck = false\n",
		"decks/mine" + hostileName + ".toml": good,
		"decks/bad" + hostileName + ".toml":  "[deck]\ntitle = " + tomlText("坏", hostile) + "\n" + tomlText("键", hostile) + " = 1\n",
		"cards" + hostileName + ".csv":       "问" + hostile + ",答" + hostile + "\n",
		"outline" + hostileName + ".md":      "# 图" + hostile + "\n\n- 章" + hostile + "\n  - 节" + hostile + "：点\n",
	}
	for name, text := range files {
		path := filepath.Join(home, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return home
}

// hostileName is hostile as far as a file name can be.
var hostileName = strings.ReplaceAll(hostile, "/", "")

// TestNothingIsObeyed runs every command that shows something, in a pipe and on a
// terminal, on decks and files whose texts and names a terminal would obey.
func TestNothingIsObeyed(t *testing.T) {
	property.OneAtATime(t)
	home := hostileHome(t)
	in := func(name string) string { return filepath.Join(home, name) }
	mine, bad := in("decks/mine"+hostileName+".toml"), in("decks/bad"+hostileName+".toml")
	commands := [][]string{
		{}, {"due"}, {"deck", "list"}, {"deck", "show", "evil"}, {"progress"}, {"map"}, {"stats"}, {"path"}, {"path", "focus", "章"},
		{"review", "--plain"}, {"progress"}, {"due"}, {"quiz", "--plain"}, {"undo"}, {"backlog"},
		{"card", "search", "问题"}, {"card", "show", "evil/one"}, {"card", "history", "evil/one"}, {"card", "suspend", "evil/one"}, {"card", "unsuspend", "is:suspended"},
		{"deck", "check"}, {"deck", "check", mine}, {"deck", "check", bad}, {"deck", "show", hostile}, {"deck", "fmt", mine},
		{"doctor"}, {"doctor", "--fix"}, {"backup"}, {"backup", "list"}, {"backup", in("copy" + hostileName + ".db")}, {"backup", in("copy" + hostileName + ".db")},
		{"import", "--dry-run", in("cards" + hostileName + ".csv")}, {"import", "--dry-run", in("outline" + hostileName + ".md")},
		{"import", in("outline" + hostileName + ".md")}, {"import", bad}, {"import", in("nowhere" + hostileName)},
		{"restore", in("nowhere" + hostileName)}, {"restore", mine}, {"restore", "--yes", in("copy" + hostileName + ".db")}, {"restore"},
		{"config", "get", hostile}, {"config", "list"}, {"stats", "--markdown"}, {"stats", "--html", in("page" + hostileName)}, {"export", "evil", "-o", in("out" + hostileName + ".csv")},
		{hostile}, {"review", "--" + hostile}, {"review", "--deck", hostile}, {"deck", "list", "--json"}, {"card", "show", "evil/one", "--json"}, {"backup", "list", "--json"},
	}
	// These are exact where they do not go to a terminal.
	exact := [][]string{
		{"config", "path"}, {"export", "evil", "--format", "csv"}, {"export", "evil", "--format", "markdown"}, {"export", "evil", "--format", "opml"},
		{"export", "--format", "json"}, {"stats", "--html", "-"}, {"map", "--svg", "-"}, {"map", "--html", "-"},
	}
	commands = slices.Concat(commands, exact)
	for n, args := range commands {
		run := func(show func(*testing.T, *exec.Cmd) []byte) func(*testing.T) {
			return func(t *testing.T) {
				self, err := os.Executable()
				if err != nil {
					t.Fatal(err)
				}
				c := exec.Command(self)
				c.Args = append([]string{"mindleaf", "--home", home}, args...)
				c.Env = append(os.Environ(), "LANG=C.UTF-8", "NO_COLOR=1", "TERM=xterm", "TEST_NOW=2026-01-05T09:00:00+08:00")
				out := show(t, c)
				if !utf8.Valid(out) {
					t.Errorf("not UTF-8: %q", out)
				}
				if r := obeyed(out); r >= 0 {
					t.Errorf("%U reaches the screen: %q", r, out)
				}
			}
		}
		name := strings.Join(args, " ")
		if n < len(commands)-len(exact) {
			t.Run(name, run(piped))
		}
		t.Run("on a terminal: "+name, run(onTerminal))
	}
	c := exec.Command(must1(os.Executable()))
	c.Args, c.Env = []string{"mindleaf", "--home", home, "config", "path"}, append(os.Environ(), "LANG=C.UTF-8")
	if out, err := c.Output(); err != nil || string(out) != in("config.toml")+"\n" {
		t.Errorf("config path in a pipe: got %q, %v, want %q", out, err, in("config.toml"))
	}
}

// answers are typed to whatever asks.
const answers = "\n3\n\n3\n"

// piped returns what a command prints; some must fail, what they show counts.
func piped(_ *testing.T, c *exec.Cmd) []byte {
	c.Stdin = strings.NewReader(answers)
	out, _ := c.CombinedOutput()
	return out
}

// onTerminal returns what a command sends to a terminal, but for the carriage returns
// before the ends of lines.
func onTerminal(t *testing.T, c *exec.Cmd) []byte {
	t.Helper()
	terminal, err := pty.StartWithSize(c, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	late := time.AfterFunc(patience, func() { _ = c.Process.Kill() })
	defer late.Stop()
	if _, err := terminal.WriteString(answers + "\x04"); err != nil {
		t.Fatal(err)
	}
	out, _ := io.ReadAll(terminal) // ends with an error when the process does
	if err := c.Wait(); err != nil && !c.ProcessState.Exited() {
		t.Fatalf("%v: %q", err, out)
	}
	// What is typed is shown by the terminal itself.
	return bytes.ReplaceAll(bytes.ReplaceAll(out, []byte("^D\b\b"), nil), []byte("\r\n"), []byte("\n"))
}
