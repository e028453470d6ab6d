package store

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
)

// Environment variables that make the test binary do one thing with the store at
// a path while others use it.
const (
	besideTask = "MINDLEAF_TEST_BESIDE"
	besidePath = "MINDLEAF_TEST_BESIDE_PATH"
)

const (
	// answersBeside is how many answers each of several reviewers gives.
	answersBeside = 300
	// largeDeck is how many cards an import beside a reviewer brings in.
	largeDeck = 20_000
)

// besideTasks is what a process may do beside others.
var besideTasks = map[string]func(*DB) error{
	"start": func(d *DB) error {
		content := big("a", 30)
		_, err := d.SyncDeck(context.Background(), File{Path: "/a.toml", Deck: content.ID, Title: content.Title}, content, noon(today))
		return err
	},
	"review": func(d *DB) error { return answerBeside(d, answersBeside) },
	"import": func(d *DB) error { return importBeside(d, largeDeck) },
	"edit":   func(d *DB) error { return editBeside(d, largeDeck) },
	"remove": removeBeside,
	"merge":  func(d *DB) error { return mergeBeside(d, largeDeck, mergeReviews) },
}

// answerBeside answers n times without a pause.
func answerBeside(d *DB, n int) error {
	for i := range n {
		if _, err := d.Record(context.Background(), review(int64(1+i%30), srs.Grades[i%4], today)); err != nil {
			return err
		}
	}
	return nil
}

// importBeside brings in a deck of n cards.
func importBeside(d *DB, n int) error {
	content := big("large", n)
	_, err := d.SyncDeck(context.Background(), File{Path: "/large.toml", Deck: content.ID, Title: content.Title}, content, noon(today))
	return err
}

// editBeside indexes a deck of n cards, which is there, after every card was
// reworded, half of them moved, and some have gone and come.
func editBeside(d *DB, n int) error {
	content := manyCards(n)
	for i := range content.Leaves {
		l := &content.Leaves[i]
		l.Entries[0].Back += "y"
		if i%2 == 0 {
			l.Path = []string{fmt.Sprint("part ", i%70)}
		}
		if i%10 == 0 {
			l.Entries[0].ID += "new"
			l.Entries[0].Front += " another"
		}
	}
	_, err := d.SyncDeck(context.Background(), File{Path: "/many.toml", Deck: content.ID, Title: content.Title}, content, noon(today))
	return err
}

func removeBeside(d *DB) error {
	_, err := d.RemoveFile(context.Background(), "/many.toml")
	return err
}

// mergeReviews is how many reviews of each card are merged.
const mergeReviews = 5

// mergeBeside merges the history of a deck of n cards, which is there.
func mergeBeside(d *DB, n, reviews int) error {
	_, err := d.MergeByCard(context.Background(), manyReviews(n, reviews, func(card int) srs.Day { return today + srs.Day(card*7919%750) }))
	return err
}

// doBeside does a task once standard input ends, so that several begin at the
// same moment.
func doBeside(task string) int {
	fmt.Println("ready")
	_, err := io.Copy(io.Discard, os.Stdin)
	if err == nil {
		err = doWith(os.Getenv(besidePath), patience, besideTasks[task])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, task, err)
		return 1
	}
	return 0
}

func doWith(path string, wait time.Duration, task func(*DB) error) error {
	d, err := openWithin(context.Background(), path, options(), wait)
	if err != nil {
		return err
	}
	return firstError(task(d), d.Close())
}

// processes are waiting to begin together.
type processes struct {
	t       *testing.T
	running []*exec.Cmd
	begin   []io.Closer
}

// ready starts a process for each task and returns when all wait for begin.
func ready(t *testing.T, path string, tasks ...string) *processes {
	t.Helper()
	p := &processes{t: t}
	for _, task := range tasks {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), besideTask+"="+task, besidePath+"="+path)
		cmd.Stderr = os.Stderr
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
			t.Fatal(err)
		}
		p.running, p.begin = append(p.running, cmd), append(p.begin, in)
	}
	return p
}

// start lets all begin, and returns a channel that is closed when all have ended.
func (p *processes) start() <-chan struct{} {
	p.t.Helper()
	for _, in := range p.begin {
		if err := in.Close(); err != nil {
			p.t.Fatal(err)
		}
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for _, cmd := range p.running {
			if err := cmd.Wait(); err != nil {
				p.t.Error(err)
			}
		}
	}()
	return ended
}

func TestReviewersAtOnce(t *testing.T) {
	property.OneAtATime(t)
	path := made(t, 0)
	<-ready(t, path, "review", "review").start()
	d := open(t, path)
	checkSound(t, d)
	if h := must[Holding](t)(d.Holding(context.Background())); h.Events != 2*answersBeside {
		t.Errorf("got %d answers, want %d", h.Events, 2*answersBeside)
	}
	tried(t, "%d answers by two processes at once", 2*answersBeside)
}

