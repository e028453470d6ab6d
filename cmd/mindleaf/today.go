package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/path"
	"github.com/mindleaf/mindleaf/srs/session"
	"github.com/mindleaf/mindleaf/store"
	"github.com/spf13/cobra"
)

// today is what the study day holds, as bare mindleaf and mindleaf due show it. Due,
// New and Drill are what a review would bring now, so that all are 0 after one; Held
// is what is due and does not come today, and Tomorrow what is due tomorrow, with
// what is held back.
type today struct {
	Day      string      `json:"day"`
	Due      int         `json:"due"`
	New      int         `json:"new"`
	Drill    int         `json:"drill"`
	Held     heldBack    `json:"held_back"`
	Answered int64       `json:"answered"`
	Millis   int64       `json:"millis"`
	Tomorrow int64       `json:"tomorrow"`
	Streak   int         `json:"streak"`
	Decks    []todayDeck `json:"decks"`
}

// todayDeck is a deck's share of today. New is how many of its Cards were never
// begun, whatever the limits.
type todayDeck struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Due   int64  `json:"due"`
	New   int64  `json:"new"`
	Cards int64  `json:"cards"`
	// Level is the one the learner is at, Percent how well it is known, and
	// Needed how many of its cards are to be learned before the next opens. several
	// says that there are cards of more than one.
	Level   string `json:"level"`
	Percent *int64 `json:"percent"`
	Needed  int64  `json:"needed"`
	several bool
}

// dueLong is the help of due.
const dueLong = `due prints one line for a shell prompt or a reminder: the cards a review would
bring now, which is the due ones, those waiting to be drilled, and what is left
of the day's new cards. The exit code is 0 whether or not anything is due.

Here and where mindleaf shows today, due is what a review brings: of the cards of
one leaf only one a day, and no more than review.reviews_per_day and the limits
of a deck let through. So it is 0 once the review is done. What waits until tomorrow
because of a sibling or a limit is said apart; --json has it as held_back. In
progress, stats, map, deck list and card search, due is the schedule's: all cards
whose day has come.

--short is for prompts that are drawn all the time: it prints a bare number, the
due cards that a review brings and those waiting to be drilled, or nothing when
there are none. It reads no deck file: what changed in one shows after any other
command.`

func newDueCommand(a *app) *cobra.Command {
	var short bool
	c := &cobra.Command{
		Use:   "due",
		Short: "Say how many cards are due today",
		Long:  dueLong,
		Example: `  mindleaf due
  PS1='$(mindleaf due --short) \$ '`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case short && a.json:
				return usagef("--short and --json do not go together")
			case short:
				return a.runDueShort(cmd.Context())
			}
			return a.withToday(cmd.Context(), func(t today) error {
				if a.json {
					return a.printJSON(t)
				}
				line := a.t("%d due, %d new, %d to drill", t.Due, t.New, t.Drill)
				if held := a.heldText(t.Held); held != "" {
					line += a.t("; %s", held)
				}
				a.sayWrapped(line)
				return nil
			})
		},
	}
	c.Flags().BoolVar(&short, "short", false, "print a bare number, or nothing when nothing is due")
	c.Flags().BoolVar(&a.json, "json", false, "print JSON")
	return c
}

// heldText says what waits until tomorrow and why, "" when nothing does.
func (a *app) heldText(h heldBack) string {
	switch all := h.Siblings + h.Limits; {
	case all == 0:
		return ""
	case h.Limits == 0:
		return a.t("%d more cards wait until tomorrow: a card of their leaf is today's", all)
	case h.Siblings == 0:
		return a.t("%d more cards wait until tomorrow: they are over the limit a day", all)
	default:
		return a.t("%d more cards wait until tomorrow: %d for a card of their leaf, %d over the limit a day", all, h.Siblings, h.Limits)
	}
}

// runDueShort prints how many cards a review would bring, new ones aside, without a
// look at the deck files.
func (a *app) runDueShort(ctx context.Context) (err error) {
	if _, err := os.Stat(a.places.database); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	lib, err := a.staleLibrary(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lib.Close()) }()
	coming, err := lib.ComingCount(ctx, lib.day)
	if err != nil {
		return err
	}
	left := dayLeft{allReviews: -1}
	if a.config.limitsReviews() {
		left, err = a.dayLeft(ctx, lib)
	}
	if n := left.capCount(coming.Due) + coming.Drill; err == nil && n > 0 {
		fmt.Fprintln(a.stdout, n)
	}
	return err
}

func (a *app) runToday(ctx context.Context) error {
	return a.withLibrary(ctx, func(lib *library) error {
		if err := a.tellFuture(ctx, lib); err != nil {
			return err
		}
		t, err := a.today(ctx, lib)
		if err != nil {
			return err
		}
		if a.json {
			return a.printJSON(t)
		}
		a.printToday(t)
		return nil
	})
}

func (a *app) withToday(ctx context.Context, f func(today) error) error {
	return a.withLibrary(ctx, func(lib *library) error {
		t, err := a.today(ctx, lib)
		if err != nil {
			return err
		}
		return f(t)
	})
}

