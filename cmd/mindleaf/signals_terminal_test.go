//go:build unix

package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/srs/sm2"
	"github.com/mindleaf/mindleaf/store"
)

// screens are all the screens that wait for a key, with how one gets there: keys to
// press, and what the screen shows after each.
var screens = []struct {
	name    string
	args    []string
	path    [][2]string
	answers int64 // given on the way, which must be there afterwards
}{
	{"question", []string{"review"}, [][2]string{{"", "1/10"}}, 0},
	{"answer", []string{"review"}, [][2]string{{"", "1/10"}, {" 3", "2/10"}, {" ", "Easy"}}, 1},
	{"help", []string{"review"}, [][2]string{{"", "1/10"}, {" 3", "2/10"}, {"?", "take"}}, 1},
	{"history", []string{"review"}, [][2]string{{"", "1/10"}, {"i", "never reviewed"}}, 0},
	{"flags", []string{"review"}, [][2]string{{"", "1/10"}, {"f", "Which flag?"}}, 0},
	{"quiz question", []string{"quiz", "--kind", "choice", "--seed", "1"}, [][2]string{{"", "1/20"}}, 0},
	{"quiz feedback", []string{"quiz", "--kind", "choice", "--seed", "1"}, [][2]string{{"", "1/20"}, {"1", "Space goes on"}}, 0},
	{"quiz typed answer", []string{"quiz", "--kind", "typed", "--seed", "1"}, [][2]string{{"", "Your answer"}, {"注意", "注意"}}, 0},
	{"quiz stop", []string{"quiz", "--kind", "choice", "--seed", "1"}, [][2]string{{"", "1/20"}, {"\x1b", "Stop the quiz?"}}, 0},
	{"placement", []string{"path", "place", "--deck", "llm-basics", "--seed", "5"}, [][2]string{{"", "Space starts"}}, 0},
	{"placement question", []string{"path", "place", "--deck", "llm-basics", "--seed", "5"}, [][2]string{{"", "Space starts"}, {" ", "question 1"}}, 0},
	{"card to add", []string{"card", "add", "--deck", "mine"}, [][2]string{{"", "Front"}, {"问", "问"}}, 0},
	{"line by line", []string{"review", "--plain"}, [][2]string{{"", "1/10"}, {"\r3\r", "2/10"}}, 1},
	{"typed answer line by line", []string{"quiz", "--kind", "typed", "--seed", "1", "--plain"}, [][2]string{{"", "Your answer"}, {"注意", "注意"}}, 0},
	{"question before a change", []string{"card", "suspend", "section:优化算法"}, [][2]string{{"", "Suspend 8 cards now?"}}, 0},
	{"confirmation", []string{"path", "reset"}, [][2]string{{"", "?"}}, 0},
}

// at opens the program and goes to the screen.
func at(t *testing.T, n int) (w *window, home string) {
	t.Helper()
	home, _, _ = editHome(t, "[deck]\ntitle = \"mine\"\n", "")
	if s := screens[n]; s.name == "confirmation" {
		opened := open(t, 80, 24, home, "path", "open", "advanced", "--deck", "llm-basics")
		opened.ends()
		w = open(t, 80, 24, home, "path", "reset", "--deck", "llm-basics")
	} else {
		w = open(t, 80, 24, home, s.args...)
	}
	for _, step := range screens[n].path {
		w.press(step[0])
		w.shows(step[1])
	}
	return w, home
}

// TestEverySignalAtEveryScreen ends the program at each screen. It goes at once,
// leaves the terminal as it was, and what was answered is there.
func TestEverySignalAtEveryScreen(t *testing.T) {
	// What ignores a signal hands that on to the programs it starts, as nohup does.
	heard := make(chan os.Signal, 1)
	signal.Notify(heard, syscall.SIGHUP)
	t.Cleanup(func() { signal.Stop(heard) })
	for n, screen := range screens {
		signals := []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT}
		if testing.Short() {
			signals = signals[n%3 : n%3+1] // a short run gives each screen one of them
		}
		for _, s := range signals {
			t.Run(fmt.Sprintf("%s/%v", screen.name, s), func(t *testing.T) {
				t.Parallel()
				w, home := at(t, n)
				if err := w.command.Process.Signal(s); err != nil {
					t.Fatal(err)
				}
				if code := w.ends(); code == 0 {
					t.Errorf("got exit 0")
				}
				<-w.drained
				w.checkRestored()
				checkAnswers(t, home, screen.answers)
			})
		}
	}
}

// TestStopAtEveryScreen stops the program as a shell's job control does, and lets it
// go on: the screen is there and takes keys.
func TestStopAtEveryScreen(t *testing.T) {
	for n, screen := range screens {
		if testing.Short() && n%3 > 0 {
			continue
		}
		t.Run(screen.name, func(t *testing.T) {
			t.Parallel()
			w, home := at(t, n)
			last := screen.path[len(screen.path)-1][1]
			for _, s := range []syscall.Signal{syscall.SIGSTOP, syscall.SIGCONT} {
				if err := w.command.Process.Signal(s); err != nil {
					t.Fatal(err)
				}
				time.Sleep(20 * time.Millisecond)
			}
			w.shows(last)
			w.press("\x03")
			if code := w.ends(); code != exitInterrupted {
				t.Errorf("got exit %d after Ctrl-C, want %d", code, exitInterrupted)
			}
			<-w.drained
			w.checkRestored()
			checkAnswers(t, home, screen.answers)
		})
	}
}

// checkRestored wants the terminal as a shell leaves it.
func (w *window) checkRestored() {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.screen.IsAltScreen() || w.screen.CursorHidden() {
		w.t.Errorf("the terminal is not as it was: alternate screen %v, cursor hidden %v", w.screen.IsAltScreen(), w.screen.CursorHidden())
	}
}

// checkAnswers wants a whole store with so many answers, or none at all for none.
func checkAnswers(t *testing.T, home string, want int64) {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, filepath.Join(home, "mindleaf.db"), store.Options{Schedulers: sm2.Schedulers, Random: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	h, err := db.Holding(ctx)
	if err := errors.Join(err, db.IntegrityCheck(ctx), db.Close()); err != nil {
		t.Fatal(err)
	}
	if h.Reviews != want {
		t.Errorf("got %d answers, want %d", h.Reviews, want)
	}
}
