package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mindleaf/mindleaf/deck/property"
)

// TestReadmeCommands runs every mindleaf command of the README, each as the first
// one on a fresh machine.
func TestReadmeCommands(t *testing.T) {
	property.OneAtATime(t)
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	commands := readmeCommands(string(text))
	if len(commands) < 10 {
		t.Fatalf("found %d commands in the README, want 10 or more: %q", len(commands), commands)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for name, content := range map[string]string{
		"map.md":        "# 生物\n\n## 植物\n\n- 光合作用：把光能变成化学能\n",
		"capitals.toml": "[deck]\ntitle = \"Capitals\"\n\n[[card]]\nfront = \"Capital of France?\"\nback = \"Paris\"\n",
		"map.mm":        "<map><node TEXT=\"生物\"><node TEXT=\"植物\"><node TEXT=\"光合作用：把光能变成化学能\"/></node></node></map>\n",
		"words.csv":     "front,back\nchien,狗\nchat,猫\n",
		"notes.md":      "# 法语\n\nQ: 狗？\nA: chien\n\n猫::chat\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mindleaf := func(home string, args ...string) (string, error) {
		c := exec.Command(self)
		c.Args = append([]string{"mindleaf"}, args...)
		c.Dir = folder
		c.Stdin = strings.NewReader("\n3\nq\n")
		c.Env = append(os.Environ(), "LANG=C.UTF-8", "MINDLEAF_HOME="+home)
		out, err := c.CombinedOutput()
		return string(out), err
	}
	for _, made := range []string{"everything.json", "cards.apkg"} {
		if out, err := mindleaf(t.TempDir(), "export", "llm-basics", "-o", made); err != nil {
			t.Fatalf("making %s: %v\n%s", made, err, out)
		}
	}
	for _, args := range commands {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			if asks := strings.Join(args[:min(len(args), 2)], " "); asks == "path place" || len(args) > 0 && (args[0] == "review" || args[0] == "quiz") {
				args = append(args, "--plain")
			}
			if out, err := mindleaf(t.TempDir(), args...); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

// readmeCommands returns the arguments of every mindleaf command in a shell
// block and in backquotes, without those that name something to fill in.
func readmeCommands(text string) [][]string {
	var commands [][]string
	inBlock := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "```") {
			inBlock = line == "```sh"
			continue
		}
		if command, ok := strings.CutPrefix(line, "go run ./cmd/mindleaf"); inBlock && ok {
			command, _, _ = strings.Cut(command, "#")
			commands = append(commands, strings.Fields(command))
		}
		for i, quoted := range strings.Split(line, "`") {
			if command, ok := strings.CutPrefix(quoted, "mindleaf "); ok && !inBlock && i%2 == 1 {
				commands = append(commands, strings.Fields(command))
			}
		}
	}
	return commands
}
