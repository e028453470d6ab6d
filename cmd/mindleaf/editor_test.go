package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSplitCommand(t *testing.T) {
	programs := []string{"vi", "code", "/path with space/ed", `/quo"ted/ed`, "/a/my  editor"}
	tests := []struct {
		text string
		want []string
	}{
		{"vi", []string{"vi"}},
		{"code --wait", []string{"code", "--wait"}},
		{"  code   -n\t--wait ", []string{"code", "-n", "--wait"}},
		{"/path with space/ed", []string{"/path with space/ed"}},
		{"/path with space/ed -w  '-t x'", []string{"/path with space/ed", "-w", "-t x"}},
		{"'/path with space/ed' -w", []string{"/path with space/ed", "-w"}},
		{`"/path with space/ed" -w`, []string{"/path with space/ed", "-w"}},
		{`/path\ with\ space/ed -w`, []string{"/path with space/ed", "-w"}},
		{`/quo"ted/ed`, []string{`/quo"ted/ed`}},
		{"/a/my  editor -x", []string{"/a/my  editor", "-x"}},
		{`vi -c "set tw=70" ""`, []string{"vi", "-c", "set tw=70", ""}},
		{`vi -c "a \"b\" \n"`, []string{"vi", "-c", `a "b" \n`}},
		{`vi '$(rm -rf x)' $HOME;ls`, []string{"vi", "$(rm -rf x)", "$HOME;ls"}},
		{"unknown -x", []string{"unknown", "-x"}},
	}
	for _, tt := range tests {
		got, err := splitCommand(tt.text, func(s string) bool { return slices.Contains(programs, s) }, false)
		if d := cmp.Diff(tt.want, got); d != "" || err != nil {
			t.Errorf("%s: error %v, differs (-want +got):\n%s", tt.text, err, d)
		}
	}
	for _, text := range []string{`vi "x`, "vi 'x", `vi x\`} {
		if got, err := splitCommand(text, func(s string) bool { return s == "vi" }, false); err == nil {
			t.Errorf("%s: got %q, want an error", text, got)
		}
	}
	got, err := splitCommand(`"C:\Program Files\ed\ed.exe" -w`, func(s string) bool { return s == `C:\Program Files\ed\ed.exe` }, true)
	if d := cmp.Diff([]string{`C:\Program Files\ed\ed.exe`, "-w"}, got); d != "" || err != nil {
		t.Errorf("on Windows: error %v, differs (-want +got):\n%s", err, d)
	}
}

func TestEditorWithSpacesInItsPath(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "path with space")
	program := filepath.Join(folder, "vim")
	if runtime.GOOS == "windows" { // which tells a program by its ending
		program += ".exe"
	}
	if err := errors.Join(os.Mkdir(folder, 0o700), os.WriteFile(program, []byte("#!/bin/sh\n"), 0o700)); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{program + " -n", "'" + program + "' -n"} {
		got, err := editor(func(name string) string { return map[string]string{"EDITOR": text}[name] }, "deck.toml", 7)
		if d := cmp.Diff([]string{program, "-n", "+7", "deck.toml"}, got); d != "" || err != nil {
			t.Errorf("%s: error %v, differs (-want +got):\n%s", text, err, d)
		}
	}
	if _, err := editor(func(string) string { return "vi '" }, "deck.toml", 7); err == nil {
		t.Error("half a quote was taken")
	}
}
