package store

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
)

// answerInto names the environment variable that makes the test binary answer
// cards of the store at its value until it is killed.
const answerInto = "MINDLEAF_TEST_ANSWER_INTO"

// answerForever records answers, undos among them, and prints the number of
// each event once it is durable.
func answerForever(path string) int {
	ctx := context.Background()
	d, err := Open(ctx, path, options())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	for n := int64(0); ; n++ {
		step, err := d.Record(ctx, review(1+n%30, srs.Grades[n%4], today+srs.Day(n/30)))
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		fmt.Println(step.Event.Key.Seq)
		if n%7 == 0 {
			if _, _, err := d.Undo(ctx, step.Event.Key, noon(today)); err != nil {
				fmt.Fprintln(os.Stderr, err)
				return 1
			}
			fmt.Println(step.Event.Key.Seq + 1)
		}
	}
}

// TestKill kills a process that is answering, again and again, and looks for
// every answer it was told is saved.
func TestKill(t *testing.T) {
	property.OneAtATime(t)
	t.Parallel()
	times := 200
	path := filepath.Join(t.TempDir(), "progress.db")
	d := open(t, path)
	syncDeck(t, d, "/a.toml", big("a", 30))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	answers := 0
	for i := range times {
		acked := killWhileAnswering(t, path, time.Duration(5+rand.IntN(56))*time.Millisecond)
		answers += len(acked)
		checkSaved(t, path, acked)
		if t.Failed() {
			t.Fatalf("after kill %d", i+1)
		}
	}
	tried(t, "%d kills while answering, after %d answers", times, answers)
}

// killWhileAnswering returns the numbers of the events that the killed process
// was told are saved.
func killWhileAnswering(t *testing.T, path string, after time.Duration) []int64 {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), answerInto+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var acked []int64
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if acked == nil {
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
		seq, err := strconv.ParseInt(lines.Text(), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		acked = append(acked, seq)
	}
	if err := cmd.Wait(); err == nil || len(acked) == 0 {
		t.Fatalf("the process ended by itself after %d answers: %v", len(acked), err)
	}
	return acked
}

func checkSaved(t *testing.T, path string, acked []int64) {
	t.Helper()
	d := open(t, path)
	for _, seq := range acked {
		var n int
		if err := d.db.QueryRow("SELECT count(*) FROM event WHERE device = 1 AND seq = ?", seq).Scan(&n); err != nil || n != 1 {
			t.Errorf("event %d was saved and is there %d times, %v", seq, n, err)
		}
	}
	var gaps int64
	if err := d.db.QueryRow("SELECT device.seq - (SELECT count(*) FROM event) FROM device WHERE id = 1").Scan(&gaps); err != nil || gaps != 0 {
		t.Errorf("%d events are missing in the log, %v", gaps, err)
	}
	checkSound(t, d)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}
