//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// BenchmarkStart times whole processes from fork to the first question on the
// screen of a pseudo-terminal. Their floors are an empty Go program, and one that
// opens the same database with the driver and reads one row. ms/start is the median;
// MB the largest resident size seen.
//
// MINDLEAF_BENCH_LARGE=1 adds 100,000 cards in 100 files with 1,000,000
// reviews, which take a while to make.
func BenchmarkStart(b *testing.B) {
	folder := b.TempDir()
	empty := build(b, folder, "empty", emptyProgram(b, folder))
	program := build(b, folder, "mindleaf", ".")
	home := filepath.Join(folder, "home")
	firstQuestion(b, program, home, english)
	sqlite := build(b, folder, "sqlite", "testdata/opensqlite.go")

	b.Run("empty", func(b *testing.B) {
		measure(b, func() (time.Duration, int64) { return wholeProcess(b, empty) })
	})
	opened := func(home string) func(*testing.B) {
		return func(b *testing.B) {
			measure(b, func() (time.Duration, int64) { return wholeProcess(b, sqlite, filepath.Join(home, "mindleaf.db")) })
		}
	}
	b.Run("sqlite/shipped", opened(home))
	b.Run("first-run", func(b *testing.B) {
		n := 0
		measure(b, func() (time.Duration, int64) {
			n++
			return firstQuestion(b, program, filepath.Join(folder, fmt.Sprint("first", n)), english)
		})
	})
	b.Run("shipped/en", func(b *testing.B) {
		measure(b, func() (time.Duration, int64) { return firstQuestion(b, program, home, english) })
	})
	b.Run("shipped/zh", func(b *testing.B) {
		measure(b, func() (time.Duration, int64) { return firstQuestion(b, program, home, mandarin) })
	})
	if os.Getenv("MINDLEAF_BENCH_LARGE") == "" {
		return
	}
	large := filepath.Join(folder, "large")
	makeLarge(b, program, large, largeFiles)
	firstQuestion(b, program, large, english)
	b.Run("sqlite/large", opened(large))
	b.Run("large", func(b *testing.B) {
		measure(b, func() (time.Duration, int64) { return firstQuestion(b, program, large, english) })
	})
}

func emptyProgram(b *testing.B, folder string) string {
	b.Helper()
	name := filepath.Join(folder, "empty.go")
	if err := os.WriteFile(name, []byte("package main\n\nfunc main() {}\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	return name
}

func build(b *testing.B, folder, name, source string) string {
	b.Helper()
	out := filepath.Join(folder, name)
	c := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", out, source)
	c.Env = append(os.Environ(), "CGO_ENABLED=0") // as on a machine with Go alone
	if text, err := c.CombinedOutput(); err != nil {
		b.Fatalf("%v: %v\n%s", c, err, text)
	}
	return out
}

// measure runs f b.N times and reports the median time and the largest size.
func measure(b *testing.B, f func() (time.Duration, int64)) {
	b.Helper()
	var times []time.Duration
	var largest int64
	for b.Loop() {
		took, size := f()
		times = append(times, took)
		largest = max(largest, size)
	}
	b.ReportMetric(float64(median(times).Microseconds())/1000, "ms/start")
	if largest > 0 {
		b.ReportMetric(float64(largest)/(1<<20), "MB")
	}
}

func median(times []time.Duration) time.Duration { return percentile(times, 50) }

func percentile(times []time.Duration, n int) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[len(sorted)*n/100]
}

func wholeProcess(b *testing.B, program string, args ...string) (time.Duration, int64) {
	b.Helper()
	c := exec.Command(program, args...)
	start := time.Now()
	if err := c.Run(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start), 0
}

// residentSize is the largest resident set so far of a running process in bytes,
// 0 where the system does not tell. The figure that the system gives for a
// finished process is no use: on Linux it starts from the size of the process
// that made it, which is this test.
func residentSize(b testing.TB, process *os.Process) int64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process.Pid))
	if errors.Is(err, fs.ErrNotExist) {
		return 0
	}
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	var kilobytes int64
	if _, err := fmt.Sscan(rest, &kilobytes); err != nil {
		b.Fatal(err)
	}
	return kilobytes << 10
}

// asking is how a question is asked in a language: the locale that asks for it, and
// what the help row says.
type asking struct{ locale, help string }

var (
	english  = asking{"C.UTF-8", "Space shows the answer"}
	mandarin = asking{"zh_CN.UTF-8", "按空格显示答案"}
)

// firstQuestion starts a review and returns the time until the help row of the
// first question is on the screen.
func firstQuestion(b *testing.B, program, home string, in asking) (time.Duration, int64) {
	b.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, program, "review", "--home", home)
	c.Env = append(os.Environ(), "TERM=xterm-256color", "LC_ALL="+in.locale)
	start := time.Now()
	terminal, err := pty.StartWithSize(c, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		b.Fatal(err)
	}
	defer terminal.Close()
	readUntil(b, terminal, in.help)
	took, size := time.Since(start), residentSize(b, c.Process)
	leave(b, terminal, c)
	return took, size
}

// readUntil reads what a program shows until text is among it.
func readUntil(b *testing.B, terminal io.Reader, text string) {
	b.Helper()
	var seen bytes.Buffer
	buffer := make([]byte, 16<<10)
	for !strings.Contains(seen.String(), text) {
		n, err := terminal.Read(buffer)
		seen.Write(buffer[:n])
		if err != nil {
			b.Fatalf("the screen never showed %q: %v\n%q", text, err, seen.String())
		}
	}
}

// leave ends a sitting and waits for the program to end.
func leave(b *testing.B, terminal io.ReadWriter, c *exec.Cmd) {
	b.Helper()
	if _, err := io.WriteString(terminal, "q"); err != nil {
		b.Fatal(err)
	}
	// Linux ends the reading of a closed pseudo-terminal with an error.
	_, _ = io.Copy(io.Discard, terminal)
	if err := c.Wait(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkFigures times whole processes of the commands that show figures, with
// an empty Go program beside them as the floor and mindleaf version as what it
// costs to be mindleaf. ms/run is the median.
//
// MINDLEAF_BENCH_LARGE=1 adds 100,000 and 1,000,000 reviews to the 10,000.
func BenchmarkFigures(b *testing.B) {
	folder := b.TempDir()
	empty := build(b, folder, "empty", emptyProgram(b, folder))
	program := build(b, folder, "mindleaf", ".")
	b.Run("empty", func(b *testing.B) { measureRuns(b, empty) })
	b.Run("version", func(b *testing.B) { measureRuns(b, program, "version") })
	sizes := map[string]int{"10k": 1, "100k": 10, "1M": largeFiles}
	for _, size := range []string{"10k", "100k", "1M"} {
		if size != "10k" && os.Getenv("MINDLEAF_BENCH_LARGE") == "" {
			break
		}
		home := filepath.Join(folder, size)
		makeLarge(b, program, home, sizes[size])
		for _, args := range [][]string{{"due", "--short"}, {"due"}, {"progress"}, {"progress", "deck000"}, {"stats"}} {
			b.Run(strings.Join(args, "_")+"/"+size, func(b *testing.B) { measureRuns(b, program, append(args, "--home", home)...) })
		}
	}
}

// measureRuns runs a program b.N times and reports the median time.
func measureRuns(b *testing.B, program string, args ...string) {
	b.Helper()
	var times []time.Duration
	for b.Loop() {
		start := time.Now()
		if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
			b.Fatalf("%v: %v\n%s", args, err, out)
		}
		times = append(times, time.Since(start))
	}
	b.ReportMetric(float64(median(times).Microseconds())/1000, "ms/run")
}