func TestFirstStartsAtOnce(t *testing.T) {
	property.OneAtATime(t)
	const times = 5
	for range times {
		path := filepath.Join(t.TempDir(), "学习", "progress.db")
		<-ready(t, path, "start", "start", "start", "start").start()
		d := open(t, path)
		checkSound(t, d)
		if h := must[Holding](t)(d.Holding(context.Background())); h.Cards != 30 {
			t.Errorf("got %d cards, want 30", h.Cards)
		}
	}
	tried(t, "%d first starts of four processes at once", times)
}

// reviewBeside answers while another process does a task, and returns how often.
// Nobody may notice a wait.
func reviewBeside(t *testing.T, d *DB, task string) (answers int) {
	t.Helper()
	// Nobody else writes to the other store: what it waits the machine costs.
	alone := open(t, made(t, 0))
	var waits, floor []time.Duration
	ended := ready(t, d.path, task).start()
	for i, going := 0, true; going; i++ {
		waits = append(waits, answerTime(t, d, i))
		floor = append(floor, answerTime(t, alone, i))
		select {
		case <-ended:
			going = false
		case <-time.After(2 * time.Millisecond):
		}
	}
	checkSound(t, d)
	slices.Sort(waits)
	slices.Sort(floor)
	of20 := func(sorted []time.Duration) time.Duration { return sorted[len(sorted)*95/100] }
	// A machine under load adds to every wait.
	if most := max(100*time.Millisecond, 10*of20(floor)); of20(waits) > most {
		t.Errorf("19 of 20 answers waited up to %v, want at most %v", of20(waits), most)
	}
	t.Logf("%d answers beside the %s: median %v, 19 of 20 within %v, longest %v; where nobody else writes %v, %v, %v", len(waits), task,
		waits[len(waits)/2], of20(waits), waits[len(waits)-1], floor[len(floor)/2], of20(floor), floor[len(floor)-1])
	return len(waits)
}

// answerTime answers the i-th question and returns how long that took.
func answerTime(t *testing.T, d *DB, i int) time.Duration {
	t.Helper()
	began := time.Now()
	if _, err := d.Record(context.Background(), review(int64(1+i%30), srs.Grades[i%4], today)); err != nil {
		t.Fatal(err)
	}
	return time.Since(began)
}

// TestReviewBesideImport answers while another process imports a large deck.
func TestReviewBesideImport(t *testing.T) {
	property.OneAtATime(t)
	d := open(t, made(t, 0))
	answers := reviewBeside(t, d, "import")
	if h := must[Holding](t)(d.Holding(context.Background())); h.Cards != 30+largeDeck || h.Events != int64(answers) {
		t.Errorf("got %+v, want %d cards and %d answers", h, 30+largeDeck, answers)
	}
}

// TestReviewBesideMerge answers while another process merges a large history.
func TestReviewBesideMerge(t *testing.T) {
	property.OneAtATime(t)
	d := open(t, made(t, 0))
	syncDeck(t, d, "/many.toml", manyCards(largeDeck))
	answers := reviewBeside(t, d, "merge")
	if h := must[Holding](t)(d.Holding(context.Background())); h.Events != int64(answers+mergeReviews*largeDeck) {
		t.Errorf("got %+v, want %d answers and %d reviews", h, answers, mergeReviews*largeDeck)
	}
	checkNothingHalf(t, d)
}

// studiedMany has a large deck, a tenth of which has history.
func studiedMany(t *testing.T) *DB {
	t.Helper()
	d := open(t, made(t, 0))
	syncDeck(t, d, "/many.toml", manyCards(largeDeck))
	must[Merged](t)(d.MergeByCard(context.Background(), manyReviews(largeDeck/10, 3, func(int) srs.Day { return today })))
	return d
}

// TestReviewBesideChange answers while another process indexes a large deck again
// after its file has changed.
func TestReviewBesideChange(t *testing.T) {
	property.OneAtATime(t)
	d := studiedMany(t)
	reviewBeside(t, d, "edit")
	if h := must[Holding](t)(d.Holding(context.Background())); h.Cards != 30+largeDeck {
		t.Errorf("got %+v, want %d cards", h, 30+largeDeck)
	}
	if n, err := wrongLeaves(d); n != 0 || err != nil {
		t.Errorf("%d sections have another number of leaves, %v", n, err)
	}
}

// TestReviewBesideRemove answers while another process archives a large deck.
func TestReviewBesideRemove(t *testing.T) {
	property.OneAtATime(t)
	d := studiedMany(t)
	reviewBeside(t, d, "remove")
	if h := must[Holding](t)(d.Holding(context.Background())); h.Cards != 30 {
		t.Errorf("got %+v, want 30 cards", h)
	}
}
