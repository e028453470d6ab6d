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

// longestWait is how long an answer may wait for another process, whatever that does.
const longestWait = 100 * time.Millisecond

// besideTries is how often it is tried that no answer waits longer: a machine that others
// use too may stand still for a moment, but not each time.
const besideTries = 3

// reviewBeside answers while another process does a task with a store that start makes,
// and looks at what became of it with check. No answer may wait longer than longestWait,
// beyond the longest that an answer takes at the same time where nobody else writes.
func reviewBeside(t *testing.T, task string, start func() *DB, check func(d *DB, answers int)) {
	t.Helper()
	for try := 1; ; try++ {
		d := start()
		waits, floor := answersWhile(t, d, task)
		checkSound(t, d)
		check(d, len(waits))
		n := len(waits)
		longest, most := waits[n-1], longestWait+floor[n-1]
		t.Logf("%d answers beside the %s: median %v, 19 of 20 within %v, longest %v of %v allowed; where nobody else writes %v, %v, %v", n, task,
			waits[n/2], waits[n*95/100], longest, most, floor[n/2], floor[n*95/100], floor[n-1])
		switch {
		case longest <= most || t.Failed():
			return
		case try == besideTries:
			t.Errorf("an answer waited %v, want at most %v", longest, most)
			return
		}
	}
}

// answersWhile answers while another process does a task, and in turn in a store that
// nobody else writes to: what it waits there the machine costs. It returns how long the
// answers took in both, the shortest first.
func answersWhile(t *testing.T, d *DB, task string) (waits, floor []time.Duration) {
	t.Helper()
	alone := open(t, made(t, 0))
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
	slices.Sort(waits)
	slices.Sort(floor)
	return waits, floor
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
	reviewBeside(t, "import", func() *DB { return open(t, made(t, 0)) }, func(d *DB, answers int) {
		if h := must[Holding](t)(d.Holding(context.Background())); h.Cards != 30+largeDeck || h.Events != int64(answers) {
			t.Errorf("got %+v, want %d cards and %d answers", h, 30+largeDeck, answers)
		}
	})
}

// TestReviewBesideMerge answers while another process merges a large history.
func TestReviewBesideMerge(t *testing.T) {
	property.OneAtATime(t)
	many := func() *DB {
		d := open(t, made(t, 0))
		syncDeck(t, d, "/many.toml", manyCards(largeDeck))
		return d
	}
	reviewBeside(t, "merge", many, func(d *DB, answers int) {
		if h := must[Holding](t)(d.Holding(context.Background())); h.Events != int64(answers+mergeReviews*largeDeck) {
			t.Errorf("got %+v, want %d answers and %d reviews", h, answers, mergeReviews*largeDeck)
		}
		checkNothingHalf(t, d)
	})
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
	reviewBeside(t, "edit", func() *DB { return studiedMany(t) }, func(d *DB, _ int) {
		if h := must[Holding](t)(d.Holding(context.Background())); h.Cards != 30+largeDeck {
			t.Errorf("got %+v, want %d cards", h, 30+largeDeck)
		}
		if n, err := wrongLeaves(d); n != 0 || err != nil {
			t.Errorf("%d sections have another number of leaves, %v", n, err)
		}
	})
}

// TestReviewBesideRemove answers while another process archives a large deck.
func TestReviewBesideRemove(t *testing.T) {
	property.OneAtATime(t)
	reviewBeside(t, "remove", func() *DB { return studiedMany(t) }, func(d *DB, _ int) {
		if h := must[Holding](t)(d.Holding(context.Background())); h.Cards != 30 {
			t.Errorf("got %+v, want 30 cards", h)
		}
	})
}
