//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// BenchmarkImport times whole processes that bring 100,000 cards into an empty
// store: as 100 deck files, as one, as a table, and as a package of Anki. It also times
// those that find one card in ten of the one file changed, and a mistake in its middle.
// The floor is a program that decodes the 100 files with the TOML library and inserts
// their cards, and nothing else.
// cards/s is by the clock on the wall, cards/cpu-s by processor time, which other work
// on the machine does not spoil; MB is the largest resident size.
func BenchmarkImport(b *testing.B) {
	folder := b.TempDir()
	program, floor := build(b, folder, "mindleaf", "."), build(b, folder, "floor", "testdata/importfloor.go")
	const cards = largeFiles * largeCards
	var whole, table strings.Builder
	fmt.Fprint(&whole, "[deck]\nid = \"whole\"\ntitle = \"整个卡组\"\n")
	for f := range largeFiles {
		_, leaves, _ := strings.Cut(largeDeck(f), "\n\n")
		whole.WriteString("\n" + strings.ReplaceAll(leaves, "\"card-", fmt.Sprintf("\"card-%d-", f)))
		for c := range largeCards {
			fmt.Fprintf(&table, "第 %d 组第 %d 张卡问什么？,\"它问的是第 %d 张卡的内容，一句不长不短的话。\",标签\n", f, c, c)
		}
	}
	tableFile := filepath.Join(folder, "table.csv")
	if err := os.WriteFile(tableFile, []byte(table.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	packageFile := filepath.Join(folder, "package.apkg")
	for _, args := range [][]string{{"import", tableFile}, {"export", "table", "-o", packageFile}} {
		if out, err := exec.Command(program, append(args, "--home", filepath.Join(folder, "home"))...).CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	}
	n := 0
	many := make(map[string]string, largeFiles)
	for f := range largeFiles {
		many[fmt.Sprintf("deck%03d.toml", f)] = largeDeck(f)
	}
	one := func(text string) map[string]string { return map[string]string{"whole.toml": text} }
	text := whole.String()
	changed := strings.ReplaceAll(text, "0 张卡问什么", "0 张卡究竟问什么")
	broken := text[:len(text)/2] + strings.Replace(text[len(text)/2:], "问什么？\"", "问什么？", 1)
	for _, run := range []struct {
		name          string
		before, files map[string]string
		command       []string
	}{
		{"floor", nil, many, []string{floor, filepath.Join(folder, "home", "mindleaf.db")}},
		{"files=100", nil, many, []string{program, "due"}},
		{"files=1", nil, one(text), []string{program, "due"}},
		{"changed", one(text), one(changed), []string{program, "due"}},
		{"broken", nil, one(broken), []string{program, "due"}},
		{"table", nil, nil, []string{program, "import", tableFile}},
		{"apkg", nil, nil, []string{program, "import", packageFile}},
	} {
		b.Run(run.name, func(b *testing.B) {
			var wall, cpu time.Duration
			var largest int64
			for b.Loop() {
				b.StopTimer()
				n++
				in := filepath.Join(folder, fmt.Sprint("home", n))
				if run.before != nil {
					writeDecks(b, in, run.before)
					runMeasured(b, exec.Command(program, "due", "--home", in))
				}
				writeDecks(b, in, run.files)
				b.StartTimer()
				c := exec.Command(run.command[0], append(run.command[1:], "--home", in)...)
				start := time.Now()
				size := runMeasured(b, c)
				wall += time.Since(start)
				cpu += c.ProcessState.UserTime() + c.ProcessState.SystemTime()
				largest = max(largest, size)
				b.StopTimer()
				if err := os.RemoveAll(in); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
			b.ReportMetric(float64(b.N*cards)/wall.Seconds(), "cards/s")
			b.ReportMetric(float64(b.N*cards)/cpu.Seconds(), "cards/cpu-s")
			b.ReportMetric(float64(largest)/(1<<20), "MB")
		})
	}
}

func writeDecks(b *testing.B, home string, files map[string]string) {
	b.Helper()
	if err := os.MkdirAll(filepath.Join(home, "decks"), 0o700); err != nil {
		b.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(home, "decks", name), []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
}

// runMeasured runs a process to its end and returns its largest resident size,
// looked at every few milliseconds; 0 where the system does not tell.
func runMeasured(b *testing.B, c *exec.Cmd) (largest int64) {
	b.Helper()
	if err := c.Start(); err != nil {
		b.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	for {
		select {
		case err := <-ended:
			if err != nil {
				b.Fatal(err)
			}
			return largest
		case <-time.After(2 * time.Millisecond):
			largest = max(largest, sampleSize(c.Process))
		}
	}
}

// sampleSize is residentSize of a process that may have ended.
func sampleSize(process *os.Process) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process.Pid))
	if err != nil {
		return 0
	}
	_, rest, found := strings.Cut(string(status), "VmHWM:")
	var kilobytes int64
	if _, err := fmt.Sscan(rest, &kilobytes); !found || err != nil {
		return 0
	}
	return kilobytes << 10
}
