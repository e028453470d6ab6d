package main

import (
	"cmp"
	"crypto/rand"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata/script")

// TestMain lets scripts run the program as a command of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mindleaf": func() { os.Exit(run(testEnv())) }})
}

// tried says what a test of faults has tried, where nothing of it failed: .ci/faults
// prints it.
func tried(t *testing.T, format string, args ...any) {
	t.Helper()
	if !t.Failed() {
		t.Logf("tried: "+format+": 0 lost, 0 corrupt", args...)
	}
}

// testEnv is the real world, but for a clock that a script may set with
// TEST_NOW, such as 2026-01-05T09:00:00+08:00, and that moves on by TEST_STEP,
// such as 1m, each time it is read.
func testEnv() env {
	e := env{
		args: os.Args[1:], stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		now: time.Now, getenv: os.Getenv, random: rand.Reader,
	}
	if s := os.Getenv("TEST_NOW"); s != "" {
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(99)
		}
		step, err := time.ParseDuration(cmp.Or(os.Getenv("TEST_STEP"), "0s"))
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(99)
		}
		var reads atomic.Int64
		e.now = func() time.Time { return at.Add(time.Duration(reads.Add(1)-1) * step) }
	}
	return e
}

// TestScripts runs all scripts; where the race detector looks for what is done at
// once, and makes the start of a process slow, those that import and some that review.
func TestScripts(t *testing.T) {
	scripts := []string{"*"}
	if testing.Short() {
		scripts = []string{"import_*", "review_[a-e]*"}
	}
	var files []string
	for _, name := range scripts {
		found, err := filepath.Glob("testdata/script/" + name + ".txtar")
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %d scripts, %v", name, len(found), err)
		}
		files = append(files, found...)
	}
	testscript.Run(t, testscript.Params{
		Files:               files,
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir+"/home")
			e.Setenv("XDG_CONFIG_HOME", "")
			e.Setenv("XDG_DATA_HOME", "")
			e.Setenv("LANG", "C.UTF-8")
			e.Setenv("TEST_NOW", "2026-01-05T09:00:00+08:00")
			return os.Mkdir(e.WorkDir+"/home", 0o700)
		},
	})
}
