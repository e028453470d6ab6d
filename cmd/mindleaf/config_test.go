package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mindleaf/mindleaf/deck/property"
)

// TestHostileSettings has settings that would take a parser's stack, or its time.
func TestHostileSettings(t *testing.T) {
	property.OneAtATime(t)
	name := filepath.Join(t.TempDir(), "config.toml")
	for what, tt := range map[string]struct{ text, want string }{
		"millions of brackets": {"a = " + strings.Repeat("[", 2_000_000), name + " is larger than 64 KB"},
		"one byte too many":    {strings.Repeat("#", maxConfigBytes+1), name + " is larger than 64 KB"},
		"brackets":             {"a = " + strings.Repeat("[", 50_000), name + ":1: the line has more than 1024 bytes"},
		"brackets over lines":  {"a = " + strings.Repeat("[\n", maxConfigBytes/2-4), name + ":"},
		"braces":               {"a = " + strings.Repeat("{a=", 20_000), name + ":1: the line has more than 1024 bytes"},
		"braces of a line":     {strings.Repeat("\n", 7) + "a = " + strings.Repeat("{a=", 330), name + ":8:"},
		"braces over lines":    {"a = " + strings.Repeat("{a=\n", maxConfigBytes/4-4), name + ":1:"},
		"deep key":             {strings.Repeat("a.", 20_000) + "a = 1", name + ":1: the line has more than 1024 bytes"},
		"deep keys":            {lines("a" + strings.Repeat(".a", 500)), name + ":1: the line has more than 64 dots"},
		"dotted keys":          {lines("a" + strings.Repeat(".a", maxConfigDots)), name + ":"},
		"long keys":            {lines(strings.Repeat("a", 1000)), name + ":1: there is no setting"},
		"many keys":            {lines("a"), name + ":1: there is no setting"},
	} {
		t.Run(what, func(t *testing.T) {
			if err := os.WriteFile(name, []byte(tt.text), 0o600); err != nil {
				t.Fatal(err)
			}
			var err error
			property.InTime(t, func() { _, err = readConfig(name) })
			if err == nil || !strings.Contains(err.Error(), tt.want) || len(err.Error()) > 1000 || hintOf(err) == "" {
				t.Errorf("got error %.200v, want %s", err, tt.want)
			}
		})
	}
	if err := os.WriteFile(name, []byte(strings.Repeat(strings.Repeat("#", 63)+"\n", maxConfigBytes/64)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readConfig(name); err != nil {
		t.Errorf("settings of the largest size: %v", err)
	}
}

// lines are as many settings that begin with key as there is room for.
func lines(key string) string {
	var b strings.Builder
	for n := 0; b.Len() < maxConfigBytes-len(key)-20; n++ {
		fmt.Fprintf(&b, "%s%d = 1\n", key, n)
	}
	return b.String()
}
