package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMediaTarget(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(root, "decks")
	for _, name := range []string{"decks/a.png", "decks/sub/b.MP3", "decks/run.desktop", "decks/tool", "secret.pdf"} {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, nil, 0o700)); err != nil {
			t.Fatal(err)
		}
	}
	links := os.Symlink(filepath.Join(root, "secret.pdf"), filepath.Join(folder, "out.pdf")) == nil &&
		os.Symlink(filepath.Join(folder, "a.png"), filepath.Join(folder, "in.png")) == nil
	const elsewhere, noMedia = "not in the folder of the deck file", "no picture, sound, film or text"
	tests := []struct{ name, want, wrong string }{
		{"a.png", filepath.Join(folder, "a.png"), ""},
		{"sub/b.MP3", filepath.Join(folder, "sub", "b.MP3"), ""},
		{filepath.Join(folder, "a.png"), filepath.Join(folder, "a.png"), ""},
		{"https://example.org/x.png?a=b", "https://example.org/x.png?a=b", ""},
		{"http://example.org/", "http://example.org/", ""},
		{"/etc/passwd", "", elsewhere},
		{filepath.Join(root, "secret.pdf"), "", elsewhere},
		{"../secret.pdf", "", elsewhere},
		{"sub/../../secret.pdf", "", elsewhere},
		{"run.desktop", "", noMedia},
		{"tool", "", noMedia},
		{"sub", "", "is not a file"},
		{"none.png", "", "none.png"},
		{"file:///etc/passwd", "", "file"},
		{"javascript:alert(1)", "", "file"},
		{"https:x.png", "", "file"},
		{"out.pdf", "", elsewhere},
		{"in.png", filepath.Join(folder, "a.png"), ""},
	}
	for _, tt := range tests {
		if !links && (tt.name == "out.pdf" || tt.name == "in.png") {
			continue
		}
		got, err := mediaTarget(filepath.Join(folder, "deck.toml"), tt.name)
		if tt.wrong != "" {
			if err == nil || !strings.Contains(err.Error(), tt.wrong) {
				t.Errorf("%s: got %s, error %v, want one with %q", tt.name, got, err, tt.wrong)
			}
			continue
		}
		if err != nil || got != tt.want {
			t.Errorf("%s: got %s, %v, want %s", tt.name, got, err, tt.want)
		}
	}
}
