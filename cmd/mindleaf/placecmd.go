package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/path"
	"github.com/mindleaf/mindleaf/srs/place"
	"github.com/mindleaf/mindleaf/srs/quiz"
	"github.com/mindleaf/mindleaf/store"
	"github.com/spf13/cobra"
)

// placeFlags are the flags of mindleaf path place.
type placeFlags struct {
	deck   string
	seed   uint32
	seeded bool
	plain  bool
}

func newPathPlaceCommand(a *app) *cobra.Command {
	var f placeFlags
	c := &cobra.Command{
		Use:   "place",
		Short: "Find the level to start at with a few questions",
		Long: `place asks at most 24 questions, fewer when the answers are clear, each of the
level whose answer tells most. It takes for granted that one answer in ten of
what you know is a slip and that you guess where you do not know, and stops when
one level is at least 97.5 % likely. Of simulated learners who know none, one,
two or all levels, at least 95 in 100 are placed right.

The new cards of the levels you know are marked as known and come again in 10 to
30 days, spread over these; the cards of a section of which you missed a question
of these levels are left out. The next level is opened. Cards you have studied are
not touched. What will be marked is shown first, and mindleaf undo takes it back
as one step.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			f.seeded = cmd.Flags().Changed("seed")
			if !f.plain {
				if err := a.needTerminal("path place"); err != nil {
					return err
				}
			}
			return a.runPlace(cmd.Context(), f)
		},
	}
	c.Flags().StringVar(&f.deck, "deck", "", "the deck, when there are several")
	c.Flags().Uint32Var(&f.seed, "seed", 0, "ask the questions of the test with this number again")
	c.Flags().BoolVar(&f.plain, "plain", false, "ask line by line, for screen readers, pipes and dumb terminals")
	return c
}

func (a *app) runPlace(ctx context.Context, f placeFlags) error {
	seed, err := a.seed(f.seeded, f.seed)
	if err != nil {
		return err
	}
	return a.withLibrary(ctx, func(lib *library) error {
		d, err := a.oneDeck(ctx, lib, f.deck)
		if err != nil {
			return err
		}
		questions, err := a.placeQuestions(ctx, lib, d, seed)
		if err != nil {
			return err
		}
		if len(questions) == 0 {
			return withHint(errors.New("no question of this kind can be made here"), "mindleaf path open opens a level by hand")
		}
		p, err := a.prompter(f.plain)
		if err != nil {
			return err
		}
		run := &placing{app: a, lib: lib, deck: d, questions: questions, prompter: p}
		said, err := run.run(ctx)
		if err := errors.Join(err, p.Close()); err != nil {
			return err
		}
		a.sayWrapped(said)
		return nil
	})
}

// placeQuestions are choice questions of every level of d.
func (a *app) placeQuestions(ctx context.Context, lib *library, d store.Deck, seed uint32) ([]quiz.Question, error) {
	pool, err := a.quizPool(ctx, lib, store.Filter{Deck: d.ID}, seed)
	if err != nil {
		return nil, err
	}
	var questions []quiz.Question
	for _, level := range deck.Levels {
		of := within(quiz.Scope{Deck: d.ID, Level: level.String()})
		questions = append(questions, quiz.Make(pool, of, quiz.Settings{Kind: quiz.Facts, Count: place.Most, Seed: uint64(seed)})...)
	}
	return questions, nil
}

// placing is one placement with a learner at the keys.
type placing struct {
	*app
	lib       *library
	deck      store.Deck
	questions []quiz.Question
	prompter  term.Prompter
	// missed has the lowest level of which a question was answered wrong, by the
	// name of the section.
	missed map[string]deck.Level
}

// run asks, shows what will be marked and marks it. It returns what came of it.
func (p *placing) run(ctx context.Context) (said string, err error) {
	nothing := p.t("Nothing was changed.")
	placement := place.New(len(deck.Levels), p.forPlacing())
	p.missed = make(map[string]deck.Level)
	out, err := p.prompter.WaitKey(p.introView(), p.press(p.prompter, p.t("starts")))
	for err == nil && out.Kind == term.Answer {
		i, more := placement.Next()
		if !more {
			if said, err = p.mark(ctx, placement.Known(), placement.Asked()); err == nil {
				err = p.lastPage(said)
			}
			return said, err
		}
		if out, err = p.ask(i, placement.Asked()); err == nil && out.Kind == term.Answer {
			right := out.Index == p.questions[i].Right
			placement.Answer(i, right)
			if !right {
				p.miss(p.questions[i])
			}
		}
	}
	if out.Kind == term.Interrupt || out.Kind == term.EOF && p.prompter.Interactive() {
		err = errors.Join(err, errInterrupted)
	}
	return nothing, err
}

func (p *placing) forPlacing() []place.Question {
	out := make([]place.Question, len(p.questions))
	for i, q := range p.questions {
		out[i] = place.Question{Level: int(q.Level - deck.Beginner), Section: joinPath(q.Path), Options: len(q.Options)}
	}
	return out
}

func (p *placing) keys() []term.Key {
	return []term.Key{{Key: 'q', Command: cmdQuit, Label: p.t("quit")}}
}

func (p *placing) introView() term.View {
	return term.View{
		Status: []string{p.t("Placement"), p.deck.Title}, Keys: p.keys(),
		Body: []term.Block{{Kind: term.Question, Text: p.t("At most %d questions find the level to start at. Where you do not know, say so: it counts the same as a wrong answer.", place.Most)}},
	}
}

func (p *placing) ask(i, asked int) (term.Outcome, error) {
	q := p.questions[i]
	items := append(optionItems(q), term.Item{Label: p.t("I don't know")})
	return p.prompter.Choose(term.View{
		Status: []string{p.t("Placement"), p.t("question %d", asked+1), p.t("%d at most", place.Most)}, Body: p.questionBody(q), Keys: p.keys(),
	}, "", items, 0)
}

// mark marks what belongs to the known levels, when the learner agrees.
func (p *placing) mark(ctx context.Context, known, asked int) (said string, err error) {
	events, sections, err := p.events(ctx, known)
	if err != nil {
		return "", err
	}
	found := p.t("Found after %d questions: start at %s.", asked, p.levelName(p.startLevel(known).String()))
	if known == 0 || len(events) == 0 {
		return found + "\n" + p.t("There is nothing to mark."), nil
	}
	cards := 0
	for _, e := range events {
		if e.Kind == srs.SetStateEvent {
			cards++
		}
	}
	yes, out, err := p.prompter.Confirm(p.markView(found, known, cards, sections), p.t("Mark them?"), true)
	switch {
	case err != nil:
		return "", err
	case out.Kind == term.Interrupt || out.Kind == term.EOF:
		return "", errInterrupted
	case !yes:
		return p.t("Nothing was changed."), nil
	}
	if _, err := p.lib.RecordAll(ctx, events); err != nil {
		return "", err
	}
	return found + "\n" + p.t("%d cards are marked as known; mindleaf undo takes it back.", cards), nil
}

// lastPage shows what came of it, on a screen: keys that were typed ahead of the last
// question end there, and not in the shell. Line by line it is printed right after.
func (p *placing) lastPage(said string) error {
	if !p.prompter.Interactive() {
		return nil
	}
	found, more, _ := strings.Cut(said, "\n")
	_, err := p.prompter.WaitKey(term.View{
		Status: []string{p.t("Placement"), p.deck.Title}, Keys: p.keys(),
		Body: []term.Block{{Kind: term.Heading, Text: found}, {Kind: term.Question, Text: more}},
	}, p.press(p.prompter, p.t("ends the placement")))
	return err
}

// miss notes a wrong answer.
func (p *placing) miss(q quiz.Question) {
	name, level := joinPath(q.Path), max(q.Level, deck.Beginner)
	if before, ok := p.missed[name]; !ok || level < before {
		p.missed[name] = level
	}
}

// leftOut reports whether a section is not marked when so many levels are known: a
// question of these was answered wrong there. One of a level above says nothing
// about what is below it.
func (p *placing) leftOut(section string, known int) bool {
	level, missed := p.missed[section]
	return missed && int(level) <= known
}

// startLevel is the level of the path after the known ones, the last at most.
func (p *placing) startLevel(known int) deck.Level {
	return deck.Levels[min(known, len(deck.Levels)-1)]
}

func (p *placing) markView(found string, known, cards int, sections []string) term.View {
	var names []string
	for _, l := range deck.Levels[:known] {
		names = append(names, p.levelName(l.String()))
	}
	body := []term.Block{
		{Kind: term.Heading, Text: found},
		{Kind: term.Question, Text: p.t("Known: %s. %d new cards will be marked as known and come again in %d to %d days.",
			strings.Join(names, p.t(", ")), cards, leastKnownDays, mostKnownDays)},
	}
	var missed []string
	for name := range p.missed {
		if p.leftOut(name, known) {
			missed = append(missed, name)
		}
	}
	if len(missed) > 0 {
		slices.Sort(missed)
		body = append(body, term.Block{Kind: term.Question, Text: p.t("Left out, for a wrong answer; what is new of them comes first:") + "\n- " + strings.Join(missed, "\n- ")})
	}
	if len(sections) > 0 {
		body = append(body, term.Block{Kind: term.Detail, Text: p.t("Marked:") + "\n- " + strings.Join(sections, "\n- ")})
	}
	return term.View{Status: []string{p.t("Placement"), p.deck.Title}, Body: body}
}

// Cards marked as known come again after leastKnownDays to mostKnownDays.
const (
	leastKnownDays = 10
	mostKnownDays  = 30
)

// events are what marks the known levels: the levels to open and the states of
// the cards that are new, with the sections these are in.
func (p *placing) events(ctx context.Context, known int) (events []srs.Event, sections []string, err error) {
	levels := path.Levels(p.deck.Levels, p.deck.Opened, p.pathSettings())
	for _, l := range levels[1:min(known+1, len(levels))] {
		if !l.Open {
			events = append(events, srs.Event{Kind: srs.OpenLevelEvent, At: p.lib.now, Day: p.lib.day, Level: int8(l.Level), Text: string(p.deck.ID)})
		}
	}
	var cards []srs.Card
	err = p.lib.NewCards(ctx, store.Filter{Deck: p.deck.ID}, func(c srs.Card) bool {
		if int(max(c.Level, int8(deck.Beginner))) <= known && c.State.Reviews == 0 {
			cards = append(cards, c)
		}
		return true
	})
	if err != nil {
		return nil, nil, err
	}
	names := make(map[int64]string)
	for _, c := range cards {
		name, ok := names[c.Section]
		if !ok {
			of, err := p.lib.SectionPath(ctx, c.Section)
			if err != nil {
				return nil, nil, err
			}
			name = joinPath(of)
			names[c.Section] = name
			if !p.leftOut(name, known) {
				sections = append(sections, name)
			}
		}
		if !p.leftOut(name, known) {
			events = append(events, p.known(c))
		}
	}
	return events, sections, nil
}

// known says that a card is known: it comes again on a day of its own.
func (p *placing) known(c srs.Card) srs.Event {
	days := leastKnownDays + int32(c.Seed%(mostKnownDays-leastKnownDays+1))
	return srs.Event{
		Kind: srs.SetStateEvent, Card: c.ID, At: p.lib.now, Day: p.lib.day,
		Given: srs.Given{
			Phase: srs.Review, Due: p.lib.day + srs.Day(days), LastDay: p.lib.day, IntervalDays: days, Ease: srs.StartEase, Reps: 2,
		},
	}
}