func (a *app) today(ctx context.Context, lib *library) (today, error) {
	t := today{Day: lib.day.String(), Decks: []todayDeck{}}
	q, held, err := a.queueHeld(ctx, lib, queueOptions{newCards: -1})
	if err != nil {
		return t, err
	}
	left := session.New(q).Left()
	t.Due, t.New, t.Drill, t.Held = left.Review, left.New, left.Learning, held
	byDeck := make(map[int64]int64)
	for _, c := range q.Due {
		byDeck[c.Deck]++
	}
	if t.Tomorrow, err = lib.DueCount(ctx, store.Filter{}, lib.day+1); err != nil {
		return t, err
	}
	if t.Streak, err = lib.Streak(ctx, lib.day); err != nil {
		return t, err
	}
	done, err := a.doneToday(ctx, lib, "")
	if err != nil {
		return t, err
	}
	t.Answered, t.Millis = done.Reviews, done.Millis
	decks, err := lib.Decks(ctx, lib.day)
	if err != nil {
		return t, err
	}
	for _, d := range decks {
		levels := path.Levels(d.Levels, d.Opened, a.pathSettings())
		at, err := a.present(ctx, lib, d, levels)
		if err != nil {
			return t, err
		}
		t.Decks = append(t.Decks, todayDeck{
			ID: string(d.ID), Title: d.Title, Due: byDeck[d.Key], New: d.Counts.New, Cards: d.Counts.Total(),
			Level: at.Level.String(), Percent: mastery(at.Counts), Needed: at.Needed, several: path.Several(levels),
		})
	}
	return t, nil
}

// present is path.Present, but for a focus: then the next new card may be of another
// level, if that is open.
func (a *app) present(ctx context.Context, lib *library, d store.Deck, levels [3]path.Status) (path.Status, error) {
	if len(d.Focus) > 0 {
		next, err := a.pickFrom(ctx, lib, store.Filter{}, d, 1, nil)
		if err != nil {
			return path.Status{}, err
		}
		for _, st := range levels {
			if len(next) > 0 && levelWord(next[0].Level) == st.Level.String() {
				return st, nil
			}
		}
	}
	return path.Present(levels), nil
}

// todayDecks is how many decks today lists.
const todayDecks = 8

func (a *app) printToday(t today) {
	a.say("Today, %s", t.Day)
	a.sayWrapped(a.t("  %d due, %d new, %d to drill; %d answered so far, %s", t.Due, t.New, t.Drill, t.Answered,
		a.duration(time.Duration(t.Millis)*time.Millisecond)))
	if held := a.heldText(t.Held); held != "" {
		a.sayWrapped("  " + held)
	}
	if t.Streak > 0 {
		a.say("  streak: %d days", t.Streak)
	}
	listed := t.Decks
	if len(listed) > todayDecks { // those with the most to do
		listed = slices.Clone(listed)
		slices.SortStableFunc(listed, func(x, y todayDeck) int { return cmp.Compare(y.Due, x.Due) })
		listed = listed[:todayDecks]
	}
	for _, d := range listed {
		line := a.t("  %s: %d due of %d cards", printable(d.Title), d.Due, d.Cards) + a.t("; %s", a.levelText(d))
		if d.Needed > 0 {
			line += a.t(", %d more to learn before the next opens", d.Needed)
		}
		a.sayWrapped(line)
	}
	if more := len(t.Decks) - len(listed); more > 0 {
		a.say("  and %d more decks", more)
	}
	next := "mindleaf review"
	switch {
	case len(t.Decks) == 0:
		next = "mindleaf import FILE"
	case t.Due+t.New+t.Drill == 0:
		next = "mindleaf progress"
	}
	a.sayWrapped(a.t("Next: %s", next))
}

// levelText is how well the level is known that the learner is at, or the deck that
// has no other.
func (a *app) levelText(d todayDeck) string {
	if !d.several {
		return points(d.Percent)
	}
	return a.t("%s, %s", a.levelName(d.Level), points(d.Percent))
}

func (a *app) levelName(word string) string {
	switch word {
	case "beginner":
		return a.t("beginner")
	case "intermediate":
		return a.t("intermediate")
	case "advanced":
		return a.t("advanced")
	}
	return word
}

// printJSON writes v to stdout.
func (a *app) printJSON(v any) error {
	var text bytes.Buffer
	out := json.NewEncoder(&text)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	err := out.Encode(v)
	if err == nil {
		_, err = a.stdout.Write(escapeObeyed(text.Bytes()))
	}
	if err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	return nil
}

// escapeObeyed escapes in JSON what a terminal obeys or hides and the encoder leaves as
// it is. It stands in strings only.
func escapeObeyed(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		switch {
		case !term.Unseen(r):
			out = append(out, text[:n]...)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		text = text[n:]
	}
	return out
}

func joinPath(path []string) string { return strings.Join(path, " › ") }

// jsonCounts is srs.Counts as the reading commands print it.
type jsonCounts struct {
	New       int64 `json:"new"`
	Learning  int64 `json:"learning"`
	Young     int64 `json:"young"`
	Mature    int64 `json:"mature"`
	Suspended int64 `json:"suspended"`
	Total     int64 `json:"total"`
}

func countsJSON(c srs.Counts) jsonCounts {
	return jsonCounts{c.New, c.Learning, c.Young, c.Mature, c.Suspended, c.Total()}
}
